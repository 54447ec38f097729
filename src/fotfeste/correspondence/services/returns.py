"""Letters that came back, and those that go by the channel of people under protection."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.correspondence import policies
from fotfeste.correspondence.enums import LetterState, MailingState, ReturnReason
from fotfeste.correspondence.letter_printing import letter_pdf
from fotfeste.correspondence.models import Letter
from fotfeste.correspondence.selectors.facts import own_channel_address, receiver_facts, sender_of
from fotfeste.correspondence.services.letter_sending import note_sent_by_hand, said_in
from fotfeste.correspondence.services.mailings import ask_to_send
from fotfeste.correspondence.states import move_letter
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid

HELD = timedelta(minutes=15)
"""How long a worker may hold a letter before somebody may say what became of it."""


@transaction.atomic
def return_letter(*, actor: Actor, letter_id: int, reason: str, on: date) -> Letter:
    """
    Write down that a letter came back. The unit that answers for the youth is told.

    :raises NotAllowed: the youth is not the actor's to follow up.
    :raises IllegalTransition: it is not sent, or has come back already.
    :raises Invalid: the day is ahead, or before it was sent.
    """
    letter = _lock(letter_id)
    policies.may_handle_letter(actor=actor, unit_id=letter.unit_id, county_id=letter.county_id).require()
    letter.state = move_letter(letter.state, to=LetterState.RETURNED)
    sent_on = letter.sent_at.astimezone(clock.OSLO).date() if letter.sent_at else on
    if not sent_on <= on <= clock.today():
        raise Invalid(_("Velg en dag fra brevet ble sendt og til i dag."))
    letter.returned_on, letter.return_reason = on, ReturnReason(reason)
    letter.save(update_fields=["state", "returned_on", "return_reason"])
    details = {"letter": letter.pk, "reason": letter.return_reason}
    audit.record("letter.returned", by=actor.user_id, about=letter.youth_id, county=letter.county_id, details=details)
    return letter


@transaction.atomic
def settle_letter(*, actor: Actor, letter_id: int, was_sent: bool) -> Letter:
    """
    Say whether a letter a worker died with has gone. One that has not is sent again.

    :raises NotAllowed: the actor does not write to the county's youths.
    :raises IllegalTransition: it is known how it went, or a worker may still hold it.
    """
    letter = _lock(letter_id)
    policies.may_prepare_letters(actor=actor, county_id=letter.county_id).require()
    if letter.state != LetterState.HANDED or letter.handed_at is None or letter.handed_at > clock.now() - HELD:
        raise IllegalTransition(_("Brevet er på vei, eller det er kjent hvordan det gikk."))
    if was_sent:
        note_sent_by_hand(actor=actor, letter=letter, said=_said(letter), on=clock.today())
    else:
        letter.state = move_letter(letter.state, to=LetterState.FAILED)
        letter.save(update_fields=["state"])
    details = {"letter": letter.pk, "sent": was_sent}
    audit.record("letter.settled", by=actor.user_id, about=letter.youth_id, county=letter.county_id, details=details)
    ask_to_send(letter.mailing)
    return letter


def own_channel_pdf(*, actor: Actor, letter: Letter) -> bytes:
    """
    Return a letter to somebody under protection, for the one who handles them and nobody else.

    :raises NotAllowed: the actor does not handle them.
    :raises Invalid: no address is known.
    """
    policies.may_send_own_channel(actor=actor, county_id=letter.county_id).require()
    mailing = letter.mailing
    to = own_channel_address(youth_id=letter.youth_id, on=clock.today())
    if to is None:
        raise Invalid(_("Ingen adresse er kjent."))
    return letter_pdf(
        text=mailing.texts[letter.language],
        said=_said(letter),
        to=to,
        sender=sender_of(county_id=mailing.county_id),
        on=mailing.letter_day,
        language=letter.language,
    )


@transaction.atomic
def send_by_hand(*, actor: Actor, letter_id: int) -> Letter:
    """
    Write down that a letter to somebody under protection is sent.

    :raises NotAllowed: the actor does not handle them.
    :raises IllegalTransition: the mailing is not approved, or the letter has gone.
    """
    letter = _lock(letter_id)
    policies.may_send_own_channel(actor=actor, county_id=letter.county_id).require()
    if letter.mailing.state not in {MailingState.SENDING, MailingState.SENT}:
        raise IllegalTransition(_("Utsendelsen er ikke godkjent ennå."))
    note_sent_by_hand(actor=actor, letter=letter, said=_said(letter), on=clock.today())
    return letter


def _said(letter: Letter) -> dict[str, str]:
    today = clock.today()
    facts = receiver_facts(youth_ids=[letter.youth_id], county_id=letter.county_id, on=today)[letter.youth_id]
    return said_in(letter.mailing, letter, facts)


def _lock(letter_id: int) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("mailing")
    letter = rows.filter(pk=letter_id).first()
    if letter is None:
        raise Invalid(_("Brevet finnes ikke, eller du har ikke tilgang."))
    return letter
