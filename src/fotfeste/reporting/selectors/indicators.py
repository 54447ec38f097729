"""The other indicators that can be worked out from registrations, statuses and contact."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.casework.selectors import status_flows
from fotfeste.casework.selectors.contact_waits import WaitCount
from fotfeste.casework.selectors.counting import By
from fotfeste.casework.selectors.status_flows import Part
from fotfeste.collaboration.selectors.exits import talked_before_signout
from fotfeste.lists.selectors import coverage
from fotfeste.lists.selectors.coverage import Coverage
from fotfeste.reporting import code_sets
from fotfeste.reporting.policies import Reach, ReachKind
from fotfeste.reporting.reporter import as_reporter
from fotfeste.reporting.selectors.figures import Standing
from fotfeste.reporting.shares import Share
from fotfeste.reporting.waiting import Waiting, waiting
from fotfeste.spec import implements

#: The days OTUK lists go to the districts. Source: Oslostandarden § 6.3.1.
OTUK_LIST_DAYS = ((2, 20), (4, 20), (10, 10), (11, 20))
#: The autumn count. Source: Oslostandarden § 6.3.1.
AUTUMN_COUNT = (11, 15)
YEAR = 365


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to another."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    One indicator: its id in the specification, the share, and the days it is of.

    :ivar wait: the days until it happened, where the indicator is those days; ``share`` is then how many it came to.
    :ivar counts_others: some may be answered for elsewhere by now; who opens everybody of the unit may not open them.
    """

    id: str
    share: Share
    period: Period
    counts_others: bool = False
    wait: Waiting | None = None


def _latest(days: tuple[tuple[int, int], ...], on: date) -> Iterator[date]:
    """Give the latest of some yearly days up to a day, then the one before, and so on."""
    year = on.year
    while True:
        yield from (d for d in (date(year, *each) for each in reversed(days)) if d <= on)
        year -= 1


def between_lists(on: date) -> Period:
    """Return the latest two days OTUK lists went out: the ones on the first should be reached before the second."""
    days = _latest(OTUK_LIST_DAYS, on)
    second = next(days)
    return Period(next(days), second)


def two_autumns(on: date) -> Period:
    """Return the latest autumn count and the one a year before."""
    days = _latest((AUTUMN_COUNT,), on)
    second = next(days)
    return Period(next(days), second)


@implements("ind-share-contacted")
def share_contacted(*, reach: Reach, period: Period, by: tuple[By, ...] = ()) -> list[Part]:
    """Count, of those with unknown activity on a list's day, the ones real contact was made with before the next."""
    with as_reporter():
        return status_flows.reached_between(
            on=period.first_day, before=period.last_day, statuses=code_sets.UNKNOWN, among=reach.among, by=by
        )


@implements("ind-into-activity")
def share_into_activity(*, reach: Reach, period: Period, by: tuple[By, ...] = ()) -> list[Part]:
    """Count, of those without activity on the first day, the ones who came to training, work, measure or course."""
    with as_reporter():
        return status_flows.came_to(
            on=period.first_day,
            until=period.last_day,
            start=code_sets.WITHOUT_ACTIVITY,
            goal=code_sets.ACTIVITY,
            among=reach.among,
            by=by,
        )


@implements("ind-back-in-education")
def share_back_in_education(*, reach: Reach, entered: Period, by: tuple[By, ...] = ()) -> list[Part]:
    """Count, of those registered in the period, the ones back in upper secondary education within a year."""
    with as_reporter():
        return status_flows.entrants_who_came_to(
            since=entered.first_day,
            until=entered.last_day,
            days=YEAR,
            goal=code_sets.EDUCATION,
            among=reach.among,
            by=by,
        )


@implements("ind-two-years-in-row", "amb-61")
def share_two_years_in_row(*, reach: Reach, autumns: Period, by: tuple[By, ...] = ()) -> list[Part]:
    """Count, of the target group at one autumn count, the ones in it at the next as well."""
    with as_reporter():
        return status_flows.on_both_days(
            on=autumns.first_day, then=autumns.last_day, statuses=code_sets.TARGET_GROUP, among=reach.among, by=by
        )


