"""Who may write to units on behalf of the county."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.access.verdict import Verdict, allow_if


def may_remind(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor may remind units of the county of what they owe the education administration."""
    allowed = (actor.is_system and county_id in actor.system_counties) or any(
        a.county_id == county_id and Permission.REMINDER_SEND in ROLES[a.role].permissions for a in actor.assignments
    )
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen i fylket kan sende påminnelser."))
