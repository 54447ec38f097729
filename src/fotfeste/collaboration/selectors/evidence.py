"""
What shows that a step is done: the records of each kind, wherever they are kept.

A kind of record is told here by ``@evidence("…")`` beside the query that finds its rows; nothing else says that a step
is done. A kind no query finds shows nothing, and the step stays open until it is skipped with a reason.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

#: (youth ids, since) -> the records made since then.
Finder = Callable[[frozenset[int], datetime], Iterable["Record"]]


@dataclass(frozen=True, slots=True)
class Record:
    """
    A record that shows a step is done.

    :ivar source: the row, as ``mapping:12``.
    :ivar unit_id: the unit it was made at, when it is a party's own part; None when it stands for all.
    """

    youth_id: int
    kind: str
    at: datetime
    on: date
    source: str
    by_id: int | None = None
    unit_id: int | None = None


_finders: dict[str, list[Finder]] = {}


def evidence(*kinds: str) -> Callable[[Finder], Finder]:
    """Mark a query as one that finds the records of these kinds; those it gives of other kinds are passed by."""

    def mark(finder: Finder) -> Finder:
        for kind in kinds:
            _finders.setdefault(kind, []).append(finder)
        return finder

    return mark


def known_kinds() -> frozenset[str]:
    """Return the kinds of record that a query finds."""
    return frozenset(_finders)


def records_since(*, youth_ids: frozenset[int], kinds: Iterable[str], since: datetime) -> list[Record]:
    """Return the records of some kinds made since a moment, the oldest first."""
    wanted = frozenset(kinds)
    asked = dict.fromkeys(finder for kind in sorted(wanted) for finder in _finders.get(kind, ()))
    found = [record for finder in asked for record in finder(youth_ids, since)]
    return sorted((each for each in found if each.kind in wanted), key=lambda each: (each.at, each.source))
