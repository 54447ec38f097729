"""How to reach a youth, where they live and what school they have gone to, as it was on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.kernel.together import Rows, read_together
from fotfeste.law.facts import CONTRACT_KINDS
from fotfeste.people.models import Address, ContactDetail, DatedFact, Enrolment, Guardian

Fact = TypeVar("Fact", bound=DatedFact)


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What is known about one youth on a day; school history whole, newest first."""

    contact_details: tuple[ContactDetail, ...]
    addresses: tuple[Address, ...]
    guardians: tuple[Guardian, ...]
    enrolments: tuple[Enrolment, ...]


def _holding(
    rows: QuerySet[Fact], youth_ids: Iterable[int], on: date, known_at: datetime | None = None
) -> QuerySet[Fact]:
    known = Q(superseded_at=None)
    if known_at is not None:
        known = Q(recorded_at__lte=known_at) & (known | Q(superseded_at__gt=known_at))
    return (
        rows.filter(known, youth_id__in=list(youth_ids))
        .filter(Q(first_day__isnull=True) | Q(first_day__lte=on))
        .filter(Q(last_day__isnull=True) | Q(last_day__gte=on))
    )


def contact_details_of(
    *, youth_ids: Iterable[int], on: date, known_at: datetime | None = None
) -> QuerySet[ContactDetail]:
    """
    Return telephone numbers and e-mail addresses that hold on the day, the newest first.

    :param known_at: as it was known at a moment; now unless given.
    """
    rows = _holding(ContactDetail.objects.all(), youth_ids, on, known_at)
    return rows.order_by("kind", F("first_day").desc(nulls_last=True), "-recorded_at", "-pk")


def addresses_of(*, youth_ids: Iterable[int], on: date, known_at: datetime | None = None) -> QuerySet[Address]:
    """
    Return the addresses that hold on the day; protected ones only to those who may see them.

    :param known_at: as it was known at a moment; now unless given.
    """
    rows = _holding(Address.objects.all(), youth_ids, on, known_at)
    return rows.order_by("kind", F("first_day").desc(nulls_last=True), "-recorded_at", "-pk")


def guardians_of(*, youth_ids: Iterable[int], on: date) -> QuerySet[Guardian]:
    """Return the guardians on the day."""
    return _holding(Guardian.objects.all(), youth_ids, on).order_by("name", "pk")


def enrolments_of(*, youth_ids: Iterable[int], on: date | None = None) -> QuerySet[Enrolment]:
    """Return the school history, newest first; with ``on`` only what had begun by that day."""
    rows = Enrolment.objects.filter(youth_id__in=list(youth_ids), superseded_at=None).select_related("school")
    if on is not None:
        rows = rows.filter(Q(first_day__isnull=True) | Q(first_day__lte=on))
    return rows.order_by(F("first_day").desc(nulls_last=True), "-pk")


def enrolments_before(*, youth_ids: Iterable[int]) -> QuerySet[Enrolment]:
    """Return what stood in the school history and was ended, corrected or withdrawn since, the newest change first."""
    rows = Enrolment.objects.filter(youth_id__in=list(youth_ids)).exclude(superseded_at=None)
    return rows.select_related("school").order_by("-superseded_at", "-pk")


def enrolment_or_none(*, youth_id: int, enrolment_id: int) -> Enrolment | None:
    """Return a stretch of the youth's school history, one that has been corrected too; None when there is none."""
    return Enrolment.objects.filter(pk=enrolment_id, youth_id=youth_id).first()


def once_apprenticed(*, youth_ids: Iterable[int]) -> list[int]:
    """Return those of the youths who are or have been apprentices, trainees or practice candidates."""
    rows = Enrolment.objects.filter(superseded_at=None, youth_id__in=list(youth_ids), kind__in=CONTRACT_KINDS)
    return list(rows.order_by("youth_id").values_list("youth_id", flat=True).distinct())


_HOLDS = """t.youth_id = ANY (%(youth_ids)s) AND t.superseded_at IS NULL
  AND (t.first_day IS NULL OR t.first_day <= %(on)s) AND (t.last_day IS NULL OR t.last_day >= %(on)s)"""
_NEWEST_OF_KIND = "t.kind, t.first_day DESC NULLS LAST, t.recorded_at DESC, t.id DESC"

#: The same rows in the same order as above, for ``read_together`` with ``youth_ids`` and ``on``.
KNOWN_FACTS = (
    Rows(ContactDetail, _HOLDS, _NEWEST_OF_KIND),
    Rows(Address, _HOLDS, _NEWEST_OF_KIND),
    Rows(Guardian, _HOLDS, "t.name, t.id"),
    Rows(
        Enrolment,
        "t.youth_id = ANY (%(youth_ids)s) AND t.superseded_at IS NULL",
        "t.first_day DESC NULLS LAST, t.id DESC",
        related=("school",),
    ),
)


def known_facts(*, youth_ids: Iterable[int], on: date) -> KnownFacts:
    """Return all of it at once, for the person page."""
    return KnownFacts(*read_together(*KNOWN_FACTS, values={"youth_ids": list(youth_ids), "on": on}))


def open_addresses(*, youth_id: int) -> dict[str, int]:
    """Return the address of each kind that holds until further notice, also one that has not begun."""
    rows = Address.objects.filter(youth_id=youth_id, superseded_at=None, last_day=None)
    return dict(rows.order_by(F("first_day").asc(nulls_first=True), "pk").values_list("kind", "pk"))


def addresses_seen(addresses: Mapping[str, int]) -> str:
    """Return what a form carries to say which open addresses its user was shown."""
    return " ".join(f"{kind}:{pk}" for kind, pk in sorted(addresses.items()))


def holds_fact(*, youth_id: int, facts: str, pk: int) -> bool:
    """Say whether a fact is the youth's, ended and corrected ones too. ``facts`` as in ``KnownFacts``."""
    kinds: dict[str, Any] = {"contact_details": ContactDetail, "guardians": Guardian, "addresses": Address}
    return bool(kinds[facts].objects.filter(pk=pk, youth_id=youth_id).exists())


def last_day_written(fact: ContactDetail | Address | Guardian | Enrolment) -> str:
    """Return the last day given to a fact that holds no more: its own, or that of the row that replaced it."""
    if fact.superseded_at is not None:
        newer = type(fact).objects.filter(youth_id=fact.youth_id, recorded_at=fact.superseded_at)
        fact = newer.exclude(last_day=None).exclude(pk=fact.pk).first() or fact
    return formats.short_day(fact.last_day) if fact.last_day else _("Gjelder ikke lenger")
