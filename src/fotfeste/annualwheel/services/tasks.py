"""
The tasks of the year, kept in step with what the year asks and with what shows it done.

Run again on a day it changes nothing. A task is made on its day, given to whoever is named at the unit, moved when the
county moves the day, goes on to others when it is not done, and is closed by what shows it done.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction

from fotfeste.access import selectors as access
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.annualwheel.enums import WheelTaskMove as Move
from fotfeste.annualwheel.enums import WheelTaskState as State
from fotfeste.annualwheel.models import WheelTask, WheelTaskEvent
from fotfeste.annualwheel.selectors.due import RECENT, Due, all_due, years_around
from fotfeste.kernel import clock
from fotfeste.law.readings import Readings
from fotfeste.law.school_year import school_year_of
from fotfeste.law.wheel_tasks import ADMIN, LEADER, goes_on_from
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.contacts import responsible_contacts
from fotfeste.organisations.selectors.readings import readings_for

_ONE_AT_A_TIME = 0x0F09


@dataclass(slots=True)
class Kept:
    """What one run knows, and what it has done."""

    by_id: int
    on: date
    admin: int
    readings: Readings
    contacts: dict[int, Any]
    led: frozenset[int]
    told: list[WheelTaskEvent] = field(default_factory=list)

    def tell(self, task: WheelTask, move: Move, *, to_day: date | None = None) -> None:
        """Note what became of a task."""
        row = WheelTaskEvent(task=task, move=move, on=self.on, contact_id=task.contact_id, to_day=to_day)
        row.by_id, row.at = self.by_id, clock.now()
        self.told.append(row)


@transaction.atomic
def keep_tasks(*, county_id: int, by_id: int, on: date, only: str = "") -> int:
    """
    Bring the tasks of a county's year up to a day; return how many stand open after it.

    Nothing is made in a county where nobody works yet.

    :param only: the id of one event, when no other can have changed.
    """
    admin = units.education_admins().get(county_id)
    if admin is None or not access.people_at(unit_ids=[admin], permission=Permission.TASK_DO, on=on):
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, county_id])
    rows = {(row.unit_id, row.event, row.turn): row for row in _rows(county_id, on, only)}
    undone = [row for row in rows.values() if row.state in {State.OPEN, State.MISSED}]
    still = {(school_year_of(row.due_on), row.event) for row in undone}
    every = {due.key: due for due in all_due(county_id=county_id, on=on, still=still, only=only)}
    concerned = {due.unit_id for due in every.values()} | {row.unit_id for row in rows.values()}
    kept = _kept(county_id, admin, concerned, by_id, on)
    _make(kept, [due for key, due in every.items() if key not in rows])
    for key, row in rows.items():
        _keep(kept, row, every.get(key))
    WheelTaskEvent.objects.bulk_create(kept.told)
    return WheelTask.objects.filter(unit__county_id=county_id, state=State.OPEN).count()


def _rows(county_id: int, on: date, only: str) -> list[WheelTask]:
    """Return the tasks that stand open, and those of the times asked of now, locked."""
    earliest = years_around(on)[0].first_day - RECENT
    rows = WheelTask.objects.select_for_update(of=("self",)).filter(unit__county_id=county_id)
    if only:
        rows = rows.filter(event=only)
    return list((rows.filter(state=State.OPEN) | rows.filter(due_on__gte=earliest)).order_by("pk"))


def _kept(county_id: int, admin: int, concerned: set[int], by_id: int, on: date) -> Kept:
    leading = access.roles_at(on=on, unit_ids=concerned).filter(role__in=[Role.UNIT_LEADER, Role.COUNTY_LEADER])
    return Kept(
        by_id=by_id,
        on=on,
        admin=admin,
        readings=readings_for(county_id=county_id),
        contacts=responsible_contacts(unit_ids=concerned, on=on),
        led=frozenset(leading.values_list("unit_id", flat=True)),
    )


def _make(kept: Kept, every: Iterable[Due]) -> None:
    rows = []
    for due in every:
        if due.done_on is None and not due.is_over and due.given_on <= kept.on <= due.due_on + RECENT:
            contact = kept.contacts.get(due.unit_id)
            row = WheelTask(unit_id=due.unit_id, event=due.event_id, turn=due.turn, due_on=due.due_on)
            row.opened_on, row.contact, row.given_on = kept.on, contact, kept.on if contact else None
            rows.append((row, due))
    WheelTask.objects.bulk_create(row for row, _due in rows)
    for row, due in rows:
        kept.tell(row, Move.MADE if row.contact_id else Move.UNNAMED, to_day=row.due_on)
        _go_on(kept, row, due.late_from)


def _keep(kept: Kept, row: WheelTask, due: Due | None) -> None:
    """Bring one task in step with what is asked now; None when it is asked no more."""
    if due is None or due.done_on is not None or due.is_over:
        to = State.DROPPED if due is None else State.DONE if due.done_on else State.MISSED
        if row.state == State.OPEN or (to == State.DONE and row.state != to):
            _close(kept, row, to, due.done_on if due else None)
        return
    if row.state != State.OPEN:
        if kept.on > due.due_on + RECENT:
            return
        row.state, row.done_on, row.closed_at = State.OPEN, None, None
        row.save(update_fields=["state", "done_on", "closed_at"])
        kept.tell(row, Move.REOPENED)
    if row.due_on != due.due_on:
        row.due_on = due.due_on
        if due.due_on >= kept.on:
            row.leader_on = row.admin_on = None
        row.save(update_fields=["due_on", "leader_on", "admin_on"])
        kept.tell(row, Move.MOVED, to_day=due.due_on)
    contact = kept.contacts.get(row.unit_id)
    if row.contact_id != (contact.pk if contact else None):
        row.contact, row.given_on = contact, kept.on if contact else None
        row.save(update_fields=["contact", "given_on"])
        kept.tell(row, Move.GIVEN if contact else Move.UNNAMED)
    _go_on(kept, row, due.late_from)


def _close(kept: Kept, row: WheelTask, to: State, done_on: date | None) -> None:
    row.state, row.done_on, row.closed_at = to, done_on, clock.now()
    row.save(update_fields=["state", "done_on", "closed_at"])
    kept.tell(row, Move(to.value), to_day=done_on)


def _go_on(kept: Kept, row: WheelTask, late_from: date) -> None:
    """Let a task that is not done go on to the leader, and to the administration; past a unit that nobody leads."""
    to_leader = goes_on_from(late_from, LEADER, kept.on, kept.readings)
    to_admin = goes_on_from(late_from, ADMIN, kept.on, kept.readings)
    has_leader = row.unit_id in kept.led
    if row.leader_on is None and has_leader and to_leader and to_leader <= kept.on:
        row.leader_on = kept.on
        row.save(update_fields=["leader_on"])
        kept.tell(row, Move.TO_LEADER)
    if to_admin and to_leader and not has_leader:
        to_admin = min(to_admin, to_leader)
    if row.admin_on is None and row.unit_id != kept.admin and to_admin and to_admin <= kept.on:
        row.admin_on = kept.on
        row.save(update_fields=["admin_on"])
        kept.tell(row, Move.TO_ADMIN)
