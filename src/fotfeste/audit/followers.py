"""
Who is told, in the same transaction, that something was written about a youth.

Whoever writes about a youth also writes the log, so the log is the one place that knows of every act. An app above the
one that writes says here that it wants to be told, in its ``apps.py``; nobody below knows of it (docs/adr/0040).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """
    Something that was written about a youth.

    :ivar by_id: the user or system actor who did it.
    """

    verb: str
    youth_id: int
    by_id: int


#: Told of one act, or of those that were done together, in the order they were done.
Follower = Callable[[Sequence[Act]], None]

_followers: list[Follower] = []
_gathered: ContextVar[list[Act] | None] = ContextVar("fotfeste_acts_done_together", default=None)


def register_follower(follower: Follower) -> None:
    """Ask to be told of every act about one youth. Whoever is told passes over the verbs that are none of its own."""
    if follower not in _followers:
        _followers.append(follower)


def tell(*acts: Act) -> None:
    """Tell those who asked that something was written about a youth, or about several."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.extend(acts)
    elif acts:
        for follower in _followers:
            follower(acts)


@contextmanager
def together() -> Iterator[None]:
    """
    Tell of what is written in a block once, when it is over, so that what follows of it for many is done together.

    For acts about many youths in one transaction, in the scope of whoever does them. A block within another is part of
    it. Nobody is told of a block that fails: it is undone.
    """
    if _gathered.get() is not None:
        yield
        return
    acts: list[Act] = []
    token = _gathered.set(acts)
    try:
        yield
    finally:
        _gathered.reset(token)
    tell(*acts)
