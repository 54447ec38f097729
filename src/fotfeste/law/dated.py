"""A legal value over time: a change of law is a new line, the old lines stay because old cases are judged by them."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from fotfeste.law.sources import Source

Value = TypeVar("Value")


class BeforeOurHorizon(LookupError):
    """Raised when a rule is asked about a day before the oldest law the system knows."""

    def __init__(self, day: date, horizon: date) -> None:
        super().__init__(f"Reglene er bare kjent fra og med {horizon:%d.%m.%Y}. Datoen {day:%d.%m.%Y} er tidligere.")
        self.day = day
        self.horizon = horizon


@dataclass(frozen=True, slots=True)
class Since(Generic[Value]):
    """A value that holds from ``first_day`` until the next line."""

    first_day: date
    value: Value
    source: Source


class Dated(Generic[Value]):
    """The lines of one legal value, oldest first."""

    __slots__ = ("lines",)

    def __init__(self, *lines: Since[Value]) -> None:
        if not lines:
            raise ValueError("A dated value needs at least one line.")
        days = [line.first_day for line in lines]
        if days != sorted(set(days)):
            raise ValueError("The lines of a dated value must be in order, one for each day.")
        self.lines = lines

    @property
    def switch_days(self) -> tuple[date, ...]:
        """Return the days on which the value changes, the first line's day included."""
        return tuple(line.first_day for line in self.lines)

    def on(self, day: date) -> Since[Value]:
        """
        Return the line in force on ``day``.

        :raises BeforeOurHorizon: no line had begun.
        """
        for line in reversed(self.lines):
            if line.first_day <= day:
                return line
        raise BeforeOurHorizon(day, self.lines[0].first_day)
