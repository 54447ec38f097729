"""Closing a task that stands open, and telling what was done with it. Called by the services that decide."""

from collections.abc import Iterable
from datetime import datetime

from fotfeste.collaboration.enums import TaskMove, TaskState
from fotfeste.collaboration.models import Task, TaskEvent
from fotfeste.kernel.to_write import write_fields

_WRITTEN = ["state", "closed_at", "closed_by", "version"]


def close_task(task: Task, *, is_done: bool, by_id: int, at: datetime) -> None:
    """Close a task: done, or dropped because it is nobody's any more."""
    write_closed([closing(task, is_done=is_done, by_id=by_id, at=at)])


def closing(task: Task, *, is_done: bool, by_id: int, at: datetime) -> TaskEvent:
    """Close a task and return what tells of it; neither is written yet."""
    task.state = TaskState.DONE if is_done else TaskState.DROPPED
    task.closed_at, task.closed_by_id = at, by_id
    task.version += 1
    move = TaskMove.DONE if is_done else TaskMove.DROPPED
    return TaskEvent(task=task, youth_id=task.youth_id, for_unit_id=task.for_unit_id, move=move, by_id=by_id, at=at)


def write_closed(events: Iterable[TaskEvent], *, new: Iterable[Task] = ()) -> None:
    """
    Write tasks that were closed, and what tells of them.

    :param new: tasks that are to be written too, closed or not. A step has one open task at a time, so those that stood
        there are closed first.
    """
    told, added = list(events), list(new)
    stood = [event.task for event in told if event.task.pk is not None]
    write_fields(stood, _WRITTEN)
    Task.objects.bulk_create(added)
    TaskEvent.objects.bulk_create(told)
