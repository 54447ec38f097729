"""The way through education the enrolments show, without dates: what runs, what ended last, which schools count."""

from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from fotfeste.law.facts import (
    SHOW_COMPULSORY_FINISHED,
    UPPER_SECONDARY_KINDS,
    Enrolment,
    EnrolmentEnd,
    EnrolmentKind,
    Level,
    Word,
)
from fotfeste.law.school_year import school_year_of

_PUPIL = EnrolmentKind.PUPIL
_LOWER = EnrolmentKind.LOWER_SECONDARY
_AT_SCHOOL_KINDS = frozenset({_PUPIL, _LOWER, EnrolmentKind.PREPARATORY_YOUTH})
_SCHOOL_KINDS = frozenset({_PUPIL, _LOWER})
_NATURAL_ENDS = frozenset({EnrolmentEnd.YEAR_ENDED, EnrolmentEnd.COMPLETED})
_END_OF_YEAR_MONTHS = frozenset({5, 6, 7})
_NEVER = date.max
RECENT_DAYS = 90


class Ended(Word):
    """In which school year an enrolment ended, seen from the day asked about."""

    THIS_SCHOOL_YEAR = "this_school_year"
    PREVIOUS_SCHOOL_YEAR = "previous_school_year"
    EARLIER = "earlier"


class CountDateSide(IntEnum):
    """How far into upper secondary a leaver of lower secondary came, seen against a 1 October."""

    __hash__ = int.__hash__

    NEVER_STARTED = 0
    STOPPED_BEFORE = 1
    STOPPED_ON = 2
    ENROLLED_AFTER = 3


class Place(NamedTuple):
    """An enrolment without its dates. ``position`` points into the facts' enrolments."""

    position: int
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
    finished in the ordinary way. ``has_upper_secondary_history`` is of places that show that compulsory school was.
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


NO_TRAIL = Trail()


class _Frame(NamedTuple):
    """The days around one day that the enrolments are measured against."""

    on: date
    year_first: date
    year_last: date
    previous_first: date
    previous_last: date
    last_count_date: date


@lru_cache(maxsize=512)
def _frame(on: date) -> _Frame:
    year = school_year_of(on)
    previous = year.previous
    counted = year.count_date if on >= year.count_date else previous.count_date
    return _Frame(on, year.first_day, year.last_day, previous.first_day, previous.last_day, counted)


class _Latest:
    """The latest of the enrolments shown to it, by a day and then by order."""

    __slots__ = ("day", "enrolment", "index")

    def __init__(self) -> None:
        self.day = date.min
        self.index = -1
        self.enrolment: Enrolment | None = None

    def see(self, day: date, index: int, enrolment: Enrolment) -> None:
        if day >= self.day:
            self.day, self.index, self.enrolment = day, index, enrolment

    def place(self) -> Place | None:
        enrolment = self.enrolment
        if enrolment is None:
            return None
        return Place(
            self.index,
            enrolment.kind,
            enrolment.is_vocational and enrolment.level is Level.VG2,
            enrolment.is_private,
            enrolment.in_county,
            enrolment.unit_ref is not None,
            enrolment.takes_ot_responsibility,
        )


class _Walk:
    """One walk along the enrolments of a youth, keeping the few that matter."""

    __slots__ = ("at_count", "between_years", "current", "frame", "left", "lower", "side", "upper")

    def __init__(self, frame: _Frame) -> None:
        self.frame = frame
        self.current, self.left, self.upper, self.at_count, self.lower = (_Latest() for _ in range(5))
        self.side = CountDateSide.NEVER_STARTED
        self.between_years = False

    def pass_by(self, index: int, enrolment: Enrolment) -> None:
        """Note an enrolment that has begun."""
        frame, kind, first_day = self.frame, enrolment.kind, enrolment.first_day
        end = _last_day_as_pupil(enrolment)
        runs = end >= frame.on
        if runs:
            self.current.see(first_day, index, enrolment)
        elif end == frame.previous_last and enrolment.end_reason in _NATURAL_ENDS:
            self.between_years = True
        if kind in UPPER_SECONDARY_KINDS:
            self.side = max(self.side, _side(enrolment, frame.on))
            if not runs:
                self.left.see(end, index, enrolment)
            if kind is _PUPIL and enrolment.in_county:
                self.upper.see(first_day, index, enrolment)
                if first_day <= frame.last_count_date < (enrolment.last_day or _NEVER):
                    self.at_count.see(first_day, index, enrolment)
        elif kind is _LOWER and enrolment.in_county and not runs:
            self.lower.see(end, index, enrolment)


def trail_of(enrolments: tuple[Enrolment, ...], on: date) -> Trail:
    """Return what the enrolments begun by the day ``on`` say. Those that begin later only count as a place ahead."""
    if not enrolments:
        return NO_TRAIL
    frame = _frame(on)
    walk = _Walk(frame)
    has_history = has_upper = has_school = is_ahead = False
    for index, enrolment in enumerate(enrolments):
        is_upper = enrolment.kind in UPPER_SECONDARY_KINDS
        if enrolment.first_day > on:
            is_ahead = is_ahead or (is_upper and enrolment.first_day <= frame.year_last)
            continue
        has_history = True
        has_upper = has_upper or enrolment.kind in SHOW_COMPULSORY_FINISHED
        has_school = has_school or (enrolment.in_county and enrolment.kind in _SCHOOL_KINDS)
        walk.pass_by(index, enrolment)
    current = walk.current.place()
    return Trail(
        current,
        None if current and current.kind in UPPER_SECONDARY_KINDS else _left(walk.left, frame),
        is_ahead,
        has_history,
        has_upper,
        has_school,
        walk.between_years,
        walk.upper.place(),
        walk.at_count.place(),
        walk.lower.place(),
        _ended(walk.lower.day, frame) if walk.lower.enrolment else None,
        walk.side,
    )


def _last_day_as_pupil(enrolment: Enrolment) -> date:
    """Return the last day with pupil status: a school year that was finished lasts through the summer."""
    last_day = enrolment.last_day
    if last_day is None:
        return _NEVER
    if (
        last_day.month in _END_OF_YEAR_MONTHS
        and enrolment.end_reason in _NATURAL_ENDS
        and enrolment.kind in _AT_SCHOOL_KINDS
    ):
        return date(last_day.year, 7, 31)
    return last_day


def _side(enrolment: Enrolment, on: date) -> CountDateSide:
    first_day = enrolment.first_day
    count_date = date(first_day.year + (first_day.month >= 10 and (first_day.month, first_day.day) > (10, 1)), 10, 1)
    if count_date > on:
        return CountDateSide.STOPPED_BEFORE
    last_day = enrolment.last_day or _NEVER
    if last_day > count_date:
        return CountDateSide.ENROLLED_AFTER
    return CountDateSide.STOPPED_ON if last_day == count_date else CountDateSide.STOPPED_BEFORE


def _left(latest: _Latest, frame: _Frame) -> Left | None:
    enrolment = latest.enrolment
    if enrolment is None:
        return None
    recently = (frame.on - latest.day).days <= RECENT_DAYS
    return Left(enrolment.kind, enrolment.end_reason, _ended(latest.day, frame), recently)


def _ended(last_day: date, frame: _Frame) -> Ended:
    if last_day >= frame.year_first:
        return Ended.THIS_SCHOOL_YEAR
    return Ended.PREVIOUS_SCHOOL_YEAR if last_day >= frame.previous_first else Ended.EARLIER
