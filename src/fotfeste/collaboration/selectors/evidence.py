"""
What shows that a step is done: the records of each kind, wherever they are kept.

A kind of record is told here by ``@evidence("…")`` beside the query that finds its rows; nothing else says that a step
is done. A kind no query finds shows nothing, and the step stays open until it is skipped with a reason.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from fotfeste.spec.routines import days_back, lasts

#: (youth ids, since) -> the records made since then.
Finder = Callable[[frozenset[int], datetime], Iterable["Record"]]


@dataclass(frozen=True, slots=True)
class Record:
    """
    A record that shows a step is done.

    :ivar youth_id: None of a record that is about a unit.
    :ivar source: the row, as ``mapping:12``.
    :ivar unit_id: the unit it was made at, when it is a party's own part; None when it stands for all.
    :ivar with_units: the units it shows the part of: those that were called or met, or that answered for themselves; 0
        for one that is no unit. None when it shows the part of all.
    :ivar only_new: it shows nothing of a step that opened later, as a no once given or a release that has ended.
    """

    youth_id: int | None
    kind: str
    at: datetime
    on: date
    source: str
    by_id: int | None = None
    unit_id: int | None = None
    with_units: frozenset[int] | None = None
    only_new: bool = False


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


def finders_of(kind: str) -> tuple[Finder, ...]:
    """Return the queries that find the records of a kind; one may find those of other kinds as well."""
    return tuple(_finders.get(kind, ()))


@cache
def most_days_back(finder: Finder) -> int:
    """Return for how many days what a query finds, made before a step opened, may still show that it is done."""
    return max(days_back(kind) for kind, finders in _finders.items() if finder in finders)


def records_since(*, youth_ids: frozenset[int], kinds: Iterable[str], since: datetime) -> list[Record]:
    """Return the records of some kinds made since a moment, the oldest first."""
    wanted = frozenset(kinds)
    asked = dict.fromkeys(finder for kind in sorted(wanted) for finder in _finders.get(kind, ()))
    found = [record for finder in asked for record in finder(youth_ids, since)]
    return sorted((each for each in found if each.kind in wanted), key=lambda each: (each.at, each.source))


def counts_from(kind: str, *, opened_at: datetime, is_first_round: bool) -> datetime:
    """Return from when a record of a kind shows that a step is done; a step done again must be shown by new ones."""
    return opened_at - timedelta(days_back(kind)) if is_first_round or lasts(kind) else opened_at


@dataclass(frozen=True, slots=True)
class Asked:
    """A step somebody is at: the records it gives, and since when it stands open."""

    youth_id: int
    gives: tuple[str, ...]
    opened_at: datetime
    is_first_round: bool = True

    def since(self, kind: str) -> datetime:
        """Return from when a record of the kind counts."""
        return counts_from(kind, opened_at=self.opened_at, is_first_round=self.is_first_round)


def lacking(asked: Sequence[Asked]) -> list[tuple[str, ...]]:
    """
    Return of each step the records that are not made yet, in the step's order; all of them when every one is made.

    One question for each kind of record, however many steps.
    """
    made: set[tuple[int, str]] = set()
    several = [(number, each) for number, each in enumerate(asked) if len(each.gives) > 1]
    for kind in dict.fromkeys(kind for _number, each in several for kind in each.gives):
        at = [(number, each) for number, each in several if kind in each.gives]
        found = records_since(
            youth_ids=frozenset(each.youth_id for _number, each in at),
            kinds=[kind],
            since=min(each.since(kind) for _number, each in at),
        )
        last = {record.youth_id: record.at for record in found}
        made |= {
            (number, kind) for number, each in at if each.youth_id in last and last[each.youth_id] >= each.since(kind)
        }
    left = [tuple(kind for kind in each.gives if (number, kind) not in made) for number, each in enumerate(asked)]
    return [mine or each.gives for mine, each in zip(left, asked, strict=True)]
