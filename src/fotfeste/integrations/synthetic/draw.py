"""Drawing by weight and by quota, from a seeded source of randomness and nothing else."""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def seeded(*parts: object) -> Random:
    """Return a source of randomness that follows from the parts alone."""
    return Random(" ".join(map(str, parts)))


class Weighted(Generic[T]):
    """Values to draw among, each with a weight."""

    __slots__ = ("_cumulative", "values")

    def __init__(self, weights: Mapping[T, float] | Iterable[tuple[T, float]]) -> None:
        pairs = list(weights.items() if isinstance(weights, Mapping) else weights)
        self.values: list[T] = [value for value, weight in pairs if weight > 0]
        self._cumulative = list(accumulate(weight for _, weight in pairs if weight > 0))

    def draw(self, rng: Random) -> T:
        """Return one value."""
        return self.values[bisect(self._cumulative, rng.random() * self._cumulative[-1])]


def quotas(total: int, weights: Mapping[T, float]) -> dict[T, int]:
    """Share ``total`` by weight in whole numbers that add up to it (largest remainder, earlier key on a tie)."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: int(share) for key, share in exact.items()}
    by_remainder = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def dealt(rng: Random, total: int, weights: Mapping[T, float]) -> list[T]:
    """Return ``total`` values in random order, each as often as its weight says."""
    if not total:
        return []
    cards = [value for value, times in quotas(total, weights).items() for _ in range(times)]
    rng.shuffle(cards)
    return cards


def chosen(rng: Random, weights: Sequence[float], count: int) -> set[int]:
    """Return ``count`` places of the sequence, heavier ones more often. A weight of 0 is never chosen."""
    keys = [(rng.random() ** (1 / weight), place) for place, weight in enumerate(weights) if weight > 0]
    return {place for _, place in sorted(keys, reverse=True)[:count]}
