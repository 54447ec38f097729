"""Measures of different bodies in one plan that double each other, or of which one is told to block the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from fotfeste.collaboration.enums import MeasureStatus
from fotfeste.spec import implements
from fotfeste.spec.measures import OF_PUPILS, BlockingRule, blocking_rules, measures

#: A measure that stands thus is over.
OVER = frozenset({MeasureStatus.REFUSED, MeasureStatus.INTERRUPTED, MeasureStatus.COMPLETED})


@dataclass(frozen=True, slots=True)
class Overlap:
    """
    Two measures on the same days.

    :ivar rule: what is told to stand in the way of the first where the second runs; None when they double each other.
    """

    first: Any
    second: Any
    rule: BlockingRule | None = None


@implements("principle-do-no-harm")
def overlaps_in(rows: Iterable[Any]) -> list[Overlap]:
    """Return the overlaps among the measures of a plan; what is over or refused stands in nobody's way."""
    found: list[Overlap] = []
    for one, other in combinations([row for row in rows if row.status not in OVER], 2):
        together = one.first_day <= other.last_day and other.first_day <= one.last_day
        if not together or one.owner_unit_id == other.owner_unit_id:
            continue
        if _kind(one) == _kind(other):
            found.append(Overlap(one, other))
        found += [*_blocks(one, other), *_blocks(other, one)]
    return found


def _kind(row: Any) -> str:
    return row.measure or " ".join(row.what.casefold().split())


def _blocks(one: Any, other: Any) -> list[Overlap]:
    """Return what is told to stand in the way of one measure for somebody who has the other at school."""
    known, beside = measures().get(one.measure), measures().get(other.measure)
    if known is None or beside is None or beside.kind != "county":
        return []
    return [Overlap(one, other, blocking_rules()[name]) for name in known.blocked_by if name in OF_PUPILS]
