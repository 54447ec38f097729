"""The OTUK round that is out: how far it has come, and whom one is asked about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from fotfeste.access.actor import Actor
from fotfeste.lists.selectors import otuk
from fotfeste.lists.selectors.otuk import BoardRow

#: A district's list is longer than a morning: so many stand on its home screen.
SHOWN = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody nobody has answered about yet, and where one answers."""

    youth_id: int
    name: str
    born: date
    times_listed: int
    is_question: bool
    url: str


@dataclass(frozen=True, slots=True)
class Round:
    """
    The round as it stands on a home screen.

    :ivar waiting: those nobody has answered about, the ones longest on the lists first.
    :ivar url: where one answers, or sees how all have come.
    """

    on: date
    respond_by: date
    listed: int
    answered: int
    url: str
    is_late: bool
    waiting: Sequence[Asked] = ()

    @property
    def left(self) -> int:
        """Return how many are not answered about."""
        return self.listed - self.answered


def of_county(*, actor: Actor, county_id: int, today: date) -> Round | None:
    """Return how far the districts have come together, or None when no round is made."""
    made = otuk.current_round(county_id=county_id)
    if made is None:
        return None
    listed, answered = otuk.totals([made])[made.pk]
    url = reverse("lists:otuk_round", kwargs={"round_id": made.pk})
    return Round(made.on, made.respond_by, listed, answered, url, today > made.respond_by)


def of_district(*, county_id: int, unit_id: int, today: date) -> Round | None:
    """Return a district's list, or None when no round is made."""
    made = otuk.current_round(county_id=county_id)
    found = _of_unit(made, otuk.board(made=made, unit_id=unit_id), unit_id, today) if made else None
    return replace(found, waiting=found.waiting[:SHOWN]) if found else None


def of_nav_office(*, county_id: int, unit_id: int, today: date) -> Round | None:
    """Return whom a Nav office is asked about, or None when no round is made."""
    made = otuk.current_round(county_id=county_id)
    return _of_unit(made, otuk.nav_board(made=made, unit_id=unit_id, today=today), unit_id, today) if made else None


def _of_unit(made: Any, rows: list[BoardRow], unit_id: int, today: date) -> Round:
    unanswered = sorted((row for row in rows if not row.is_answered), key=lambda row: (-row.times_listed, row.number))
    url = reverse("lists:otuk_board", kwargs={"round_id": made.pk, "unit_id": unit_id})
    return Round(
        on=made.on,
        respond_by=made.respond_by,
        listed=len(rows),
        answered=len(rows) - len(unanswered),
        url=url,
        is_late=today > made.respond_by,
        waiting=[_asked(row, made, unit_id) for row in unanswered],
    )


def _asked(row: BoardRow, made: Any, unit_id: int) -> Asked:
    place = {"round_id": made.pk, "unit_id": unit_id, "youth_id": row.youth_id}
    return Asked(
        youth_id=row.youth_id,
        name=row.name,
        born=row.born,
        times_listed=row.times_listed,
        is_question=row.answer is not None,
        url=reverse("lists:otuk_answer", kwargs=place),
    )
