"""The days until something happens, when it has not yet happened to all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fotfeste.casework.selectors.contact_waits import WaitCount


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    How long they waited.

    :ivar median: days by which half were reached; None when half never were.
    :ivar tenth: days after which one in ten still waited; None when more did at the longest we have seen.
    :ivar longest: the longest anybody has waited so far.
    :ivar steps: each day on which somebody was reached, with the share reached by then.
    """

    median: int | None
    tenth: int | None
    reached: int
    waiting: int
    longest: int
    steps: tuple[tuple[int, float], ...] = ()

    @property
    def of(self) -> int:
        """Return how many there are in all."""
        return self.reached + self.waiting

    def reached_by(self, day: int) -> float:
        """Return the share reached within so many days."""
        return max((share for when, share in self.steps if when <= day), default=0.0)


def waiting(waits: Iterable[WaitCount]) -> Waiting:
    """
    Sum up waits, those that have not ended too.

    Counting only the youths who were reached would make a service look quick that never reaches the rest. The share
    still waiting after each day is worked out among those who had waited at least so long (Kaplan-Meier), so the ones
    not yet reached count for as long as we have followed them.
    """
    reached: dict[int, int] = defaultdict(int)
    left: dict[int, int] = defaultdict(int)
    for wait in waits:
        (reached if wait.reached else left)[wait.days] += wait.count
    at_risk = sum(reached.values()) + sum(left.values())
    still, median, tenth = 1.0, None, None
    steps: list[tuple[int, float]] = []
    for day in sorted({*reached, *left}):
        if reached[day]:
            still *= 1 - reached[day] / at_risk
            steps.append((day, 1 - still))
        if median is None and still <= 0.5 + 1e-9:
            median = day
        if tenth is None and still <= 0.1 + 1e-9:
            tenth = day
        at_risk -= reached[day] + left[day]
    longest = max({0, *reached, *left})
    return Waiting(median, tenth, sum(reached.values()), sum(left.values()), longest, tuple(steps))
