"""
The coordination staircase of a youth: each step with its checkpoints, and whether each is in place.

It is worked out from what is recorded whenever it is looked at; nobody ticks it. What says that a checkpoint is in
place is told by ``@checkpoint("…")`` beside what it reads. Source: Oslostandarden § 5, figur 1.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fotfeste.access import selectors as access
from fotfeste.access.scope import acting_as
from fotfeste.people import selectors as people
from fotfeste.spec import implements
from fotfeste.spec.routines import Checkpoint, routines


@dataclass(frozen=True, slots=True)
class Looked:
    """
    What a checkpoint is looked at for: the youth, all registrations of the same person, and the day.

    :ivar read: what has been read for one checkpoint, kept for the others.
    :ivar is_all_read: nothing more is to be read.
    """

    youth_id: int
    person: tuple[int, ...]
    on: date
    read: dict[str, Any] = field(default_factory=dict, compare=False)
    is_all_read: bool = False

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """
        Return what is read by a name, read once. Whatever a checkpoint looks at is read so.

        :raises NotReadYet: it has not been, and nothing more is to be read.
        """
        if name not in self.read:
            if self.is_all_read:
                raise NotReadYet(name)
            self.read[name] = read()
        return self.read[name]


class NotReadYet(Exception):
    """A checkpoint looks at something that has not been read."""


Test = Callable[[Looked], bool]

_tests: dict[str, Test] = {}


@dataclass(frozen=True, slots=True)
class Stair:
    """
    A step of the staircase.

    :ivar points: its checkpoints, each with whether it is in place.
    """

    label: str
    points: tuple[tuple[Checkpoint, bool], ...]
    is_current: bool = False

    @property
    def done(self) -> int:
        """How many checkpoints are in place."""
        return sum(is_there for _point, is_there in self.points)

    @property
    def missing(self) -> tuple[Checkpoint, ...]:
        """Those that are not."""
        return tuple(point for point, is_there in self.points if not is_there)


def checkpoint(name: str) -> Callable[[Test], Test]:
    """Mark a function as the one that says whether a checkpoint is in place."""

    def mark(test: Test) -> Test:
        _tests[name] = test
        return test

    return mark


def tested_checkpoints() -> frozenset[str]:
    """Return the checkpoints something looks at."""
    return frozenset(_tests)


@implements("rut-staircase", "rut-staircase-s01", "rut-staircase-s02", "rut-staircase-s03")
def stairs_of(*, youth_id: int, on: date, known: Mapping[str, Any] | None = None) -> list[Stair]:
    """
    Return the staircase of a youth: one stands on the first step where something is missing.

    :param known: what has been read of the youth already, by the name checkpoints read it once: all there is of it.

    Whether a checkpoint is in place belongs to how the case stands. What is not known is looked up as a job would, so
    that nobody who may know that is told that something lacks because they may not know what it says.
    """
    if known:
        with suppress(NotReadYet):
            return _stairs(Looked(youth_id, (youth_id,), on, dict(known), is_all_read=True))
    youth = people.youth_or_none(youth_id=youth_id)
    if youth is None:
        return []
    person = tuple(people.same_person_ids(youth_id=youth_id))
    with acting_as(access.system_actor("scheduler", county_ids=(youth.county_id,)), on=on):
        return _stairs(Looked(youth_id, person, on, dict(known or {})))


def _stairs(looked: Looked) -> list[Stair]:
    found: list[Stair] = []
    for step in routines()["rut-staircase"].steps:
        points = tuple((point, _is_there(point.id, looked)) for point in step.checkpoints)
        is_first = all(not stair.missing for stair in found)
        is_current = is_first and (any(not there for _point, there in points) or step.id.endswith("s03"))
        found.append(Stair(step.label, points, is_current))
    return found


def _is_there(name: str, looked: Looked) -> bool:
    return name in _tests and _tests[name](looked)
