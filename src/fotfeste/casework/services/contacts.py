"""Contact attempts: one step to register, and the law says whether it was contact."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import AnsweredBy, AttemptResult, Channel, Direction, GuardianTold
from fotfeste.casework.models import ContactAttempt, Registration, StatusEvent
from fotfeste.casework.selectors.contact_for_law import as_law_contact
from fotfeste.casework.selectors.opened_to import follower_units
from fotfeste.casework.services import standing
from fotfeste.casework.services.locking import lock_open_registration
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.law.contact import judge_contact
from fotfeste.law.decision import Decision
from fotfeste.organisations.selectors.readings import readings_on
from fotfeste.people import selectors as people

FOLLOWED_UP = "OTOV"


@dataclass(frozen=True, slots=True)
class RegisteredAttempt:
    """
    What was registered, whether it was contact and why.

    :ivar suggested_code: a status the first real contact makes possible; offered, never set by itself.
    """

    attempt: ContactAttempt
    decision: Decision[bool]
    suggested_code: str | None

    @property
    def is_contact(self) -> bool:
        """Say whether it was real contact."""
        return self.decision.outcome


@transaction.atomic
def register_attempt(
    *,
    actor: Actor,
    youth_id: int,
    on: date,
    channel: str,
    result: str,
    direction: str = Direction.OUT,
    answered_by: str = "",
    guardian_told: str = "",
    note: str = "",
) -> RegisteredAttempt:
    """
    Register that somebody tried to reach the youth, or that the youth reached us.

    A letter, SMS or e-mail without an answer is an attempt; whether it was contact is not the user's to say.

    :param answered_by: who answered, when somebody did.
    :param guardian_told: what a guardian told about; it counts only for some things, and under 18 (amb-41).
    :raises NotAllowed: the youth is neither the unit's nor opened to it.
    :raises Invalid: the day is ahead or before the registration, or it is not said who answered.
    """
    registration = lock_open_registration(youth_id=youth_id)
    youth = people.youths_by_id([youth_id]).get(youth_id)
    if youth is None:
        raise Invalid(_("Ungdommen finnes ikke, eller du har ikke tilgang."))
    policies.may_register_contact(
        actor=actor,
        unit_id=youth.unit_id,
        county_id=youth.county_id,
        granted_units=follower_units(youth_id=youth_id, on=clock.today()),
    ).require()
    _check_day(on, registration)
    attempt = ContactAttempt(
        youth_id=youth_id,
        registration=registration,
        on=on,
        channel=Channel(channel),
        direction=Direction(direction),
        result=AttemptResult(result),
        answered_by=_who(result, answered_by),
        guardian_told=_what(answered_by, guardian_told),
        note=note.strip()[:500],
        registered_by_id=actor.user_id,
        recorded_at=clock.now(),
    )
    readings = readings_on(county_id=youth.county_id, on=on)
    decision = judge_contact(as_law_contact(attempt, born=youth.born), readings)
    attempt.is_contact = decision.outcome
    attempt.save()
    was_unknown = registration is not None and registration.status_code == codes.UNKNOWN_ACTIVITY
    standing.refresh(youth_ids=[youth_id])
    details = {"attempt": attempt.pk, "channel": attempt.channel, "is_contact": attempt.is_contact}
    audit.record("contact.registered", by=actor.user_id, about=youth_id, county=youth.county_id, details=details)
    return RegisteredAttempt(attempt, decision, FOLLOWED_UP if decision.outcome and was_unknown else None)


@transaction.atomic
def withdraw_attempt(*, actor: Actor, attempt_id: int) -> ContactAttempt:
    """
    Take back a contact attempt that was registered by mistake. It stays, marked as withdrawn.

    :raises NotAllowed: the youth is neither the unit's nor opened to it.
    :raises EditConflict: somebody has withdrawn it already.
    :raises IllegalTransition: a status rests on it.
    :raises Invalid: there is no such attempt the actor may see.
    """
    attempt = ContactAttempt.objects.select_for_update(of=("self",)).filter(pk=attempt_id).first()
    if attempt is None:
        raise Invalid(_("Kontakten finnes ikke, eller du har ikke tilgang."))
    lock_open_registration(youth_id=attempt.youth_id)
    policies.may_register_contact(
        actor=actor,
        unit_id=attempt.unit_id,
        county_id=attempt.county_id,
        granted_units=follower_units(youth_id=attempt.youth_id, on=clock.today()),
    ).require()
    if attempt.superseded_at is not None:
        raise EditConflict(
            _("Kontakten er allerede trukket tilbake."),
            theirs={_("Trukket tilbake"): formats.moment(attempt.superseded_at)},
            yours={_("Trukket tilbake"): _("Nå")},
            about=attempt.youth_id,
        )
    if StatusEvent.objects.filter(contact_id=attempt.pk, superseded_at=None).exists():
        raise IllegalTransition(_("En status bygger på denne kontakten. Rett statusen først."))
    attempt.superseded_at, attempt.withdrawn_by_id = clock.now(), actor.user_id
    attempt.save(update_fields=["superseded_at", "withdrawn_by"])
    standing.refresh(youth_ids=[attempt.youth_id])
    audit.record(
        "contact.withdrawn",
        by=actor.user_id,
        about=attempt.youth_id,
        county=attempt.county_id,
        details={"attempt": attempt.pk},
    )
    return attempt


def _check_day(on: date, registration: Registration | None) -> None:
    if on > clock.today():
        raise Invalid(_("Kontakten kan ikke registreres fram i tid."))
    if registration is not None and on < registration.first_day:
        day = formats.short_day(registration.first_day)
        raise Invalid(_("Ungdommen ble tilmeldt {day}. Velg den dagen eller en senere.").format(day=day))


def _who(result: str, answered_by: str) -> str:
    if AttemptResult(result) is not AttemptResult.ANSWERED:
        return ""
    if not answered_by:
        raise Invalid(_("Velg hvem som svarte."))
    return AnsweredBy(answered_by)


def _what(answered_by: str, guardian_told: str) -> str:
    return GuardianTold(guardian_told) if guardian_told and answered_by == AnsweredBy.GUARDIAN else ""
