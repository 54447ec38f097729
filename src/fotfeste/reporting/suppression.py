"""Small counts are not shown to those who may not know the persons behind them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from fotfeste.reporting.shares import Share

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class SmallCounts:
    """
    The rule for small counts in breakdowns (docs/adr/0041-small-counts.md).

    :ivar smallest_shown: counts from one up to this are hidden. Those hidden are never one alone, and together never
        so few.
    :ivar source: where the rule comes from; "inferred" means that no document says it.
    """

    smallest_shown: int = 5
    source: str = "inferred"

    def is_small(self, count: int) -> bool:
        """Say whether a count could point to persons. None is nobody."""
        return 0 < count < self.smallest_shown

    def hide(self, shares: Mapping[Key, Share]) -> dict[Key, Share | None]:
        """
        Return the shares with the small ones replaced by None.

        What is hidden can be found by subtracting the others from the whole: so the next smallest goes with it until
        those hidden are two or more, and no small count together.
        """
        hidden = {key for key, share in shares.items() if self._is_small(share)}
        others = [key for key, share in shares.items() if key not in hidden and share.of]
        others.sort(key=lambda key: (shares[key].count, shares[key].of), reverse=True)
        while others and hidden and self._tells(hidden, shares):
            hidden.add(others.pop())
        return {key: None if key in hidden else share for key, share in shares.items()}

    def _tells(self, hidden: Collection[Key], shares: Mapping[Key, Share]) -> bool:
        return len(hidden) < 2 or self._is_small(sum((shares[key] for key in hidden), Share(0, 0)))

    def _is_small(self, share: Share) -> bool:
        return self.is_small(share.count) or self.is_small(share.of)


#: What the figures screen goes by. National returns are sent whole, as asked for.
SMALL_COUNTS = SmallCounts()
