"""The open work of those one stands in for at the unit, apart from one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from fotfeste.access.actor import Actor, Assignment
from fotfeste.casework.selectors.needs import Needing
from fotfeste.casework.selectors.substitutes import standing_in_for
from fotfeste.config.home import needs
from fotfeste.kernel import opaque


@dataclass(frozen=True, slots=True)
class StandingIn:
    """One who is away, until when, and which of their youths need somebody. ``url``: all they answer for."""

    name: str
    until: date
    lines: list[needs.Line]
    total: int
    url: str


def standing_in(
    actor: Actor, at: Assignment, found: Sequence[Needing], today: date
) -> tuple[list[StandingIn], list[Needing]]:
    """
    Return whom the actor stands in for at the unit today with their open work, and the needs that are left.

    :param found: what the unit's youths need, as the actor sees it: a substitute sees no more than that.
    """
    rest, away = list(found), []
    for each in standing_in_for(user_id=actor.user_id, unit_id=at.unit_id, on=today):
        theirs = [need for need in rest if need.registration.counsellor_id == each.absent_id]
        rest = [need for need in rest if need.registration.counsellor_id != each.absent_id]
        url = f"{reverse('lists:worklist')}?ansvarlig={opaque.encode(each.absent_id)}"
        shown = needs.lines(theirs[: needs.SHOWN], actor=actor, today=today)
        away.append(StandingIn(each.absent.name, each.last_day, shown, len(theirs), url))
    return away, rest
