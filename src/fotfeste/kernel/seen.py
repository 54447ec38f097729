"""What the user had seen when something is saved, where the row itself counts no versions."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

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


@dataclass(frozen=True, slots=True)
class Tried(Generic[K, R]):
    """
    What came of doing something for each of several.

    :ivar stopped: those it was not done for, and what stopped it.
    """

    done: list[tuple[K, R]]
    stopped: list[tuple[K, Refused | EditConflict]]

    def all_or_none(self) -> dict[K, R]:
        """
        Return what came of each, where it was to be done for all of them or for none.

        Called in the transaction in which it was done, which is undone with it, or of one.

        :raises Refused: the first refusal, as it was; an ``EditConflict`` likewise.
        """
        for _item, stop in self.stopped:
            raise stop
        return dict(self.done)

    def refused(self) -> list[tuple[K, str]]:
        """
        Return who was refused, with why.

        :raises EditConflict: there was only one, so both its versions can be shown.
        """
        for _item, stop in self.stopped:
            if isinstance(stop, EditConflict) and len(self.done) + len(self.stopped) == 1:
                raise stop
        return [
            (item, _with_what_stands(stop) if isinstance(stop, EditConflict) else str(stop))
            for item, stop in self.stopped
        ]


def tried(items: Iterable[K], act: Callable[[K], R]) -> Tried[K, R]:
    """Do it for each; one refused does not stop the others."""
    done: list[tuple[K, R]] = []
    stopped: list[tuple[K, Refused | EditConflict]] = []
    for item in items:
        try:
            done.append((item, act(item)))
        except (Refused, EditConflict) as stop:
            stopped.append((item, stop))
    return Tried(done, stopped)


def each_by_itself(items: Sequence[K], act: Callable[[K], R]) -> tuple[list[tuple[K, R]], list[tuple[K, str]]]:
    """
    Do it for each; one refused does not stop the others. Return what came of them, and who was refused with why.

    :raises EditConflict: there was only one, so both its versions can be shown.
    """
    found = tried(items, act)
    return found.done, found.refused()


def _with_what_stands(conflict: EditConflict) -> str:
    stands = "; ".join(f"{label}: {value}" for label, value in conflict.theirs.items() if value)
    return _("{sentence} Nå står det: {stands}.").format(sentence=conflict, stands=stands) if stands else str(conflict)
