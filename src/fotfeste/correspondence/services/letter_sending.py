"""
Sending the letters of a mailing, each once, whenever the worker may die.

A letter is handed over in a transaction of its own before the carrier is given it, and is sent in another one when the
carrier has taken it. A worker that dies between the two leaves it handed over: a carrier that knows a key again is
given it once more and delivers it once, and of any other carrier's somebody must find out.
"""

from collections.abc import Iterator
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
from fotfeste.casework.services.contacts import register_sent
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
from fotfeste.law.school_year import SchoolYear
from fotfeste.organisations.selectors.counties import county_names
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
        mailing = Mailing.objects.filter(pk=mailing_id, state=MailingState.SENDING).first()
        if mailing is None:
            return []
        letters = list(_waiting(mailing, carrier)[:most])
        facts = receiver_facts(youth_ids={each.youth_id for each in letters}, county_id=mailing.county_id, on=on)
        registered = still_registered(youth_ids=facts)
        if mailing.kind == LetterKind.REMINDER:
            # Who has answered while it waited to be approved, is not reminded.
            registered -= who_answered(youth_ids=facts, school_year=mailing.school_year)
        ready = [
            Ready(
                letter.pk,
                _blank(mailing, letter, to, facts[letter.youth_id].email),
                said,
                LetterChannel(letter.channel),
            )
            for letter in letters
            for to, said in _made(actor, mailing, letter, facts.get(letter.youth_id), letter.youth_id in registered, on)
        ]
        texts, sender = mailing.texts, sender_of(county_id=mailing.county_id)
    copies = {each.pk for each in letters if each.receiver == Receiver.GUARDIAN}
    return [_printed(each, texts, sender, mailing.letter_day, is_copy=each.letter_id in copies) for each in ready]


@implements("nal-sent", "nal-channel", "std-nonapplicant-letter")
@transaction.atomic
def note_sent(*, actor: Actor, ready: Ready, reference: str, on: date) -> LetterState | None:
    """
    Write down that a letter is sent, and that it was an attempt to reach the youth; None when it stands already.

    A letter is an attempt and never contact; a guardian's copy is neither.
    """
    letter = _locked(ready.letter_id)
    if letter is None:
        return None
    _mark_sent(actor, letter, said=ready.said, reference=reference, on=on)
    return LetterState.SENT


@transaction.atomic
def note_failed(*, actor: Actor, ready: Ready) -> None:
    """Write down that the carrier did not take a letter; it is tried again the next time the mailing is worked on."""
    letter = _locked(ready.letter_id)
    if letter is not None:
        letter.state = move_letter(letter.state, to=LetterState.FAILED)
        letter.save(update_fields=["state"])
        details = {"letter": letter.pk, "mailing": letter.mailing_id}
        audit.record("letter.failed", by=actor.user_id, county=letter.county_id, details=details)


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
    county = county_names()[mailing.county_id]
    said = facts.said(on=mailing.letter_day, county=county, language=letter.language)
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
    """Write down that a letter has gone, on the word of somebody."""
    _mark_sent(actor, letter, said=said, reference="", on=on)


def _mark_sent(actor: Actor, letter: Letter, *, said: dict[str, str], reference: str, on: date) -> None:
    letter.state = move_letter(letter.state, to=LetterState.SENT)
    letter.sent_at = clock.now()
    letter.reference = reference[:100]
    letter.said = {name: value for name, value in said.items() if name not in _NOT_KEPT}
    if "lenke" in said and letter.receiver == Receiver.YOUTH:
        letter.reply_digest, letter.reply_until = digest_of(token_of(letter.key)), letter.mailing.reply_by
    if letter.receiver == Receiver.YOUTH and letter.mailing.kind not in _COPIES:
        channel = Channel.EMAIL if letter.channel == LetterChannel.DIGITAL else Channel.LETTER
        letter.attempt = register_sent(actor=actor, youth_id=letter.youth_id, on=on, channel=channel)
    letter.save()
    details = {"letter": letter.pk, "mailing": letter.mailing_id, "receiver": letter.receiver}
    audit.record("letter.sent", by=actor.user_id, about=letter.youth_id, county=letter.county_id, details=details)


def _waiting(mailing: Mailing, carrier: Carrier) -> Any:
    wanted = Q(state=LetterState.WAITING)
    if carrier.repeats:
        wanted |= Q(state=LetterState.HANDED, channel=LetterChannel.PAPER)
    rows = Letter.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.filter(wanted, mailing=mailing).order_by("pk")


def _made(
    actor: Actor, mailing: Mailing, letter: Letter, facts: ReceiverFacts | None, is_registered: bool, on: date
) -> Iterator[tuple[PostalAddress | None, dict[str, str]]]:
    """Hand a letter over, or set it aside; yield where it goes and what stands in it when it goes."""
    was = letter.state
    to = _address(letter, facts) if facts is not None else None
    by_mail = facts is not None and letter.receiver == Receiver.YOUTH and goes_by_mail(mailing, facts)
    if facts is None or not (is_registered or mailing.kind in ONE_BY_ONE):
        letter.state = LetterState.WITHDRAWN
    elif facts.is_protected:
        letter.state, letter.is_protected = LetterState.OWN_CHANNEL, True
    elif to is None and not by_mail:
        letter.state = LetterState.NO_ADDRESS
    elif was == LetterState.WAITING:
        letter.state = move_letter(was, to=LetterState.HANDED)
        letter.channel = LetterChannel.DIGITAL if by_mail else LetterChannel.PAPER
        letter.handed_at = clock.now()
    if letter.state != was:
        letter.save(update_fields=["state", "is_protected", "channel", "handed_at"])
    if letter.state == LetterState.NO_ADDRESS and letter.receiver == Receiver.YOUTH:
        tell_of_no_address(actor=actor, letter=letter)
    if letter.state == LetterState.HANDED and facts is not None:
        yield to, said_in(mailing, letter, facts)


def _address(letter: Letter, facts: ReceiverFacts) -> PostalAddress | None:
    if letter.receiver == Receiver.YOUTH:
        return facts.postal
    name = dict(facts.guardians).get(letter.guardian_id or 0)
    if name is None or facts.home is None:
        return None
    return PostalAddress(name, facts.home.street, facts.home.postcode, facts.home.city)


def _blank(mailing: Mailing, letter: Letter, to: PostalAddress | None, email: str) -> Parcel:
    number = letter.youth.national_id if letter.receiver == Receiver.YOUTH else None
    papers = papers_with(kind=mailing.kind, youth_id=letter.youth_id, about=letter.about, language=letter.language)
    if letter.channel == LetterChannel.DIGITAL:
        return Parcel(letter.key, mailing.key, "", letter.language, b"", None, number, email)
    return Parcel(letter.key, mailing.key, "", letter.language, b"", to, number, papers=papers)


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


def _locked(letter_id: int) -> Letter | None:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("mailing")
    return rows.filter(pk=letter_id, state=LetterState.HANDED).first()


def give_to(carrier: Carrier, ready: Ready) -> str | None:
    """Give a letter to the carrier; return what it calls it, None when it was not taken."""
    try:
        return carrier.send(ready.parcel)
    except CarrierDown:
        return None
