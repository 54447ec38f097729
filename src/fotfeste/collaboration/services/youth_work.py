"""One routine under way for a youth, and beginning one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from fotfeste.collaboration.enums import StepState, TaskState, Trigger
from fotfeste.collaboration.models import RoutineRun, StepRun, Task, TaskEvent
from fotfeste.collaboration.selectors.definitions import as_changed
from fotfeste.collaboration.selectors.evidence import Record
from fotfeste.collaboration.selectors.facts import holds
from fotfeste.collaboration.selectors.parties import Surroundings, unit_of
from fotfeste.collaboration.services.task_closing import closing, write_closed
from fotfeste.collaboration.services.work import Work, open_step
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.kernel.to_write import ToWrite
from fotfeste.spec.routines import Consent, Routine, RoutineStep


@dataclass(frozen=True)
class Worked(Work):
    """
    One routine under way for a youth.

    :ivar by_id: who is acting; a system actor when something that was recorded moves it.
    :ivar under_way: the routines it was read along with, of the same youth and of others; None when it was read alone.
    """

    run: RoutineRun
    around: Surroundings
    by_id: int
    now: datetime
    today: date
    under_way: "UnderWay | None" = field(default=None, compare=False, repr=False)
    steps_model = StepRun

    @cached_property
    def routine(self) -> Routine:
        """The definition it was begun by."""
        return as_changed(self.run.routine, self.around.changes, at=self.run.started_at)

    def new_row(self, **given: Any) -> StepRun:
        """Add the row of a step that is opened."""
        given |= {"run": self.run, "youth_id": self.run.youth_id}
        return StepRun.objects.create(**given) if self.under_way is None else self.under_way.steps.add(**given)

    def save(self, row: RoutineRun | StepRun, fields: Iterable[str]) -> None:
        """Write what was changed of a row, or let it be written with those of others."""
        if self.under_way is None:
            super().save(row, fields)
        elif isinstance(row, RoutineRun):
            self.under_way.runs.change(row, fields)
        else:
            self.under_way.steps.change(row, fields)

    def unit_for(self, step: RoutineStep) -> int:
        """Return the unit whose turn a step is, among those around the youth."""
        return unit_of(parties=step.parties, around=self.around)

    def is_somebodys(self, step: RoutineStep) -> bool:
        """Say whether a step is somebody's task; what is done for whole lists is nobody's in one youth's routine."""
        return not step.for_lists

    @cached_property
    def _tasks(self) -> list[Task]:
        """The tasks of its steps that stand open."""
        return list(Task.objects.filter(step_run__run=self.run, state=TaskState.OPEN).order_by("pk"))

    def give_task(self, row: StepRun, *, at: datetime) -> None:
        """Give whoever's turn it is a task. While a step waits for a release, the responsible unit's turn is to ask."""
        self._give(row, row.for_unit_id if row.state == StepState.OPEN else self.around.unit_id, row.due_on, at)

    def _give(self, row: StepRun, unit_id: int, due_on: date | None, at: datetime) -> None:
        tasks = self._tasks
        made = {"due_on": due_on, "made_by_id": self.by_id, "made_at": at}
        task = Task(youth_id=row.youth_id, for_unit_id=unit_id, step_run=row, what=row.step, **made)
        tasks.append(task)
        if self.under_way is None:
            task.save()
        else:
            self.under_way.given.append(task)

    def end_tasks(self, row: StepRun, *, done: bool) -> None:
        """Close the tasks of a step that stand open."""
        for task in [each for each in self._tasks if each.step_run_id == row.pk]:
            self._end(task, is_done=done)

    def _end(self, task: Task, *, is_done: bool) -> None:
        self._tasks.remove(task)
        event = closing(task, is_done=is_done, by_id=self.by_id, at=self.now)
        if self.under_way is None:
            write_closed([event])
        else:
            self.under_way.closed.append(event)

    def keep_choices(self, steps: Iterable[str]) -> None:
        """Give whoever did a step the task to choose: the unit that answers, where that unit is not let in."""
        last = {row.step: row for row in sorted(self.steps(), key=lambda each: each.round)}
        wanted = {last[step].pk: last[step] for step in steps}
        closed = {row.pk: row for row in self.steps() if row.state not in STANDS_OPEN}
        for task in [each for each in self._tasks if each.step_run_id in closed]:
            row = wanted.get(task.step_run_id)
            if row is not None and task.for_unit_id == self._chooser(row):
                del wanted[row.pk]
            else:
                self._end(task, is_done=bool(closed[task.step_run_id].went_to))
        for row in wanted.values():
            due_on = self.today + timedelta(self.routine.step(row.step).days)
            self._give(row, self._chooser(row), due_on, self.now)

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
            under_way=self.under_way,
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


#: How many routines or steps one youth comes to in one move, mostly.
_OF_ONE = 3


