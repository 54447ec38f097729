"""Tasks agreed when a list is gone through with Nav. Called in a scope that sees the county; who called logs it."""

from datetime import date

from fotfeste.collaboration.enums import TaskState, WashTask
from fotfeste.collaboration.models import Task
from fotfeste.collaboration.services.task_closing import close_task
from fotfeste.kernel import clock
from fotfeste.people.services.places import lock_youth


def set_wash_task(
    *, youth_id: int, what: WashTask, for_unit_id: int, for_user_id: int | None, due_on: date, by_id: int
) -> Task:
    """Set the task of whoever takes the next step; the unit must know of the youth."""
    lock_youth(youth_id=youth_id)
    return Task.objects.create(
        youth_id=youth_id,
        for_unit_id=for_unit_id,
        for_user_id=for_user_id,
        what=what,
        due_on=due_on,
        made_by_id=by_id,
        made_at=clock.now(),
    )


def drop_wash_task(*, task_id: int, by_id: int) -> None:
    """Close a task that something else was agreed instead of; one that is done stays done."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task_id)
    if task.state == TaskState.OPEN:
        close_task(task, is_done=False, by_id=by_id, at=clock.now())
