"""
Jobs: functions that run in the background or by the clock.

A job is marked here and given its times in ``config/schedule.py``. It acts as a named system actor, so that the log
never says "nobody", and can be run twice without doing its work twice.
"""

import contextlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

JobFunction = Callable[..., Any]


def job(name: str) -> Callable[[JobFunction], Any]:
    """Mark a function as the job of this name; one waits in the queue at a time."""

    def wrap(function: JobFunction) -> Any:
        return app.task(name=name, queueing_lock=name)(function)

    return wrap


def ask_for(name: str, *, once: str, **arguments: Any) -> None:
    """
    Ask for a job to be done when this transaction is committed; one already asked for is not asked for again.

    :param once: what makes two requests the same one, as the id of what is worked on.
    """
    task = app.configure_task(name, queueing_lock=f"{name}:{once}")
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(**arguments)
