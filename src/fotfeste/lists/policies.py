"""Who may do what with lists."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.verdict import Verdict, allow_if


def may_freeze_round(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor may make the county's OTUK lists. Source: samarbeidsavtalen § 4 Utdanningsadministrasjonen."""
    allowed = actor.has(Permission.OTUK_MAKE) and county_id in actor.county_ids
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen i fylket lager OTUK-lister."))
