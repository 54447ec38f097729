"""Conditions on rows that hold in a period, both days included; an empty end is open."""

from datetime import date
from typing import Protocol

from django.db.models import Func, Q, TextField

from fotfeste.kernel.written import Day


class HasPeriod(Protocol):
    """A row with a first and a last day."""

    first_day: date | None
    last_day: date | None


def open_on(on: Day) -> Q:
    """Return the condition that a row with ``first_day`` and ``last_day`` holds on the day."""
    started = Q(first_day__isnull=True) | Q(first_day__lte=on)
    return started & (Q(last_day__isnull=True) | Q(last_day__gte=on))


def is_open_on(row: HasPeriod | None, on: date) -> bool:
    """Say the same of a row in hand; one that is not there is not open."""
    if row is None:
        return False
    return (row.first_day is None or row.first_day <= on) and (row.last_day is None or on <= row.last_day)


def months_before(day: date, months: int) -> date:
    """Return the same day of the month some months earlier, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    length = (following - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, length))


class Alphabetical(Func):
    """Order names as Norwegian does: no capitals, and æ, ø, å last. The database itself orders by code point."""

    template = "translate(lower(%(expressions)s), 'æäøöå', '{{||}')"
    output_field = TextField()
