"""One routine under way for a youth, and beginning one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from fotfeste.collaboration.enums import StepState, TaskState, Trigger
from fotfeste.collaboration.models import RoutineRun, StepRun, Task
from fotfeste.collaboration.selectors.definitions import as_changed
from fotfeste.collaboration.selectors.evidence import Record
from fotfeste.collaboration.selectors.facts import holds
from fotfeste.collaboration.selectors.parties import Surroundings, unit_of
from fotfeste.collaboration.services.task_closing import close_task
from fotfeste.collaboration.services.work import Work, open_step
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.spec.routines import Consent, Routine, RoutineStep


@dataclass(frozen=True)
class Worked(Work):
    """
    One routine under way for a youth.

    :ivar by_id: who is acting; a system actor when something that was recorded moves it.
    """

    run: RoutineRun
    around: Surroundings
    by_id: int
    now: datetime
    today: date
    steps_model = StepRun

    @cached_property
    def routine(self) -> Routine:
        """The definition it was begun by."""
        return as_changed(self.run.routine, self.around.changes, at=self.run.started_at)

    def new_row(self, **given: Any) -> StepRun:
        """Add the row of a step that is opened."""
        return StepRun.objects.create(run=self.run, youth_id=self.run.youth_id, **given)

    def unit_for(self, step: RoutineStep) -> int:
        """Return the unit whose turn a step is, among those around the youth."""
        return unit_of(parties=step.parties, around=self.around)

    def is_somebodys(self, step: RoutineStep) -> bool:
        """Say whether a step is somebody's task; what is done for whole lists is nobody's in one youth's routine."""
        return not step.for_lists

    def give_task(self, row: StepRun) -> None:
        """Give whoever's turn it is a task. While a step waits for a release, the responsible unit's turn is to ask."""
        Task.objects.create(
            youth_id=row.youth_id,
            for_unit_id=row.for_unit_id if row.state == StepState.OPEN else self.around.unit_id,
            step_run=row,
            what=row.step,
            due_on=row.due_on,
            made_by_id=self.by_id,
            made_at=self.now,
        )

    def end_tasks(self, row: StepRun, *, done: bool) -> None:
        """Close the tasks of a step that stand open."""
        for task in Task.objects.filter(step_run=row, state=TaskState.OPEN):
            close_task(task, is_done=done, by_id=self.by_id, at=self.now)

    def keep_choices(self, steps: Iterable[str]) -> None:
        """Give whoever did a step the task to choose: the unit that answers, where that unit is not let in."""
        last = {row.step: row for row in sorted(self.steps(), key=lambda each: each.round)}
        wanted = {last[step].pk: last[step] for step in steps}
        asked = Task.objects.filter(step_run__run=self.run, state=TaskState.OPEN)
        for task in asked.exclude(step_run__state__in=STANDS_OPEN).select_related("step_run"):
            row = wanted.get(task.step_run_id or 0)
            if row is not None and task.for_unit_id == self._chooser(row):
                del wanted[row.pk]
            else:
                is_chosen = task.step_run is not None and bool(task.step_run.went_to)
                close_task(task, is_done=is_chosen, by_id=self.by_id, at=self.now)
        for row in wanted.values():
            Task.objects.create(
                youth_id=row.youth_id,
                for_unit_id=self._chooser(row),
                step_run=row,
                what=row.step,
                due_on=self.today + timedelta(self.routine.step(row.step).days),
                made_by_id=self.by_id,
                made_at=self.now,
            )

    def _chooser(self, row: StepRun) -> int:
        is_in = self.state_for(self.routine.step(row.step), row.for_unit_id) == StepState.OPEN
        return row.for_unit_id if is_in else self.around.unit_id

    def records(self, kind: str, since: datetime) -> list[Record]:
        """Return the records of a kind about the person made since, the oldest first."""
        return self.around.records(kind, since)

    def counts(self, step: RoutineStep, record: Record, opened_at: datetime) -> bool:
        """Say the same, and whether those met in the record whom the step is about."""
        if not super().counts(step, record, opened_at):
            return False
        if record.with_units is None:
            return True
        unit_id = self.unit_for(step)
        if unit_id != self.around.unit_id:
            return unit_id in record.with_units
        return bool(record.with_units) or step.consent not in {Consent.REQUIRED, Consent.OBTAIN}

    def holds(self, fact: str, since: datetime) -> bool:
        """Say whether a fact about the youth holds."""
        return holds(fact, around=self.around, since=since)

    def begin_other(self, routine_id: str, at: Iterable[str], row: StepRun) -> None:
        """Begin another routine for the youth."""
        begin(
            around=self.around,
            routine_id=routine_id,
            at=at,
            trigger=Trigger.OTHER_ROUTINE,
            source=f"step:{row.pk}",
            by_id=self.by_id,
            now=self.now,
        )

    def state_for(self, step: RoutineStep, unit_id: int) -> StepState:
        """Return whether a step can be done by a unit now, or waits for the youth's release."""
        around = self.around
        if unit_id == around.unit_id or step.for_lists:
            return StepState.OPEN
        # Whoever is not let in can neither meet the others about the youth, nor take down what the youth says yes to.
        if step.consent in {Consent.REQUIRED, Consent.OBTAIN} and unit_id not in around.covered:
            return StepState.WAITS
        return StepState.OPEN if unit_id in around.may_know | around.covered else StepState.WAITS


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
