"""What a youth was called, when it was born and what number it had before, from the history of the row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.apps import apps

from fotfeste.people.models import Merge, Youth


class Identity(StrEnum):
    """What of a youth has changed."""

    NAME = "name"
    BORN = "born"
    NUMBER = "number"
    PROTECTION = "protection"


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """
    One thing about who a youth is that became another.

    :ivar number: the later, the larger; changes made together have the same moment.
    :ivar before: as the row had it: (first name, last name), a date, (number, kind), or a grade of protection.
    :ivar by_id: who changed it; None when the history does not say.
    :ivar reason: one of ``CorrectionReason``, or empty.
    """

    number: int
    youth_id: int
    what: Identity
    at: datetime
    before: Any
    after: Any
    by_id: int | None
    reason: str


_READ = {
    Identity.NAME: lambda row: (row.first_name, row.last_name),
    Identity.BORN: lambda row: row.born,
    Identity.NUMBER: lambda row: (row.national_id or "", row.id_kind),
    Identity.PROTECTION: lambda row: row.protection,
}


def identity_changes(*, youth_ids: Iterable[int]) -> list[IdentityChange]:
    """
    Return what has changed about who these youths are, the latest first; what the actor may not read is left out.

    Two rows of the history stand beside each other only when no version is missing between them: what became of a
    youth while it was protected is not told as if it happened in one step.
    """
    ids = list(youth_ids)
    events = apps.get_model("people", "YouthEvent").objects.filter(pgh_obj_id__in=ids).select_related("pgh_context")
    now = Youth.objects.in_bulk(ids)
    rows: dict[int, list[Any]] = {youth_id: [] for youth_id in ids}
    for event in events.order_by("pgh_id"):
        rows[event.pgh_obj_id].append(event)
    found = [
        change
        for youth_id, past in rows.items()
        if past and youth_id in now
        for old, new in zip(past, [*past[1:], now[youth_id]], strict=True)
        if new.version - old.version <= 1
        for change in _between(youth_id, old, new)
    ]
    return sorted(found, key=lambda change: (change.at, change.number), reverse=True)


def _between(youth_id: int, old: Any, new: Any) -> Iterator[IdentityChange]:
    told = (old.pgh_context.metadata if old.pgh_context else None) or {}
    for what, read in _READ.items():
        if read(old) != read(new):
            yield IdentityChange(
                old.pgh_id,
                youth_id,
                what,
                old.pgh_created_at,
                read(old),
                read(new),
                told.get("user"),
                told.get("why", ""),
            )


@dataclass(frozen=True, slots=True)
class KnownIdentity:
    """What a youth was called and when it was born, as it was known at a moment."""

    name: tuple[str, str]
    born: date


def identity_at(*, youth: Youth, changes: Iterable[IdentityChange], at: datetime) -> KnownIdentity:
    """Return who the youth was known as at a moment, by taking back what has changed since."""
    known: dict[Identity, Any] = {Identity.NAME: (youth.first_name, youth.last_name), Identity.BORN: youth.born}
    for change in sorted(changes, key=lambda change: (change.at, change.number), reverse=True):
        if change.youth_id == youth.pk and change.at > at:
            known[change.what] = change.before
    return KnownIdentity(known[Identity.NAME], known[Identity.BORN])


def merges_about(*, youth_ids: Iterable[int]) -> list[Merge]:
    """Return the merges these youths took part in, undone or not, the latest first, as far as the actor may see."""
    ids = list(youth_ids)
    rows = Merge.objects.filter(kept_id__in=ids) | Merge.objects.filter(absorbed_id__in=ids)
    return list(rows.select_related("merged_by", "undone_by").order_by("-merged_at", "-pk"))
