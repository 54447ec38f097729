"""Who may do what with lists."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.access.topics import Scope, Topic
from fotfeste.access.verdict import Verdict, allow_if
from fotfeste.lists.models import SavedFilter


def may_freeze_round(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor may make the county's OTUK lists. Source: samarbeidsavtalen § 4 (UDA)."""
    allowed = county_id in actor.counties_with(Permission.OTUK_MAKE)
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen i fylket lager OTUK-lister."))


def round_counties(actor: Actor) -> frozenset[int]:
    """Return the counties whose OTUK lists the actor makes."""
    return frozenset() if actor.is_system else actor.counties_with(Permission.OTUK_MAKE)


def asked_units(actor: Actor) -> frozenset[int]:
    """Return the units on whose behalf the actor answers the lists."""
    needed = {Permission.OTUK_VIEW, Permission.FEEDBACK_SEND}
    return frozenset(a.unit_id for a in actor.assignments if needed <= ROLES[a.role].permissions)


def may_close_list(*, actor: Actor, county_id: int, unit_id: int) -> Verdict:
    """Say whether the actor may close a district's list: who answers for it, and whoever makes the county's lists."""
    allowed = unit_id in asked_units(actor) or county_id in round_counties(actor)
    return allow_if(allowed, otherwise=_("Bare bydelen selv og Utdanningsadministrasjonen avslutter listen."))


def may_see_board(*, actor: Actor, county_id: int, unit_id: int) -> Verdict:
    """Say whether the actor may open a unit's board: the unit itself, and whoever makes the county's lists."""
    allowed = unit_id in asked_units(actor) or county_id in round_counties(actor)
    return allow_if(allowed, otherwise=_("Listen er en annen enhets."))


def list_is_taken_out_of(actor: Actor) -> tuple[frozenset[int], frozenset[int]]:
    """Return the units, and the counties as a whole, whose youths the actor may take out in a file."""
    held = [each for each in actor.assignments if Permission.WORKLIST_EXPORT in ROLES[each.role].permissions]
    whole = frozenset(each.county_id for each in held if Topic.STATUS in each.topics(Scope.COUNTY))
    return frozenset(each.unit_id for each in held), whole


def may_delete_filter(*, actor: Actor, kept: SavedFilter) -> Verdict:
    """Say whether the actor may delete a saved filter: its owner, and whoever leads the unit it is shared at."""
    allowed = kept.user_id == actor.user_id or kept.shared_with_id in actor.led_unit_ids
    return allow_if(allowed, otherwise=_("Bare den som delte filteret, og lederen ved enheten kan slette det."))


def may_open_wash(*, actor: Actor, county_id: int, district_id: int) -> Verdict:
    """Say whether the actor goes through a district's list with Nav: the district, and whoever makes the lists."""
    allowed = district_id in asked_units(actor) or county_id in round_counties(actor)
    return allow_if(allowed, otherwise=_("Bare bydelen selv og Utdanningsadministrasjonen går gjennom listen med Nav."))


def may_take_out_wash(*, actor: Actor, county_id: int, district_id: int, office_id: int) -> Verdict:
    """Say whether the actor may have the washed list as a file: who goes through it, and the office that is asked."""
    goes_through = may_open_wash(actor=actor, county_id=county_id, district_id=district_id)
    return goes_through if goes_through else may_answer_wash(actor=actor, office_id=office_id)


def may_answer_wash(*, actor: Actor, office_id: int) -> Verdict:
    """Say whether the actor answers for the Nav office that is asked."""
    allowed = office_id in asked_units(actor)
    return allow_if(allowed, otherwise=_("Bare OT-ansvarlig ved Nav-kontoret svarer for Nav."))
