"""Who may take down what a youth agrees to, and take it back again."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.topics import Scope, Topic
from fotfeste.access.verdict import Verdict, allow_if
from fotfeste.consent.models import EmergencyOpening
from fotfeste.spec import implements


@implements("con-obtained-by")
def may_record_release(
    *, actor: Actor, unit_id: int, county_id: int, granted_units: frozenset[int] = frozenset()
) -> Verdict:
    """
    Say whether the actor may take down what a youth of this unit and county agrees to.

    Those who meet the youth: the responsible unit, the county's coordination, and a unit the youth is opened to.

    :param granted_units: units to which the youth's releases are opened by a grant.
    """
    allowed = actor.may_at(Permission.CONSENT_RECORD, unit_id=unit_id, county_id=county_id) or any(
        each.unit_id in granted_units and Topic.CONSENT in each.topics(Scope.GRANTED) for each in actor.assignments
    )
    return allow_if(allowed, otherwise=_("Du kan ikke registrere samtykke fra denne ungdommen."))


def may_open_in_emergency(*, actor: Actor) -> Verdict:
    """Say whether a role held today may open a youth in an emergency."""
    return allow_if(bool(units_to_open_at(actor)), otherwise=_("Rollen din kan ikke åpne en sak i nødstilfelle."))


def units_to_open_at(actor: Actor) -> tuple[int, ...]:
    """Return the units whose role opens a youth in an emergency, the first held first; the leader there answers."""
    return tuple(dict.fromkeys(a.unit_id for a in _emergency_roles(actor)))


def place_to_open_at(*, actor: Actor, unit_id: int | None) -> Assignment | None:
    """Return the role an opening is booked on: at the unit chosen, or the only one. None when one must be chosen."""
    held = _emergency_roles(actor)
    if unit_id is None and len(units_to_open_at(actor)) > 1:
        return None
    return next((a for a in held if unit_id in {None, a.unit_id}), None)


def _emergency_roles(actor: Actor) -> list[Assignment]:
    return [a for a in actor.assignments if Permission.EMERGENCY_OPEN in ROLES[a.role].permissions]


def may_look_at_emergency(*, actor: Actor, opening: EmergencyOpening) -> Verdict:
    """Say whether the actor answers for the opening: the leader of the opener's unit, or the privacy officer."""
    leads = opening.opened_at_unit_id in actor.led_unit_ids
    watches = any(a.role is Role.PRIVACY_OFFICER and a.county_id == opening.county_id for a in actor.assignments)
    return allow_if(leads or watches, otherwise=_("Bare lederen i enheten og personvernombudet ser på nødåpninger."))
