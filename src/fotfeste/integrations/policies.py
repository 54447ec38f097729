"""Who may do what with imports."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.verdict import Verdict, allow_if


def import_counties(actor: Actor) -> frozenset[int]:
    """Return the counties for which the actor may take in files."""
    return actor.counties_with(Permission.IMPORT_RUN)


def may_import(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor may take in files for the county. Source: samarbeidsavtalen § 4 (UDA)."""
    allowed = county_id in import_counties(actor)
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen i fylket kan lese inn filer."))
