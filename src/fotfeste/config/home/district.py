"""A district contact's morning: whom the list asks about, whom the district answers for, and how it stands."""

from datetime import date
from typing import Any

from fotfeste.access.actor import Actor, Assignment
from fotfeste.casework.selectors.feedback import questions_back
from fotfeste.casework.selectors.needs import needing
from fotfeste.config.home import calendar, consents, figures, needs, plans, rounds
from fotfeste.config.home.counters import counters
from fotfeste.config.home.standing_in import standing_in


def shown(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return the template and what it shows."""
    every = needing(unit_id=at.unit_id, today=today)
    away, found = standing_in(actor, at, every, today)
    return "config/home_district.html", {
        "figures": figures.of_unit(actor=actor, unit_id=at.unit_id, opens_persons=False, on=today),
        "round": rounds.of_district(county_id=at.county_id, unit_id=at.unit_id, today=today),
        "questions": questions_back(actor=actor),
        "lines": needs.lines(found[: needs.SHOWN], actor=actor, today=today),
        "total": len(found),
        "standing_in": away,
        "has_youths": needs.has_youths(every, unit_id=at.unit_id),
        "counters": counters(actor=actor, today=today, unit_id=at.unit_id),
        "plans_to_mind": plans.to_mind(unit_id=at.unit_id, today=today),
        "consents_ending": consents.ending(unit_id=at.unit_id, today=today),
        "dates": calendar.next_dates(county_id=at.county_id, today=today, parties=("district", "district-contact")),
    }
