"""
What follows for the youths when a county's units change.

Who answers for whom is known above this app: whoever knows says here how it is found anew, once units have changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Followed:
    """
    What changed units mean for the youths of the county.

    :ivar judged: how many were judged anew.
    :ivar moved: how many get another unit, without those under protection.
    :ivar moves: the unit before, the one after, and how many of them.
    :ivar regrouped: how many get another target group and keep their unit.
    :ivar anyway: for how many something changes whatever the file says, since they were judged earlier.
    """

    judged: int
    moved: int
    moves: tuple[tuple[int, int, int], ...]
    regrouped: int
    anyway: int


class Follower(Protocol):
    """Does the change to a county's units, and returns what it means."""

    def __call__(self, *, county_id: int, change: Callable[[], None], asked_by: int) -> Followed: ...


_followers: list[Follower] = []


def register_follower(follower: Follower) -> None:
    """Say how what changed units mean is found."""
    _followers[:] = [follower]


def follow(*, county_id: int, change: Callable[[], None], asked_by: int) -> Followed:
    """Change the units of a county, and let its youths follow."""
    (follower,) = _followers
    return follower(county_id=county_id, change=change, asked_by=asked_by)
