"""Routines that start by themselves, from what is recorded; many at a time in sets that each stand alone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.selectors.made_since import registrations_to_follow
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import StepState, Trigger
from fotfeste.collaboration.models import RoutineRun, StepRun
from fotfeste.collaboration.selectors.parties import surroundings_of
from fotfeste.collaboration.services.advancing import move_each
from fotfeste.collaboration.services.work import close_step
from fotfeste.collaboration.services.youth_work import UnderWay, begin
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import ask_for
from fotfeste.people.services.places import lock_youths
from fotfeste.spec import implements
from fotfeste.spec.routines import list_steps, starts_on, trigger_of_registration

#: Registrations older than this had their beginning before there was anything to start by itself. Of a county that
#: begins to work here, those with unknown activity are started by an act of its own, and by the lists.
RECENT = timedelta(days=60)

THOSE_HERE_JOB = "collaboration.start_those_here"


@implements("rut-rule-actors")
def start_for_registrations(
    *, county_id: int, by_id: int, on: date, since: date | None = None, limit: int | None = None
) -> int:
    """
    Start the routine of each registration that has not started one, by its reason. Twice does it once.

    Called in a scope that sees the county.

    :param since: from when the registrations are; the recent ones when no day is given.
    :param limit: how many at the most; who calls goes on until there are none.
    :returns: for how many registrations something was begun.
    """
    rows = not_started(county_id=county_id, since=since or on - RECENT)[:limit]
    return _start_each(rows, by_id=by_id, on=on)


def start_for_those_here(*, county_id: int, by_id: int, on: date, limit: int) -> int:
    """
    Start the routine of each youth with unknown activity who was here before routines started by themselves.

    Called in a scope that sees the county.

    :returns: for how many registrations something was begun; none when all have.
    """
    rows = unknown_not_started(county_id=county_id)[:limit]
    return _start_each(rows, by_id=by_id, on=on)


@transaction.atomic
def ask_to_start_those_here(*, actor: Actor, county_id: int) -> None:
    """
    Let the routines of youths with unknown activity who are here already be started, by a job.

    :raises NotAllowed: the actor does not coordinate the county.
    """
    policies.may_adapt_routine(actor=actor, county_id=county_id).require()
    ask_for(THOSE_HERE_JOB, once=str(county_id), county_id=county_id)
    audit.record("routine.started_those_here", by=actor.user_id, county=county_id)


def unknown_not_started(*, county_id: int) -> list[Any]:
    """Return the open registrations with unknown activity, however old, for which no routine has been begun."""
    return [row for row in not_started(county_id=county_id, since=date.min) if row.unknown_since is not None]


def not_started(*, county_id: int, since: date) -> list[Any]:
    """
    Return the open registrations since a day for which none of the routines they start has been begun.

    One begun by hand counts as well, also when it has ended: nobody is taken through the same twice.
    """
    rows = list(registrations_to_follow(county_id=county_id, since=since))
    youths = {row.youth_id for row in rows}
    sources = set(RoutineRun.objects.filter(youth_id__in=youths).values_list("trigger_source", flat=True))
    opened: dict[tuple[int, str], date] = {}
    first = {reason: _first_steps(reason) for reason in {row.reason for row in rows}}
    steps = StepRun.objects.filter(youth_id__in=youths, step__in=set().union(*first.values()))
    for youth_id, step, opened_on, ended_on in steps.values_list("youth_id", "step", "opened_on", "run__ended_on"):
        last = opened_on if ended_on is not None else date.max
        opened[youth_id, step] = max(last, opened.get((youth_id, step), date.min))
    return [
        row
        for row in rows
        if f"registration:{row.pk}" not in sources
        and not any(opened.get((row.youth_id, step), date.min) >= row.first_day for step in first[row.reason])
    ]


def _start_each(rows: list[Any], *, by_id: int, on: date) -> int:
    """
    Start the routines of some registrations.

    :returns: how many they were; none when nothing came of any of them, as where a county leaves out the steps, so that
        whoever goes on until there are none comes to an end.
    """
    youths = [row.youth_id for row in rows]
    before = _begun(youths)
    under_way = _under_way(youths, by_id=by_id, on=on)
    for row in rows:
        trigger = Trigger(trigger_of_registration(row.reason))
        _begin(under_way, row.youth_id, trigger, source=f"registration:{row.pk}", by_id=by_id)
    move_each(under_way)
    return len(youths) if _begun(youths) != before else 0


def _begun(youths: list[int]) -> tuple[int, int]:
    runs, steps = (model.objects.filter(youth_id__in=youths).count() for model in (RoutineRun, StepRun))
    return runs, steps


def _first_steps(reason: str) -> list[str]:
    return [step for _routine, at in starts_on(trigger_of_registration(reason)) for step in at]


def start_by(*, trigger: Trigger, youth_id: int, source: str, by_id: int, on: date) -> int:
    """
    Start what a trigger starts for a youth. A routine under way goes on with the steps the trigger opens.

    Called in a scope that sees all of the youth.

    :param source: the row that was recorded, as ``registration:12``.
    :returns: how many routines.
    """
    under_way = _under_way([youth_id], by_id=by_id, on=on)
    begun = _begin(under_way, youth_id, trigger, source=source, by_id=by_id)
    move_each(under_way)
    return begun


def start_for_listed(
    *, youth_ids: Iterable[int], source: str, listed_at: datetime, due_on: date, by_id: int, on: date
) -> int:
    """
    Let each youth on a new list come to the step where the list is gone through, once more when it was done before.

    The step stands open from the moment the list was made, so that whoever was answered for meanwhile is done.
    Called in a scope that sees the county. Twice does it once: see ``listed_since``.

    :param due_on: by when the list is to be answered.
    :returns: how many.
    """
    under_way = _under_way(youth_ids, by_id=by_id, on=on)
    listed: dict[str, Any] = {"source": source, "by_id": by_id, "now": listed_at, "due_on": due_on, "is_again": True}
    for youth_id in under_way.arounds:
        _begin(under_way, youth_id, Trigger.LISTED, **listed)
    move_each(under_way)
    return len(under_way.arounds)


def listed_since(*, county_id: int, listed_at: datetime) -> set[int]:
    """Return the youths who have come to the step where a list made at a moment is gone through, or stand at it."""
    rows = StepRun.objects.filter(county_id=county_id, step__in=list_steps())
    there = rows.filter(Q(opened_at__gte=listed_at) | Q(state__in=STANDS_OPEN))
    return set(there.values_list("youth_id", flat=True))


def leave_unlisted(*, county_id: int, listed: Iterable[int], by_id: int, limit: int) -> int:
    """
    Leave the step where a list is gone through for youths who are on the list no more; nobody can answer for them.

    So it is also for who has become protected since: the district is told nothing of them.

    :returns: how many.
    """
    there = set(listed)
    stand_open = StepRun.objects.filter(county_id=county_id, step__in=list_steps(), state__in=STANDS_OPEN)
    gone = [row for row in stand_open.select_related("run").order_by("pk") if row.youth_id not in there][:limit]
    under_way = _under_way([row.youth_id for row in gone], by_id=by_id, on=clock.today())
    to_leave = {row.pk for row in gone}
    left = 0
    for youth_id in under_way.arounds:
        for worked in under_way.of(youth_id):
            for row in [each for each in worked.steps() if each.pk in to_leave and each.state in STANDS_OPEN]:
                close_step(worked, row, state=StepState.LEFT)
                left += 1
    move_each(under_way)
    return left


def _under_way(youth_ids: Iterable[int], *, by_id: int, on: date) -> UnderWay:
    """Return what is under way for the youths that are seen, locked, so that nobody starts the same meanwhile."""
    arounds = surroundings_of(lock_youths(youth_ids=youth_ids), on=on)
    return UnderWay(arounds, by_id=by_id, now=clock.now(), are_locked=True)


def _begin(under_way: UnderWay, youth_id: int, trigger: Trigger, *, now: datetime | None = None, **given: Any) -> int:
    """Begin what a trigger starts for one of the youths; return how many routines. None for one who is not seen."""
    around = under_way.arounds.get(youth_id)
    if around is None:
        return 0
    started, told = starts_on(trigger), {"around": around, "trigger": trigger, "under_way": under_way, **given}
    for routine_id, at in started:
        begin(routine_id=routine_id, at=at, now=now or under_way.now, **told)
    return len(started)
