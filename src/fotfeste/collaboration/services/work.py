"""Opening and closing the steps of one routine under way. Called by the services that decide; writes no log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import F

from fotfeste.access import selectors as access
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import RunEnd, StepState, TaskState, Trigger
from fotfeste.collaboration.models import RoutineRun, StepRun, Task
from fotfeste.collaboration.selectors.definitions import routine_at
from fotfeste.collaboration.selectors.parties import Surroundings, unit_of
from fotfeste.collaboration.services.task_closing import close_task
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.consent.selectors import covered_units
from fotfeste.organisations.selectors import units
from fotfeste.spec.routines import Consent, Routine, RoutineStep, Use

#: A release that covers any of these lets a unit take part in a step.
TAKING_PART = (Topic.MEETINGS, Topic.PLAN, Topic.MAPPING, Topic.MEASURES, Topic.NAV_STATE, Topic.STATUS)


@dataclass(frozen=True)
class Worked:
    """
    One routine under way, with all a move must know.

    :ivar by_id: who is acting; a system actor when something that was recorded moves it.
    """

    run: RoutineRun
    around: Surroundings
    by_id: int
    now: datetime
    today: date

    @cached_property
    def routine(self) -> Routine:
        """The definition it was begun by."""
        return routine_at(routine_id=self.run.routine, county_id=self.around.county_id, at=self.run.started_at)

    @cached_property
    def may_know(self) -> frozenset[int]:
        """The units the youth is open to at all: the one that answers, the county's own, and those with a grant."""
        granted = access.units_granted(youth_id=self.around.youth_id, topic=Topic.IDENTITY, on=self.today)
        admin = units.education_admin_of(county_id=self.around.county_id)
        return granted | {self.around.unit_id, admin.pk}

    @cached_property
    def covered(self) -> frozenset[int]:
        """The units the youth's release lets take part."""
        return covered_units(youth_id=self.around.youth_id, topics=TAKING_PART, on=self.today)

    def steps(self) -> list[StepRun]:
        """Return the rows of its steps, the first opened first."""
        return list(StepRun.objects.filter(run=self.run).order_by("opened_at", "pk"))

    def state_for(self, step: RoutineStep, unit_id: int) -> StepState:
        """Return whether a step can be done by a unit now, or waits for the youth's release."""
        if unit_id == self.around.unit_id or step.for_lists:
            return StepState.OPEN
        # Whoever is not let in can neither meet the others about the youth, nor take down what the youth says yes to.
        if step.consent in {Consent.REQUIRED, Consent.OBTAIN} and unit_id not in self.covered:
            return StepState.WAITS
        return StepState.OPEN if unit_id in self.may_know | self.covered else StepState.WAITS


def open_step(worked: Worked, step_id: str, *, due_on: date | None = None) -> StepRun | None:
    """
    Open a step, unless it stands open already or the county leaves it out; whoever is to do it gets a task.

    :param due_on: by when it is to be done; so many days from now as the step says when none is given.
    """
    step = worked.routine.step(step_id)
    rounds = StepRun.objects.filter(run=worked.run, step=step_id).order_by("-round")
    last = rounds.first()
    if step.use is Use.LEFT_OUT or (last is not None and last.state in STANDS_OPEN):
        return None
    unit_id = unit_of(parties=step.parties, around=worked.around)
    made = StepRun.objects.create(
        run=worked.run,
        youth_id=worked.run.youth_id,
        step=step_id,
        round=last.round + 1 if last else 1,
        state=worked.state_for(step, unit_id),
        for_unit_id=unit_id,
        opened_on=worked.today,
        opened_at=worked.now,
        due_on=None if step.for_lists else due_on or worked.today + timedelta(step.days),
    )
    if not step.for_lists:
        _give_task(worked, made)
    return made


def close_step(worked: Worked, row: StepRun, *, state: StepState, record: str = "", reason: str = "") -> None:
    """Close a step: done by a record, skipped for a reason, or left because one went on another way."""
    row.state, row.record, row.reason = state, record, reason
    row.closed_on, row.closed_at, row.closed_by_id = worked.today, worked.now, worked.by_id
    row.save(update_fields=["state", "record", "reason", "closed_on", "closed_at", "closed_by_id"])
    end_tasks(worked, row, done=state == StepState.DONE)


def keep_true(worked: Worked, row: StepRun) -> bool:
    """
    Let an open step follow what has changed around the youth: another unit, a release given or taken back.

    :returns: whether anything was changed.
    """
    step = worked.routine.step(row.step)
    unit_id = unit_of(parties=step.parties, around=worked.around)
    state = worked.state_for(step, unit_id)
    if (unit_id, state) == (row.for_unit_id, row.state):
        return False
    row.for_unit_id, row.state = unit_id, state
    row.save(update_fields=["for_unit_id", "state"])
    if not step.for_lists:
        end_tasks(worked, row, done=False)
        _give_task(worked, row)
    return True


def end_run(worked: Worked, reason: RunEnd, *, text: str = "") -> None:
    """End work by a routine; what stands open in it is left."""
    for row in StepRun.objects.filter(run=worked.run, state__in=STANDS_OPEN):
        close_step(worked, row, state=StepState.LEFT)
    RoutineRun.objects.filter(pk=worked.run.pk).update(
        ended_on=worked.today,
        ended_at=worked.now,
        ended_by_id=worked.by_id,
        end_reason=reason,
        end_text=text,
        version=F("version") + 1,
    )
    worked.run.refresh_from_db()


def begin(
    *,
    around: Surroundings,
    routine_id: str,
    at: Iterable[str],
    trigger: Trigger,
    source: str,
    by_id: int,
    now: datetime,
    due_on: date | None = None,
    is_again: bool = False,
) -> Worked:
    """
    Begin a routine at some steps; when it is under way already, open those of them that were never opened.

    :param is_again: open those that have been done before once more.
    """
    run, made = RoutineRun.objects.get_or_create(
        youth_id=around.youth_id,
        routine=routine_id,
        ended_on=None,
        defaults={
            "trigger": trigger,
            "trigger_source": source,
            "started_on": around.on,
            "started_at": now,
            "started_by_id": by_id,
        },
    )
    worked = Worked(run=run, around=around, by_id=by_id, now=now, today=around.on)
    opened = set() if made or is_again else set(StepRun.objects.filter(run=run).values_list("step", flat=True))
    for step_id in at:
        if step_id not in opened:
            open_step(worked, step_id, due_on=due_on)
    return worked


def end_tasks(worked: Worked, row: StepRun, *, done: bool) -> None:
    """Close the tasks of a step that stand open."""
    for task in Task.objects.filter(step_run=row, state=TaskState.OPEN):
        close_task(task, is_done=done, by_id=worked.by_id, at=worked.now)


def _give_task(worked: Worked, row: StepRun) -> None:
    """Give whoever's turn it is a task. While a step waits for a release, it is the responsible unit's turn to ask."""
    unit_id = row.for_unit_id if row.state == StepState.OPEN else worked.around.unit_id
    Task.objects.create(
        youth_id=row.youth_id,
        for_unit_id=unit_id,
        step_run=row,
        what=row.step,
        due_on=row.due_on,
        made_by_id=worked.by_id,
        made_at=worked.now,
    )
