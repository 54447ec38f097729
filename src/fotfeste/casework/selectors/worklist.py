"""Open registrations as a worklist: filters, and the counters above it. ``listed`` puts them in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from fotfeste import codes
from fotfeste.access.scope import within
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Registration
from fotfeste.law.end_dates import last_day_of_service

UNKNOWN = "OTUK"


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """
    What a worklist is narrowed to. An empty value narrows nothing.

    :ivar statuses: status codes.
    :ivar group: main group of the code list in force, 1 to 5.
    :ivar unknown_for_days: unknown for at least so many days.
    :ivar no_contact_for_days: no real contact for at least so many days, or never.
    :ivar ages: the age the youth turns this calendar year.
    :ivar quick: one of ``QUICK``.
    :ivar ready: the name of a list made ready, which an app above knows what it asks.
    """

    statuses: tuple[str, ...] = ()
    group: int | None = None
    unit_id: int | None = None
    district_code: str = ""
    reasons: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    unknown_for_days: int | None = None
    no_contact_for_days: int | None = None
    must_be_confirmed: bool = False
    quick: str = ""
    counsellor_id: int | None = None
    without_counsellor: bool = False
    ready: str = ""
    order: str = "promise"
    descending: bool = False


def _never_contacted(today: date) -> Q:
    return Q(first_contact_on__isnull=True)


def _only_attempts(today: date) -> Q:
    return Q(first_contact_on__isnull=True, attempts__gt=0)


def _new(today: date) -> Q:
    return Q(first_day__gte=today - timedelta(days=14))


def _about_to_end(today: date) -> Q:
    """Those the service ends for at the end of this year. Source: opplæringslova § 9-4."""
    born = today.year
    while last_day_of_service(born=date(born, 1, 1), as_of=today).year > today.year:
        born -= 1
    return Q(born_year=born)


QUICK = {
    "unknown": lambda today: Q(status_code=UNKNOWN),
    "never_contacted": _never_contacted,
    "only_attempts": _only_attempts,
    "must_be_confirmed": lambda today: Q(status_confirm_by__lt=today),
    "new": _new,
    "quit_30_days": lambda today: Q(reason__startswith="quit", first_day__gte=today - timedelta(days=30)),
    "about_to_end": _about_to_end,
}


def open_registrations() -> QuerySet[Registration]:
    """Return the open registrations the actor may see. Preventive cases are among them, marked."""
    return Registration.objects.filter(within(Topic.STATUS), last_day__isnull=True)


def protected_cases(*, county_id: int) -> QuerySet[Registration]:
    """Return the open registrations of a county's youths under protection, by name."""
    rows = open_registrations().filter(county_id=county_id).exclude(youth__protection="none")
    return rows.select_related("youth").order_by("youth__name_key", "pk")


def condition(*, chosen: WorklistFilter, today: date) -> Q:
    """Return what a filter asks of an open registration, so that many filters can be counted in one query."""
    exact: dict[str, Any] = {
        "status_code__in": chosen.statuses or None,
        "unit_id": chosen.unit_id,
        "district_code": chosen.district_code or None,
        "reason__in": chosen.reasons or None,
        "counsellor_id": chosen.counsellor_id,
    }
    asked = Q(**{name: value for name, value in exact.items() if value is not None})
    if chosen.group is not None:
        asked &= Q(status_code__in=_codes_of(chosen.group))
    if chosen.ages:
        asked &= Q(born_year__in=[today.year - age for age in chosen.ages])
    if chosen.unknown_for_days is not None:
        asked &= Q(unknown_since__lte=today - timedelta(days=chosen.unknown_for_days))
    if chosen.no_contact_for_days is not None:
        limit = today - timedelta(days=chosen.no_contact_for_days)
        asked &= Q(last_contact_on__isnull=True) | Q(last_contact_on__lte=limit)
    if chosen.without_counsellor:
        asked &= Q(counsellor__isnull=True)
    if chosen.must_be_confirmed:
        asked &= QUICK["must_be_confirmed"](today)
    if chosen.quick in QUICK:
        asked &= QUICK[chosen.quick](today)
    return asked


def filtered(*, chosen: WorklistFilter, today: date) -> QuerySet[Registration]:
    """Return the open registrations that pass a filter, unordered and without names: for counting."""
    return open_registrations().filter(condition(chosen=chosen, today=today))


def _codes_of(group: int) -> list[str]:
    return [status.code for status in codes.codes_in_order(codes.CURRENT) if status.group == group]


@dataclass(frozen=True, slots=True)
class Counters:
    """How many open registrations the actor sees, and how many of them need something."""

    total: int
    unknown: int
    never_contacted: int
    must_be_confirmed: int
    new: int


def counters(*, today: date, unit_id: int | None = None) -> Counters:
    """Return the counters over all open registrations the actor sees, or one unit's, in one query."""
    rows = open_registrations().filter(**({"unit_id": unit_id} if unit_id is not None else {}))
    return Counters(
        **rows.aggregate(
            total=Count("pk"),
            unknown=Count("pk", filter=QUICK["unknown"](today)),
            never_contacted=Count("pk", filter=_never_contacted(today) & Q(is_preventive=False)),
            must_be_confirmed=Count("pk", filter=QUICK["must_be_confirmed"](today)),
            new=Count("pk", filter=_new(today)),
        )
    )


def district_of(*, youth_id: int) -> str:
    """Return the code of the district an open case says the youth lives in; empty when it is not known or not told."""
    return districts_of(youth_ids=[youth_id]).get(youth_id, "")


def districts_of(*, youth_ids: Iterable[int]) -> dict[int, str]:
    """Return the same for each of several youths who have an open case."""
    rows = open_registrations().filter(youth_id__in=list(youth_ids)).order_by("-pk")
    return dict(rows.values_list("youth_id", "district_code"))