class UnderWay:
    """
    The routines under way for some youths, locked, with their steps and tasks: read for all of them at once.

    What is begun, opened and closed, and the tasks, are written at once too, by ``write`` when all have been moved.

    :ivar arounds: the surroundings of each youth, by id.
    :ivar now: the moment all of it is done at.
    :ivar runs: what is to be written of the routines. :ivar steps: and of their steps.
    :ivar given: tasks somebody got. :ivar closed: what tells of those that were closed.
    """

    def __init__(
        self, arounds: Mapping[int, Surroundings], *, by_id: int, now: datetime, are_locked: bool = False
    ) -> None:
        """
        Lock and read them, in everybody's order. Called in a scope that sees all of the youths.

        :param by_id: who is acting. :param now: the moment all of it is done at.
        :param are_locked: the youths are, so that nobody else begins anything for them.
        """
        self.arounds, self._by_id, self.now, self._are_locked = arounds, by_id, now, are_locked
        ids_at_once = max(len(arounds), _OF_ONE)
        self.runs = ToWrite(RoutineRun, ids_at_once=ids_at_once)
        self.steps = ToWrite(StepRun, ids_at_once=ids_at_once)
        self.given: list[Task] = []
        self.closed: list[TaskEvent] = []
        self._of: dict[int, dict[str, Worked]] = {youth_id: {} for youth_id in sorted(arounds)}
        locked = RoutineRun.objects.select_for_update(of=("self",)).filter(youth_id__in=arounds, ended_on=None)
        self._read(list(locked.order_by("youth_id", "pk")))

    def of(self, youth_id: int) -> list[Worked]:
        """Return those of one youth, the first begun first."""
        return list(self._of[youth_id].values())

    def write(self) -> None:
        """Write the routines that were begun and ended, the steps opened and closed, and the tasks given and closed."""
        # A routine is under way once, and a step stands open once: it is closed there before it opens anew.
        for rows in (self.runs, self.steps):
            rows.write_changed()
        for rows in (self.runs, self.steps):
            rows.write_added()
        write_closed(self.closed, new=self.given)
        self.given, self.closed = [], []

    def begin(self, youth_id: int, routine_id: str, **begun: Any) -> tuple[Worked, bool]:
        """
        Return a routine of a youth, begun now unless it is under way; and whether it was begun.

        :param begun: what its row says of how it was begun.
        """
        known = self._of[youth_id].get(routine_id)
        if known is not None and known.run.ended_on is None:
            return known, False
        key = {"youth_id": youth_id, "routine": routine_id, "ended_on": None}
        if self._are_locked:
            run, is_new = self.runs.add(**key, **begun), True
        else:
            self.write()
            run, is_new = RoutineRun.objects.get_or_create(**key, defaults=begun)
        if is_new:
            self._add(run, [], [])
        else:
            self._read([run])
        return self._of[youth_id][routine_id], is_new

    def _read(self, runs: list[RoutineRun]) -> None:
        if not runs:
            return
        steps: dict[int, list[StepRun]] = {run.pk: [] for run in runs}
        tasks: dict[int, list[Task]] = {run.pk: [] for run in runs}
        for row in StepRun.objects.filter(run__in=runs).order_by("opened_at", "pk"):
            steps[row.run_id].append(row)
        run_of = {row.pk: row.run_id for rows in steps.values() for row in rows}
        for task in Task.objects.filter(step_run__run__in=runs, state=TaskState.OPEN).order_by("pk"):
            tasks[run_of[task.step_run_id or 0]].append(task)
        for run in runs:
            self._add(run, steps[run.pk], tasks[run.pk])

    def _add(self, run: RoutineRun, steps: list[StepRun], tasks: list[Task]) -> None:
        around = self.arounds[run.youth_id]
        worked = Worked(run, around, self._by_id, self.now, around.on, self)
        worked.was_read(steps)
        worked.__dict__["_tasks"] = tasks
        self._of[run.youth_id][run.routine] = worked


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
    under_way: UnderWay | None = None,
) -> Worked:
    """
    Begin a routine at some steps; when it is under way already, open those of them that were never opened.

    :param now: since when they stand open.
    :param is_again: open those that have been done before once more.
    :param under_way: what is read already of the youth's routines, and of others' they are begun along with; whoever
        moves them all writes their tasks.
    """
    among = under_way or UnderWay({around.youth_id: around}, by_id=by_id, now=now)
    worked, is_new = among.begin(
        around.youth_id,
        routine_id,
        trigger=trigger,
        trigger_source=source,
        started_on=around.on,
        started_at=now,
        started_by_id=by_id,
    )
    before = set() if is_new or is_again else {row.step for row in worked.steps()}
    for step_id in at:
        if step_id not in before:
            open_step(worked, step_id, due_on=due_on, at=now)
    if under_way is None:
        among.write()
    return worked
