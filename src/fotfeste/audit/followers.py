"""
Who is told, in the same transaction, that something was written about a youth.

Whoever writes about a youth also writes the log, so the log is the one place that knows of every act. An app above the
one that writes says here that it wants to be told, in its ``apps.py``; nobody below knows of it (docs/adr/0040).
"""

from collections.abc import Callable

#: (verb, youth id, user id of the one acting)
Follower = Callable[[str, int, int], None]

_followers: list[Follower] = []


def register_follower(follower: Follower) -> None:
    """Ask to be told of every act about one youth. Whoever is told passes over the verbs that are none of its own."""
    if follower not in _followers:
        _followers.append(follower)


def tell(verb: str, *, about: int, by: int) -> None:
    """Tell those who asked that something was written about a youth."""
    for follower in _followers:
        follower(verb, about, by)
