"""The worklist as the actor may see it, its counters, and the user's saved filters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db.models import Count, Q

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.topics import Scope, Topic
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.selectors.counted import ALL, Written, count_by, written
from fotfeste.casework.selectors.listed import ListedCase, listed
from fotfeste.casework.selectors.opened_to import youths_registered_for
from fotfeste.casework.selectors.worklist import QUICK, WorklistFilter, condition, open_registrations
from fotfeste.lists.models import SavedFilter
from fotfeste.lists.policies import list_is_taken_out_of
from fotfeste.lists.selectors.ready import READY, ready_condition
from fotfeste.organisations.selectors import units

#: The quick choices offered above the list, in order. "must_be_confirmed" goes together with any of the others.
QUICK_CHOICES = ("unknown", "never_contacted", "only_attempts", "new", "quit_30_days", "about_to_end")
CONFIRM = "must_be_confirmed"
#: More in one file is a copy of the register, which nobody follows up from.
MOST_IN_A_FILE = 5000


@dataclass(frozen=True, slots=True)
class Counts:
    """How many the whole filter finds, and how many each quick choice would find with the rest as it is."""

    total: int
    quick: Mapping[str, int]


def asked(*, actor: Actor, chosen: WorklistFilter, today: date) -> Q:
    """Return what a filter asks; one by place passes over those whose place the actor is not told."""
    wanted = condition(chosen=chosen, today=today)
    if chosen.unit_id is not None or chosen.counsellor_id is not None:
        wanted &= whereabouts.unit_is_known(actor)
    if chosen.district_code:
        wanted &= whereabouts.place_is_known(actor)
    if chosen.ready in READY:
        wanted &= ready_condition(actor=actor, name=chosen.ready, today=today)
    return wanted


def rows(*, actor: Actor, chosen: WorklistFilter, today: date, start: int, count: int) -> list[ListedCase]:
    """Return a portion of the open registrations a filter finds, in the order chosen."""
    found = open_registrations().filter(asked(actor=actor, chosen=chosen, today=today))
    return listed(found=found, order=chosen.order, descending=chosen.descending, start=start, count=count)


def rows_to_take_out(*, actor: Actor, chosen: WorklistFilter, today: date) -> list[ListedCase]:
    """
    Return all a filter finds, in the order chosen, for a file: never anybody under protection.

    Who leads one unit and follows up at another takes out the list of the first alone.
    """
    unit_ids, county_ids = list_is_taken_out_of(actor)
    theirs = Q(unit_id__in=unit_ids) | Q(county_id__in=county_ids)
    found = open_registrations().filter(
        theirs, asked(actor=actor, chosen=chosen, today=today), youth__protection="none"
    )
    return listed(found=found, order=chosen.order, descending=chosen.descending, count=MOST_IN_A_FILE)


def counts(*, actor: Actor, chosen: WorklistFilter, today: date) -> Counts:
    """Return the counters above the list, in one query."""
    rest = asked(actor=actor, chosen=replace(chosen, quick="", must_be_confirmed=False), today=today)
    confirm = _quick(CONFIRM, today) if chosen.must_be_confirmed else ALL
    quick = _quick(chosen.quick, today)
    each = {name: _quick(name, today) & confirm for name in QUICK_CHOICES}
    each[CONFIRM] = _quick(CONFIRM, today) & quick
    counted = count_by(open_registrations().filter(rest), {"total": quick & confirm, **each})
    return Counts(total=counted.pop("total"), quick=counted)


@lru_cache(maxsize=64)
def _quick(name: str, today: date) -> Written:
    """Write a quick choice, the same for everybody all day; no choice asks nothing."""
    return written(QUICK[name](today)) if name in QUICK else ALL


def units_on_list(actor: Actor) -> dict[int, str]:
    """
    Return the names of the units that answer for somebody the actor sees, by id.

    One that answers only for youths whose unit the actor is not told is none of them: as a choice it would tell.
    """
    own = {each.unit_id: each.unit_name for each in actor.assignments}
    if len(own) == 1 and actor.reach_of(Topic.STATUS) <= {Scope.UNIT}:
        return own
    told = open_registrations().filter(whereabouts.unit_is_known(actor))
    return units.unit_names(told.order_by().values_list("unit_id", flat=True).distinct())


def registered_for(*, actor: Actor, registrations: Iterable[ListedCase], today: date) -> frozenset[int]:
    """Return those of the rows whose status the actor's school registers, though another unit follows them up."""
    view = Permission.WORKLIST_VIEW
    if all(actor.may_at(view, unit_id=row.unit_id, county_id=row.county_id) for row in registrations):
        return frozenset()
    return youths_registered_for(unit_ids=actor.unit_ids, on=today)


def counsellors_of(*, youth_ids: Iterable[int]) -> dict[int, int | None]:
    """Return who answers for each of some youths with an open case, where somebody does."""
    rows = open_registrations().filter(youth_id__in=list(youth_ids))
    return dict(rows.values_list("youth_id", "counsellor_id"))


def saved_filters(*, user_id: int) -> list[SavedFilter]:
    """Return the user's own filters by name."""
    return list(SavedFilter.objects.filter(user_id=user_id).order_by("name", "pk"))


def filters_to_use(*, actor: Actor) -> list[SavedFilter]:
    """Return the user's own filters by name, then those colleagues share at the actor's units."""
    rows = SavedFilter.objects.filter(Q(user_id=actor.user_id) | Q(shared_with_id__in=list(actor.unit_ids)))
    found = rows.select_related("user", "shared_with").order_by("name", "pk")
    return sorted(found, key=lambda each: each.user_id != actor.user_id)


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
