"""Several acts at the very same moment, each on a connection of its own, over a database that commits."""

import contextvars
import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from fotfeste.kernel.errors import EditConflict, Refused


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread with its own connection, all let go together; return results or refusals."""
    gate = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=30)
            results[number] = act()
        except (EditConflict, Refused) as refusal:
            results[number] = refusal
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=(run, number, act))
        for number, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
