"""
Jobs: functions that run in the background or by the clock.

A job is marked here and given its times in ``config/schedule.py``. It acts as a named system actor, so that the log
never says "nobody", and can be run twice without doing its work twice.
"""

from collections.abc import Callable
from typing import Any

from procrastinate.contrib.django import app

JobFunction = Callable[..., Any]


def job(name: str) -> Callable[[JobFunction], Any]:
    """Mark a function as the job of this name; one waits in the queue at a time."""

    def wrap(function: JobFunction) -> Any:
        return app.task(name=name, queueing_lock=name)(function)

    return wrap
