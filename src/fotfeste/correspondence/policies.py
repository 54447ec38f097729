"""Who may write to units and to youths on behalf of the county."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.access.topics import Topic
from fotfeste.access.verdict import Verdict, allow_if


def may_remind(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor may remind units of the county of what they owe the education administration."""
    allowed = (actor.is_system and county_id in actor.system_counties) or any(
        a.county_id == county_id and Permission.REMINDER_SEND in ROLES[a.role].permissions for a in actor.assignments
    )
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen i fylket kan sende påminnelser."))


def may_prepare_letters(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor writes to the county's youths: its texts, and mailings to be approved by another."""
    allowed = county_id in actor.counties_with(Permission.LETTER_PREPARE)
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen i fylket skriver til ungdommene."))


def may_approve_mailing(*, actor: Actor, county_id: int, prepared_by_id: int) -> Verdict:
    """Say whether the actor may let a mailing go: somebody of the administration who did not prepare it."""
    if county_id not in actor.counties_with(Permission.LETTER_APPROVE) or actor.is_system:
        return Verdict(False, _("Bare Utdanningsadministrasjonen i fylket kan godkjenne utsendelser."))
    return allow_if(
        actor.user_id != prepared_by_id, otherwise=_("Utsendelsen godkjennes av en annen enn den som laget den.")
    )


def may_send_own_channel(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor handles letters to those under protection."""
    allowed = not actor.is_system and actor.knows_in_county(Topic.PROTECTED_ADDRESS, county_id)
    return allow_if(allowed, otherwise=_("Bare den som behandler skjermede ungdommer, kan gjøre dette."))


def may_handle_letter(*, actor: Actor, unit_id: int, county_id: int) -> Verdict:
    """Say whether the actor follows up what came back of a letter: the responsible unit and the administration."""
    allowed = actor.may_at(Permission.CONTACT_REGISTER, unit_id=unit_id, county_id=county_id)
    return allow_if(allowed, otherwise=_("Bare enheten som har ansvaret for ungdommen, kan gjøre dette."))
