"""Pairs that may be one person, and what has been merged."""

from dataclasses import dataclass

from django.db.models import QuerySet

from fotfeste.people.enums import PairState
from fotfeste.people.models import DuplicatePair, Merge, Youth


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two registrations somebody must compare, with what speaks for their being one."""

    id: int
    first: Youth
    second: Youth
    signs: tuple[str, ...]

    @property
    def version(self) -> str:
        """Return what tells whether somebody has changed one of the two since."""
        return seen_of(self.first, self.second)


def seen_of(first: Youth, second: Youth) -> str:
    """Return what a form about the two carries, to tell whether somebody has changed one of them since."""
    return f"{first.version}.{second.version}"


def open_pairs(*, county_id: int, limit: int = 50) -> tuple[OpenPair, ...]:
    """Return the pairs nobody has decided, the oldest first."""
    rows = DuplicatePair.objects.filter(county_id=county_id, state=PairState.OPEN).select_related(
        "first__unit", "second__unit"
    )
    return tuple(OpenPair(p.pk, p.first, p.second, tuple(p.signs)) for p in rows.order_by("found_at", "pk")[:limit])


def count_open_pairs(*, county_id: int) -> int:
    """Return how many pairs nobody has decided."""
    return DuplicatePair.objects.filter(county_id=county_id, state=PairState.OPEN).count()


def contested_numbers(*, county_id: int) -> list[Youth]:
    """Return the youths whose number somebody else has, and who are not in an open pair; the first entered first."""
    paired = DuplicatePair.objects.filter(county_id=county_id, state=PairState.OPEN)
    contested = Youth.objects.filter(county_id=county_id, is_number_contested=True, merged_into=None)
    alone = contested.exclude(pk__in=paired.values("first_id")).exclude(pk__in=paired.values("second_id"))
    return list(alone.order_by("pk"))


def open_pair_or_none(*, pair_id: int) -> OpenPair | None:
    """Return a pair nobody has decided, or None when there is none the actor may see."""
    pair = DuplicatePair.objects.filter(pk=pair_id, state=PairState.OPEN).select_related("first__unit", "second__unit")
    found = pair.first()
    return OpenPair(found.pk, found.first, found.second, tuple(found.signs)) if found else None


def merges(*, county_id: int) -> QuerySet[Merge]:
    """Return what was merged in the county, undone or not, the latest first."""
    rows = Merge.objects.filter(county_id=county_id).select_related("kept", "absorbed", "merged_by", "undone_by")
    return rows.order_by("-merged_at", "-pk")


def merge_of(*, absorbed_id: int) -> Merge | None:
    """Return the merge that took the youth up in another, or None when it stands alone."""
    return Merge.objects.filter(absorbed_id=absorbed_id, undone_at=None).order_by("-merged_at").first()
