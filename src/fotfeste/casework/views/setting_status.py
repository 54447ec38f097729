"""Whether to offer somebody to set a status: asked before the form is shown; the services ask again."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.casework import policies
from fotfeste.casework.selectors.opened_to import registrar_units
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.organisations.selectors.readings import readings_on


def offers(*, actor: Actor, registration: Any, on: date) -> tuple[bool, bool]:
    """Return whether the actor may set the status of a case today, and say that it still holds."""
    place = {"unit_id": registration.unit_id, "county_id": registration.county_id}
    if all(actor.may_at(permission, **place) for permission in (Permission.STATUS_SET, Permission.STATUS_CONFIRM)):
        return True, True
    grounds = {
        "registration": registration,
        "readings": _readings(actor, registration, on),
        "registrar_units": _registrars(actor, registration, on),
    }
    return (
        bool(policies.may_set_status(actor=actor, **grounds)),
        bool(policies.may_confirm_status(actor=actor, **grounds)),
    )


def must_set(*, actor: Actor, registration: Any, on: date) -> None:
    """
    Stop whoever may not set the status.

    :raises PermissionDenied: the actor may not.
    """
    if not offers(actor=actor, registration=registration, on=on)[0]:
        raise PermissionDenied


def _registrars(actor: Actor, registration: Any, on: date) -> frozenset[int]:
    if not actor.has(Permission.STATUS_SET):
        return frozenset()
    return registrar_units(youth_id=registration.youth_id, on=on)


def _readings(actor: Actor, registration: Any, on: date) -> ReadingsOnDay | None:
    """Return the county's readings where they make a difference: only districts may be let set a status (amb-57)."""
    if actor.role is not Role.DISTRICT_CONTACT:
        return None
    try:
        return readings_on(county_id=registration.county_id, on=on)
    except BeforeOurHorizon:
        return None
