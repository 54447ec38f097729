"""
The coordination staircase of a youth: each step with its checkpoints, and whether each is in place.

It is worked out from what is recorded whenever it is looked at; nobody ticks it. What says that a checkpoint is in
place is told by ``@checkpoint("…")`` beside what it reads. Source: Oslostandarden § 5, figur 1.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fotfeste.people import selectors as people
from fotfeste.spec import implements
from fotfeste.spec.routines import Checkpoint, routines


@dataclass(frozen=True, slots=True)
class Looked:
    """What a checkpoint is looked at for: the youth, all registrations of the same person, and the day."""

    youth_id: int
    person: tuple[int, ...]
    on: date


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
def stairs_of(*, youth_id: int, on: date) -> list[Stair]:
    """Return the staircase of a youth: one stands on the first step where something is missing."""
    looked = Looked(youth_id, tuple(people.same_person_ids(youth_id=youth_id)), on)
    found: list[Stair] = []
    for step in routines()["rut-staircase"].steps:
        points = tuple((point, _is_there(point.id, looked)) for point in step.checkpoints)
        is_first = all(not stair.missing for stair in found)
        is_current = is_first and (any(not is_there for _point, is_there in points) or step.id.endswith("s03"))
        found.append(Stair(step.label, points, is_current))
    return found


def _is_there(name: str, looked: Looked) -> bool:
    return name in _tests and _tests[name](looked)
