"""The marker that ties a piece of code to the specification items it implements."""

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import TypeVar

Marked = TypeVar("Marked")


@cache
def known_ids() -> frozenset[str]:
    """Return every id of the specification, read from the generated list; empty when there is no list yet."""
    listing = resources.files("fotfeste.spec").joinpath("data", "ids.txt")
    try:
        return frozenset(listing.read_text(encoding="utf-8").split())
    except FileNotFoundError:
        return frozenset()


def implements(*ids: str) -> Callable[[Marked], Marked]:
    """Declare that the marked code implements the specification items `ids`.

    Use it as a decorator on a function or class, which it returns unchanged, or as a plain call at the
    top of a module for data and settings. The coverage report reads the calls from the source text, so
    the ids must be written out as string literals.

    :raises ValueError: when no id is given, or when an id is not in the specification.
    """
    if not ids:
        raise ValueError("implements() needs at least one specification id.")
    known = known_ids()
    unknown = sorted(set(ids) - known) if known else []
    if unknown:
        raise ValueError(f"Not in the specification: {', '.join(unknown)}.")
    return _unchanged


def _unchanged(marked: Marked) -> Marked:
    return marked
