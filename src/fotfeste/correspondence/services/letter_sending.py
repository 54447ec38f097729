"""
Sending the letters of a mailing, each once, whenever the worker may die.

Letters are handed over in a transaction of its own before the carrier is given them, and are sent in another one when
the carrier has taken them. A worker that dies between the two leaves them handed over: a carrier that knows a key again
is given each once more and delivers it once, and of any other carrier's somebody must find out. So a carrier of the
first sort is given a whole set before it is written down, and any other one letter at a time (``given_together``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.enums import Channel
from fotfeste.casework.selectors.receivers import still_registered
from fotfeste.casework.services.contacts import Sent, register_sent
from fotfeste.correspondence.carriers import Carrier, CarrierDown, Parcel, PostalAddress
from fotfeste.correspondence.enums import ONE_BY_ONE, LetterChannel, LetterKind, LetterState, MailingState, Receiver
from fotfeste.correspondence.letter_printing import letter_pdf, letter_title
from fotfeste.correspondence.models import Letter, Mailing
from fotfeste.correspondence.reply_links import digest_of, link_of, sample_link, token_of
from fotfeste.correspondence.selectors.facts import ReceiverFacts, receiver_facts, sender_of
from fotfeste.correspondence.selectors.mailings import protected_since
from fotfeste.correspondence.selectors.receivers import who_answered
from fotfeste.correspondence.services.mailings import goes_by_mail, tell_of_no_address
from fotfeste.correspondence.sources import papers_with, words_about
from fotfeste.correspondence.states import move_letter, move_mailing
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Refused
from fotfeste.kernel.to_write import write_fields
from fotfeste.law.school_year import SchoolYear
from fotfeste.spec import implements

SET = 25
"""How many letters are handed over at a time."""
#: What a letter said of a meeting stands with the meeting, and the link is kept nowhere.
_NOT_KEPT = frozenset({"lenke", "sted", "formål"})
#: What the youth has been part of already: sending them a copy is no attempt to reach them.
_COPIES = frozenset({LetterKind.CONSENT_COPY, LetterKind.PLAN_COPY})


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that is handed over, with all that is put into it."""

    letter_id: int
    parcel: Parcel
    said: dict[str, str]
    channel: LetterChannel


def hand_over(*, actor: Actor, mailing_id: int, carrier: Carrier, on: date, most: int = SET) -> list[Ready]:
    """
    Hand over some of the letters that wait, and those a worker left behind; empty when there are none.

    Whoever has become protected since is left to those who handle them, and who is registered no more gets no letter.
    """
    with transaction.atomic():
        mailings = Mailing.objects.select_related("county")
        mailing = mailings.filter(pk=mailing_id, state=MailingState.SENDING).first()
        if mailing is None:
            return []
        letters = list(_waiting(mailing, carrier)[:most])
        facts = receiver_facts(youth_ids={each.youth_id for each in letters}, county_id=mailing.county_id, on=on)
        registered = still_registered(youth_ids=facts)
        if mailing.kind == LetterKind.REMINDER:
            # Who has answered while it waited to be approved, is not reminded.
            registered -= who_answered(youth_ids=facts, school_year=mailing.school_year)
        moved = [
            letter
            for letter in letters
            if _moves(mailing, letter, facts.get(letter.youth_id), is_registered=letter.youth_id in registered)
        ]
        write_fields(moved, ["state", "is_protected", "channel", "handed_at"])
        tell_of_no_address(actor=actor, letters=[each for each in moved if each.state == LetterState.NO_ADDRESS])
        ready = [
            _ready(mailing, letter, facts[letter.youth_id]) for letter in letters if letter.state == LetterState.HANDED
        ]
        texts, sender = mailing.texts, sender_of(county_id=mailing.county_id)
    copies = {each.pk for each in letters if each.receiver == Receiver.GUARDIAN}
    return [_printed(each, texts, sender, mailing.letter_day, is_copy=each.letter_id in copies) for each in ready]


def given_together(ready: Sequence[Ready], carrier_of: Callable[[Ready], Carrier]) -> Iterator[list[Ready]]:
    """Yield the letters that may be given before any is noted: all of carriers that know a key again, else one."""
    known_again = [each for each in ready if carrier_of(each).repeats]
    if known_again:
        yield known_again
    yield from ([each] for each in ready if not carrier_of(each).repeats)


@implements("nal-sent", "nal-channel", "std-nonapplicant-letter")
@transaction.atomic
def note_given(
    *, actor: Actor, given: Sequence[tuple[Ready, str | None]], on: date
) -> list[tuple[int, Refused | EditConflict]]:
    """
    Write down of letters that they are sent, and that each was an attempt to reach the youth; once, whoever asks.

    A letter is an attempt and never contact; a guardian's copy is neither. One the carrier did not take is tried again
    the next time the mailing is worked on.

    :param given: each with what the carrier calls it, None when it was not taken.
    :returns: the letters it could not be written down of, and why; the others are noted.
    """
    letters = _locked([ready.letter_id for ready, _reference in given])
    sent = {
        ready.letter_id: _Going(letters[ready.letter_id], ready.said, reference)
        for ready, reference in given
        if reference is not None and ready.letter_id in letters
    }
    for letter in letters.values():
        if letter.pk not in sent:
            letter.state = move_letter(letter.state, to=LetterState.FAILED)
            letter.save(update_fields=["state"])
            details = {"letter": letter.pk, "mailing": letter.mailing_id}
            audit.record("letter.failed", by=actor.user_id, county=letter.county_id, details=details)
    return _mark_sent(actor, sent, on=on)


