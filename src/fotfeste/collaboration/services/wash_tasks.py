"""Tasks agreed when a list is gone through with Nav. Called in a scope that sees the county; who called logs it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fotfeste.collaboration.enums import TaskState, WashTask
from fotfeste.collaboration.models import Task
from fotfeste.collaboration.services.task_closing import close_task
from fotfeste.kernel import clock


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done with a youth, by which unit, and by whom there where it is given to somebody by name."""

    what: WashTask
    unit_id: int
    user_id: int | None


def set_wash_tasks(*, steps: Mapping[int, NextStep], due_on: date, by_id: int) -> dict[int, Task]:
    """Set the task of whoever takes the next step with each of some youths, who are locked; return them by youth."""
    rows = [
        Task(
            youth_id=youth_id,
            for_unit_id=step.unit_id,
            for_user_id=step.user_id,
            what=step.what,
            due_on=due_on,
            made_by_id=by_id,
            made_at=clock.now(),
        )
        for youth_id, step in steps.items()
    ]
    return {task.youth_id: task for task in Task.objects.bulk_create(rows)}


def drop_wash_tasks(*, task_ids: Iterable[int], by_id: int) -> None:
    """Close the tasks that something else was agreed instead of; one that is done stays done."""
    for task in Task.objects.select_for_update(of=("self",)).filter(pk__in=list(task_ids)).order_by("pk"):
        if task.state == TaskState.OPEN:
            close_task(task, is_done=False, by_id=by_id, at=clock.now())
