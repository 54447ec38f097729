"""Whose turn it is: what a unit is late with or must do soon, and who is named there to do it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from fotfeste.annualwheel.enums import WheelState
from fotfeste.annualwheel.models import WheelTask
from fotfeste.annualwheel.selectors.due import THE_COUNTYS
from fotfeste.annualwheel.selectors.tasks import open_tasks
from fotfeste.annualwheel.selectors.wheel import Standing, Time
from fotfeste.law.wheel_tasks import given_on, lead_on
from fotfeste.organisations.selectors.contacts import contacts_on, units_without_named_contact
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.organisations.selectors.units import education_admin_of, unit_names


@dataclass(frozen=True, slots=True)
class Turn:
    """
    An event a unit is late with or must do soon.

    :ivar contact: who is named at the unit; empty when nobody is, and then the unit must name somebody first.
    :ivar task: the task of it, which tells since when and where it has gone on to; None when none is made.
    """

    standing: Standing
    due: date
    state: WheelState
    unit_id: int
    unit_name: str
    contact: str
    task: WheelTask | None = None


def turns(standings: Iterable[Standing], *, county_id: int, unit_ids: Collection[int], today: date) -> tuple[Turn, ...]:
    """Return what some units are late with or must do within the lead time, the earliest day first."""
    admin, readings = education_admin_of(county_id=county_id).pk, readings_for(county_id=county_id)
    found = [
        (time, state, unit_id, standing)
        for standing in standings
        if standing.event.is_duty
        for time in standing.times
        for unit_id, state in _answering(standing, time, admin)
        if unit_id in unit_ids
        and _is_turn(standing, state, given_on(time.due, lead_on(standing.event, today, readings)), today)
    ]
    concerned = {unit_id for _time, _state, unit_id, _standing in found}
    named, names = named_at(concerned, county_id=county_id, on=today), unit_names(concerned)
    open_now = open_tasks(county_id=county_id, unit_ids=concerned) if concerned else ()
    tasks = {(row.unit_id, row.event, row.turn): row for row in open_now}
    made = (
        Turn(
            standing,
            time.due,
            state,
            unit_id,
            names[unit_id],
            named[unit_id],
            tasks.get((unit_id, standing.event.id, time.turn)),
        )
        for time, state, unit_id, standing in found
    )
    return tuple(sorted(made, key=lambda turn: (turn.due, turn.standing.event.id, turn.unit_name)))


def named_at(unit_ids: Collection[int], *, county_id: int, on: date) -> dict[int, str]:
    """Return who is named at each unit for the role it must have; the empty text where nobody is."""
    if not unit_ids:
        return {}
    lacking = set(units_without_named_contact(county_id=county_id, on=on).values_list("pk", flat=True))
    named = contacts_on(unit_ids=unit_ids, on=on)
    return {pk: "" if pk in lacking or not named[pk] else named[pk][0].name for pk in unit_ids}


def _answering(standing: Standing, time: Time, admin: int) -> list[tuple[int, WheelState]]:
    """Return the units an event rests on one time; what the administration does for the county rests on it."""
    if not time.units and standing.event.party in THE_COUNTYS:
        return [(admin, time.state)]
    return [(unit.unit_id, unit.state) for unit in time.units]


def _is_turn(standing: Standing, state: WheelState, begins: date, today: date) -> bool:
    """Say whether it is to be done now. A gap in a streak cannot be made good, so only the time it is counts there."""
    if state is WheelState.DUE:
        return begins <= today
    return state is WheelState.LATE and not standing.is_streak
