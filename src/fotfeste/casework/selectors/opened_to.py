"""Units the case is opened to by a grant: those that follow the youth up, and the school that registers (amb-33)."""

from collections.abc import Iterable
from datetime import date, datetime

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework import policies
from fotfeste.people.selectors.youths import youths_by_id


def follower_units(*, youth_id: int, on: date) -> frozenset[int]:
    """Return the units the status is opened to for following the youth up; a school that registers is none of them."""
    opened = access.grants_about(youth_id=youth_id, on=on)
    units = {each.unit_id for each in opened if each.topic == Topic.STATUS and each.ground != Ground.STATUS_REGISTRAR}
    return frozenset(unit_id for unit_id in units if unit_id is not None)


def registrar_units(*, youth_id: int, on: date) -> frozenset[int]:
    """Return the school that registers the youth's status by a grant, as far as the actor may see it; or nothing."""
    return registrar_units_of_each(youth_ids=[youth_id], on=on).get(youth_id, frozenset())


def registrar_units_of_each(*, youth_ids: Iterable[int], on: date) -> dict[int, frozenset[int]]:
    """Return the same for each of several youths; of a youth registered by none, nothing."""
    return access.units_granted_of_each(youth_ids=youth_ids, topic=Topic.STATUS, on=on, ground=Ground.STATUS_REGISTRAR)


def youths_registered_for(*, unit_ids: Iterable[int], on: date) -> frozenset[int]:
    """Return the youths whose status some schools register though another unit is responsible."""
    return access.youths_open_to(ground=Ground.STATUS_REGISTRAR, on=on, unit_ids=unit_ids)


def registers_for(*, actor: Actor, youth_id: int, on: date) -> bool:
    """Say whether the actor's school registers the status of this youth by a grant."""
    return bool(actor.unit_ids & registrar_units(youth_id=youth_id, on=on))


def emergency_until(*, actor: Actor, youth_id: int, on: date) -> datetime | None:
    """Return when the youth closes again to the actor, who opened it in an emergency; None for everybody else."""
    opened = access.grants_about(youth_id=youth_id, on=on)
    ends = [each.closes_at for each in opened if each.user_id == actor.user_id and each.closes_at]
    return max(ends, default=None)


def youths_to_contact(*, actor: Actor, youth_ids: Iterable[int]) -> frozenset[int]:
    """Return those whose contact attempts the actor's own unit registers. A list alone opens no attempts."""
    found = youths_by_id(youth_ids).values()
    return frozenset(
        each.pk
        for each in found
        if policies.may_register_contact(actor=actor, unit_id=each.unit_id, county_id=each.county_id)
    )
