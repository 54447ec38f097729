"""Pairs that may be one person, and what has been merged."""

from dataclasses import dataclass

from fotfeste.people.enums import PairState
from fotfeste.people.models import DuplicatePair, Merge, Youth


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two registrations somebody must compare, with what speaks for their being one."""

    id: int
    first: Youth
    second: Youth
    signs: tuple[str, ...]


def open_pairs(*, county_id: int, limit: int = 50) -> tuple[OpenPair, ...]:
    """Return the pairs nobody has decided, the oldest first."""
    rows = DuplicatePair.objects.filter(county_id=county_id, state=PairState.OPEN).select_related(
        "first__unit", "second__unit"
    )
    return tuple(OpenPair(p.pk, p.first, p.second, tuple(p.signs)) for p in rows.order_by("found_at", "pk")[:limit])


def merge_of(*, absorbed_id: int) -> Merge | None:
    """Return the merge that took the youth up in another, or None when it stands alone."""
    return Merge.objects.filter(absorbed_id=absorbed_id, undone_at=None).order_by("-merged_at").first()
