"""What one may do with what is known about a youth. What one may see is the row policies' business."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.topics import Topic
from fotfeste.access.verdict import Verdict, allow_if
from fotfeste.people.models import Youth


def may_edit_youth(*, actor: Actor, youth: Youth) -> Verdict:
    """Say whether the actor may change who the youth is, how to reach them, or their school history."""
    allowed = actor.may_at(Permission.YOUTH_EDIT, unit_id=youth.unit_id, county_id=youth.county_id)
    sentence = _("Bare enheten som har ansvaret for ungdommen, og Utdanningsadministrasjonen kan endre dette.")
    return allow_if(allowed, otherwise=sentence)


def may_create_youth(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor may enter a youth nobody has registered."""
    allowed = county_id in actor.counties_with(Permission.REGISTRATION_OPEN)
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen kan legge inn en ny ungdom."))


def may_see_protected_address(*, actor: Actor, youth: Youth) -> Verdict:
    """Say whether the actor holds the role for youths under address protection."""
    allowed = actor.knows_in_county(Topic.PROTECTED_ADDRESS, youth.county_id)
    return allow_if(
        allowed,
        otherwise=_("Adressen er beskyttet. Bare den som behandler ungdom med adressebeskyttelse, kan endre den."),
    )


def may_set_protection(*, actor: Actor, youth: Youth) -> Verdict:
    """
    Say whether the actor may record a grade of address protection or lift it.

    Lifting it opens addresses, recording it hides them: both belong to the named handler and the register's import.
    """
    allowed = actor.knows_in_county(Topic.PROTECTED_ADDRESS, youth.county_id)
    return allow_if(
        allowed,
        otherwise=_("Bare den som behandler ungdom med adressebeskyttelse, kan registrere eller oppheve gradering."),
    )


def may_decide_duplicates(*, actor: Actor, youth: Youth) -> Verdict:
    """Say whether the actor may decide that two registrations are one person, or that they are not."""
    allowed = actor.may_at(Permission.MERGE_DECIDE, unit_id=youth.unit_id, county_id=youth.county_id)
    return allow_if(
        allowed, otherwise=_("Bare Utdanningsadministrasjonen avgjør om to registreringer er samme person.")
    )
