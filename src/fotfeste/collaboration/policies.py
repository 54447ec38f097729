"""What one may do in working together on one youth. What one may see is the row policies' business."""

from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.topics import Scope, Topic
from fotfeste.access.verdict import Verdict, allow_if
from fotfeste.collaboration.enums import MeetingKind
from fotfeste.spec import implements

_SCHOOL = frozenset({Role.COUNSELLOR, Role.APPRENTICESHIP_ADVISER, Role.ADULT_EDUCATION_ADVISER, Role.EDUCATION_ADMIN})
#: Who calls each kind of meeting. The administration stands in for a unit while nobody has got the youth.
CALLED_BY = {
    MeetingKind.CLARIFICATION: _SCHOOL,
    MeetingKind.COOPERATION: frozenset({Role.DISTRICT_CONTACT}),
    MeetingKind.EXIT: _SCHOOL,
    MeetingKind.THREE_WAY: _SCHOOL | {Role.DISTRICT_CONTACT},
    MeetingKind.INTAKE: frozenset({Role.ADULT_EDUCATION_ADVISER}),
}


def may_work_routine(*, actor: Actor, unit_id: int, county_id: int, for_unit_id: int | None = None) -> Verdict:
    """
    Say whether the actor may start a routine, and skip, repeat or choose in it.

    :param unit_id: the unit that answers for the youth.
    :param for_unit_id: whose turn a step is; that unit decides over its own step.
    """
    allowed = actor.may_at(Permission.ROUTINE_WORK, unit_id=unit_id, county_id=county_id) or (
        for_unit_id is not None and for_unit_id in units_with(actor, Permission.TASK_DO)
    )
    return allow_if(allowed, otherwise=_("Rutinen styres av enheten som har ansvaret for ungdommen."))


def may_work_unit_routine(*, actor: Actor, unit_id: int, county_id: int, for_unit_id: int | None = None) -> Verdict:
    """
    Say whether the actor may start a routine about a unit, and work its steps: the unit, whose turn it is, the county.

    :param for_unit_id: whose turn a step is.
    """
    own = units_with(actor, Permission.TASK_DO) & {unit_id, for_unit_id}
    allowed = bool(own) or county_id in actor.counties_with(Permission.ROUTINE_ADAPT)
    return allow_if(allowed, otherwise=_("Rutinen hører til en annen enhet."))


def may_adapt_routine(*, actor: Actor, county_id: int) -> Verdict:
    """Say whether the actor may say how the county works a routine."""
    allowed = county_id in actor.counties_with(Permission.ROUTINE_ADAPT)
    return allow_if(allowed, otherwise=_("Bare Utdanningsadministrasjonen kan tilpasse rutinene."))


def may_write_mapping(*, actor: Actor, is_open: bool) -> Verdict:
    """
    Say whether the actor may write the mapping of a youth, and who is around them.

    :param is_open: whether the actor knows the mapping, by its unit or by the youth's release.
    """
    allowed = is_open and actor.has(Permission.MAPPING_WRITE)
    return allow_if(
        allowed,
        otherwise=_("Kartleggingen skrives av enheten som har ansvaret, og av veiledere ungdommen har sagt ja til."),
    )


def may_set_task(*, actor: Actor, from_unit_id: int | None) -> Verdict:
    """Say whether the actor may set a task, on behalf of a unit the actor works at."""
    allowed = from_unit_id in units_with(actor, Permission.TASK_DO)
    return allow_if(allowed, otherwise=_("Du kan ikke lage oppgaver for denne enheten."))


def may_do_task(*, actor: Actor, for_unit_id: int) -> Verdict:
    """Say whether the actor may do, give away or put off a task: whoever works at the unit it belongs to."""
    allowed = for_unit_id in units_with(actor, Permission.TASK_DO)
    return allow_if(allowed, otherwise=_("Oppgaven hører til en annen enhet."))


def may_make_plan(*, actor: Actor, unit_id: int, county_id: int) -> Verdict:
    """Say whether the actor may make the youth's plan: the unit that answers does (amb-34)."""
    allowed = actor.may_at(Permission.PLAN_WRITE, unit_id=unit_id, county_id=county_id)
    return allow_if(allowed, otherwise=_("Planen lages av enheten som har ansvaret for ungdommen."))


def may_coordinate_plan(*, actor: Actor, coordinator_unit_id: int, unit_id: int, county_id: int) -> Verdict:
    """Say whether the actor may write all of a plan: at the coordinator's unit, and at the one that answers."""
    allowed = coordinator_unit_id in units_with(actor, Permission.PLAN_WRITE) or actor.may_at(
        Permission.PLAN_WRITE, unit_id=unit_id, county_id=county_id
    )
    return allow_if(allowed, otherwise=_("Bare koordinatoren kan endre dette i planen."))


