"""
The annual wheel: every date and interval of the agreement and the standard, placed on the days of a school year.

What the documents say stands in ``spec/data/deadlines.yaml``; how it falls on days stands in ``wheel_days``. A day is
placed by the readings of that day, so a county that chooses another weekend rule from February keeps its autumn.
Source: Oslostandarden kap. 6.3.1; Samarbeidsavtalen 2025 kap. 3, 4, 6 og 7.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache

from fotfeste.law.readings import PROPOSED, Readings
from fotfeste.law.wheel_changes import OWN, WheelLine
from fotfeste.law.working_days import WeekendRule, shift
from fotfeste.spec import catalogue

#: From when the documents hold. Older practice, and what no document says, has no first day.
IN_FORCE = {"agreement": date(2025, 9, 15), "standard": date(2025, 9, 15)}


class Recurrence(StrEnum):
    """How an event comes back."""

    DATE = "date"
    WINDOW = "window"
    PERIOD = "period"
    CONTINUOUS = "continuous"
    TRIGGER = "trigger"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Event:
    """
    One of the events of the year, as the documents have it.

    :ivar party: who answers for it. :ivar recipients: who it is done for or sent to.
    :ivar after: the events it builds on. :ivar before: the events that wait for it.
    :ivar weekend: the proposed rule when its day is a day off; None when it has no day of its own.
    :ivar day: month and day. :ivar month: of a window. :ivar interval: in words, of a period.
    :ivar trigger: what sets it off, in words.
    """

    id: str
    label_nb: str
    text_nb: str
    source: str
    recurrence: Recurrence
    party: str
    recipients: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    weekend: WeekendRule | None = None
    day: tuple[int, int] | None = None
    month: int | None = None
    interval: str = ""
    trigger: str = ""

    @property
    def is_duty(self) -> bool:
        """Return whether somebody has agreed to keep it. Older practice is a pattern, and never shown as a duty."""
        return self.recurrence is not Recurrence.HISTORY and bool(self.is_own or self.duties or self._in_force)

    @property
    def is_own(self) -> bool:
        """Return whether a county has put it into its wheel itself."""
        return self.id.startswith(OWN)

    @property
    def has_own_day(self) -> bool:
        """Return whether its day may be moved: an act by a day of the calendar, and no fact."""
        dated = self.is_own or self.recurrence in {Recurrence.DATE, Recurrence.WINDOW}
        return dated and self.weekend is not WeekendRule.NO_SHIFT

    @property
    def first_day(self) -> date | None:
        """Return the day its documents began to hold; None for older practice."""
        return min((IN_FORCE[each] for each in self._in_force), default=None)

    @property
    def _in_force(self) -> list[str]:
        return [document for document in IN_FORCE if document in self.source]


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """
    An event on its day in a school year.

    :ivar due: the day it is kept on. :ivar nominal: the day as written.
    :ivar opens: the first day on which what is done counts for this time and not the one before.
    :ivar closes: the last such day; what is done after ``due`` is late, and after ``closes`` it is the next time.
    :ivar rule: the weekend rule that placed it.
    :ivar turn: which time it is; the same whatever day a county moves it to.
    """

    due: date
    nominal: date
    event_id: str
    opens: date
    closes: date
    rule: WeekendRule = WeekendRule.NO_SHIFT
    turn: str = field(default="", compare=False)

    @property
    def is_moved(self) -> bool:
        """Return whether the day as written was a day off, and another is kept."""
        return self.due != self.nominal


@cache
def events() -> tuple[Event, ...]:
    """Return every event, in the order of the school year: those with a day first."""
    return tuple(_event(item) for item in catalogue.items("deadline"))


def event(event_id: str) -> Event:
    """
    Return one event.

    :raises KeyError: there is none with this id.
    """
    return _by_id()[event_id]


def events_of(readings: Readings) -> tuple[Event, ...]:
    """Return every event of a county's wheel, its own last."""
    own = {line.event_id: _own(line) for line in readings.wheel if line.is_own}
    return (*events(), *own.values())


def event_on(each: Event, day: date, readings: Readings) -> Event:
    """Return an event as a county has it on a day: whom it is for, and the words of one of its own."""
    line = readings.line_on(each.id, day)
    if line is None:
        return each
    if line.is_own:
        return _own(line)
    return replace(each, recipients=line.recipients) if line.recipients else each


def _own(line: WheelLine) -> Event:
    return Event(
        id=line.event_id,
        label_nb=line.label,
        text_nb=line.text,
        source="",
        recurrence=Recurrence.DATE,
        party=line.party,
        recipients=line.recipients,
        weekend=line.weekend or WeekendRule.PREVIOUS_WORKING_DAY,
        day=line.day,
    )


@cache
def _by_id() -> dict[str, Event]:
    return {each.id: each for each in events()}


def _event(item: catalogue.Item) -> Event:
    weekend = item.get("weekend")
    day = item.get("day")
    month, number = (int(part) for part in day.split("-")) if day else (0, 0)
    return Event(
        id=item.id,
        label_nb=item.label_nb,
        text_nb=item.get("text_nb", ""),
        source=item.source,
        recurrence=Recurrence(item.get("type")),
        party=item.get("party"),
        recipients=item.get("recipients", ()),
        after=item.get("after", ()),
        before=item.get("before", ()),
        duties=item.get("duties", ()),
        weekend=WeekendRule(weekend) if weekend else None,
        day=(month, number) if day else None,
        month=item.get("month"),
        interval=item.get("interval", ""),
        trigger=item.get("trigger", ""),
    )


def weekend_rule(proposed: WeekendRule | None, nominal: date, readings: Readings = PROPOSED) -> WeekendRule:
    """
    Return how a day moves when it is a day off: as proposed for the event, or as the county has chosen for them all.

    What is a fact and no act, as the count date, never moves.

    Source: our reading; no document says it (amb-47).
    """
    if proposed is None or proposed is WeekendRule.NO_SHIFT:
        return WeekendRule.NO_SHIFT
    chosen = readings.on(nominal)["amb-47"]
    return proposed if chosen == "per_event" else WeekendRule(chosen)


def kept_on(proposed: WeekendRule | None, nominal: date, readings: Readings = PROPOSED) -> date:
    """Return the day that is kept for a day as written."""
    return shift(nominal, weekend_rule(proposed, nominal, readings))
