"""A mailing: prepared by one, approved by another, and then sent by a job."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.audit import services as audit
from fotfeste.consent.selectors import languages_asked_in
from fotfeste.correspondence import policies
from fotfeste.correspondence.carriers import carrier, mail_carrier
from fotfeste.correspondence.enums import LetterKind, LetterLanguage, LetterState, MailingState, Receiver
from fotfeste.correspondence.models import Letter, Mailing
from fotfeste.correspondence.selectors.facts import ReceiverFacts, receiver_facts
from fotfeste.correspondence.selectors.receivers import asked_years, receivers_of, tried_in_vain
from fotfeste.correspondence.selectors.texts import texts_on
from fotfeste.correspondence.states import move_mailing
from fotfeste.correspondence.texts import ASKS_FOR_ANSWER, TELLS_OF_RIGHTS
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.kernel.jobs import ask_for
from fotfeste.organisations.selectors.units import education_admin_of
from fotfeste.organisations.services.units import lock_unit
from fotfeste.spec import implements

SEND_JOB = "correspondence.send_mailing"


#: How long one has to answer a second notice.
_ANSWER_WITHIN = timedelta(days=14)


class NobodyToWriteTo(Invalid):
    """A rule found nobody who is to have a letter and has not got it."""


#: Kinds with a rule that says whom they are for. The others go to one at a time.
TO_MANY = (LetterKind.NON_APPLICANT, LetterKind.RIGHTS, LetterKind.REMINDER)


@implements("form-nonapplicant-letter", "nal-recipient", "nal-reply-deadline")
@transaction.atomic
def prepare_mailing(
    *,
    actor: Actor,
    county_id: int,
    kind: str,
    letter_day: date,
    school_year: int | None = None,
    reply_by: date | None = None,
) -> Mailing:
    """
    Prepare letters of a kind to all a rule says they are for, to be approved by another.

    Guardians of those under 18 get a copy of what tells of rights. Somebody under protection is written to by those
    who handle them, and gets no letter here.

    Source: Oslostandarden § 6.3.1; opplæringsforskrifta § 8-3.

    :raises NotAllowed: the actor does not write to the county's youths.
    :raises Invalid: nobody is to have one, or it is not said by when to answer.
    """
    policies.may_prepare_letters(actor=actor, county_id=county_id).require()
    lock_unit(unit_id=education_admin_of(county_id=county_id).pk)
    chosen = LetterKind(kind)
    _check(chosen, letter_day, school_year, reply_by)
    receivers = _receivers(county_id, chosen, school_year, letter_day)
    if not receivers:
        raise NobodyToWriteTo(_("Det er ingen å skrive til. Alle det gjelder, har fått brevet."))
    mailing = Mailing.objects.create(
        county_id=county_id,
        kind=chosen,
        school_year=school_year,
        letter_day=letter_day,
        reply_by=reply_by if chosen in ASKS_FOR_ANSWER else None,
        texts=texts_in_use(county_id, chosen, letter_day),
        key=uuid4().hex,
        prepared_by_id=actor.user_id,
        prepared_at=clock.now(),
    )
    with acting_as(system_actor("scheduler", county_ids=(county_id,))):
        letters = _write_letters(mailing, receivers)
    details = {"mailing": mailing.pk, "kind": chosen.value, "letters": letters}
    audit.record("mailing.prepared", by=actor.user_id, county=county_id, details=details)
    return mailing


def prepare_reminders(*, actor: Actor, county_id: int) -> list[Mailing]:
    """
    Prepare a second notice to those who have been asked for an answer for a week and given none, for somebody of the
    administration to approve. While one waits to be approved, no other is prepared; twice does it once.

    Source: Oslostandarden § 6.3.1; eForvaltningsforskriften § 8.
    """
    today, made = clock.today(), []
    for school_year in asked_years(county_id=county_id):
        try:
            draft = prepare_mailing(
                actor=actor,
                county_id=county_id,
                kind=LetterKind.REMINDER.value,
                letter_day=today,
                school_year=school_year,
                reply_by=today + _ANSWER_WITHIN,
            )
        except NobodyToWriteTo:
            continue
        made.append(draft)
    return made


@transaction.atomic
def note_nobody(*, actor: Actor, county_id: int, kind: str, school_year: int | None = None) -> Mailing:
    """
    Write down that there is nobody to write to, looked up by the rule now: the round is done without a letter.

    :raises NotAllowed: the actor does not write to the county's youths.
    :raises Invalid: there is somebody, or it is not said for which school year.
    """
    policies.may_prepare_letters(actor=actor, county_id=county_id).require()
    lock_unit(unit_id=education_admin_of(county_id=county_id).pk)
    chosen, today = LetterKind(kind), clock.today()
    if chosen not in TO_MANY or (chosen in ASKS_FOR_ANSWER and school_year is None):
        raise Invalid(_("Oppgi skoleår og svarfrist. Brevet ber om svar."))
    if _receivers(county_id, chosen, school_year, today):
        raise Invalid(_("Det er noen å skrive til. Lag brevene."))
    mailing = Mailing.objects.create(
        county_id=county_id,
        kind=chosen,
        school_year=school_year,
        letter_day=today,
        key=uuid4().hex,
        state=MailingState.NOBODY,
        prepared_by_id=actor.user_id,
        prepared_at=clock.now(),
        finished_at=clock.now(),
    )
    details = {"mailing": mailing.pk, "kind": chosen.value}
    audit.record("mailing.nobody", by=actor.user_id, county=county_id, details=details)
    return mailing


@transaction.atomic
def approve_mailing(*, actor: Actor, mailing_id: int, version: int | None) -> Mailing:
    """
    Let a mailing go. It is sent from its day on, by a job.

    :param version: of the mailing the user was shown; None for a job.
    :raises NotAllowed: the actor prepared it, or does not approve for the county.
    :raises EditConflict: somebody has approved or withdrawn it since.
    :raises Invalid: nothing is set up to send it with.
    """
    mailing = _lock(mailing_id)
    policies.may_approve_mailing(
        actor=actor, county_id=mailing.county_id, prepared_by_id=mailing.prepared_by_id
    ).require()
    _check_version(mailing, version, to=MailingState.SENDING)
    mailing.state = move_mailing(mailing.state, to=MailingState.SENDING)
    if not carrier().is_ready:
        raise Invalid(_("Det er ikke satt opp hvor brevene skal legges. Den som driver Fotfeste, må oppgi det."))
    mailing.approved_by_id, mailing.approved_at = actor.user_id, clock.now()
    mailing.version += 1
    mailing.save(update_fields=["state", "approved_by", "approved_at", "version"])
    _log("mailing.approved", actor, mailing)
    tell_of_no_address(actor=actor, letters=mailing.letters.filter(state=LetterState.NO_ADDRESS))
    if mailing.letter_day <= clock.today():
        ask_to_send(mailing)
    return mailing


@transaction.atomic
def withdraw_mailing(*, actor: Actor, mailing_id: int, version: int | None) -> Mailing:
    """
    Take back a mailing nobody has approved.

    :raises NotAllowed: the actor does not write to the county's youths.
    :raises EditConflict: somebody has approved or withdrawn it since.
    """
    mailing = _lock(mailing_id)
    policies.may_prepare_letters(actor=actor, county_id=mailing.county_id).require()
    _check_version(mailing, version, to=MailingState.WITHDRAWN)
    mailing.state = move_mailing(mailing.state, to=MailingState.WITHDRAWN)
    mailing.version += 1
    mailing.save(update_fields=["state", "version"])
    _log("mailing.withdrawn", actor, mailing)
    return mailing


def ask_to_send(mailing: Mailing) -> None:
    """Ask for the job that sends a mailing; asked for twice it is done once."""
    ask_for(SEND_JOB, once=str(mailing.pk), mailing_id=mailing.pk)


def tell_of_no_address(*, actor: Actor, letters: Iterable[Letter]) -> None:
    """Say that letters to youths could not be sent, so that the responsible units get to know; of copies nothing."""
    to_youths = sorted((each for each in letters if each.receiver == Receiver.YOUTH), key=lambda each: each.youth_id)
    about = [(each.youth_id, {"letter": each.pk}) for each in to_youths]
    audit.record_each("letter.no_address", by=actor.user_id, about=about)


def _check(kind: LetterKind, letter_day: date, school_year: int | None, reply_by: date | None) -> None:
    if kind not in TO_MANY:
        raise Invalid(_("Dette brevet sendes til én om gangen."))
    if letter_day < clock.today():
        raise Invalid(_("Datoen på brevet kan ikke være passert."))
    if kind in ASKS_FOR_ANSWER and (school_year is None or reply_by is None):
        raise Invalid(_("Oppgi skoleår og svarfrist. Brevet ber om svar."))
    if reply_by is not None and reply_by <= letter_day:
        raise Invalid(_("Svarfristen må være etter datoen på brevet."))


def texts_in_use(county_id: int, kind: LetterKind, on: date) -> dict[str, dict[str, str]]:
    return {
        each.language.value: {"subject": each.subject, "body": each.body, "version": each.version}
        for each in texts_on(county_id=county_id, on=on, kinds=[kind])
    }


def goes_by_mail(mailing: Mailing, facts: ReceiverFacts) -> bool:
    """Say whether a letter goes by e-mail: a reminder, which tells nothing, where the county has chosen it."""
    return mailing.kind == LetterKind.REMINDER and bool(facts.email) and mail_carrier().is_ready


def _receivers(county_id: int, kind: LetterKind, school_year: int | None, letter_day: date) -> list[ReceiverFacts]:
    """Return whom the rule finds; those under protection too, whose letters are set aside for whoever handles them."""
    with acting_as(system_actor("scheduler", county_ids=(county_id,))):
        found = receivers_of(county_id=county_id, kind=kind, school_year=school_year, on=clock.today())
        facts = receiver_facts(youth_ids=found, county_id=county_id, on=letter_day)
        tried = tried_in_vain(county_id=county_id, kind=kind, school_year=school_year)
        return [facts[pk] for pk in found if pk in facts and _is_worth_it(facts[pk], tried.get(pk))]


def _is_worth_it(facts: ReceiverFacts, tried_at: datetime | None) -> bool:
    """Say whether a letter may come through: to whom none did, only with an address that is newer."""
    return tried_at is None or (facts.known_at is not None and facts.known_at > tried_at)


def _write_letters(mailing: Mailing, receivers: list[ReceiverFacts]) -> int:
    languages = languages_asked_in(youth_ids=[each.youth.pk for each in receivers])
    letters = [one for each in receivers for one in _letters(mailing, each, languages.get(each.youth.pk, ""))]
    Letter.objects.bulk_create(letters, batch_size=500)
    return len(letters)


def _letters(mailing: Mailing, facts: ReceiverFacts, language: str) -> list[Letter]:
    """Return the letter to the youth, and the copies to the guardians of one under 18."""
    spoken = language_of(language)
    made = [letter_to(mailing, facts, spoken, has_address=facts.postal is not None or goes_by_mail(mailing, facts))]
    wants_copies = mailing.kind in TELLS_OF_RIGHTS and facts.is_minor(mailing.letter_day)
    if wants_copies and not facts.is_protected:
        for guardian_id, _name in facts.guardians:
            made.append(letter_to(mailing, facts, spoken, has_address=facts.home is not None, guardian_id=guardian_id))
    return made


def language_of(asked_in: str) -> str:
    """Return the language a youth is written to in: that they were asked in, where letters are written in it."""
    return asked_in if asked_in in LetterLanguage.values else LetterLanguage.BOKMAL.value


def letter_to(
    mailing: Mailing, facts: ReceiverFacts, language: str, *, has_address: bool, guardian_id: int | None = None
) -> Letter:
    state = LetterState.WAITING if has_address else LetterState.NO_ADDRESS
    return Letter(
        mailing=mailing,
        youth_id=facts.youth.pk,
        county_id=facts.youth.county_id,
        unit_id=facts.youth.unit_id,
        receiver=Receiver.GUARDIAN if guardian_id else Receiver.YOUTH,
        guardian_id=guardian_id,
        language=language,
        state=LetterState.OWN_CHANNEL if facts.is_protected else state,
        is_protected=facts.is_protected,
        key=uuid4().hex,
    )


def _lock(mailing_id: int) -> Mailing:
    mailing = Mailing.objects.select_for_update(of=("self",)).filter(pk=mailing_id).first()
    if mailing is None:
        raise Invalid(_("Utsendelsen finnes ikke."))
    return mailing


def _check_version(mailing: Mailing, version: int | None, *, to: MailingState) -> None:
    if version is None or version == mailing.version:
        return
    raise EditConflict(
        _("Noen har gjort noe med utsendelsen mens du holdt på. Ingenting er lagret."),
        theirs={_("Utsendelsen"): MailingState(mailing.state).label, _("Når"): formats.moment(_last_moment(mailing))},
        yours={_("Utsendelsen"): to.label, _("Når"): _("Nå")},
    )


def _last_moment(mailing: Mailing) -> Any:
    return mailing.finished_at or mailing.approved_at or mailing.prepared_at


def _log(verb: str, actor: Actor, mailing: Mailing) -> None:
    audit.record(verb, by=actor.user_id, county=mailing.county_id, details={"mailing": mailing.pk})
