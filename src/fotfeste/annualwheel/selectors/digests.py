"""Who is to be reminded of the year by e-mail, of how many tasks, and what each has chosen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from fotfeste.access import selectors as access
from fotfeste.access.roles import Role
from fotfeste.annualwheel.enums import DigestOften
from fotfeste.annualwheel.models import DigestChoice, DigestMail, WheelTask
from fotfeste.annualwheel.selectors.tasks import open_tasks
from fotfeste.law.wheel_tasks import choices_of_digest
from fotfeste.law.working_days import is_working_day, next_working_day
from fotfeste.organisations.selectors.contacts import responsible_contacts
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.organisations.selectors.units import education_admins

#: What is due so soon is told of each day.
SOON = timedelta(days=3)


@dataclass(slots=True)
class Reminder:
    """What one address is to be told: the days its tasks came to it, and how many are due soon or late."""

    allowed: set[str]
    came: list[date] = field(default_factory=list)
    soon: int = 0
    late: int = 0

    def new_since(self, last: date | None) -> int:
        """Return how many came after the last reminder."""
        return sum(last is None or day > last for day in self.came)


def reminders(*, county_ids: Iterable[int], on: date) -> dict[str, Reminder]:
    """
    Return whom to remind on a day, by address in small letters, and of what.

    A task is told of to who is named for it. Where nobody is, whoever leads the unit is told; where nobody does, and
    once a task has gone on so far, the education administration.
    """
    found: dict[str, Reminder] = {}
    for county_id in county_ids:
        admin = education_admins().get(county_id)
        if admin is None:
            continue
        allowed = set(choices_of_digest(on, readings_for(county_id=county_id)))
        at_admin = _at_administration(admin, on)
        led: dict[int, list[str]] = {}
        for task in open_tasks(county_id=county_id):
            for address, since in _told(task, led, at_admin, on).items():
                mine = found.setdefault(address.lower(), Reminder(set(DigestOften.values)))
                mine.allowed &= allowed
                mine.came.append(since)
                mine.late += task.due_on < on
                mine.soon += on <= task.due_on <= on + SOON
    return found


def _told(task: WheelTask, led: dict[int, list[str]], at_admin: list[str], on: date) -> dict[str, date]:
    """Return who is told of a task, each with the day it came to them."""
    told: dict[str, date] = {}
    leaders: list[str] = []
    if task.leader_on or task.contact is None:
        if task.unit_id not in led:
            roles = (Role.UNIT_LEADER, Role.COUNTY_LEADER)
            led[task.unit_id] = access.emails_of(roles=roles, on=on, unit_ids=[task.unit_id])
        leaders = led[task.unit_id]
    if task.admin_on or (task.contact is None and not leaders):
        told |= dict.fromkeys(at_admin, task.admin_on or task.opened_on)
    told |= dict.fromkeys(leaders, task.leader_on or task.opened_on)
    if task.contact is not None and task.contact.email:
        told[task.contact.email] = task.given_on or task.opened_on
    return told


def _at_administration(admin: int, on: date) -> list[str]:
    named = responsible_contacts(unit_ids=[admin], on=on).get(admin)
    if named is not None and named.email:
        return [named.email]
    return access.emails_of(roles=[Role.EDUCATION_ADMIN], on=on, unit_ids=[admin])


def is_weekly_day(on: date) -> bool:
    """Return whether a day is the first working day of its week, on which those who chose it are reminded."""
    return is_working_day(on) and next_working_day(on - timedelta(days=on.weekday())) == on


def often_of(*, user_ids: Iterable[int]) -> dict[int, str]:
    """Return how often users have chosen to be reminded; nobody who has not chosen."""
    rows = DigestChoice.objects.filter(user_id__in=list(user_ids)).order_by("chosen_at", "pk")
    return dict(rows.values_list("user_id", "often"))


def as_allowed(often: str, allowed: Iterable[str]) -> str:
    """Return what somebody has chosen, or the most seldom their county lets them choose where it does not."""
    order = [each.value for each in (DigestOften.OFF, DigestOften.WEEKLY, DigestOften.DAILY)]
    return next((each for each in order[order.index(often) :] if each in allowed), DigestOften.DAILY.value)


def last_reminded(*, addresses: Iterable[str], before: date) -> dict[str, date]:
    """Return the last day before another on which each address was reminded."""
    rows = DigestMail.objects.filter(address__in=list(addresses), on__lt=before, state="sent").order_by("on")
    return dict(rows.values_list("address", "on"))
