"""How the events of a county's school year stand: each on its days, with what shows that it is done."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.annualwheel.enums import WheelState
from fotfeste.annualwheel.selectors.closing import Answer, Asked, Closing, closing_of
from fotfeste.law.annual_wheel import Event, Occurrence, Recurrence, event_on, events_of
from fotfeste.law.readings import Readings
from fotfeste.law.school_year import SchoolYear
from fotfeste.law.wheel_days import occurrences
from fotfeste.law.working_days import WeekendRule
from fotfeste.organisations.selectors.readings import readings_for

_DONE = frozenset({WheelState.DONE, WheelState.DONE_LATE})
#: What goes on all the time or every week is told as a streak.
STREAKS = frozenset({"dl-weekly-leavers", "dl-weekly-pupil-services"})


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How an event stands at a unit."""

    unit_id: int
    name: str
    state: WheelState
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Time:
    """
    One time an event comes.

    :ivar units: those who answer for it, when each does; empty when it is the county's.
    :ivar turn: which time it is, whatever day it is moved to.
    :ivar closes: the last day on which it can be done, if late; None when it can be done at any time.
    """

    due: date
    nominal: date
    rule: WeekendRule
    state: WheelState
    done_on: date | None = None
    units: tuple[UnitStanding, ...] = ()
    turn: str = ""
    closes: date | None = None

    @property
    def done_units(self) -> int:
        """Return how many of the units have done it."""
        return sum(unit.state in _DONE for unit in self.units)


@dataclass(frozen=True, slots=True)
class Standing:
    """An event of the year with its times, and in words what shows that it is done; empty when nothing can."""

    event: Event
    times: tuple[Time, ...]
    closed_by: str
    state: WheelState

    @property
    def is_streak(self) -> bool:
        """Return whether it is told as a streak of weeks or months."""
        return self.event.recurrence is Recurrence.CONTINUOUS or self.event.id in STREAKS

    @property
    def gaps(self) -> int:
        """Return how many times it was to be done and was not."""
        return sum(time.state is WheelState.LATE for time in self.times)

    @property
    def kept(self) -> int:
        """Return how many times it was done."""
        return sum(time.state in _DONE for time in self.times)


Wanted = Callable[[str, Sequence[Occurrence]], bool]


def wheel_of(
    *,
    county_id: int,
    year: SchoolYear,
    today: date,
    only: Collection[str] = (),
    wanted: Wanted | None = None,
    readings: Readings | None = None,
) -> tuple[Standing, ...]:
    """
    Return how the events of a school year stand in a county, in the order of their days.

    Counted by the reporter, so that it comes out the same whoever looks; only days and units leave its scope.

    :param only: the ids of some events, when no others are asked about.
    :param wanted: says of an event and its times in the year whether it is asked about; all are when it is not given.
    :param readings: those the county judges by, when they have been read.
    """
    readings = readings or readings_for(county_id=county_id)
    seen_on = min(max(today, year.first_day), year.last_day)
    chosen = [event_on(each, seen_on, readings) for each in events_of(readings) if not only or each.id in only]
    with acting_as(system_actor("reporter", county_ids=(county_id,)), on=today):
        placed = [(each, occurrences(each, year, readings)) for each in chosen]
        read: dict[str, Any] = {}
        found = [
            _standing(each, Asked(each.id, county_id, year, _opened(times, today), today, read), times)
            for each, times in placed
            if wanted is None or wanted(each.id, times)
        ]
    return tuple(sorted(found, key=_order))


def days_to_keep(*, county_id: int, year: SchoolYear, parties: frozenset[str] | None) -> list[tuple[Event, Occurrence]]:
    """
    Return the days of a school year that some parties must keep, in order; without what goes on all year or weekly.

    :param parties: None for everybody's.
    """
    readings = readings_for(county_id=county_id)
    found = [
        (each, one)
        for each in events_of(readings)
        if each.is_duty and (parties is None or each.party in parties)
        if each.recurrence is not Recurrence.CONTINUOUS and each.id not in STREAKS
        for one in occurrences(each, year, readings)
    ]
    return sorted(found, key=lambda pair: pair[1])


