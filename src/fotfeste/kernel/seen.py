"""What the user had seen when something is saved, where the row itself counts no versions."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from fotfeste.kernel.errors import EditConflict, Refused

K = TypeVar("K")
R = TypeVar("R")


def mark_of(*values: object) -> str:
    """Return a mark of how something stands, to be carried by the form; it tells nothing of the values."""
    written = [each.astimezone(UTC).isoformat() if isinstance(each, datetime) else str(each) for each in values]
    return hashlib.sha256("|".join(written).encode()).hexdigest()[:16]


def must_be_as_seen(
    seen: object, now: object, message: str, *, theirs: dict[str, Any], yours: dict[str, Any], about: int | None = None
) -> None:
    """
    Stop when it no longer stands as the user was shown it.

    :param seen: the version or mark the user was shown; None for a job, which was shown nothing.
    :raises EditConflict: holds how it stands now and what was to be saved; a new try says it has seen ``now``.
    """
    if seen is not None and seen != now:
        raise EditConflict(message, theirs=theirs, yours=yours, version=now, about=about)


def each_by_itself(items: Sequence[K], act: Callable[[K], R]) -> tuple[list[tuple[K, R]], list[tuple[K, str]]]:
    """
    Do it for each; one refused does not stop the others. Return what came of them, and who was refused with why.

    :raises EditConflict: there was only one, so both its versions can be shown.
    """
    done: list[tuple[K, R]] = []
    refused: list[tuple[K, str]] = []
    for item in items:
        try:
            done.append((item, act(item)))
        except EditConflict as conflict:
            if len(items) == 1:
                raise
            refused.append((item, _with_what_stands(conflict)))
        except Refused as refusal:
            refused.append((item, str(refusal)))
    return done, refused


def _with_what_stands(conflict: EditConflict) -> str:
    stands = "; ".join(f"{label}: {value}" for label, value in conflict.theirs.items() if value)
    return _("{sentence} Nå står det: {stands}.").format(sentence=conflict, stands=stands) if stands else str(conflict)
