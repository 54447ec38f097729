"""A school year, day by day: whatever has a day is shown to be done, and nothing is anybody's on any of them."""

import json
import os
from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app as jobs

from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.enums import WheelState
from fotfeste.annualwheel.selectors.wheel import STREAKS, wheel_of
from fotfeste.config.schedule import SCHEDULE
from fotfeste.kernel import clock
from fotfeste.law.annual_wheel import events
from fotfeste.law.wheel_days import occurrences
from fotfeste.law.working_days import is_working_day, next_working_day
from fotfeste.oversight.selectors.guards import standings
from tests import factories as make
from tests.annualwheel.year_acts import ACTS, PLAN, approve_letters, end_plan, plan, replace_contact, use_answers
from tests.annualwheel.year_roles import answer_letters, distribute, tell_of_leavers, unanswered
from tests.annualwheel.year_world import YEAR, Oslo

#: How many come to the service in the year. A whole county has 1 600, and takes minutes.
YOUTHS = int(os.environ.get("FOTFESTE_YEAR_YOUTHS", "40"))
_DAY = timedelta(days=1)
#: What is done in a week in which nothing else is due; the jobs of the clock have nothing to find then.
WEEKLY = [ACTS["dl-weekly-leavers"]]


def diary() -> dict[date, list]:
    """Return what people do on each day: each event on its day, the lists some days after they came."""
    found: dict[date, list] = defaultdict(list)
    for event in events():
        for one in occurrences(event, YEAR) if event.is_duty else ():
            found[_day_of(event.id, one)] += [ACTS[event.id]] if event.id in ACTS else []
    # What something sets off, on Mondays of our own choice
    for event_id in ("dl-agreement-revision", "dl-standard-revision", "dl-age-entry-16"):
        found[date(2026, 10, 5)].append(ACTS[event_id])
    found[date(2026, 11, 2)] += [tell_of_leavers, distribute]
    found[date(2027, 1, 11)].append(replace_contact)
    found[date(2027, 5, 10)].append(answer_letters)
    found[date(2027, 2, 8)].append(plan)
    found[date(2027, 2, 8) + PLAN].append(end_plan)
    return found


def _day_of(event_id: str, one) -> date:
    if event_id == "dl-list-review":
        return next_working_day(one.opens + timedelta(days=14))
    if event_id not in STREAKS and one.closes == one.due and one.opens in YEAR:
        # What goes on all the time is done on a Monday of each month
        second = one.opens + timedelta(days=7)
        return second + timedelta(days=-second.weekday() % 7)
    day = one.due
    while not is_working_day(day):
        day -= _DAY
    return day


def run_scheduled(day: date) -> None:
    """Do what is done by the clock on a day, once."""
    for name, cron in SCHEDULE.items():
        weekdays = cron.split()[-1]
        if weekdays == "*" or str(day.isoweekday()) in weekdays or (weekdays == "1-5" and day.isoweekday() <= 5):
            jobs.tasks[name].func()


def run_asked() -> None:
    """Do the jobs that were asked for."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo' RETURNING task_name, args")
            asked = cursor.fetchall()
        if not asked:
            break
        for name, args in asked:
            jobs.tasks[name].func(**json.loads(args))


def pass_day(oslo: Oslo, day: date, acts: list) -> None:
    """Let a day pass on which something is due: the jobs of the clock, people, and the jobs they asked for."""
    if acts != WEEKLY:
        with clock.frozen(datetime.combine(day, time(6), tzinfo=clock.OSLO)):
            run_scheduled(day)
    with clock.frozen(day):
        for act in acts:
            act(oslo, day)
        if is_working_day(day):
            approve_letters(oslo, day)
            use_answers(oslo, day)
        run_asked()


@pytest.mark.proves("dl-clarification-continuous", "dl-registration-feb", "dl-registration-apr", "dl-registration-jun")
@pytest.mark.proves("dl-internal-report-jun", "dl-count-date", "dl-plan-end")
def test_each_duty_of_the_year_closes_by_what_shows_it_and_on_no_day_is_anybody_without_anybody(
    committed_database, settings, tmp_path
):
    # Given a county on 1 August
    settings.LETTERS = {**settings.LETTERS, "folder": str(tmp_path)}
    day, due, wrong, offices = YEAR.first_day, diary(), {}, set()
    with clock.frozen(day):
        oslo = Oslo.made(YOUTHS)
    # When the year passes, whoever's day it is does what is theirs
    while day <= YEAR.last_day:
        if day in due:
            pass_day(oslo, day, due[day])
        if day.day == 1:
            tell_the_planner()
        with clock.frozen(datetime.combine(day, time(20), tzinfo=clock.OSLO)), acting_as(make.system(), on=day):
            wrong[day] = [each.sentence for each in standings(county_id=make.OSLO, on=day) if each.sentence]
            if (day + _DAY).day == 1:
                # When a contact was confirmed before is not kept, so that duty is asked about month by month.
                offices |= states("dl-nav-contact-list", day) - {WheelState.UNKNOWN, WheelState.COMING}
        day += _DAY
    # Then nothing was nobody's on any day, and each duty is shown to be done in time, each time it came
    assert {day: said for day, said in wrong.items() if said} == {}
    assert (len(wrong), offices) == (365, {WheelState.DONE})
    assert unanswered() == 0
    kept = [each.id for each in events() if each.is_duty and each.id != "dl-nav-contact-list"]
    assert {each for each in kept if states(each, YEAR.last_day) != {WheelState.DONE}} == set()


def tell_the_planner() -> None:
    """
    Let the server learn how much there is, as it does by itself once a minute: here a month is some seconds.

    It looks again at the tables in which a tenth and fifty rows more have changed since it last did.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT s.relid::regclass::text FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
               WHERE s.n_mod_since_analyze > 50 + greatest(c.reltuples, 0) / 10"""
        )
        changed = [name for (name,) in cursor.fetchall()]
        if changed:
            cursor.execute(f"ANALYZE {', '.join(changed)}")


def states(event_id: str, day: date) -> set[WheelState]:
    """Return how the times of an event of the year stand on a day."""
    [found] = wheel_of(county_id=make.OSLO, year=YEAR, today=day, only=(event_id,))
    return {time.state for time in found.times}
