"""A counsellor's morning: which of the school's youths need something today, and who is not reached."""

from datetime import date
from typing import Any

from fotfeste.access.actor import Actor, Assignment
from fotfeste.casework.selectors.needs import needing
from fotfeste.config.home import calendar, consents, figures, needs, plans
from fotfeste.config.home.counters import counters
from fotfeste.config.home.standing_in import standing_in


def shown(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return the template and what it shows."""
    every = needing(unit_id=at.unit_id, today=today)
    away, found = standing_in(actor, at, every, today)
    return "config/home_counsellor.html", {
        "figures": figures.of_unit(actor=actor, unit_id=at.unit_id, opens_persons=True, on=today),
        "lines": needs.lines(found[: needs.SHOWN], actor=actor, today=today),
        "total": len(found),
        "standing_in": away,
        "has_youths": needs.has_youths(every, unit_id=at.unit_id),
        "counters": counters(actor=actor, today=today, unit_id=at.unit_id),
        "plans_to_mind": plans.to_mind(unit_id=at.unit_id, today=today),
        "consents_ending": consents.ending(unit_id=at.unit_id, today=today),
        "dates": calendar.next_dates(county_id=at.county_id, today=today, parties=("school",)),
    }
