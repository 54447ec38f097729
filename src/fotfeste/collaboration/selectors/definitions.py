"""The routines as a county works them: the standard's, with the county's own changes as they stood at a moment."""

from collections.abc import Iterable
from datetime import datetime

from fotfeste.collaboration.models import RoutineChange
from fotfeste.kernel.together import Rows, read_together
from fotfeste.spec.routines import Change, Part, Routine, changed, routine_of, routines


def changes_at(*, county_id: int, at: datetime) -> list[RoutineChange]:
    """Return what a county says otherwise of the routines at a moment, in the order it was decided."""
    return standing(changes_of(county_id=county_id), at=at)


_CHANGES = Rows(RoutineChange, "t.county_id = %(county_id)s", "t.recorded_at, t.id", is_open=True)


def changes_of(*, county_id: int) -> list[RoutineChange]:
    """Return all a county has ever said otherwise of the routines, in the order it was decided."""
    [rows] = read_together(_CHANGES, values={"county_id": county_id})
    return list(rows)


def standing(changes: Iterable[RoutineChange], *, at: datetime) -> list[RoutineChange]:
    """Return the changes that stood at a moment."""
    return [
        each for each in changes if each.recorded_at <= at and (each.superseded_at is None or each.superseded_at > at)
    ]


def as_changed(routine_id: str, changes: Iterable[RoutineChange], *, at: datetime) -> Routine:
    """
    Return a routine as a county worked it at a moment. What was begun then is worked by it to the end.

    :param changes: all the county has said otherwise.
    :raises KeyError: there is no such routine.
    """
    return with_changes(routines()[routine_id], standing(changes, at=at))


def with_changes(routine: Routine, changes: Iterable[RoutineChange]) -> Routine:
    """Return a routine with the changes of it laid over."""
    mine = [
        Change(each.step, Part(each.part), each.value) for each in changes if routine_of(each.step).id == routine.id
    ]
    return changed(routine, mine)


def seen_of(changes: Iterable[RoutineChange], step_id: str) -> str:
    """Return what a form carries, to tell whether a step has been changed since."""
    return ",".join(str(pk) for pk in sorted(each.pk for each in changes if each.step == step_id)) or "-"