@implements("ind-out-one-year-plus")
def share_out_one_year(*, reach: Reach, on: date, by: tuple[By, ...] = ()) -> list[Part]:
    """Count, of the target group, the ones whose statuses tell of neither education, work nor measure for a year."""
    with as_reporter():
        return status_flows.outside_for(
            on=on, days=YEAR, statuses=code_sets.TARGET_GROUP, inside=code_sets.INSIDE, among=reach.among, by=by
        )


@implements("ind-declined")
def share_declined(standing: Standing) -> Share:
    """Return how many of the target group have declined follow-up."""
    return standing.share(code_sets.DECLINED)


@implements("ind-nav-measure-share")
def share_in_nav_measure(standing: Standing) -> Share:
    """Return how many of the target group are in a measure run by Nav."""
    return standing.share(code_sets.NAV_MEASURE)


def share_talked_before_signout(*, reach: Reach, period: Period) -> Share:
    """Count, of those who quit in the period, the ones a school had talked with before they were signed out."""
    with as_reporter():
        return Share(*talked_before_signout(since=period.first_day, until=period.last_day, among=reach.among))


def lines_answered(*, reach: Reach, on: date) -> list[Indicator]:
    """
    Return how many lines of the last list were answered before the schools' next deadline, and after how many days.

    Of the county, of a district's own list, or of what a Nav office was asked; of a school there is none.
    """
    made = coverage.last_whole_round(county_id=reach.county_id, on=on)
    if made is None:
        return []
    deadline = coverage.deadline_of(made)
    found = coverage.coverage_of(made=made, by_day=deadline, for_nav=reach.kind is ReachKind.UNIT)
    if reach.kind is not ReachKind.COUNTY:
        found = [each for each in found if each.unit_id == reach.unit_id]
    if not found:
        return []
    whole, period = coverage.together(found), Period(made.on, deadline)
    share = Share(whole.answered, whole.lines)
    return [
        Indicator("ind-wash-coverage", share, period),
        Indicator("days-to-answer", share, period, wait=days_to_answer(whole)),
    ]


def days_to_answer(found: Coverage) -> Waiting:
    """Sum up the days from a list to its answers; a line nobody answered has waited all the time."""
    waits = [WaitCount((), days, True, count) for days, count in Counter(found.waits).items()]
    left = found.lines - found.answered
    return waiting([*waits, WaitCount((), found.waited, False, left)] if left else waits)


def indicators(*, reach: Reach, standing: Standing) -> list[Indicator]:
    """Return the other indicators for the reach, each of the latest period that is whole."""
    on = standing.on
    today, year = Period(on, on), Period(on - timedelta(days=YEAR), on)
    lists, autumns = between_lists(on), two_autumns(on)
    entered = Period(on - timedelta(days=2 * YEAR), on - timedelta(days=YEAR))
    return [
        Indicator("ind-share-contacted", _one(share_contacted(reach=reach, period=lists)), lists),
        Indicator("ind-into-activity", _one(share_into_activity(reach=reach, period=year)), year),
        Indicator("ind-back-in-education", _one(share_back_in_education(reach=reach, entered=entered)), entered),
        Indicator("ind-out-one-year-plus", _one(share_out_one_year(reach=reach, on=on)), today),
        Indicator("ind-two-years-in-row", _one(share_two_years_in_row(reach=reach, autumns=autumns)), autumns),
        Indicator(
            "ind-exit-before-signout",
            share_talked_before_signout(reach=reach, period=year),
            year,
            counts_others=reach.kind is ReachKind.UNIT,
        ),
        Indicator("ind-declined", share_declined(standing), today),
        Indicator("ind-nav-measure-share", share_in_nav_measure(standing), today),
        *lines_answered(reach=reach, on=on),
    ]


def _one(parts: list[Part]) -> Share:
    return Share(parts[0].count, parts[0].of) if parts else Share(0, 0)
