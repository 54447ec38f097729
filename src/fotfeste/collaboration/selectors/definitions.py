"""The routines as a county works them: the standard's, with the county's own changes as they stood at a moment."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from fotfeste.collaboration.models import RoutineChange
from fotfeste.spec.routines import Change, Part, Routine, changed, routine_of, routines


def changes_at(*, county_id: int, at: datetime) -> list[RoutineChange]:
    """Return what a county says otherwise of the routines at a moment, in the order it was decided."""
    stood = Q(recorded_at__lte=at) & (Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))
    return list(RoutineChange.objects.filter(stood, county_id=county_id).order_by("recorded_at", "pk"))


def routine_at(*, routine_id: str, county_id: int, at: datetime) -> Routine:
    """
    Return a routine as a county worked it at a moment. What was begun then is worked by it to the end.

    :raises KeyError: there is no such routine.
    """
    return with_changes(routines()[routine_id], changes_at(county_id=county_id, at=at))


def with_changes(routine: Routine, changes: Iterable[RoutineChange]) -> Routine:
    """Return a routine with the changes of it laid over."""
    mine = [
        Change(each.step, Part(each.part), each.value) for each in changes if routine_of(each.step).id == routine.id
    ]
    return changed(routine, mine)


def seen_of(changes: Iterable[RoutineChange], step_id: str) -> str:
    """Return what a form carries, to tell whether a step has been changed since."""
    return ",".join(str(pk) for pk in sorted(each.pk for each in changes if each.step == step_id)) or "-"
