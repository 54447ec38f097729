"""Setting, correcting and confirming a status. Unknown activity ends only by the contact rule."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.access.verdict import allow_if
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import Basis
from fotfeste.casework.models import ContactAttempt, Registration, StatusConfirmation, StatusEvent
from fotfeste.casework.selectors.contact_for_law import as_law_contact, live_attempts
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.casework.selectors.labels import sentences, status_label
from fotfeste.casework.selectors.opened_to import registrar_units
from fotfeste.casework.services import standing
from fotfeste.casework.services.locking import check_version, lock_registration, must_be_open
from fotfeste.casework.services.membership import decide_membership
from fotfeste.casework.services.rule_keeper import with_all_facts
from fotfeste.casework.services.status_events import live_stretches, rewrite_statuses
from fotfeste.casework.services.status_timeline import Change, Stretch
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.law.contact import DECLINED, MISTAKE, RegisterFact, may_leave_unknown
from fotfeste.law.outcomes import Membership
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.organisations.selectors.readings import readings_on
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class Ground:
    """
    What a status rests on.

    :ivar contact_id: a real contact; the latest one is taken when none is named.
    :ivar register_fact: one of ``law.contact.RegisterFact``, when a register shows it.
    :ivar text: how it was clarified, in the user's words (categories and dates, no case content).
    """

    basis: Basis = Basis.CONTACT
    contact_id: int | None = None
    register_fact: str = ""
    feedback_id: int | None = None
    text: str = ""


def reported_code(*, actor: Actor, youth_id: int, code: str, on: date) -> str:
    """
    Return the code that will be reported for an activity: its twin when the youth is outside the target group.

    The user picks the activity; membership decides which of the two codes it is.
    """
    with with_all_facts(actor=actor, youth_ids=[youth_id]):
        decided = decisions_for(youth_ids=[youth_id], on=on).get(youth_id)
    is_member = decided is None or decided[1].statutory.outcome is not Membership.NOT_IN_OT
    return codes.derive_im_twin(code, is_member)


@implements("rule-school-registers", "rule-uda-private-schools")
@transaction.atomic
def set_status(
    *, actor: Actor, registration_id: int, code: str, on: date, ground: Ground, version: int | None
) -> StatusEvent:
    """
    Give the case a new status from a day on.

    Source: Udir, kodeverk for OT (rule of use for OTUK); Oslostandarden kap. 6.3.

    :param code: the activity; the twin for youth outside the target group is found here.
    :param version: of the registration the user was shown; None for a job.
    :raises NotAllowed: the actor's unit reports and does not set; says where to go. Or the contact rule says no.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: it has that status already, or is closed.
    :raises Invalid: a code the list of the day does not have, or a day before the present status began.
    """
    registration = lock_registration(registration_id=registration_id)
    readings = readings_on(county_id=registration.county_id, on=max(on, registration.first_day))
    _may_set(actor, registration, readings)
    must_be_open(registration)
    yours = {_("Status"): status_label(code), _("Fra"): formats.short_day(on)}
    check_version(registration, version, yours=yours)
    _check_day(on, registration)
    final = _code_on(actor, registration, code, on)
    if final == registration.status_code:
        raise IllegalTransition(_("Saken har allerede denne statusen. Bekreft den i stedet."))
    if on < registration.status_since:
        day = formats.short_day(registration.status_since)
        raise Invalid(
            _("Nåværende status gjelder fra {day}. Velg den dagen eller en senere, eller rett historikken.").format(
                day=day
            )
        )
    contact = _check_ground(registration, [registration.status_code], final, ground)
    change = _becomes(final, on, ground, contact, actor)
    rewrite_statuses(youth_id=registration.youth_id, first_day=on, last_day=None, change=change)
    if on < clock.today():
        _confirm(registration, final, actor)
    _finish(registration, actor, "status.set", {"code": final, "basis": ground.basis.value})
    return _live_on(registration, on)


@transaction.atomic
def correct_status(
    *,
    actor: Actor,
    registration_id: int,
    code: str,
    first_day: date,
    last_day: date | None,
    reason: str,
    version: int | None,
    register_fact: str = "",
) -> None:
    """
    Correct what the status was in a period. What was recorded before stays, as known until now.

    Unknown activity cannot be corrected away without the contact or register fact that would have ended it.

    :param last_day: last day of the period; None for until further notice.
    :raises NotAllowed: as for setting a status.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: the registration is closed.
    :raises Invalid: no reason, an impossible period, or a code the list of the day does not have.
    """
    registration = lock_registration(registration_id=registration_id)
    readings = readings_on(county_id=registration.county_id, on=max(first_day, registration.first_day))
    _may_set(actor, registration, readings)
    must_be_open(registration)
    check_version(registration, version, yours={_("Status"): status_label(code), _("Begrunnelse"): reason})
    if not reason.strip():
        raise Invalid(_("Skriv hva som var galt."))
    _check_day(first_day, registration)
    if last_day is not None and last_day < first_day:
        raise Invalid(_("Siste dag er før første dag."))
    final = _code_on(actor, registration, code, first_day)
    replaced = [
        s.code
        for s in live_stretches(youth_id=registration.youth_id)
        if (last_day is None or s.first_day <= last_day) and (s.last_day is None or s.last_day >= first_day)
    ]
    ground = Ground(Basis.CORRECTION, register_fact=register_fact, text=reason.strip())
    contact = _check_ground(registration, replaced, final, ground)
    change = _becomes(final, first_day, ground, contact, actor)
    rewrite_statuses(youth_id=registration.youth_id, first_day=first_day, last_day=last_day, change=change)
    _finish(registration, actor, "status.corrected", {"code": final})


@implements("rule-reconfirm")
@transaction.atomic
def confirm_status(*, actor: Actor, registration_id: int, version: int | None) -> StatusConfirmation:
    """
    Say that the status still holds today. It then stands until the registration deadline after the next.

    :raises NotAllowed: only the responsible school and the education administration may.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: the registration is closed.
    """
    registration = lock_registration(registration_id=registration_id)
    registrars = registrar_units(youth_id=registration.youth_id, on=clock.today())
    readings = readings_on(county_id=registration.county_id, on=max(clock.today(), registration.first_day))
    policies.may_confirm_status(
        actor=actor, registration=registration, readings=readings, registrar_units=registrars
    ).require()
    must_be_open(registration)
    yours = {_("Status"): status_label(registration.status_code), _("Bekreftet"): formats.short_day(clock.today())}
    check_version(registration, version, yours=yours)
    confirmation = _confirm(registration, registration.status_code, actor)
    _finish(registration, actor, "status.confirmed", {"code": registration.status_code})
    return confirmation


def _may_set(actor: Actor, registration: Registration, readings: ReadingsOnDay) -> None:
    registrars = registrar_units(youth_id=registration.youth_id, on=clock.today())
    policies.may_set_status(
        actor=actor, registration=registration, readings=readings, registrar_units=registrars
    ).require()


def _check_day(on: date, registration: Registration) -> None:
    if on > clock.today():
        raise Invalid(_("En status kan ikke settes fram i tid."))
    if on < registration.first_day:
        day = formats.short_day(registration.first_day)
        raise Invalid(_("Ungdommen ble tilmeldt {day}. Velg den dagen eller en senere.").format(day=day))


def _code_on(actor: Actor, registration: Registration, code: str, on: date) -> str:
    """Return the code to record, or refuse one the list of the day does not have."""
    status_list = codes.list_on(on).name
    if status_list == codes.CURRENT:
        code = reported_code(actor=actor, youth_id=registration.youth_id, code=code, on=on)
    if code.casefold() == MISTAKE.casefold():
        raise Invalid(_("Bruk «Registrert ved feil» for å si at tilmeldingen er feil."))
    if codes.code_on(status_list, code, on) is None:
        raise Invalid(_("{code} finnes ikke i kodeverket den dagen.").format(code=code))
    return code


def _check_ground(registration: Registration, replaced: list[str], code: str, ground: Ground) -> ContactAttempt | None:
    """
    Try the contact rule where it applies, and return the contact the status rests on.

    :raises NotAllowed: with the rule's own explanation.
    :raises Invalid: nothing is said of how it was clarified, or the contact named is none.
    """
    since = registration.unknown_since or registration.first_day
    attempts = live_attempts(youth_id=registration.youth_id, since=min(since, registration.first_day))
    real = [attempt for attempt in attempts if attempt.is_contact]
    contact = _named_contact(ground, real)
    leaves_unknown = codes.UNKNOWN_ACTIVITY in replaced and code != codes.UNKNOWN_ACTIVITY
    if leaves_unknown or codes.base_of_twin(code) == DECLINED:
        born = registration.youth.born
        decision = may_leave_unknown(
            new_code=code,
            contacts=[as_law_contact(attempt, born=born) for attempt in attempts if attempt.on >= since],
            register_facts=[RegisterFact(ground.register_fact)] if ground.register_fact else [],
            readings=readings_on(county_id=registration.county_id, on=clock.today()),
        )
        allow_if(decision.outcome, otherwise=sentences(decision.reasons)).require()
    elif not (contact or ground.register_fact or ground.feedback_id or ground.text.strip()):
        raise Invalid(_("Skriv hvordan det ble avklart, eller registrer kontakten først."))
    return contact


def _named_contact(ground: Ground, real: list[ContactAttempt]) -> ContactAttempt | None:
    if ground.contact_id is not None:
        named = next((attempt for attempt in real if attempt.pk == ground.contact_id), None)
        if named is None:
            raise Invalid(_("Dette er ikke en reell kontakt med ungdommen i denne tilmeldingen."))
        return named
    return real[-1] if real and ground.basis in {Basis.CONTACT, Basis.CORRECTION} else None


def _becomes(code: str, on: date, ground: Ground, contact: ContactAttempt | None, actor: Actor) -> Change:
    def change(stretch: Stretch) -> Stretch:
        return replace(
            stretch,
            code=code,
            code_list=codes.list_on(on).name,
            raw_code="",
            basis=ground.basis,
            basis_text=(ground.text.strip() or ground.register_fact)[:200],
            contact_id=contact.pk if contact else None,
            feedback_id=ground.feedback_id,
            set_by_id=actor.user_id,
        )

    return change


def _confirm(registration: Registration, code: str, actor: Actor) -> StatusConfirmation:
    return StatusConfirmation.objects.create(
        youth_id=registration.youth_id,
        registration=registration,
        code=code,
        confirmed_on=clock.today(),
        confirmed_by_id=actor.user_id,
        recorded_at=clock.now(),
    )


def _finish(registration: Registration, actor: Actor, verb: str, details: dict[str, str]) -> None:
    registration.version += 1
    registration.save(update_fields=["version"])
    standing.refresh(youth_ids=[registration.youth_id])
    decide_membership(actor=actor, youth_ids=[registration.youth_id])
    audit.record(verb, by=actor.user_id, about=registration.youth_id, county=registration.county_id, details=details)


def _live_on(registration: Registration, on: date) -> StatusEvent:
    return StatusEvent.objects.get(registration=registration, superseded_at=None, first_day=on)
