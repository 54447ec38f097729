"""Opening and closing the steps of one routine under way. Called by the services that decide; writes no log."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet

from fotfeste.collaboration.enums import RunEnd, StepState
from fotfeste.collaboration.selectors.evidence import Record
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.spec.routines import Routine, RoutineStep, Use

_CLOSED = ("state", "record", "reason", "closed_on", "closed_at", "closed_by_id")
_ENDED = ("ended_on", "ended_at", "ended_by_id", "end_reason", "end_text", "version")


class Work(ABC):
    """
    One routine under way, with all a move must know. What it is about, a youth or a unit, is the subclass's.

    The engine below and in ``advancing`` moves rows that have a run, a step, a round and a state; whose they are, whose
    turn it is and what shows that they are done it asks here.
    """

    run: Any
    by_id: int
    now: datetime
    today: date
    #: The model of the steps' rows.
    steps_model: ClassVar[Any]

    @property
    @abstractmethod
    def routine(self) -> Routine:
        """The definition it was begun by."""

    def rows(self) -> QuerySet[Any]:
        """Return the rows of its steps."""
        found: QuerySet[Any] = self.steps_model.objects.filter(run=self.run)
        return found

    def steps(self) -> list[Any]:
        """Return the rows of its steps, the first opened first. They are read once, and anew when one was written."""
        return self._steps

    @cached_property
    def _steps(self) -> list[Any]:
        return list(self.rows().order_by("opened_at", "pk"))

    def was_read(self, steps: list[Any]) -> None:
        """Take the rows of its steps, the first opened first, as they were read along with those of other routines."""
        self.__dict__["_steps"] = steps

    def wrote(self, row: Any) -> None:
        """Take note that the row of a step was written: one that is not among those read makes them be read anew."""
        if not any(each is row for each in self.__dict__.get("_steps", ())):
            self.__dict__.pop("_steps", None)

    def opened(self, row: Any) -> None:
        """Take note that the row of a step was added to those there are."""
        if "_steps" in self.__dict__:
            self._steps.append(row)
            self._steps.sort(key=lambda each: (each.opened_at, each.pk))

    def last_row(self, step_id: str) -> Any:
        """Return the last round of a step; None when one has not come to it."""
        return max((row for row in self.steps() if row.step == step_id), key=lambda row: row.round, default=None)

    def new_row(self, **given: Any) -> Any:
        """Add the row of a step that is opened."""
        return self.steps_model.objects.create(run=self.run, **given)

    def save(self, row: Any, fields: Iterable[str]) -> None:
        """Write what was changed of the run, or of the row of a step."""
        row.save(update_fields=fields)

    @abstractmethod
    def unit_for(self, step: RoutineStep) -> int:
        """Return the unit whose turn a step is."""

    @abstractmethod
    def state_for(self, step: RoutineStep, unit_id: int) -> StepState:
        """Return whether a step can be done by a unit now, or waits."""

    @abstractmethod
    def is_somebodys(self, step: RoutineStep) -> bool:
        """Say whether a step is somebody's task here."""

    @abstractmethod
    def give_task(self, row: Any, *, at: datetime) -> None:
        """Give whoever's turn it is a task, made at a moment."""

    @abstractmethod
    def end_tasks(self, row: Any, *, done: bool) -> None:
        """Close the tasks of a step that stand open."""

    @abstractmethod
    def keep_choices(self, steps: Iterable[str]) -> None:
        """Let it be somebody's task to say which way to go on from some steps, and from no others."""

    @abstractmethod
    def records(self, kind: str, since: datetime) -> list[Record]:
        """Return the records of a kind made since, the oldest first."""

    def counts(self, step: RoutineStep, record: Record, opened_at: datetime) -> bool:
        """Say whether a record shows anything of a step: that it is new enough, where only new ones do."""
        return record.at >= opened_at or not record.only_new

    @abstractmethod
    def holds(self, fact: str, since: datetime) -> bool:
        """Say whether a fact that decides the way on holds."""

    @abstractmethod
    def begin_other(self, routine_id: str, at: Iterable[str], row: Any) -> None:
        """Begin another routine at some steps, since a step of this one leads there."""


def open_step(worked: Work, step_id: str, *, due_on: date | None = None, at: datetime | None = None) -> Any:
    """
    Open a step, unless it stands open already or the county leaves it out; whoever is to do it gets a task.

    :param due_on: by when it is to be done; so many days from now as the step says when none is given.
    :param at: since when it stands open; now unless given.
    """
    at = at or worked.now
    step = worked.routine.step(step_id)
    last = worked.last_row(step_id)
    if step.use is Use.LEFT_OUT or (last is not None and last.state in STANDS_OPEN):
        return None
    unit_id, is_somebodys = worked.unit_for(step), worked.is_somebodys(step)
    made = worked.new_row(
        step=step_id,
        round=last.round + 1 if last else 1,
        state=worked.state_for(step, unit_id),
        for_unit_id=unit_id,
        opened_on=worked.today,
        opened_at=at,
        due_on=(due_on or worked.today + timedelta(step.days)) if is_somebodys else None,
    )
    worked.opened(made)
    if is_somebodys:
        worked.give_task(made, at=at)
    return made


def close_step(worked: Work, row: Any, *, state: StepState, record: str = "", reason: str = "") -> None:
    """Close a step: done by a record, skipped for a reason, or left because one went on another way."""
    row.state, row.record, row.reason = state, record, reason
    row.closed_on, row.closed_at, row.closed_by_id = worked.today, worked.now, worked.by_id
    worked.save(row, _CLOSED)
    worked.wrote(row)
    worked.end_tasks(row, done=state == StepState.DONE)


def keep_true(worked: Work, row: Any) -> bool:
    """
    Let an open step follow what has changed around it: another unit, a release given or taken back.

    :returns: whether anything was changed.
    """
    step = worked.routine.step(row.step)
    unit_id = worked.unit_for(step)
    state = worked.state_for(step, unit_id)
    if (unit_id, state) == (row.for_unit_id, row.state):
        return False
    row.for_unit_id, row.state = unit_id, state
    worked.save(row, ("for_unit_id", "state"))
    worked.wrote(row)
    if worked.is_somebodys(step):
        worked.end_tasks(row, done=False)
        worked.give_task(row, at=worked.now)
    return True


def end_run(worked: Work, reason: RunEnd, *, text: str = "") -> None:
    """End work by a routine, which is locked; what stands open in it is left."""
    for row in worked.steps():
        if row.state in STANDS_OPEN:
            close_step(worked, row, state=StepState.LEFT)
    worked.keep_choices(())
    run = worked.run
    run.ended_on, run.ended_at, run.ended_by_id = worked.today, worked.now, worked.by_id
    run.end_reason, run.end_text = reason, text
    run.version += 1
    worked.save(run, _ENDED)
