"""Closing a task that stands open, and telling what was done with it. Called by the services that decide."""

from datetime import datetime

from fotfeste.collaboration.enums import TaskMove, TaskState
from fotfeste.collaboration.models import Task, TaskEvent


def close_task(task: Task, *, is_done: bool, by_id: int, at: datetime) -> None:
    """Close a task: done, or dropped because it is nobody's any more."""
    task.state = TaskState.DONE if is_done else TaskState.DROPPED
    task.closed_at, task.closed_by_id = at, by_id
    task.version += 1
    task.save(update_fields=["state", "closed_at", "closed_by_id", "version"])
    TaskEvent.objects.create(
        task=task,
        youth_id=task.youth_id,
        for_unit_id=task.for_unit_id,
        move=TaskMove.DONE if is_done else TaskMove.DROPPED,
        by_id=by_id,
        at=at,
    )
