"""What one may do in a case. What one may see is the row policies' business."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.policies import counties_administered, units_reviewed
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.topics import Scope, Topic
from fotfeste.access.verdict import Verdict, allow_if
from fotfeste.casework.enums import FeedbackCategory
from fotfeste.casework.models import Feedback, Registration
from fotfeste.law.readings import PROPOSED, ReadingsOnDay
from fotfeste.law.status_rules import RoleParty
from fotfeste.law.status_rules import may_set_status as law_may_set_status
from fotfeste.spec import implements

_PARTIES = {
    Role.COUNSELLOR: RoleParty.UPPER_SECONDARY_SCHOOL,
    Role.EDUCATION_ADMIN: RoleParty.EDUCATION_ADMINISTRATION,
    Role.DISTRICT_CONTACT: RoleParty.DISTRICT,
    Role.NAV_RESPONSIBLE: RoleParty.NAV,
    Role.APPRENTICESHIP_ADVISER: RoleParty.APPRENTICESHIP_DEPARTMENT,
    Role.ADULT_EDUCATION_ADVISER: RoleParty.ADULT_EDUCATION,
}


def _only_administration(allowed: object) -> Verdict:
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen kan gjøre dette."))


@implements("rule-school-registers", "rule-district-reports-only", "rule-nav-answers-only", "amb-57", "amb-33")
def may_set_status(
    *,
    actor: Actor,
    registration: Registration,
    readings: ReadingsOnDay | None = None,
    registrar_units: frozenset[int] = frozenset(),
) -> Verdict:
    """
    Say whether the actor may set or correct the status: the responsible school and the education administration.

    Districts and Nav are told why not, and what to do instead. A county that has read the agreement otherwise
    (amb-57) lets the responsible district too.

    :param registrar_units: the school that registers though it is not responsible, for a former apprentice (amb-33).
    """
    if registrar_units & _units_with(actor, Permission.STATUS_SET):
        return Verdict(True)
    place = {"unit_id": registration.unit_id, "county_id": registration.county_id}
    if actor.may_at(Permission.STATUS_SET, **place):
        return Verdict(True)
    party = _PARTIES.get(actor.role, RoleParty.OTHER) if actor.role else RoleParty.OTHER
    decision = law_may_set_status(party, readings or PROPOSED.on(registration.first_day))
    if decision.outcome and party is RoleParty.DISTRICT:
        return allow_if(actor.may_at(Permission.FEEDBACK_SEND, **place), otherwise=_not_responsible())
    if decision.outcome:
        return Verdict(False, _not_responsible())
    sentence = decision.reasons[0].sentence(_)
    if actor.has(Permission.FEEDBACK_SEND):
        sentence = f"{sentence} {_('Bruk «Send tilbakemelding».')}"
    return Verdict(False, sentence)


def _is_district(actor: Actor) -> bool:
    return actor.role is Role.DISTRICT_CONTACT


def _districts_set(readings: ReadingsOnDay | None) -> bool:
    return readings is not None and law_may_set_status(RoleParty.DISTRICT, readings).outcome


def _not_responsible() -> str:
    return _("Bare skolen som har ansvaret for ungdommen, og Utdanningsadministrasjonen setter status.")


def may_confirm_status(
    *,
    actor: Actor,
    registration: Registration,
    readings: ReadingsOnDay | None = None,
    registrar_units: frozenset[int] = frozenset(),
) -> Verdict:
    """
    Say whether the actor may say that the status still holds.

    :param readings: and ``registrar_units``, as for setting it.
    """
    place = {"unit_id": registration.unit_id, "county_id": registration.county_id}
    allowed = (
        actor.may_at(Permission.STATUS_CONFIRM, **place)
        or registrar_units & _units_with(actor, Permission.STATUS_CONFIRM)
        or (_is_district(actor) and _districts_set(readings) and actor.may_at(Permission.FEEDBACK_SEND, **place))
    )
    return allow_if(allowed, otherwise=_not_responsible())


def may_register_contact(
    *, actor: Actor, unit_id: int, county_id: int, granted_units: frozenset[int] = frozenset()
) -> Verdict:
    """
    Say whether the actor may register a contact attempt with a youth of this unit and county.

    :param granted_units: units the status is opened to by a grant for following it up; a place on a list opens none.
    """
    allowed = actor.may_at(Permission.CONTACT_REGISTER, unit_id=unit_id, county_id=county_id) or (
        granted_units & _units_with(actor, Permission.CONTACT_REGISTER)
    )
    return allow_if(allowed, otherwise=_("Du kan ikke registrere kontakt med denne ungdommen."))


def may_keep_remark(*, actor: Actor, unit_id: int, county_id: int) -> Verdict:
    """
    Say whether the actor answers for what is corrected about a youth of this unit and county.

    Source: personvernforordningen art. 16.
    """
    allowed = actor.may_at(Permission.YOUTH_EDIT, unit_id=unit_id, county_id=county_id)
    return allow_if(allowed, otherwise=_("Krav om retting besvares av dem som kan rette."))


def may_write_note(*, actor: Actor, unit_id: int, county_id: int) -> Verdict:
    """Say whether the actor may write in the journal: a role that both may write and may read it for this youth."""
    if actor.is_system:
        return allow_if(county_id in actor.system_counties, otherwise=_("Ungdommen hører til et annet fylke."))
    allowed = any(
        Permission.JOURNAL_WRITE in ROLES[a.role].permissions
        and (
            (a.unit_id == unit_id and Topic.JOURNAL in a.topics(Scope.UNIT))
            or (a.county_id == county_id and Topic.JOURNAL in a.topics(Scope.COUNTY))
        )
        for a in actor.assignments
    )
    return allow_if(allowed, otherwise=_("Journalen føres av enheten som har ansvaret for ungdommen."))


def may_send_feedback(
    *, actor: Actor, from_unit_id: int, unit_id: int, granted_units: frozenset[int] = frozenset()
) -> Verdict:
    """
    Say whether the actor may report about a youth on behalf of a unit: one responsible for it, or asked about it.

    :param granted_units: units the youth is opened to by a grant.
    """
    allowed = from_unit_id in _units_with(actor, Permission.FEEDBACK_SEND) and (
        from_unit_id == unit_id or from_unit_id in granted_units
    )
    return allow_if(allowed, otherwise=_("Enheten din er ikke spurt om denne ungdommen, og kan ikke melde fra."))


def may_withdraw_feedback(*, actor: Actor, feedback: Feedback) -> Verdict:
    """Say whether the actor may take back a message: somebody of the unit it came from."""
    allowed = feedback.from_unit_id in _units_with(actor, Permission.FEEDBACK_SEND)
    return allow_if(allowed, otherwise=_("Bare enheten som sendte meldingen, kan trekke den tilbake."))


def may_handle_feedback(*, actor: Actor, feedback: Feedback, registrar_units: frozenset[int] = frozenset()) -> Verdict:
    """
    Say whether the actor may turn a message into a status or send it back.

    :param registrar_units: the school that registers the status of a former apprentice; it acts on what the responsible
        unit reports, but for a move, which is checked in the population register.
    """
    is_theirs = feedback.from_unit_id == feedback.unit_id and feedback.category != FeedbackCategory.MOVED
    if is_theirs and registrar_units & _units_with(actor, Permission.STATUS_SET):
        return Verdict(True)
    return _only_administration(
        actor.may_at(Permission.FEEDBACK_HANDLE, unit_id=feedback.unit_id, county_id=feedback.county_id)
    )


def may_open_registration(*, actor: Actor, unit_id: int, county_id: int) -> Verdict:
    """Say whether the actor may register a youth with the service, carry a registration over, or close it."""
    return _only_administration(actor.may_at(Permission.REGISTRATION_OPEN, unit_id=unit_id, county_id=county_id))


def may_assign_responsibility(*, actor: Actor, unit_id: int, county_id: int) -> Verdict:
    """Say whether the actor may decide which unit answers for a youth."""
    return _only_administration(actor.may_at(Permission.RESPONSIBILITY_ASSIGN, unit_id=unit_id, county_id=county_id))


def may_assign_counsellor(*, actor: Actor, unit_id: int) -> Verdict:
    """Say whether the actor may choose who answers for a youth at the unit: somebody who works there. No one above."""
    allowed = unit_id in _units_with(actor, Permission.COUNSELLOR_ASSIGN)
    return allow_if(allowed, otherwise=_("Bare enheten som har ansvaret for ungdommen, velger ansvarlig person."))


def may_change_counsellor(
    *, actor: Actor, unit_id: int, now_id: int | None, to_id: int | None, now_is_gone: bool = False
) -> Verdict:
    """
    Say whether the actor may let another answer for a youth at once (docs/adr/0060).

    The leader shares out, whoever takes a youth upon themselves has said yes by it, and nobody is asked of a youth that
    is nobody's. Otherwise it is offered, and whoever answers does so until the other has said yes.

    :param now_id: who answers now, and ``now_is_gone`` whether they follow up nobody there any more.
    :param to_id: who is to; None for nobody.
    """
    allowed = unit_id in actor.led_unit_ids or now_id is None or now_is_gone or to_id == actor.user_id
    return allow_if(
        allowed, otherwise=_("Noen svarer for ungdommen. Tilby den til kollegaen, eller be lederen om det.")
    )


def may_offer_counsellor(*, actor: Actor, unit_id: int, now_id: int | None) -> Verdict:
    """Say whether the actor may offer a colleague a youth: whoever answers for it, and the leader on their behalf."""
    allowed = (
        now_id is not None
        and unit_id in _units_with(actor, Permission.COUNSELLOR_ASSIGN)
        and (now_id == actor.user_id or unit_id in actor.led_unit_ids)
    )
    return allow_if(
        allowed, otherwise=_("Bare den som svarer for ungdommen, og lederen, kan tilby den til en kollega.")
    )


def may_choose_reading(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor may decide how the county reads what the documents leave open."""
    return _only_administration(actor.may_at(Permission.READING_CHOOSE, unit_id=0, county_id=county_id))


