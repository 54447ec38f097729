"""
What the server's log may hold: where something broke and of what kind, never whose data it was about.

The text of an exception is left out. A database quotes the row it refused («Key (national_id)=(…) already exists»), and
a conversion quotes what it could not read; either would put a person into a log that nobody guards.
"""

import logging
import traceback
from types import TracebackType

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutTexts(logging.Formatter):
    """A formatter whose tracebacks name files, lines and kinds of exception only."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback that another handler has written into the record is not taken over."""
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: _ExcInfo) -> str:
        """Return the traceback, causes first, without any exception's own words."""
        error = ei[1]
        return "" if error is None else "\n\n".join(_told(each) for each in reversed(_chain(error)))


def _chain(error: BaseException) -> list[BaseException]:
    """Return the exception and what it came from, the last one first."""
    found: list[BaseException] = []
    before: BaseException | None = error
    while before is not None and before not in found:
        found.append(before)
        before = before.__cause__ or (None if before.__suppress_context__ else before.__context__)
    return found


def _told(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"Traceback (most recent call last):\n{frames}{kind}{_broken_rule(error)}"


def _broken_rule(error: BaseException) -> str:
    """Return which rule of the database was broken, by name: enough to find it, and about nobody."""
    diagnosis = getattr(error, "diag", None)
    named = [getattr(diagnosis, name, None) for name in ("sqlstate", "table_name", "constraint_name")]
    return "".join(f" {name}" for name in named if name)
