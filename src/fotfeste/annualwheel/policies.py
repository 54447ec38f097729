"""Whose share of the year an actor may look at, and who may say that something is done or change the wheel."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.access.topics import Scope, Topic
from fotfeste.access.verdict import Verdict, allow_if

#: No role is held at it, so only one that reaches over the whole county can answer.
_NO_UNIT = 0


def units_shown(*, actor: Actor, county_id: int) -> frozenset[int] | None:
    """
    Return the units whose share of the year the actor is shown; None means every unit of the county.

    Those who coordinate or lead the county's service see every unit, the others the units at which they hold a role.
    """
    held = [assignment for assignment in actor.assignments if assignment.county_id == county_id]
    for assignment in held:
        leads = Permission.FIGURES_VIEW in ROLES[assignment.role].permissions
        if leads and Topic.STATUS in assignment.topics(Scope.COUNTY):
            return None
    return frozenset(assignment.unit_id for assignment in held)


def may_record(*, actor: Actor, county_id: int, unit_id: int | None) -> Verdict:
    """
    Say whether the actor may write down that an event of the year is done: for its own unit, or as coordinating the
    county for every unit and for what is the county's.
    """
    at = _NO_UNIT if unit_id is None else unit_id
    allowed = actor.may_at(Permission.WHEEL_RECORD, unit_id=at, county_id=county_id)
    return allow_if(allowed, otherwise=_("Bare enheten selv og Utdanningsadministrasjonen kan føre at det er gjort."))


def may_edit_wheel(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor may change the county's wheel of the year."""
    allowed = actor.may_at(Permission.WHEEL_EDIT, unit_id=_NO_UNIT, county_id=county_id)
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen kan endre fylkets årshjul."))
