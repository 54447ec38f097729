"""Who may do what in oversight. What one may see is the row policies' business."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.verdict import Verdict, allow_if


def may_copy_person(*, actor: Actor) -> Verdict:
    """
    Say whether the actor hands out copies to those they are about.

    Source: personvernforordningen art. 15.
    """
    return allow_if(actor.has(Permission.PERSON_COPY), otherwise=_("Bare personvernombudet tar ut en slik kopi."))


def may_look_at_flag(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor looks after the log of the county."""
    allowed = county_id in actor.counties_with(Permission.AUDIT_READ)
    return allow_if(allowed, otherwise=_("Bare personvernombudet i fylket ser på uvanlige oppslag."))


def may_place_hold(*, actor: Actor, county_id: int) -> Verdict:
    """
    Say whether the actor decides that nothing about somebody in the county is disposed of.

    Source: personvernforordningen art. 17 nr. 3; arkivforskrifta § 5.
    """
    allowed = county_id in actor.counties_with(Permission.HOLD_PLACE)
    return allow_if(allowed, otherwise=_("Bare personvernombudet i fylket bestemmer at noe ikke skal kasseres."))


def may_decide_disposal(*, actor: Actor, county_id: int) -> Verdict:
    """
    Say whether the actor proposes, approves and withdraws disposals in the county. Nobody approves one's own proposal.

    Source: arkivforskrifta § 5 (controlled disposal).
    """
    allowed = not actor.is_system and county_id in actor.counties_with(Permission.DISPOSAL_DECIDE)
    return allow_if(
        allowed, otherwise=_("Bare Utdanningsadministrasjonen og personvernombudet i fylket avgjør kassasjon.")
    )
