"""The morning of those who work beside the service: the youths who have let them in, and nobody else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.selectors import youths_opened
from fotfeste.access.topics import Ground
from fotfeste.config.home import plans
from fotfeste.people.selectors.youths import youths_by_id


@dataclass(frozen=True, slots=True)
class Line:
    """One youth who has let the service in: on what grounds, and until when where that is known."""

    youth_id: int
    youth: Any
    url: str
    grounds: tuple[str, ...]
    last_day: date | None


def shown(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return the template and what it shows."""
    opened = youths_opened(unit_id=at.unit_id, user_id=actor.user_id, on=today)
    youths = youths_by_id(opened)
    lines = [
        Line(
            youth_id=youth.pk,
            youth=youth,
            url=reverse("casework:person", kwargs={"youth_id": youth.pk}),
            grounds=tuple(sorted({str(Ground(grant.ground).label) for grant in opened[youth.pk]})),
            last_day=max((grant.last_day for grant in opened[youth.pk] if grant.last_day), default=None),
        )
        for youth in sorted(youths.values(), key=lambda one: one.name_key)
    ]
    return "config/home_partner.html", {
        "lines": lines,
        "plans_to_mind": plans.to_mind(unit_id=at.unit_id, today=today),
    }
