"""Judging a county anew on the days its rules begin to say something else, and letting go of those too old."""

from datetime import date

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import all_counties, system_actor
from fotfeste.access.sets import in_sets
from fotfeste.casework.selectors.closed_units import counties_with_changed_units
from fotfeste.casework.services.registrations import close_too_old
from fotfeste.casework.services.rerun import rerun_county
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.law.school_year import school_year_of
from fotfeste.law.unit_duties import reassignment_day
from fotfeste.organisations.selectors.counties import counties_on
from fotfeste.organisations.selectors.readings import counties_choosing_from, readings_of_each
from fotfeste.people.selectors.at_work import counties_at_work
from fotfeste.spec import implements


@job("casework.judge_anew")
def judge_anew(timestamp: int = 0) -> None:
    """Let a county be judged by a reading that begins today, by units that open or have closed, and after the count."""
    judge_counties(on=clock.today())


@job("casework.close_too_old")
def let_go_of_those_too_old(timestamp: int = 0) -> None:
    """Close the registrations of those the service no longer covers, set by set. Twice does it once."""
    for county_id in counties_at_work():
        in_sets(county_id, _close_too_old)


def _close_too_old(*, county_id: int, by_id: int, on: date, limit: int) -> int:
    return close_too_old(actor=system_actor("scheduler", county_ids=(county_id,)), on=on, limit=limit)


@implements("amb-48")
def judge_counties(*, on: date) -> list[int]:
    """
    Judge anew the counties in which another reading begins on the day, a unit opens or has closed, or which assign
    again after the count date.

    :returns: the counties.
    """
    why = dict.fromkeys(counties_choosing_from(on), "reading")
    for county_id, readings in readings_of_each(county_ids=[county.pk for county in counties_on(on=on)]).items():
        if reassignment_day(school_year_of(on), readings) == on:
            why.setdefault(county_id, "count_date")
    with acting_as(system_actor("scheduler", county_ids=all_counties()), on=on):
        for county_id in counties_with_changed_units(on=on):
            why.setdefault(county_id, "units")
    for county_id, reason in sorted(why.items()):
        rerun_county(county_id=county_id, on=on, details={"why": reason})
    return sorted(why)
