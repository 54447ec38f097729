"""The tasks of the year that stand open: whose they are and since when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fotfeste.access import selectors as access
from fotfeste.access.roles import Role
from fotfeste.annualwheel.enums import WheelTaskState
from fotfeste.annualwheel.models import WheelTask
from fotfeste.kernel.written import Day, Number
from fotfeste.law.annual_wheel import Event, event_on, events_of
from fotfeste.organisations.selectors.readings import readings_for

_LEADS = (Role.UNIT_LEADER.value, Role.COUNTY_LEADER.value)


@dataclass(frozen=True, slots=True)
class ShownWheelTask:
    """
    A task of the year as it is shown.

    :ivar holder: who is named for it; empty where nobody is. :ivar leaders: who leads the unit, once it has gone on.
    """

    task: WheelTask
    event: Event
    holder: str
    leaders: tuple[str, ...]
    is_overdue: bool


def open_tasks(*, county_id: Number, unit_ids: Collection[int] | None = None) -> QuerySet[WheelTask]:
    """
    Return the tasks of a county's year that stand open, those due first on top.

    :param unit_ids: only of these units.
    """
    rows = WheelTask.objects.filter(unit__county_id=county_id, state=WheelTaskState.OPEN)
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    return rows.select_related("unit", "contact").order_by("due_on", "event", "unit__name", "pk")


def tasks_of_leavers(*, county_id: Number, on: Day) -> QuerySet[WheelTask]:
    """Return the tasks of a county's year that stand open and are given to somebody who is named no more."""
    return open_tasks(county_id=county_id).filter(contact__last_day__lt=on)


def shown(rows: Iterable[WheelTask], *, county_id: int, on: date) -> list[ShownWheelTask]:
    """Return tasks as they are shown; one whose event the county no longer has is left out."""
    every, readings = list(rows), readings_for(county_id=county_id)
    known = {each.id: event_on(each, on, readings) for each in events_of(readings)}
    leaders = leaders_of({row.unit_id for row in every if row.leader_on}, on=on)
    return [
        ShownWheelTask(
            task=row,
            event=known[row.event],
            holder=row.contact.name if row.contact else "",
            leaders=leaders.get(row.unit_id, ()) if row.leader_on else (),
            is_overdue=row.due_on < on,
        )
        for row in every
        if row.event in known
    ]


def leaders_of(unit_ids: set[int], *, on: date) -> dict[int, tuple[str, ...]]:
    """Return who leads some units on a day, by name."""
    found: dict[int, tuple[str, ...]] = {}
    for each in access.roles_at(on=on, unit_ids=unit_ids).filter(role__in=_LEADS) if unit_ids else ():
        found[each.unit_id] = (*found.get(each.unit_id, ()), each.user.name)
    return found
