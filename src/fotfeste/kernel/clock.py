"""The only place that asks what time it is."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

_frozen_at: ContextVar[datetime | None] = ContextVar("fotfeste_frozen_at", default=None)


def now() -> datetime:
    """Return the moment it is, in Norwegian time."""
    return _frozen_at.get() or datetime.now(OSLO)  # noqa: TID251  this is the clock


def today() -> date:
    """Return the calendar day it is in Norway."""
    return now().date()


@contextlib.contextmanager
def frozen(at: datetime | date) -> Iterator[datetime]:
    """Let the clock stand still at a moment; a bare day means noon of it."""
    if not isinstance(at, datetime):
        at = datetime.combine(at, time(12), tzinfo=OSLO)
    token = _frozen_at.set(at)
    try:
        yield at
    finally:
        _frozen_at.reset(token)
