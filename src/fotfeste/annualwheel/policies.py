"""Whose share of the year an actor may look at."""

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.access.topics import Scope, Topic


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
