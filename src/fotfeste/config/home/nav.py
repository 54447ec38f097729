"""A Nav office's morning: the names that await an answer, and the plans the office is in."""

from datetime import date
from typing import Any

from fotfeste.access.actor import Actor, Assignment
from fotfeste.casework.selectors.feedback import questions_back
from fotfeste.config.home import plans, rounds


def shown(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return the template and what it shows."""
    return "config/home_nav.html", {
        "round": rounds.of_nav_office(county_id=at.county_id, unit_id=at.unit_id, today=today),
        "plans_to_mind": plans.to_mind(unit_id=at.unit_id, today=today),
        "questions": questions_back(actor=actor),
    }
