"""Tasks that stand open, as far as the actor may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from fotfeste.access import selectors as access
from fotfeste.collaboration.enums import StepState, TaskState
from fotfeste.collaboration.models import Task, TaskEvent
from fotfeste.collaboration.selectors.evidence import Asked, lacking
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.kernel.written import Day, Number
from fotfeste.spec.routines import RoutineStep, routine_of


@dataclass(frozen=True, slots=True)
class ShownTask:
    """
    A task as it is shown.

    :ivar step: the step of a routine it is, if any.
    :ivar waits_for_release: the step waits for the youth's release; the task is to ask for it.
    :ivar is_elsewhere: the step is done at a unit that is not let in; the task is to hear how it went.
    :ivar is_choice: the step is behind; the task is to say which way to go on from it.
    """

    task: Task
    youth: Any
    step: RoutineStep | None
    waits_for_release: bool
    is_elsewhere: bool
    is_overdue: bool
    is_choice: bool = False


def open_tasks() -> QuerySet[Task]:
    """Return the tasks that stand open, those due first on top."""
    rows = Task.objects.filter(state=TaskState.OPEN).select_related("youth", "step_run", "for_user", "for_unit")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def reminders_due(*, by: date) -> QuerySet[Task]:
    """Return the open tasks set by hand that are due by a day; for use inside another query."""
    return Task.objects.filter(state=TaskState.OPEN, step_run__isnull=True, plan__isnull=True, due_on__lte=by)


def reminders_of(*, youth_ids: Iterable[int], unit_ids: Iterable[int]) -> dict[int, Task]:
    """Return the task set by hand that some units have due first for each of some youths, by youth."""
    rows = Task.objects.filter(state=TaskState.OPEN, step_run__isnull=True, plan__isnull=True)
    rows = rows.filter(youth_id__in=list(youth_ids), for_unit_id__in=list(unit_ids))
    return {row.youth_id: row for row in rows.order_by(F("due_on").desc(nulls_first=True), "-pk")}


def tasks_at(*, unit_ids: Iterable[int], today: date) -> list[ShownTask]:
    """Return the open tasks of some units."""
    return shown(open_tasks().filter(for_unit_id__in=list(unit_ids)), today=today)


def tasks_given_by(*, user_id: int, today: date) -> list[ShownTask]:
    """Return the open tasks somebody set by hand for others."""
    return shown(
        open_tasks().filter(made_by_id=user_id, step_run=None, plan=None).exclude(for_user_id=user_id), today=today
    )


def tasks_about(*, youth_id: int, today: date) -> list[ShownTask]:
    """Return the open tasks about a youth."""
    return shown(open_tasks().filter(youth_id=youth_id), today=today)


def tasks_of_leavers(*, county_id: Number, on: Day) -> QuerySet[Task]:
    """Return the open tasks of a county that are given to somebody who holds no role at the task's unit on a day."""
    given = open_tasks().filter(county_id=county_id, for_user__isnull=False)
    return given.filter(~access.holds_role(user="for_user_id", unit="for_unit_id", on=on))


def task_or_none(*, task_id: int) -> Task | None:
    """Return a task, or None when there is none the actor may see."""
    return Task.objects.select_related("youth", "step_run", "for_user", "for_unit").filter(pk=task_id).first()


def events_of(*, task_id: int) -> list[TaskEvent]:
    """Return what has been done with a task, the newest first."""
    return list(TaskEvent.objects.filter(task_id=task_id).select_related("by", "to_user").order_by("-at", "-pk"))


def shown(rows: Iterable[Task], *, today: date) -> list[ShownTask]:
    """Return tasks as they are shown, in the order they come."""
    return [_shown(row, today) for row in rows]


def _shown(row: Task, today: date) -> ShownTask:
    step = routine_of(row.what).step(row.what) if row.step_run_id is not None else None
    waits = step is not None and row.step_run is not None and row.step_run.state == StepState.WAITS
    needs_release = step is not None and step.needs_release
    return ShownTask(
        task=row,
        youth=row.youth,
        step=step,
        waits_for_release=waits and needs_release,
        is_elsewhere=waits and not needs_release,
        is_overdue=row.due_on is not None and row.due_on < today,
        is_choice=step is not None and row.step_run is not None and row.step_run.state not in STANDS_OPEN,
    )


def lacked_by(tasks: Sequence[ShownTask]) -> list[tuple[str, ...]]:
    """Return of each task the kinds of record that are yet to be made: the release while the step waits for it."""
    steps = [each for each in tasks if each.step is not None and not each.waits_for_release and not each.is_choice]
    found = dict(zip((each.task.pk for each in steps), lacking([_asked(each) for each in steps]), strict=True))
    return [("form-consent",) if each.waits_for_release else found.get(each.task.pk, ()) for each in tasks]


def _asked(shown: ShownTask) -> Asked:
    # A unit that is only asked about a name does not see the step; its task was made the moment the step was opened.
    row = shown.task.step_run
    assert shown.step is not None
    opened_at = row.opened_at if row is not None else shown.task.made_at
    return Asked(shown.task.youth_id, shown.step.gives, opened_at, row is None or row.round == 1)