@transaction.atomic
def try_failed_again(*, mailing_id: int) -> int:
    """Let the letters the carrier did not take wait once more."""
    rows = Letter.objects.filter(mailing_id=mailing_id, state=LetterState.FAILED)
    return rows.update(state=LetterState.WAITING)


@transaction.atomic
def finish_mailing(*, actor: Actor, mailing_id: int, carrier: Carrier) -> bool:
    """
    End a mailing of which no letter waits any more; say whether it is ended.

    :raises CarrierDown: the carrier could not see to it; it is asked again the next time.
    """
    mailing = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing_id)
    open_states = [LetterState.WAITING, LetterState.HANDED, LetterState.FAILED]
    if mailing.state != MailingState.SENDING or mailing.letters.filter(state__in=open_states).exists():
        return mailing.state == MailingState.SENT
    # Letters that go one by one lie together by their day, and more may come until it is over.
    if mailing.kind in ONE_BY_ONE and mailing.letter_day >= clock.today():
        return False
    carrier.finish(mailing.key)
    mailing.state = move_mailing(mailing.state, to=MailingState.SENT)
    mailing.finished_at = clock.now()
    mailing.version += 1
    mailing.save(update_fields=["state", "finished_at", "version"])
    audit.record("mailing.sent", by=actor.user_id, county=mailing.county_id, details={"mailing": mailing.pk})
    return True


@transaction.atomic
def take_back_protected(*, actor: Actor, county_id: int, carrier: Carrier) -> int:
    """
    Take the letters of those who have become protected out of where they wait to be printed; return how many.

    They go over to whoever handles those under protection. What is printed cannot be called back.
    """
    if not carrier.is_ready:
        return 0
    taken = 0
    for letter in protected_since(county_id=county_id):
        try:
            carrier.take_back(letter.mailing.key, letter.key)
        except CarrierDown:
            continue
        letter.is_protected = True
        letter.save(update_fields=["is_protected"])
        details = {"letter": letter.pk, "mailing": letter.mailing_id}
        audit.record("letter.taken_out", by=actor.user_id, about=letter.youth_id, county=county_id, details=details)
        taken += 1
    return taken


def said_in(mailing: Mailing, letter: Letter, facts: ReceiverFacts, *, is_sample: bool = False) -> dict[str, str]:
    """Return what the fields of a letter are filled in with; only the youth's own letter has the link."""
    said = facts.said(on=mailing.letter_day, county=mailing.county.name, language=letter.language)
    said |= words_about(kind=mailing.kind, youth_id=letter.youth_id, about=letter.about, language=letter.language)
    if mailing.school_year is not None:
        said["skoleår"] = SchoolYear(mailing.school_year).label
    if mailing.reply_by is not None:
        with translation.override(letter.language):
            said["svarfrist"] = formats.day(mailing.reply_by)
            said["lenke"] = _("lenken i brevet til ungdommen")
        if letter.receiver == Receiver.YOUTH:
            said["lenke"] = sample_link() if is_sample else link_of(letter.key)
    return said


@transaction.atomic
def note_sent_by_hand(*, actor: Actor, letter: Letter, said: dict[str, str], on: date) -> None:
    """
    Write down that a letter has gone, on the word of somebody.

    :raises NotAllowed: the actor registers nothing about the youth.
    """
    for _letter_id, refusal in _mark_sent(actor, {letter.pk: _Going(letter, said, "")}, on=on):
        raise refusal


@dataclass(frozen=True, slots=True)
class _Going:
    """A letter that is locked and has gone, what stood in it, and what the carrier calls it."""

    letter: Letter
    said: Mapping[str, str]
    reference: str

    @property
    def sent(self) -> Sent | None:
        """What it was of attempts to reach the youth; None when it was none."""
        if self.letter.receiver != Receiver.YOUTH or self.letter.mailing.kind in _COPIES:
            return None
        by_mail = self.letter.channel == LetterChannel.DIGITAL
        return Sent(self.letter.youth_id, Channel.EMAIL if by_mail else Channel.LETTER)


_WRITTEN_OF_SENT = ["state", "sent_at", "reference", "said", "reply_digest", "reply_until", "attempt"]