def _order(standing: Standing) -> tuple[bool, bool, bool, date]:
    dated = bool(standing.times) and not standing.is_streak
    first = standing.times[0].due if standing.times else date.max
    return standing.state is WheelState.PRACTICE, not dated, not standing.times, first


def _opened(placed: Sequence[Occurrence], today: date) -> tuple[Occurrence, ...]:
    return tuple(one for one in placed if one.opens <= today)


def _standing(each: Event, asked: Asked, placed: Sequence[Occurrence]) -> Standing:
    closing, today = closing_of(each.id) if each.is_duty else None, asked.today
    answers: dict[date, list[Answer]] = defaultdict(list)
    for answer in _ask(closing, asked) if asked.times or not placed else ():
        answers[answer.due].append(answer)
    if placed:
        times = tuple(_time(one, answers.get(one.due, ()), today) for one in placed)
    else:
        times = tuple(_set_off(due, found, today) for due, found in sorted(answers.items()))
    state = _overall(times) if each.is_duty else WheelState.PRACTICE
    return Standing(each, times, closing.by if closing else "", state)


def _ask(closing: Closing | None, asked: Asked) -> Iterable[Answer]:
    return closing.closer(asked) if closing else ()


def _time(one: Occurrence, answers: Sequence[Answer], today: date) -> Time:
    units = _units(answers, one.due, today, opened=one.opens <= today)
    if not answers:
        state = WheelState.UNKNOWN if one.due < today else _ahead(one.opens <= today)
        return Time(one.due, one.nominal, one.rule, state, turn=one.turn, closes=one.closes)
    done_on = _all_done(answers)
    state = _state(done_on, one.due, today, one.opens <= today)
    return Time(one.due, one.nominal, one.rule, state, done_on, units, one.turn, one.closes)


def _set_off(due: date, answers: Sequence[Answer], today: date) -> Time:
    """Return a time that something has set off, for those it was set off at."""
    done_on = _all_done(answers)
    units = _units(answers, due, today, opened=True)
    state = _state(done_on, due, today, opened=True)
    return Time(due, due, WeekendRule.NO_SHIFT, state, done_on, units, due.isoformat())


def _units(answers: Sequence[Answer], due: date, today: date, *, opened: bool) -> tuple[UnitStanding, ...]:
    by_unit: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.unit_id is not None:
            by_unit[answer.unit_id].append(answer)
    return tuple(
        UnitStanding(unit_id, mine[0].unit_name, _state(_all_done(mine), due, today, opened), _all_done(mine))
        for unit_id, mine in by_unit.items()
    )


def _all_done(answers: Sequence[Answer]) -> date | None:
    """Return the day the last of those who answer was done; None when one is not."""
    days = [answer.done_on for answer in answers if answer.done_on is not None]
    return max(days) if days and len(days) == len(answers) else None


def _state(done_on: date | None, due: date, today: date, opened: bool) -> WheelState:
    if done_on is not None:
        return WheelState.DONE if done_on <= due else WheelState.DONE_LATE
    return WheelState.LATE if due < today else _ahead(opened)


def _ahead(opened: bool) -> WheelState:
    return WheelState.DUE if opened else WheelState.COMING


def _overall(times: Sequence[Time]) -> WheelState:
    """
    Return how an event stands now: late while a time is late, else as the last time that has come, else the next.

    A streak is judged by its last whole week or month.
    """
    if not times:
        return WheelState.NOT_SET_OFF
    past = [time for time in times if time.state not in {WheelState.COMING, WheelState.DUE}]
    due = [time for time in times if time.state is WheelState.DUE]
    if past and past[-1].state is WheelState.LATE:
        return WheelState.LATE
    if due:
        return WheelState.DUE
    return past[-1].state if past else WheelState.COMING
