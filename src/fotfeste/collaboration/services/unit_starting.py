"""Routines about units that start by themselves: by a contact who is replaced, by a day of the year, by a new list."""

from collections.abc import Iterable
from datetime import date, timedelta

from fotfeste.access import selectors as access
from fotfeste.access.permissions import Permission
from fotfeste.collaboration.enums import Trigger
from fotfeste.collaboration.selectors.kept import Kept
from fotfeste.collaboration.services.unit_work import advance_unit_runs, begin_for_unit
from fotfeste.law.readings import Readings
from fotfeste.law.wheel_days import days_of
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.contacts import Replaced, contacts_replaced
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.spec import implements
from fotfeste.spec.routines import ListDay, list_days, routine_of, starts_on, yearly

#: How long after a contact was replaced the routine still begins, and how long before its day a list step stands open.
_RECENT = timedelta(days=30)
_AHEAD = timedelta(days=14)


def start_for_units(*, county_id: int, by_id: int, on: date) -> None:
    """
    Start the routines about the units of a county that are due, and let those under way go on. Twice does it once.

    Nothing starts in a county where nobody works yet.
    """
    admin_id = units.education_admins().get(county_id)
    if admin_id is not None and access.people_at(unit_ids=[admin_id], permission=Permission.TASK_DO, on=on):
        for replaced in contacts_replaced(county_id=county_id, since=on - _RECENT, on=on):
            _start_change(replaced, by_id)
        readings = readings_for(county_id=county_id)
        _start_year(admin_id, on, readings, by_id)
        _start_list_days(admin_id, on, readings, by_id)
        _start_days_of_each(county_id, on, readings, by_id)
    advance_unit_runs(county_id=county_id, by_id=by_id)


@implements("rut-wash-session")
def start_washes(*, unit_ids: Iterable[int], subject: str, due_on: date, by_id: int) -> None:
    """
    Let some districts go through their new lists, each together with its Nav office. Twice does it once.

    :param subject: the round and its day, as ``otuk-round:5:2026-11-20``.
    """
    kept = Kept()
    for unit in units.units_by_id(list(unit_ids)).values():
        for routine_id, at in starts_on(Trigger.NEW_LIST) if unit.nav_office_id is not None else ():
            begin_for_unit(
                unit_id=unit.pk,
                routine_id=routine_id,
                at=at[0],
                subject=subject,
                trigger=Trigger.NEW_LIST,
                due_on=due_on,
                by_id=by_id,
                kept=kept,
            )


@implements("rut-contact-change")
def _start_change(replaced: Replaced, by_id: int) -> None:
    for routine_id, at in starts_on(Trigger.CONTACT_CHANGED):
        # Only districts have a page of the municipality's to change; the others begin by telling the administration.
        steps = [each.id for each in routine_of(at[0]).steps]
        first = at[0] if replaced.unit_kind == UnitKind.DISTRICT else steps[steps.index(at[0]) + 1]
        begin_for_unit(
            unit_id=replaced.unit_id,
            routine_id=routine_id,
            at=first,
            subject=f"contact:{replaced.contact_id}",
            trigger=Trigger.CONTACT_CHANGED,
            by_id=by_id,
        )


@implements("rut-yearly-agreement")
def _start_year(unit_id: int, on: date, readings: Readings, by_id: int) -> None:
    routine_id, deadline = yearly()
    for each in days_of((deadline,), around=on, readings=readings):
        if each.due - _RECENT <= on <= each.due + _RECENT:
            begin_for_unit(
                unit_id=unit_id,
                routine_id=routine_id,
                at=dict(starts_on(Trigger.NEW_YEAR))[routine_id][0],
                subject=f"year:{each.due.year}",
                trigger=Trigger.NEW_YEAR,
                due_on=each.due,
                by_id=by_id,
            )


def _start_list_days(unit_id: int, on: date, readings: Readings, by_id: int) -> None:
    for each in list_days():
        if routine_of(each.step).step(each.step).parties == ("uda",):
            _start_list_day(each, _days_near(each, on, readings), [unit_id], by_id)


def _start_days_of_each(county_id: int, on: date, readings: Readings, by_id: int) -> None:
    """Start what each unit of a kind does for its own youths, where somebody works."""
    for each in list_days():
        days = _days_near(each, on, readings) if each.at else []
        if days:
            there = units.units(kinds=(UnitKind(each.at),), county_id=county_id, on=on).filter(
                takes_responsibility=True
            )
            ids = list(there.values_list("pk", flat=True))
            staffed = {at for at, _id, _name in access.people_at(unit_ids=ids, permission=Permission.TASK_DO, on=on)}
            _start_list_day(each, days, sorted(staffed), by_id)


def _days_near(each: ListDay, on: date, readings: Readings) -> list[date]:
    """Return the days of a list for which one begins on a day."""
    days = (one.due for one in days_of((each.deadline,), around=on, readings=readings))
    # What is sent and then answered is followed also by a county that began to work here in between.
    after = _AHEAD if each.goes_on else timedelta()
    return [day for day in days if day - _AHEAD <= on <= day + after]


def _start_list_day(each: ListDay, days: Iterable[date], unit_ids: Iterable[int], by_id: int) -> None:
    for day in days:
        for unit_id in unit_ids:
            begin_for_unit(
                unit_id=unit_id,
                routine_id=routine_of(each.step).id,
                at=each.step,
                subject=f"list:{each.deadline}:{day.isoformat()}",
                trigger=Trigger.LIST_DAY,
                due_on=day,
                by_id=by_id,
                is_for_list=True,
            )
