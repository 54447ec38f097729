"""Contact attempts: one step to register, and the law says whether it was contact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import REACHED, AnsweredBy, AttemptResult, Channel, Direction, GuardianTold
from fotfeste.casework.models import ContactAttempt, Registration, StatusEvent
from fotfeste.casework.selectors.contact_for_law import as_law_contact, reached_on
from fotfeste.casework.selectors.opened_to import follower_units
from fotfeste.casework.services import standing
from fotfeste.casework.services.locking import lock_open_registration, lock_open_registrations
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.kernel.seen import Tried, tried
from fotfeste.law.contact import judge_contact
from fotfeste.law.decision import Decision
from fotfeste.organisations.selectors.readings import readings_on
from fotfeste.people import selectors as people
from fotfeste.spec import implements

FOLLOWED_UP = "OTOV"


K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent to a youth."""

    youth_id: int
    channel: Channel


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


@implements("form-contact-attempt", "ca-date", "ca-channel", "ca-result", "ca-note")
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
    return _logged(_judged(attempt, youth), county_id=youth.county_id)


@implements("ind-days-to-contact")
@transaction.atomic
def note_talk(*, actor: Actor, youth_id: int, on: date, channel: Channel) -> RegisteredAttempt | None:
    """
    Register the talk with the youth that signed minutes or a mapping tell of, unless it stands as contact that day.

    Whoever may write them may say that the youth was there; it is registered for whoever answers for the youth, who
    sees the meeting and the mapping as well. A talk before the registration began ends no waiting in it.

    :returns: None when nothing was to be registered.
    """
    county_id = people.get_youth_or_404(youth_id=youth_id).county_id
    with acting_as(access.system_actor("scheduler", county_ids=(county_id,))):
        registration = lock_open_registration(youth_id=youth_id)
        if registration is None or on < registration.first_day or reached_on(youth_id=youth_id, on=on):
            return None
        attempt = ContactAttempt(
            youth_id=youth_id,
            registration=registration,
            on=on,
            channel=channel,
            direction=Direction.OUT,
            result=AttemptResult.ANSWERED,
            answered_by=AnsweredBy.YOUTH,
            registered_by_id=actor.user_id,
            recorded_at=clock.now(),
        )
        done = _judged(attempt, registration.youth)
    return _logged(done, county_id=county_id)


def _judged(attempt: ContactAttempt, youth: Any) -> RegisteredAttempt:
    """Let the law say whether it was contact, and keep it."""
    readings = readings_on(county_id=youth.county_id, on=attempt.on)
    decision = judge_contact(as_law_contact(attempt, born=youth.born), readings)
    attempt.is_contact = decision.outcome
    attempt.save()
    registration = attempt.registration
    was_unknown = registration is not None and registration.status_code == codes.UNKNOWN_ACTIVITY
    standing.refresh(youth_ids=[youth.pk])
    offers = decision.outcome and was_unknown and attempt.result != AttemptResult.DECLINED
    return RegisteredAttempt(attempt, decision, FOLLOWED_UP if offers else None)


def _logged(done: RegisteredAttempt, *, county_id: int) -> RegisteredAttempt:
    attempt = done.attempt
    details = {"attempt": attempt.pk, "channel": attempt.channel, "is_contact": attempt.is_contact}
    by = attempt.registered_by_id
    audit.record("contact.registered", by=by, about=attempt.youth_id, county=county_id, details=details)
    return done


@transaction.atomic
def register_sent(*, actor: Actor, sent: Mapping[K, Sent], on: date) -> Tried[K, ContactAttempt]:
    """
    Register what was sent to youths on behalf of the service. Each is an attempt, and never contact.

    Before the registration begins, as for who has not applied for the coming year, it stands in the history and does
    not count among the registration's attempts. One that is refused does not stop the others.

    :param sent: by whatever the caller knows each by, as the letter.
    :returns: one is stopped by ``NotAllowed`` when the actor registers nothing about the youth, and by ``Invalid`` when
        there is no such youth the actor may see.
    """
    youth_ids = {each.youth_id for each in sent.values()}
    registrations = lock_open_registrations(youth_ids=youth_ids)
    youths = people.youths_by_id(youth_ids)

    def attempt(key: K) -> ContactAttempt:
        youth = youths.get(sent[key].youth_id)
        if youth is None:
            raise Invalid(_("Ungdommen finnes ikke, eller du har ikke tilgang."))
        policies.may_register_contact(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id).require()
        registration = registrations.get(youth.pk)
        has_begun = registration is not None and registration.first_day <= on
        return ContactAttempt(
            youth_id=youth.pk,
            registration=registration if has_begun else None,
            on=on,
            channel=sent[key].channel,
            direction=Direction.OUT,
            result=AttemptResult.SENT,
            is_contact=False,
            registered_by_id=actor.user_id,
            recorded_at=clock.now(),
        )

    found = tried(sent, attempt)
    made = ContactAttempt.objects.bulk_create(attempt for _key, attempt in found.done)
    standing.refresh(youth_ids=sorted({each.youth_id for each in made if each.registration_id}))
    about = [(each.youth_id, {"attempt": each.pk, "channel": each.channel, "is_contact": False}) for each in made]
    audit.record_each("contact.registered", by=actor.user_id, about=about)
    return found


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
    if AttemptResult(result) not in REACHED:
        return ""
    if not answered_by:
        raise Invalid(_("Velg hvem som svarte."))
    return AnsweredBy(answered_by)


def _what(answered_by: str, guardian_told: str) -> str:
    return GuardianTold(guardian_told) if guardian_told and answered_by == AnsweredBy.GUARDIAN else ""
