"""Telling how far the work on a file has come, while the work's own transaction is still open and seen by nobody."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from fotfeste.kernel import clock

STEPS = 6
"""Reading the file, and the five steps of an import."""

_EVERY_ROWS = 10_000
_STEP = "UPDATE integrations_import_progress SET step = %s, number = number + 1, at = %s WHERE file_id = %s"
_ROWS = "UPDATE integrations_import_progress SET rows = %s, at = %s WHERE file_id = %s"


@dataclass(slots=True)
class Teller:
    """Writes each step over a connection of its own, where it is seen at once."""

    file_id: int
    connection: BaseDatabaseWrapper
    _told: int = field(default=0)

    def step(self, step: str) -> None:
        """Tell which step has begun."""
        self._write(_STEP, [step[:80], clock.now(), self.file_id])

    def rows(self, rows: int) -> None:
        """Tell how many rows have been read, now and then."""
        if rows - self._told >= _EVERY_ROWS:
            self._told = rows
            self._write(_ROWS, [rows, clock.now(), self.file_id])

    def _write(self, statement: str, values: list[Any]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)


@contextlib.contextmanager
def telling(file_id: int) -> Iterator[Teller]:
    """
    Open the connection for as long as the work lasts.

    The progress row must have been committed before, and the work must not touch it.
    """
    own = connection.copy()
    try:
        yield Teller(file_id, own)
    finally:
        own.close()
