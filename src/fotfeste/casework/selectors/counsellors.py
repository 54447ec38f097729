"""Who can answer for a youth at a unit: those who follow up there."""

from collections.abc import Iterable
from datetime import date

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES


def counsellors_at(*, unit_ids: Iterable[int], on: date) -> list[tuple[int, int, str]]:
    """Return those who can answer for a youth at any of the units on the day: (unit, user, name), by name."""
    return access.people_at(unit_ids=unit_ids, permission=Permission.CONTACT_REGISTER, on=on)


def units_to_choose_at(actor: Actor) -> frozenset[int]:
    """Return the units at which the actor may choose who answers for a youth."""
    return frozenset(a.unit_id for a in actor.assignments if Permission.COUNSELLOR_ASSIGN in ROLES[a.role].permissions)


def names_to_choose(*, unit_ids: Iterable[int], on: date) -> list[tuple[int, str]]:
    """Return each person who can answer for a youth at any of the units once, by name; of two alike, both."""
    return list(dict.fromkeys((user_id, name) for _unit, user_id, name in counsellors_at(unit_ids=unit_ids, on=on)))