def may_write_measure(*, actor: Actor, owner_unit_id: int, coordinates: bool) -> Verdict:
    """Say whether the actor may write a measure: the body it belongs to, or whoever coordinates the plan."""
    allowed = coordinates or owner_unit_id in units_with(actor, Permission.PLAN_WRITE)
    return allow_if(allowed, otherwise=_("Hver instans skriver sine egne tiltak. Dette hører til en annen."))


@implements("amb-17", "amb-35", "rut-term-clarification-meeting", "rut-term-cooperation-meeting")
def may_call_meeting(*, actor: Actor, kind: str, unit_id: int, granted_units: frozenset[int] = frozenset()) -> Verdict:
    """
    Say whether the actor may call a meeting of a kind: for the unit that answers for the youth, or one the youth has
    let take part in meetings.

    :param unit_id: the unit that answers for the youth.
    :param granted_units: those the youth's meetings are opened to.
    """
    callers = units_with(actor, Permission.MEETING_CALL) & ({unit_id} | granted_units)
    here = next((a for a in actor.assignments if a.unit_id in callers), None)
    if here is None:
        return allow_if(
            False, otherwise=_("Bare enheten som har ansvaret, eller en ungdommen har sagt ja til, kaller inn.")
        )
    return allow_if(
        bool({a.role for a in actor.assignments if a.unit_id in callers} & CALLED_BY[MeetingKind(kind)]),
        otherwise=_("Skolen kaller inn til avklaringsmøte og sluttsamtale, bydelen til samarbeidsmøte."),
    )


def may_run_meeting(*, actor: Actor, called_by_unit_id: int, unit_id: int) -> Verdict:
    """Say whether the actor may change a meeting and write its minutes: for whoever called it, or answers now."""
    allowed = bool(units_with(actor, Permission.MEETING_CALL) & {called_by_unit_id, unit_id})
    return allow_if(allowed, otherwise=_("Møtet styres av enheten som kalte inn."))


def may_speak_for(*, actor: Actor, body_id: int | None) -> Verdict:
    """Say whether the actor may answer for a unit that is called: whoever works there."""
    allowed = body_id is not None and body_id in units_with(actor, Permission.MEETING_SEE)
    return allow_if(allowed, otherwise=_("Du kan ikke svare for denne deltakeren."))


def units_with(actor: Actor, permission: Permission) -> frozenset[int]:
    """Return the units at which a role allows the act."""
    return frozenset(a.unit_id for a in actor.assignments if permission in ROLES[a.role].permissions)


def units_that_share(*, actor: Actor, responsible_id: int, granted: frozenset[int]) -> frozenset[int]:
    """
    Return the actor's units that take part in the plan: the one that answers for the youth, and those let in.

    :param granted: the units the plan is opened to.
    """
    return frozenset(a.unit_id for a in actor.assignments if _takes_part(a, responsible_id, granted))


def _takes_part(assignment: Assignment, responsible_id: int, granted: frozenset[int]) -> bool:
    if Permission.NOTE_SHARE not in ROLES[assignment.role].permissions:
        return False
    if assignment.unit_id == responsible_id:
        return Topic.PLAN in assignment.topics(Scope.UNIT)
    return assignment.unit_id in granted and Topic.PLAN in assignment.topics(Scope.GRANTED)


def may_share_note(*, units: frozenset[int]) -> Verdict:
    """Say whether the actor may write a shared note: somebody of a unit that takes part in the plan."""
    return allow_if(units, otherwise=_("Delte notater skrives av dem ungdommen har sluppet inn i planen."))


def may_correct_shared_note(*, actor: Actor, written_at_unit_id: int) -> Verdict:
    """Say whether the actor may correct a shared note: somebody of the unit that wrote it."""
    allowed = written_at_unit_id in units_with(actor, Permission.NOTE_SHARE)
    return allow_if(allowed, otherwise=_("Bare enheten som skrev notatet, kan rette det."))


def may_make_record(*, actor: Actor, by_unit_id: int | None) -> Verdict:
    """Say whether the actor may write down what a unit did about a youth that is open to it."""
    allowed = by_unit_id in units_with(actor, Permission.TASK_DO)
    return allow_if(allowed, otherwise=_("Du kan ikke registrere dette for enheten."))


