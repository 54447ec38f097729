"""
The statuses of a youth as stretches of days, and what replacing part of them means.

Pure: days in, days out. A stretch that is touched is superseded whole, and what is left of it is added again, so
that what was known at an earlier moment can always be found.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One status in one period; an empty ``last_day`` reaches until further notice."""

    event_id: int | None
    registration_id: int
    first_day: date
    last_day: date | None
    code: str
    code_list: str
    county_then: int
    unit_then: int
    basis: str
    set_by_id: int
    raw_code: str = ""
    basis_text: str = ""
    contact_id: int | None = None
    feedback_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The events to supersede, and the stretches to add in their place."""

    superseded: tuple[int, ...]
    added: tuple[Stretch, ...]


Change = Callable[[Stretch], Stretch | None]


def rewrite(stretches: Iterable[Stretch], *, first_day: date, last_day: date | None, change: Change) -> Rewrite:
    """
    Change every stretch within a period, and leave what is outside it as it was.

    :param change: gives the new stretch, the same one when nothing is to happen to it, or None to leave nothing.
    """
    superseded: list[int] = []
    added: list[Stretch] = []
    for stretch in stretches:
        if not _overlaps(stretch, first_day, last_day):
            continue
        inside = replace(stretch, first_day=max(stretch.first_day, first_day), last_day=_earliest(stretch, last_day))
        changed = change(inside)
        if changed == inside:
            continue
        if stretch.event_id is not None:
            superseded.append(stretch.event_id)
        pieces = (_before(stretch, first_day), changed, _after(stretch, last_day))
        added.extend(replace(piece, event_id=None) for piece in pieces if piece is not None)
    return Rewrite(tuple(superseded), tuple(added))


def _overlaps(stretch: Stretch, first_day: date, last_day: date | None) -> bool:
    begins_in_time = last_day is None or stretch.first_day <= last_day
    return begins_in_time and (stretch.last_day is None or stretch.last_day >= first_day)


def _earliest(stretch: Stretch, last_day: date | None) -> date | None:
    if stretch.last_day is None or last_day is None:
        return stretch.last_day or last_day
    return min(stretch.last_day, last_day)


def _before(stretch: Stretch, first_day: date) -> Stretch | None:
    return replace(stretch, last_day=first_day - _DAY) if stretch.first_day < first_day else None


def _after(stretch: Stretch, last_day: date | None) -> Stretch | None:
    if last_day is None or (stretch.last_day is not None and stretch.last_day <= last_day):
        return None
    return replace(stretch, first_day=last_day + _DAY)
