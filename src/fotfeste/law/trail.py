"""The way through education that the enrolments show, without dates: what runs, what ended last, which schools count."""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple

from fotfeste.law.facts import UPPER_SECONDARY_KINDS, Enrolment, EnrolmentEnd, EnrolmentKind, Level
from fotfeste.law.school_year import SchoolYear, school_year_of

_PUPIL = EnrolmentKind.PUPIL
_LOWER = EnrolmentKind.LOWER_SECONDARY
_AT_SCHOOL_KINDS = frozenset({_PUPIL, _LOWER, EnrolmentKind.PREPARATORY_YOUTH})
_NATURAL_ENDS = frozenset({EnrolmentEnd.YEAR_ENDED, EnrolmentEnd.COMPLETED})
_END_OF_YEAR_MONTHS = frozenset({5, 6, 7})
RECENT_DAYS = 90


class Ended(StrEnum):
    """In which school year an enrolment ended, seen from the day asked about."""

    THIS_SCHOOL_YEAR = "this_school_year"
    PREVIOUS_SCHOOL_YEAR = "previous_school_year"
    EARLIER = "earlier"


class CountDateSide(IntEnum):
    """How far into upper secondary a leaver of lower secondary came, seen against a 1 October."""

    NEVER_STARTED = 0
    STOPPED_BEFORE = 1
    STOPPED_ON = 2
    ENROLLED_AFTER = 3


class Place(NamedTuple):
    """An enrolment without its dates. ``index`` points into the facts' enrolments."""

    index: int
    kind: EnrolmentKind
    is_vg2_vocational: bool
    is_private: bool
    in_county: bool
    has_unit: bool
    takes_ot_responsibility: bool


class Left(NamedTuple):
    """The latest enrolment in upper secondary that has ended, without its dates."""

    kind: EnrolmentKind
    end_reason: EnrolmentEnd
    ended: Ended
    ended_recently: bool


class Trail(NamedTuple):
    """
    What the enrolments say together.

    ``left`` is only kept when nothing in upper secondary runs. ``is_between_years`` says that the last school year was
    finished in the ordinary way.
    """

    current: Place | None = None
    left: Left | None = None
    has_place_ahead: bool = False
    has_history: bool = False
    has_upper_secondary_history: bool = False
    has_county_school_history: bool = False
    is_between_years: bool = False
    upper_school: Place | None = None
    count_date_school: Place | None = None
    lower_school: Place | None = None
    lower_school_left: Ended | None = None
    count_date_side: CountDateSide = CountDateSide.NEVER_STARTED


_Item = tuple[date, int, Enrolment]
NO_TRAIL = Trail()


def trail_of(enrolments: tuple[Enrolment, ...], on: date) -> Trail:
    """Return what the enrolments begun by the day ``on`` say. Those that begin later only count as a place ahead."""
    if not enrolments:
        return NO_TRAIL
    year = school_year_of(on)
    begun = [(item.first_day, index, item) for index, item in enumerate(enrolments) if item.first_day <= on]
    ends = {index: _last_day_as_pupil(item) for _, index, item in begun}
    running = [item for item in begun if (end := ends[item[1]]) is None or end >= on]
    ended = [(end, index, item) for _, index, item in begun if (end := ends[index]) is not None and end < on]
    upper_ended = [item for item in ended if item[2].kind in UPPER_SECONDARY_KINDS]
    pupil_here = [item for item in begun if item[2].kind is _PUPIL and item[2].in_county]
    lower_left = [item for item in ended if item[2].kind is _LOWER and item[2].in_county]
    upper = [item for _, _, item in begun if item.kind in UPPER_SECONDARY_KINDS]
    count_date = year.count_date if on >= year.count_date else year.previous.count_date
    current, lower = _latest(running), _latest(lower_left)
    return Trail(
        current=_place(current),
        left=None if current and current[2].kind in UPPER_SECONDARY_KINDS else _left(_latest(upper_ended), on, year),
        has_place_ahead=_has_place_ahead(enrolments, on, year),
        has_history=bool(begun),
        has_upper_secondary_history=bool(upper),
        has_county_school_history=bool(pupil_here)
        or any(item.kind is _LOWER and item.in_county for _, _, item in begun),
        is_between_years=any(
            end == year.previous.last_day and item.end_reason in _NATURAL_ENDS for end, _, item in ended
        ),
        upper_school=_place(_latest(pupil_here)),
        count_date_school=_place(_latest([item for item in pupil_here if _is_counted(item[2], count_date)])),
        lower_school=_place(lower),
        lower_school_left=_ended(lower[0], year) if lower else None,
        count_date_side=max((_side(item, on) for item in upper), default=CountDateSide.NEVER_STARTED),
    )


def _latest(items: list[_Item]) -> _Item | None:
    return max(items, key=lambda item: (item[0], item[1])) if items else None


def _last_day_as_pupil(enrolment: Enrolment) -> date | None:
    """Return the last day with pupil status: a school year that was finished lasts through the summer."""
    last_day = enrolment.last_day
    if last_day is None or enrolment.kind not in _AT_SCHOOL_KINDS or enrolment.end_reason not in _NATURAL_ENDS:
        return last_day
    return school_year_of(last_day).last_day if last_day.month in _END_OF_YEAR_MONTHS else last_day


def _has_place_ahead(enrolments: Iterable[Enrolment], on: date, year: SchoolYear) -> bool:
    last_day = year.last_day
    return any(item.kind in UPPER_SECONDARY_KINDS and on < item.first_day <= last_day for item in enrolments)


def _is_counted(enrolment: Enrolment, count_date: date) -> bool:
    return enrolment.runs_on(count_date) and enrolment.last_day != count_date


def _side(enrolment: Enrolment, on: date) -> CountDateSide:
    count_date = date(enrolment.first_day.year, 10, 1)
    if enrolment.first_day > count_date:
        count_date = count_date.replace(year=count_date.year + 1)
    if count_date > on:
        return CountDateSide.STOPPED_BEFORE
    last_day = enrolment.last_day
    if last_day is None or last_day > count_date:
        return CountDateSide.ENROLLED_AFTER
    return CountDateSide.STOPPED_ON if last_day == count_date else CountDateSide.STOPPED_BEFORE


def _place(item: _Item | None) -> Place | None:
    if item is None:
        return None
    _, index, enrolment = item
    return Place(
        index,
        enrolment.kind,
        enrolment.level is Level.VG2 and enrolment.is_vocational,
        enrolment.is_private,
        enrolment.in_county,
        enrolment.unit_ref is not None,
        enrolment.takes_ot_responsibility,
    )


def _left(item: _Item | None, on: date, year: SchoolYear) -> Left | None:
    if item is None:
        return None
    last_day, _, enrolment = item
    return Left(enrolment.kind, enrolment.end_reason, _ended(last_day, year), (on - last_day).days <= RECENT_DAYS)


def _ended(last_day: date, year: SchoolYear) -> Ended:
    if last_day >= year.first_day:
        return Ended.THIS_SCHOOL_YEAR
    return Ended.PREVIOUS_SCHOOL_YEAR if last_day >= year.previous.first_day else Ended.EARLIER
