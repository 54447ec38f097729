"""Shares with the denominator they are of, how sure they are, and how far apart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.spec import implements

#: Two-sided 95 per cent.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Of none, there is no share."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """Return the share of one."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | tuple[None, None]:
        """
        Return within what the share would likely fall again among as many youths (Wilson's 95 per cent interval).

        Everybody is counted, so nothing is a sample; but one youth more or less moves the share of a small school much.
        """
        if not self.of:
            return None, None
        share, n = self.count / self.of, self.of
        middle = share + _Z**2 / (2 * n)
        reach = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        scale = 1 + _Z**2 / n
        return max(0.0, min(share, (middle - reach) / scale)), min(1.0, max(share, (middle + reach) / scale))

    def __add__(self, other: "Share") -> "Share":
        return Share(self.count + other.count, self.of + other.of)

    def __sub__(self, other: "Share") -> "Share":
        return Share(self.count - other.count, self.of - other.of)


@dataclass(frozen=True, slots=True)
class Spread:
    """How unlike the shares of several are: highest minus lowest, and the coefficient of variation."""

    lowest: float
    highest: float
    variation: float
    members: int

    @property
    def difference(self) -> float:
        """Return highest minus lowest."""
        return self.highest - self.lowest


@implements("ind-equal-offer")
def spread(shares: Sequence[Share], *, smallest: int) -> Spread | None:
    """
    Return how far apart shares are, or None when fewer than two are of enough youths to compare.

    :param smallest: leave out those that are of fewer; chance alone sets them far apart.
    """
    values = [share.value for share in shares if share.of >= smallest and share.value is not None]
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return Spread(min(values), max(values), deviation / mean if mean else 0.0, len(values))
