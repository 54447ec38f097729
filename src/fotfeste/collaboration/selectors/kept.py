"""What is read while routines are moved, kept for the others that are moved with them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers by what was asked. It lives as long as one move: whatever is written is followed by another."""

    read: dict[Any, Any] = field(default_factory=dict)

    def once(self, key: Any, ask: Callable[[], Any]) -> Any:
        """Return what is read by a key, read once."""
        if key not in self.read:
            self.read[key] = ask()
        return self.read[key]
