"""The proposed readings of what the documents leave open, as named, dated settings a county may choose otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.wheel_changes import WheelLine


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """The value of a reading from a day on."""

    first_day: date
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One unclear place: the question, what the documents say, the values it may take, and the proposed lines.

    :ivar allowed: the values the rules know, with their texts.
    :ivar offered: those of them the product acts on; a county may choose among these.
    """

    id: str
    name: str
    question: str
    unclear: str
    allowed: tuple[tuple[str, str], ...]
    offered: tuple[str, ...]
    lines: tuple[ReadingLine, ...]

    @property
    def is_fixed(self) -> bool:
        """Whether there is nothing to choose between."""
        return len(self.offered) < 2

    def proposed_on(self, day: date) -> str:
        """
        Return the proposed value on a day.

        :raises BeforeOurHorizon: the day is before the oldest line.
        """
        lines = [line for line in self.lines if line.first_day <= day]
        if not lines:
            raise BeforeOurHorizon(day, self.lines[0].first_day)
        return lines[-1].value

    def text_of(self, value: str) -> str:
        """Return the words for a value; "days:60" has those of "days"."""
        return dict(self.allowed).get(value.partition(":")[0], value)

    def accepts(self, value: str) -> bool:
        """Return whether ``value`` is allowed; "days" stands for "days:" and a number."""
        values = {allowed for allowed, _ in self.allowed}
        if value.startswith("days:"):
            return "days" in values and value[5:].isdigit() and int(value[5:]) > 0
        return value in values and value != "days"


@cache
def all_readings() -> Mapping[str, Reading]:
    """Return every reading by its id, as proposed."""
    text = resources.files("fotfeste.law").joinpath("readings.yaml").read_text(encoding="utf-8")
    readings = {}
    for entry in yaml.safe_load(text):
        reading = Reading(
            id=entry["id"],
            name=entry["name"],
            question=entry["question"],
            unclear=entry["unclear"],
            allowed=tuple(entry["allowed"].items()),
            offered=tuple(entry.get("offered", entry["allowed"])),
            lines=tuple(ReadingLine(line["first_day"], line["value"]) for line in entry["lines"]),
        )
        readings[reading.id] = reading
    return readings


class ReadingsOnDay:
    """
    The value of every reading on one day. Hashable, so that a decision can be remembered by it.

    :ivar differing: ids of the readings that are not as proposed.
    """

    __slots__ = ("_by_id", "_hash", "differing", "values")

    def __init__(self, values: tuple[tuple[str, str], ...], differing: frozenset[str] = frozenset()) -> None:
        self.values = values
        self.differing = differing
        self._by_id = dict(values)
        self._hash = hash(values)

    def __getitem__(self, reading_id: str) -> str:
        return self._by_id[reading_id]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReadingsOnDay) and self.values == other.values

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"ReadingsOnDay({self.values!r})"


class Consulted(ReadingsOnDay):
    """The same readings, noting which of those not as proposed a rule has asked for."""

    __slots__ = ("asked",)

    def __init__(self, readings: ReadingsOnDay) -> None:
        super().__init__(readings.values, readings.differing)
        self.asked: list[str] = []

    def __getitem__(self, reading_id: str) -> str:
        if reading_id in self.differing and reading_id not in self.asked:
            self.asked.append(reading_id)
        return self._by_id[reading_id]


@dataclass(frozen=True, slots=True)
class Override:
    """Another value than the proposed one, from a day on; for one county, or for all when ``county`` is None."""

    reading_id: str
    value: str
    first_day: date
    county: str | None = None


@dataclass(frozen=True, slots=True)
class Readings:
    """
    The readings a caller judges by. Immutable: ``override`` and ``for_county`` return new objects.

    The proposed readings are ``Readings()``.

    :ivar wheel: what the county does otherwise in its year, the first line first.
    """

    overrides: tuple[Override, ...] = ()
    county: str | None = None
    wheel: tuple[WheelLine, ...] = ()

    def override(self, reading_id: str, value: str, *, first_day: date, county: str | None = None) -> "Readings":
        """
        Return readings where ``reading_id`` has ``value`` from ``first_day``, in one county or everywhere.

        :raises KeyError: there is no such reading.
        :raises ValueError: the value is not among those allowed.
        """
        if not all_readings()[reading_id].accepts(value):
            raise ValueError(f"«{value}» er ikke en tillatt verdi for {reading_id}.")
        return Readings((*self.overrides, Override(reading_id, value, first_day, county)), self.county, self.wheel)

    def for_county(self, county: str) -> "Readings":
        """Return the same readings as they apply in one county."""
        return Readings(self.overrides, county, self.wheel)

    def lines_of(self, event_id: str) -> tuple[WheelLine, ...]:
        """Return what the county does otherwise with an event of the year, the first line first."""
        return tuple(line for line in self.wheel if line.event_id == event_id)

    def line_on(self, event_id: str, day: date) -> WheelLine | None:
        """Return the line that holds for an event on a day; None when it is as proposed."""
        return next((line for line in reversed(self.lines_of(event_id)) if line.first_day <= day), None)

    def on(self, day: date) -> ReadingsOnDay:
        """
        Return the value of every reading on ``day``.

        :raises BeforeOurHorizon: the day is before the oldest line.
        """
        return _resolve(self, day)


@cache
def _resolve(readings: Readings, day: date) -> ReadingsOnDay:
    every = all_readings().values()
    values = tuple((reading.id, _value_of(reading, readings, day)) for reading in every)
    differing = frozenset(
        reading.id for reading, (_, value) in zip(every, values, strict=True) if value != reading.proposed_on(day)
    )
    return ReadingsOnDay(values, differing)


def _value_of(reading: Reading, readings: Readings, day: date) -> str:
    proposed = reading.proposed_on(day)
    chosen = [
        override
        for override in readings.overrides
        if override.reading_id == reading.id
        and override.first_day <= day
        and override.county in {None, readings.county}
    ]
    # A county's own choice stands above a general one; among equals the latest day, then the last given.
    chosen.sort(key=lambda override: (override.county is not None, override.first_day))
    return chosen[-1].value if chosen else proposed


PROPOSED = Readings()
