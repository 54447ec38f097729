"""
What shows that an event of the year is done.

An event is told here by ``@closes("dl-…", by=…)`` beside the query that finds its records, in the app that keeps them;
nothing else says that it is done. An event no query answers for cannot be shown yet, and is never called done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from fotfeste.kernel import clock
from fotfeste.law.annual_wheel import Occurrence
from fotfeste.law.school_year import SchoolYear
from fotfeste.law.wheel_changes import OWN

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What is asked of a county's school year.

    :ivar times: those of the event that have opened by today; empty for what something else sets off.
    :ivar read: what has been read for other events of the same wheel; see ``once``.
    """

    event_id: str
    county_id: int
    year: SchoolYear
    times: tuple[Occurrence, ...]
    today: date
    read: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, what: str, read: Callable[[], Read]) -> Read:
        """Return what is read of the county for several events, read by the first of them that asks."""
        if what not in self.read:
            self.read[what] = read()
        found: Read = self.read[what]
        return found

    @property
    def last_day(self) -> date:
        """Return the last day of the year that has come."""
        return min(self.today, self.year.last_day)

    def first_within(self, days: Iterable[date]) -> Iterable["Answer"]:
        """Answer each time by the first day that counts for it, or that there is none."""
        every = sorted(days)
        for time in self.times:
            yield Answer(time.due, next((day for day in every if time.opens <= day <= time.closes), None))


@dataclass(frozen=True, slots=True)
class Answer:
    """
    Whether an event was done one time, by a unit or by the county.

    :ivar due: the day of the time it is about. :ivar done_on: None when it is not done.
    """

    due: date
    done_on: date | None
    unit_id: int | None = None
    unit_name: str = ""


Closer = Callable[[Asked], Iterable[Answer]]


@dataclass(frozen=True, slots=True)
class Closing:
    """The query that answers for an event, and in words what it looks at."""

    closer: Closer
    by: str


_closings: dict[str, Closing] = {}


def closes(*event_ids: str, by: str) -> Callable[[Closer], Closer]:
    """
    Mark a query as the one that answers for these events; ``by`` is what it looks at, marked for translation.

    ``OWN`` stands for all that counties have put into their wheels themselves.
    """

    def mark(closer: Closer) -> Closer:
        for event_id in event_ids:
            _closings[event_id] = Closing(closer, by)
        return closer

    return mark


def closing_of(event_id: str) -> Closing | None:
    """Return what answers for an event, or None when nothing in the system can tell."""
    return _closings.get(OWN if event_id.startswith(OWN) else event_id)


def day_of(moment: datetime) -> date:
    """Return the Norwegian day of a moment."""
    return moment.astimezone(clock.OSLO).date()
