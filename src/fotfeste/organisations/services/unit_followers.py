"""
What follows for the youths when a county's units change.

Who answers for whom is known above this app: whoever knows says here how it is found anew, once units have changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Changing:
    """
    The units a change may give another answer for.

    :ivar unit_ids: those known before; ``codes`` of all, as they are and as they will be.
    """

    unit_ids: frozenset[int]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Followed:
    """
    What changed units mean for the youths of the county.

    Those under protection are in none of the figures.

    :ivar known: how many the county has.
    :ivar moved: how many get another unit.
    :ivar moves: the unit before, the one after, and how many of them.
    :ivar regrouped: how many get another target group and keep their unit.
    :ivar anyway: for how many something changes whatever the file says, since they were judged earlier.
    """

    known: int
    moved: int
    moves: tuple[tuple[int, int, int], ...]
    regrouped: int
    anyway: int


class Follower(Protocol):
    """Does the change to a county's units, and returns what it means."""

    def __call__(
        self, *, county_id: int, changing: Changing, change: Callable[[], None], asked_by: int
    ) -> Followed: ...


_followers: list[Follower] = []


def register_follower(follower: Follower) -> None:
    """Say how what changed units mean is found."""
    _followers[:] = [follower]


def follow(*, county_id: int, changing: Changing, change: Callable[[], None], asked_by: int) -> Followed:
    """Change the units of a county, and let its youths follow."""
    (follower,) = _followers
    return follower(county_id=county_id, changing=changing, change=change, asked_by=asked_by)
