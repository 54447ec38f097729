"""The worklist as the actor may see it, its counters, and the user's saved filters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.selectors.opened_to import youths_registered_for
from fotfeste.casework.selectors.worklist import QUICK, WorklistFilter, condition, open_registrations, worklist
from fotfeste.lists.models import SavedFilter

#: The quick choices offered above the list, in order. "must_be_confirmed" goes together with any of the others.
QUICK_CHOICES = ("unknown", "never_contacted", "only_attempts", "new", "quit_30_days", "about_to_end")
CONFIRM = "must_be_confirmed"

#: What a row shows, of a case that has three times as much.
_SHOWN = (
    *(
        "youth_id",
        "county_id",
        "unit_id",
        "version",
        "status_code",
        "status_since",
        "status_confirm_by",
        "unknown_since",
    ),
    *("first_contact_on", "last_contact_on", "last_attempt_on", "attempts", "reason", "district_code", "is_preventive"),
    *("youth__first_name", "youth__last_name", "youth__born", "youth__protection", "youth__unit__name"),
    "counsellor__name",
)
#: Orders in which every youth must be looked at anyway.
_BY_YOUTH = frozenset({"name", "born", "unit", "district"})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many the whole filter finds, and how many each quick choice would find with the rest as it is."""

    total: int
    quick: Mapping[str, int]


def asked(*, actor: Actor, chosen: WorklistFilter, today: date) -> Q:
    """Return what a filter asks; one by place passes over those whose place the actor is not told."""
    wanted = condition(chosen=chosen, today=today)
    if chosen.unit_id is not None:
        wanted &= whereabouts.unit_is_known(actor)
    if chosen.district_code:
        wanted &= whereabouts.place_is_known(actor)
    return wanted


def rows(*, actor: Actor, chosen: WorklistFilter, today: date, start: int, count: int) -> list[Any]:
    """
    Return a portion of the open registrations a filter finds, with youth, unit and counsellor, in the order chosen.

    In most orders which they are is settled first, by the registrations alone; only those few are joined with the rest.
    Only what a row shows is read.
    """
    found = worklist(chosen=chosen, today=today)
    if chosen.unit_id is not None:
        found = found.filter(whereabouts.unit_is_known(actor))
    if chosen.district_code:
        found = found.filter(whereabouts.place_is_known(actor))
    if chosen.order in _BY_YOUTH:
        return list(found.only(*_SHOWN)[start : start + count])
    those = found.select_related(None).values("pk")[start : start + count]
    in_order = worklist(chosen=WorklistFilter(order=chosen.order, descending=chosen.descending), today=today)
    return list(in_order.only(*_SHOWN).filter(pk__in=those))


def counts(*, actor: Actor, chosen: WorklistFilter, today: date) -> Counts:
    """Return the counters above the list, in one query."""
    rest = asked(actor=actor, chosen=replace(chosen, quick="", must_be_confirmed=False), today=today)
    confirm = QUICK[CONFIRM](today) if chosen.must_be_confirmed else Q()
    quick = QUICK[chosen.quick](today) if chosen.quick in QUICK else Q()
    counted = (
        open_registrations()
        .filter(rest)
        .aggregate(
            total=Count("pk", filter=_or_all(quick & confirm)),
            **{name: Count("pk", filter=QUICK[name](today) & confirm) for name in QUICK_CHOICES},
            **{CONFIRM: Count("pk", filter=QUICK[CONFIRM](today) & quick)},
        )
    )
    return Counts(total=counted.pop("total"), quick=counted)


def units_with_open_registrations() -> QuerySet[Any, int]:
    """Return the ids of the units that answer for somebody the actor sees, to be asked within another query."""
    return open_registrations().order_by().values_list("unit_id", flat=True).distinct()


def registrations_of(*, youth_ids: list[int]) -> dict[int, Any]:
    """Return the open registration of each youth that has one, by youth."""
    found = open_registrations().filter(youth_id__in=youth_ids).select_related("youth__unit", "counsellor")
    return {registration.youth_id: registration for registration in found}


def registered_for(*, actor: Actor, registrations: Iterable[Any], today: date) -> frozenset[int]:
    """Return those of the rows whose status the actor's school registers, though another unit follows them up."""
    view = Permission.WORKLIST_VIEW
    if all(actor.may_at(view, unit_id=row.unit_id, county_id=row.county_id) for row in registrations):
        return frozenset()
    return youths_registered_for(unit_ids=actor.unit_ids, on=today)


def saved_filters(*, user_id: int) -> list[SavedFilter]:
    """Return the user's own filters by name."""
    return list(SavedFilter.objects.filter(user_id=user_id).order_by("name", "pk"))


def count_each(*, actor: Actor, filters: Mapping[int, WorklistFilter], today: date) -> dict[int, int]:
    """Return how many each filter finds now, all in one query."""
    if not filters:
        return {}
    counted = open_registrations().aggregate(
        **{
            f"filter_{pk}": Count("pk", filter=_or_all(asked(actor=actor, chosen=chosen, today=today)))
            for pk, chosen in filters.items()
        }
    )
    return {pk: counted[f"filter_{pk}"] for pk in filters}


def _or_all(wanted: Q) -> Q | None:
    """Return the condition, or none at all where it asks nothing."""
    return wanted or None