def may_offer_handover(*, actor: Actor, unit_id: int, county_id: int) -> Verdict:
    """Say whether the actor may offer another unit to take over: only whoever answers for the youth."""
    allowed = actor.may_at(Permission.ROUTINE_WORK, unit_id=unit_id, county_id=county_id) and unit_id in actor.unit_ids
    return allow_if(allowed, otherwise=_("Bare enheten som har ansvaret for ungdommen, kan tilby det til en annen."))


def may_answer_record(*, actor: Actor, to_unit_id: int | None, needed: Permission) -> Verdict:
    """Say whether the actor may answer what was sent to a unit."""
    allowed = to_unit_id in units_with(actor, needed)
    return allow_if(allowed, otherwise=_("Bare enheten det er sendt til, kan svare."))


def may_answer_offer(*, actor: Actor, to_user_id: int, to_unit_id: int) -> Verdict:
    """Say whether the actor may answer what a person was offered: that person, while they work there."""
    allowed = actor.user_id == to_user_id and to_unit_id in units_with(actor, Permission.TASK_DO)
    return allow_if(allowed, otherwise=_("Bare den det er tilbudt, kan svare."))


def may_revoke_offer(*, actor: Actor, from_user_id: int, by_unit_id: int) -> Verdict:
    """Say whether the actor may take back what a person offered: that person, and the leader."""
    allowed = actor.user_id == from_user_id or by_unit_id in actor.led_unit_ids
    return allow_if(
        allowed and by_unit_id in units_with(actor, Permission.TASK_DO),
        otherwise=_("Bare den som tilbød det, og lederen, kan trekke det."),
    )


def may_change_coordinator(*, actor: Actor, now_id: int, to_id: int, now_is_gone: bool) -> Verdict:
    """
    Say whether the actor may let another coordinate the plan at once: by taking it, or when whoever did is gone.

    Otherwise it is offered, and whoever coordinates does so until the other has said yes (docs/adr/0060).
    """
    allowed = now_id == to_id or to_id == actor.user_id or now_is_gone
    return allow_if(allowed, otherwise=_("Planen har en koordinator. Tilby den til kollegaen, som må si ja først."))


def may_offer_plan(*, actor: Actor, coordinator_id: int) -> Verdict:
    """Say whether the actor may offer somebody to coordinate the plan: whoever does."""
    allowed = actor.user_id == coordinator_id
    return allow_if(allowed, otherwise=_("Bare koordinatoren kan tilby planen til en annen."))


def may_offer_plan_for(*, actor: Actor, coordinator_unit_id: int) -> Verdict:
    """
    Say whether the actor may offer a plan on behalf of whoever coordinates it: the leader of their unit.

    Others are told the same as where there is no plan.
    """
    allowed = coordinator_unit_id in actor.led_unit_ids
    return allow_if(allowed, otherwise=_("Planen finnes ikke, eller du har ikke tilgang."))


def may_correct_record(*, actor: Actor, made_by_id: int, by_unit_id: int) -> Verdict:
    """Say whether the actor may correct what was written down: whoever wrote it, and who leads the unit."""
    wrote = actor.user_id == made_by_id and by_unit_id in units_with(actor, Permission.TASK_DO)
    leads = by_unit_id in actor.led_unit_ids
    return allow_if(wrote or leads, otherwise=_("Bare den som skrev det, og lederen, kan rette det."))


def sends_newcomers(*, actor: Actor) -> int:
    """
    Return the unit the actor sends word of somebody new from.

    :raises NotAllowed: the actor works at none.
    """
    may_make_record(actor=actor, by_unit_id=actor.unit_id).require()
    assert actor.unit_id is not None
    return actor.unit_id


def may_revoke_record(*, actor: Actor, by_unit_id: int) -> Verdict:
    """Say whether the actor may take back what a unit sent."""
    allowed = by_unit_id in units_with(actor, Permission.TASK_DO)
    return allow_if(allowed, otherwise=_("Bare enheten som sendte det, kan trekke det."))


def may_keep_network(*, actor: Actor, district: Any) -> Verdict:
    """Say whether the actor writes the minutes of a district's network meetings: its contact, who calls them."""
    allowed = district is not None and district.pk in units_with(actor, Permission.NETWORK_KEEP)
    return allow_if(allowed, otherwise=_("Referatet fra nettverksmøtet skrives av OT-kontakten i bydelen."))


def networks_kept_at(*, actor: Actor) -> int | None:
    """Return the district whose network meetings the actor writes of; None for those who write of none."""
    return min(units_with(actor, Permission.NETWORK_KEEP), default=None)
