"""What the year asks of each unit: the times of the events that are or soon will be its to do, and which are done."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.annualwheel.selectors.wheel import Standing, Time, Wanted, wheel_of
from fotfeste.law.annual_wheel import Occurrence
from fotfeste.law.readings import Readings
from fotfeste.law.school_year import SchoolYear, school_year_of
from fotfeste.law.wheel_tasks import MOST_LEAD, given_on, has_task, lead_on
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.organisations.selectors.units import education_admin_of

#: Whose part of the year rests on the county's education administration here: they have no unit of their own.
THE_COUNTYS = frozenset({"uda", "set", "utd", "ude", "nav-oslo", "system"})
#: What was due longer ago when a county began to work here is not made a task of.
RECENT = timedelta(days=30)
_AROUND = timedelta(days=MOST_LEAD)
#: No stretch of days off is longer; what falls on one is given the working day before.
_DAYS_OFF = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Due:
    """
    One time of an event as it rests on a unit.

    :ivar given_on: the day it becomes the unit's task. :ivar done_on: None while nothing shows it done.
    :ivar late_from: the day from which it is late; of what is done each week the first of the weeks on end without it.
    :ivar is_over: it was not done, and cannot be any more: the next time has begun.
    """

    unit_id: int
    event_id: str
    turn: str
    due_on: date
    given_on: date
    done_on: date | None
    late_from: date
    is_over: bool = False

    @property
    def key(self) -> tuple[int, str, str]:
        """Return what it is known by, whatever day it is on."""
        return self.unit_id, self.event_id, self.turn


def years_around(day: date) -> list[SchoolYear]:
    """Return the school years something may be due in near a day: the year's end hides neither side of it."""
    return sorted({school_year_of(day - _AROUND), school_year_of(day), school_year_of(day + _AROUND)})


def all_due(*, county_id: int, on: date, still: Collection[tuple[SchoolYear, str]] = (), only: str = "") -> list[Due]:
    """
    Return what the years around a day ask of each unit of a county, as far as a task of it can change by now.

    What rests on many units is known from the day it opens: which units it is for is counted then. What was due longer
    ago, and what is nobody's yet, is not asked about: most of a year's events are either, whatever day it is.

    :param still: what stands open or was missed, however old: the year, and the id of the event.
    :param only: the id of one event.
    """
    readings, admin = readings_for(county_id=county_id), education_admin_of(county_id=county_id).pk
    years = sorted({*years_around(on), *(year for year, _event_id in still)})

    def may_change(year: SchoolYear) -> Wanted:
        def says(event_id: str, times: Sequence[Occurrence]) -> bool:
            near = any(one.due - _AROUND - _DAYS_OFF <= on <= one.due + RECENT for one in times)
            return near or not times or (year, event_id) in still

        return says

    chosen = (only,) if only else ()
    return [
        due
        for year in years
        for standing in wheel_of(county_id=county_id, year=year, today=on, only=chosen, wanted=may_change(year))
        for due in due_of(standing, admin=admin, on=on, readings=readings)
    ]


def due_of(standing: Standing, *, admin: int, on: date, readings: Readings) -> Iterator[Due]:
    """Return how the times of an event rest on units; none where nothing can show it done, and nothing could end it."""
    if not has_task(standing.event) or not standing.closed_by:
        return
    lead, gap_since = lead_on(standing.event, on, readings), None
    for time in standing.times:
        gap_since = None if time.done_on else gap_since or time.due
        late_from = gap_since if standing.is_streak and gap_since else time.due
        is_over = time.closes is not None and time.closes < on
        for unit_id, done_on in _answering(standing, time, admin):
            begins = given_on(time.due, lead)
            is_missed = is_over and done_on is None
            yield Due(unit_id, standing.event.id, time.turn, time.due, begins, done_on, late_from, is_missed)


def _answering(standing: Standing, time: Time, admin: int) -> list[tuple[int, date | None]]:
    """Return the units an event rests on one time; what is done for the county rests on its administration."""
    if not time.units and standing.event.party in THE_COUNTYS:
        return [(admin, time.done_on)]
    return [(unit.unit_id, unit.done_on) for unit in time.units]
