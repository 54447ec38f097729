"""Small counts are not shown to those who may not know the persons behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from fotfeste.reporting.shares import Share

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class SmallCounts:
    """
    The rule for small counts in breakdowns.

    :ivar smallest_shown: counts from one up to this are hidden.
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

        A single hidden one could be found by subtracting the others from the whole, so the next smallest goes with it.
        """
        hidden = {key for key, share in shares.items() if self.is_small(share.count) or self.is_small(share.of)}
        if len(hidden) == 1:
            others = [key for key, share in shares.items() if key not in hidden and share.of]
            if others:
                hidden.add(min(others, key=lambda key: (shares[key].count, shares[key].of)))
        return {key: None if key in hidden else share for key, share in shares.items()}


#: What the figures screen goes by. National returns are sent whole, as asked for.
SMALL_COUNTS = SmallCounts()
