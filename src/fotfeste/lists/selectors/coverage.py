"""How much of a list was answered by the schools' next deadline, and how many days it took: said once here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.annualwheel.selectors.closing import day_of
from fotfeste.casework.selectors.answers import sent_answers, standing_answers
from fotfeste.kernel import clock
from fotfeste.law.school_year import school_year_of
from fotfeste.law.status_rules import registration_deadlines
from fotfeste.lists.models import OtukRound
from fotfeste.lists.selectors.otuk import time_of
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class Coverage:
    """
    What a unit had answered of a list's lines by a day.

    :ivar waits: the days from the list to the answer, of each line that was answered by that day.
    :ivar waited: the days a line without an answer had waited by then.
    """

    unit_id: int
    lines: int
    waits: tuple[int, ...]
    waited: int

    @property
    def answered(self) -> int:
        """Return how many lines were answered."""
        return len(self.waits)


@implements("ind-wash-coverage")
def coverage_of(*, made: OtukRound, by_day: date, for_nav: bool = False) -> list[Coverage]:
    """
    Count the lines of each unit's list, and those it had answered by a day, that day too.

    A line is answered from the first word about the youth, as long as some word of the unit stands: one that was
    replaced by a later one was an answer all the same, and one taken back for good was none. Only numbers leave the
    scope, which is every county's, so that they are the same whoever asks, also when a youth has moved since.

    Source: Oslostandarden kap. 4.3 and 4.4; AFI 2015 kap. 3.1. That a day of the deadline is before it, is ours.

    :param for_nav: count by the Nav office that was asked about the same youths.
    """
    with acting_as(system_actor("scheduler", county_ids=tuple(county_names())), on=clock.today()):
        answers = _answers(made, by_day, for_nav=for_nav)
    last = min(by_day, _day_before_next(made) or by_day)
    waited = max(0, (last - made.on).days)
    return [
        Coverage(unit_id, len(found), tuple((day - made.on).days for day in found if day is not None), waited)
        for unit_id, found in sorted(answers.items())
    ]


def deadline_of(made: OtukRound) -> date:
    """Return the schools' next registration deadline after the list. Source: Oslostandarden kap. 6.3.1."""
    year, readings = school_year_of(made.on), readings_for(county_id=made.county_id)
    ends = school_year_of(date(year.start_year + 1, 8, 1))
    days = (*registration_deadlines(year, readings), *registration_deadlines(ends, readings))
    return min(day for day in days if day > made.on)


def last_whole_round(*, county_id: int, on: date) -> OtukRound | None:
    """Return the newest round whose deadline had passed on a day."""
    rounds = OtukRound.objects.filter(county_id=county_id, on__lt=on).order_by("-on")[:8]
    return next((made for made in rounds if deadline_of(made) < on), None)


def together(found: Iterable[Coverage]) -> Coverage:
    """Return several units as one."""
    each = list(found)
    waits = tuple(wait for one in each for wait in one.waits)
    return Coverage(0, sum(one.lines for one in each), waits, max((one.waited for one in each), default=0))


def _answers(made: OtukRound, by_day: date, *, for_nav: bool) -> dict[int, list[date | None]]:
    offices = {each.unit_id: each.nav_office_id for each in units.districts(county_id=made.county_id, on=made.on)}
    found: dict[int, list[date | None]] = {}
    districts = made.rows.order_by("district_id").values_list("district_id", flat=True).distinct()
    for district_id in districts:
        unit_id = offices.get(district_id) if for_nav else district_id
        if unit_id:
            found.setdefault(unit_id, []).extend(_of_list(made, district_id, unit_id, by_day))
    return found


def _of_list(made: OtukRound, district_id: int, unit_id: int, by_day: date) -> list[date | None]:
    """Return the day each line of a district's list was first answered by a unit, or None."""
    since, before = time_of(made)
    mine = {"youth_id": OuterRef("youth_id"), "from_unit_id": unit_id}
    first = sent_answers(since=since, before=before).filter(**mine).order_by("sent_at").values("sent_at")[:1]
    rows = made.rows.filter(district_id=district_id, is_protected=False, youth__protection="none")
    rows = rows.annotate(
        first=Subquery(first), stands=Exists(standing_answers(since=since, before=before).filter(**mine))
    )
    told = rows.order_by("number").values_list("first", "stands")
    return [_day(first) if stands and first and _day(first) <= by_day else None for first, stands in told]


def _day(moment: datetime) -> date:
    return day_of(moment)


def _day_before_next(made: OtukRound) -> date | None:
    _since, before = time_of(made)
    return day_of(before) - timedelta(days=1) if before else None