def _mark_sent(actor: Actor, going: Mapping[int, _Going], *, on: date) -> list[tuple[int, Refused | EditConflict]]:
    attempts = register_sent(
        actor=actor, sent={pk: sent for pk, each in going.items() if (sent := each.sent) is not None}, on=on
    )
    attempt_of, refused = dict(attempts.done), dict(attempts.stopped)
    letters = []
    for pk, each in going.items():
        letter = each.letter
        if pk in refused:
            continue
        letter.state = move_letter(letter.state, to=LetterState.SENT)
        letter.sent_at = clock.now()
        letter.reference = each.reference[:100]
        letter.said = {name: value for name, value in each.said.items() if name not in _NOT_KEPT}
        if "lenke" in each.said and letter.receiver == Receiver.YOUTH:
            letter.reply_digest, letter.reply_until = digest_of(token_of(letter.key)), letter.mailing.reply_by
        letter.attempt = attempt_of.get(pk)
        letters.append(letter)
    write_fields(letters, _WRITTEN_OF_SENT)
    about = [
        (each.youth_id, {"letter": each.pk, "mailing": each.mailing_id, "receiver": each.receiver}) for each in letters
    ]
    audit.record_each("letter.sent", by=actor.user_id, about=about)
    return attempts.stopped


def _waiting(mailing: Mailing, carrier: Carrier) -> Any:
    wanted = Q(state=LetterState.WAITING)
    if carrier.repeats:
        wanted |= Q(state=LetterState.HANDED, channel=LetterChannel.PAPER)
    rows = Letter.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.filter(wanted, mailing=mailing).order_by("pk")


def _moves(mailing: Mailing, letter: Letter, facts: ReceiverFacts | None, *, is_registered: bool) -> bool:
    """Hand a letter over, or set it aside; say whether that is new: what a worker left behind is handed over."""
    was = letter.state
    if facts is None or not (is_registered or mailing.kind in ONE_BY_ONE):
        letter.state = LetterState.WITHDRAWN
    elif facts.is_protected:
        letter.state, letter.is_protected = LetterState.OWN_CHANNEL, True
    elif _address(letter, facts) is None and not _goes_by_mail(mailing, letter, facts):
        letter.state = LetterState.NO_ADDRESS
    elif was == LetterState.WAITING:
        letter.state = move_letter(was, to=LetterState.HANDED)
        by_mail = _goes_by_mail(mailing, letter, facts)
        letter.channel = LetterChannel.DIGITAL if by_mail else LetterChannel.PAPER
        letter.handed_at = clock.now()
    return letter.state != was


def _goes_by_mail(mailing: Mailing, letter: Letter, facts: ReceiverFacts) -> bool:
    return letter.receiver == Receiver.YOUTH and goes_by_mail(mailing, facts)


def _ready(mailing: Mailing, letter: Letter, facts: ReceiverFacts) -> Ready:
    parcel = _blank(mailing, letter, facts)
    return Ready(letter.pk, parcel, said_in(mailing, letter, facts), LetterChannel(letter.channel))


def _address(letter: Letter, facts: ReceiverFacts) -> PostalAddress | None:
    if letter.receiver == Receiver.YOUTH:
        return facts.postal
    name = dict(facts.guardians).get(letter.guardian_id or 0)
    if name is None or facts.home is None:
        return None
    return PostalAddress(name, facts.home.street, facts.home.postcode, facts.home.city)


def _blank(mailing: Mailing, letter: Letter, facts: ReceiverFacts) -> Parcel:
    number = facts.youth.national_id if letter.receiver == Receiver.YOUTH else None
    if letter.channel == LetterChannel.DIGITAL:
        return Parcel(letter.key, mailing.key, "", letter.language, b"", None, number, facts.email)
    papers = papers_with(kind=mailing.kind, youth_id=letter.youth_id, about=letter.about, language=letter.language)
    return Parcel(letter.key, mailing.key, "", letter.language, b"", _address(letter, facts), number, papers=papers)


def _printed(each: Ready, texts: dict[str, dict[str, str]], sender: list[str], on: date, *, is_copy: bool) -> Ready:
    parcel = each.parcel
    if parcel.to is None:
        with translation.override(parcel.language):
            words = _("Du har fått et brev som ber om svar. Svar innen %(day)s her: %(link)s") % {
                "day": each.said["svarfrist"],
                "link": each.said["lenke"],
            }
            return replace(each, parcel=replace(parcel, title=_("Svar på et brev"), words=words))
    text = texts[parcel.language]
    document = letter_pdf(
        text=text, said=each.said, to=parcel.to, sender=sender, on=on, language=parcel.language, is_copy=is_copy
    )
    return replace(each, parcel=replace(parcel, title=letter_title(text, each.said), document=document))


def _locked(letter_ids: Sequence[int]) -> dict[int, Letter]:
    """Return those of the letters that are handed over, by id, locked in everybody's order."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related("mailing")
    return {each.pk: each for each in rows.filter(pk__in=letter_ids, state=LetterState.HANDED).order_by("pk")}


def give_to(carrier: Carrier, ready: Ready) -> str | None:
    """Give a letter to the carrier; return what it calls it, None when it was not taken."""
    try:
        return carrier.send(ready.parcel)
    except CarrierDown:
        return None