def may_explain(*, actor: Actor, unit_id: int, county_id: int) -> Verdict:
    """Say whether the actor knows all the facts the rules judge by. With half of them the answer would be wrong."""
    needed = {Topic.IDENTITY, Topic.STATUS, Topic.EDUCATION, Topic.ADDRESS}
    allowed = county_id in actor.system_counties or any(
        (a.unit_id == unit_id and needed <= a.topics(Scope.UNIT))
        or (a.county_id == county_id and needed <= a.topics(Scope.COUNTY))
        for a in actor.assignments
    )
    return allow_if(allowed, otherwise=_("Reglene kan bare prøves av den som ser skolehistorikk og adresse."))


def _units_with(actor: Actor, permission: Permission) -> frozenset[int]:
    return frozenset(a.unit_id for a in actor.assignments if permission in ROLES[a.role].permissions)


def may_give_substitute(*, actor: Actor, absent_id: int, unit_id: int, county_id: int) -> Verdict:
    """
    Say whether the actor may give one who is away a substitute: oneself, one's leader, who administers access.

    :param absent_id: who is to be away.
    """
    is_own = absent_id == actor.user_id and unit_id in _units_with(actor, Permission.SUBSTITUTE_GIVE)
    return allow_if(
        is_own or may_give_for_others(actor=actor, unit_id=unit_id, county_id=county_id),
        otherwise=_(
            "Bare den som blir borte, lederen i enheten og den som styrer tilganger i fylket, kan gi en vikar."
        ),
    )


def may_give_for_others(*, actor: Actor, unit_id: int, county_id: int) -> bool:
    """Say whether the actor may give anybody at the unit a substitute: its leader, and who administers access."""
    return unit_id in units_reviewed(actor) or county_id in counties_administered(actor)


def units_with_templates(actor: Actor) -> frozenset[int]:
    """Return the units whose texts for notes the actor keeps."""
    return _units_with(actor, Permission.NOTE_TEMPLATE_EDIT)


def may_edit_templates(*, actor: Actor, unit_id: int) -> Verdict:
    """Say whether the actor keeps a unit's texts for notes: its leader; the administration the county's."""
    allowed = unit_id in units_with_templates(actor)
    return allow_if(allowed, otherwise=_("Bare lederen i enheten, og administrasjonen for fylket, endrer malene."))
