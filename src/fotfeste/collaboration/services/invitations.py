"""Who is called to a meeting: only those the youth or the law lets take part. What it opens, and what they answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground, Topic
from fotfeste.audit import services as audit
from fotfeste.audit.followers import Act
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import CallChannel, GuestKind, MeetingState, Reply
from fotfeste.collaboration.models import Guest, Meeting
from fotfeste.collaboration.selectors.meetings import (
    RESPONSIBLE,
    UNNAMED,
    called_ahead,
    cover_source,
    is_covered,
    unit_cover,
)
from fotfeste.collaboration.selectors.plan_bodies import tells_unit
from fotfeste.collaboration.services.meeting_mail import ask_for_mail
from fotfeste.collaboration.services.proposals import answer_times
from fotfeste.consent import selectors as consents
from fotfeste.consent.enums import PartnerKind
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.kernel.icalendar import CANCEL, REQUEST
from fotfeste.organisations.selectors import units
from fotfeste.spec import implements

#: How long a meeting covered by a rule, and by no release, stays open to whoever was called.
AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Called:
    """
    Somebody to be called: a unit, a partner by kind and name, the youth, or a guardian.

    :ivar unit_id: ``UNNAMED`` for the unit that answers, whichever it is.
    """

    kind: GuestKind
    unit_id: int | None = None
    partner: str = ""
    name: str = ""
    email: str = ""
    channel: CallChannel = CallChannel.HERE


@implements("inv-recipients", "inv-channel")
def add_guests(
    *, actor: Actor, youth: Any, meeting: Meeting, called: Iterable[Called], were_there: bool = False
) -> list[Guest]:
    """
    Call some to a meeting, after asking of each body whether the youth or a rule lets it take part.

    :param were_there: the meeting has been held with them; nobody is sent anything.
    :raises NotAllowed: nothing covers that a body is called; nobody is called then.
    :raises Invalid: a unit does not exist, calls itself, or a partner has no name.
    """
    today = clock.today()
    made = [_made(actor, youth, meeting, each, today) for each in called]
    there = {guest.body_id for guest in meeting.guests.filter(removed_at=None) if guest.body_id}
    units_called = [guest.body_id for guest in made if guest.body_id]
    if there & set(units_called) or len(units_called) > len(set(units_called)):
        raise Invalid(_("Enheten er alt kalt inn."))
    for guest in made:
        if were_there:
            guest.was_there, guest.reply = True, Reply.COMES
        guest.save()
        if not were_there:
            ask_for_mail(guest, method=REQUEST)
    sync_grants(youth_id=youth.pk, county_id=youth.county_id)
    return made


def _made(actor: Actor, youth: Any, meeting: Meeting, called: Called, today: date) -> Guest:
    guest = Guest(
        youth_id=youth.pk,
        meeting=meeting,
        kind=called.kind,
        name=called.name.strip(),
        email=called.email.strip(),
        channel=called.channel,
        invited_on=today,
        invited_at=clock.now(),
    )
    if called.kind is GuestKind.UNIT:
        unit = _unit(youth, called.unit_id)
        if unit is None or unit.county_id != youth.county_id or unit.pk == meeting.called_by_unit_id:
            raise Invalid(_("Velg enheter i fylket som ikke selv kaller inn."))
        # Trying one unit after the other must not tell which of them answers for a youth under protection.
        hides = called.unit_id != UNNAMED and not tells_unit(youth, actor)
        cover = unit_cover(youth=youth, unit=unit, on=today, as_another=hides)
        if cover is None:
            raise NotAllowed(_not_covered(unit.name))
        guest.body_id, guest.cover = unit.pk, cover_source(cover)
    elif called.kind is GuestKind.PARTNER:
        partner = PartnerKind(called.partner)
        if not guest.name:
            raise Invalid(_("Skriv navnet på den som kalles inn fra %(partner)s.") % {"partner": partner.label})
        release = consents.partner_cover(youth_id=youth.pk, partner=partner, topic=Topic.MEETINGS, on=today)
        if release is None:
            raise NotAllowed(_not_covered(str(partner.label)))
        guest.partner, guest.cover = partner, release.source
    return guest


def _unit(youth: Any, unit_id: int | None) -> Any:
    wanted = youth.unit_id if unit_id == UNNAMED else unit_id
    return units.unit_or_none(unit_id=wanted) if wanted else None


def _not_covered(name: str) -> str:
    told = _("%(name)s kan ikke kalles inn. Verken ungdommen eller en delingsregel åpner for at de er med i møter.")
    return told % {"name": name}


@transaction.atomic
def invite(*, actor: Actor, meeting_id: int, called: Called) -> Guest:
    """
    Call one more to a meeting ahead.

    :raises NotAllowed: the meeting is another unit's, or nothing covers that the body is called.
    :raises IllegalTransition: the meeting is held or cancelled.
    :raises Invalid: the body is called already, or does not exist.
    """
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id)
    must_be_ahead(meeting)
    (guest,) = add_guests(actor=actor, youth=meeting.youth, meeting=meeting, called=[called])
    _log(actor, "meeting.guest_called", guest)
    return guest


@transaction.atomic
def uninvite(*, actor: Actor, guest_id: int, version: int | None = None) -> Guest:
    """
    Take somebody off the list of a meeting ahead. What it opened to a unit closes at once.

    :param version: of the guest as the user was shown it; None for a job.
    :raises NotAllowed: the meeting is another unit's.
    :raises EditConflict: somebody has answered or been taken off since.
    :raises IllegalTransition: the meeting is held or cancelled.
    """
    meeting = lock_meeting(actor=actor, meeting_id=_meeting_of(guest_id).pk)
    guest = _lock_guest(guest_id, version, yours=_("Ikke innkalt"))
    must_be_ahead(meeting)
    guest.removed_at = clock.now()
    guest.version += 1
    guest.save(update_fields=["removed_at", "version"])
    ask_for_mail(guest, method=CANCEL)
    sync_grants(youth_id=guest.youth_id, county_id=meeting.youth.county_id)
    _log(actor, "meeting.guest_removed", guest)
    return guest


@implements("inv-reply")
@transaction.atomic
def reply(
    *,
    actor: Actor,
    guest_id: int,
    answer: Reply,
    substitute: str = "",
    suits: Iterable[int] = (),
    proposes: datetime | None = None,
    version: int | None = None,
) -> Guest:
    """
    Say whether somebody comes: the unit itself, or whoever called the meeting for those who answered otherwise.

    :param suits: ids of the other times proposed at which they can come too.
    :param proposes: a time that would suit them better.
    :param version: of the guest as the user was shown it; None for a job.
    :raises NotAllowed: the actor neither works at the unit nor runs the meeting.
    :raises EditConflict: somebody has answered since.
    :raises Invalid: a substitute is sent and not named, or the time proposed cannot be.
    """
    meeting = _meeting_of(guest_id, locked=proposes is not None)
    guest = _lock_guest(guest_id, version, yours=str(Reply(answer).label))
    assert meeting.unit_id is not None
    runs = policies.may_run_meeting(actor=actor, called_by_unit_id=meeting.called_by_unit_id, unit_id=meeting.unit_id)
    if not runs:
        policies.may_speak_for(actor=actor, body_id=guest.body_id).require()
    must_be_ahead(meeting)
    if answer is Reply.SUBSTITUTE and not substitute.strip():
        raise Invalid(_("Skriv hvem som kommer i stedet."))
    guest.reply, guest.substitute = answer, substitute.strip()[:120] if answer is Reply.SUBSTITUTE else ""
    guest.replied_at, guest.replied_by_id = clock.now(), actor.user_id
    guest.meeting = meeting
    answer_times(actor=actor, guest=guest, suits=suits, proposes=proposes)
    guest.version += 1
    guest.save(update_fields=["reply", "substitute", "times_answered", "replied_at", "replied_by", "version"])
    _log(actor, "meeting.replied", guest)
    return guest


def lock_meeting(
    *, actor: Actor, meeting_id: int, version: int | None = None, yours: dict[str, str] | None = None
) -> Meeting:
    """
    Return the meeting, locked, when the actor runs it.

    :raises Invalid: there is none the actor may see.
    :raises NotAllowed: another unit runs it.
    :raises EditConflict: it is not as the user was shown it.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("youth").filter(pk=meeting_id).first()
    if meeting is None:
        raise Invalid(_("Møtet finnes ikke, eller du har ikke tilgang."))
    assert meeting.unit_id is not None
    policies.may_run_meeting(
        actor=actor, called_by_unit_id=meeting.called_by_unit_id, unit_id=meeting.unit_id
    ).require()
    if version is not None and version != meeting.version:
        raise EditConflict(
            _("Noen har endret møtet mens du holdt på. Ingenting er lagret."),
            theirs={
                _("Tid"): formats.moment(meeting.starts_at),
                _("Sted"): meeting.place,
                _("Hva skal avklares"): meeting.purpose,
                _("Formøte: tema og form"): meeting.preparation,
                _("Tilstand"): str(MeetingState(meeting.state).label),
            },
            yours=yours or {},
            version=meeting.version if meeting.state == MeetingState.CALLED else None,
            about=meeting.youth_id,
        )
    return meeting


def must_be_ahead(meeting: Meeting) -> None:
    """
    Stop when the meeting is over.

    :raises IllegalTransition: it is held or cancelled.
    """
    if meeting.state != MeetingState.CALLED:
        raise IllegalTransition(_("Møtet er holdt eller avlyst."))


def _meeting_of(guest_id: int, *, locked: bool = False) -> Meeting:
    """Return the meeting somebody is called to. It is locked before those called to it, never after."""
    rows = Meeting.objects.select_for_update(of=("self",)) if locked else Meeting.objects.all()
    meeting = rows.select_related("youth").filter(guests=guest_id).first()
    if meeting is None:
        raise Invalid(_("Deltakeren finnes ikke, eller du har ikke tilgang."))
    return meeting


def _lock_guest(guest_id: int, version: int | None, *, yours: str) -> Guest:
    guest = Guest.objects.select_for_update(of=("self",)).filter(pk=guest_id).first()
    if guest is None:
        raise Invalid(_("Deltakeren finnes ikke, eller du har ikke tilgang."))
    if guest.removed_at is not None or (version is not None and version != guest.version):
        stands = _("Ikke innkalt") if guest.removed_at else str(Reply(guest.reply).label)
        raise EditConflict(
            _("Noen har endret svaret mens du holdt på. Ingenting er lagret."),
            theirs={_("Svar"): stands, _("Stedfortreder"): guest.substitute},
            yours={_("Svar"): yours, _("Stedfortreder"): ""},
            version=guest.version if guest.removed_at is None else None,
            about=guest.youth_id,
        )
    return guest


# ------------------------------------------------------------------ what an invitation opens


def openings_on(day: date) -> Iterator[grants.Opening]:
    """Tell what all invitations open on a day, as far as the actor may see them."""
    yield from _openings(Guest.objects.all(), day)


def sync_grants(*, youth_id: int, county_id: int) -> None:
    """Let what invitations open of a youth be what they and the releases say now."""
    today = clock.today()
    with acting_as(access.system_actor("scheduler", county_ids=(county_id,))):
        openings = list(_openings(Guest.objects.filter(youth_id=youth_id), today))
        grants.sync(ground=Ground.INVITATION, youth_ids=[youth_id], openings=openings, on=today)


def _openings(guests: Any, day: date) -> Iterator[grants.Opening]:
    rows = (
        guests.filter(kind=GuestKind.UNIT, removed_at=None, invited_on__lte=day)
        .exclude(meeting__state=MeetingState.CANCELLED)
        .exclude(cover=RESPONSIBLE)
        .select_related("body", "meeting", "youth")
        .order_by("pk")
    )
    rows = list(rows)
    until = consents.covered_until(topic=Topic.MEETINGS, on=day, youth_ids={row.youth_id for row in rows})
    for row in rows:
        last_day = until.get((row.youth_id, row.body_id)) or _by_rule(row, day)
        if last_day is not None:
            yield grants.Opening(
                row.youth_id,
                Ground.INVITATION,
                f"meeting:{row.meeting_id}",
                row.invited_on,
                last_day,
                unit_id=row.body_id,
                unit_kind=row.body.kind,
            )


def _by_rule(row: Guest, day: date) -> date | None:
    """Return until when a rule without a release covers it; a youth who has moved to the unit needs no opening."""
    if row.cover.startswith("release:") or row.body is None:
        return None
    last_day = row.meeting.starts_at.astimezone(clock.OSLO).date() + AFTER
    cover = unit_cover(youth=row.youth, unit=row.body, on=day)
    return last_day if cover is not None and cover.rule is not None and last_day >= day else None


def follow_release(acts: Sequence[Act]) -> None:
    """
    Close and open what invitations open, in the same transaction as a release is recorded or taken back.

    Called in a scope that sees all of the youths.
    """
    for about in sorted({act.youth_id for act in acts if act.verb.startswith("release.")}):
        guest = Guest.objects.filter(youth_id=about, kind__in=[GuestKind.UNIT, GuestKind.PARTNER]).first()
        if guest is not None:
            assert guest.county_id is not None
            sync_grants(youth_id=about, county_id=guest.county_id)
            tell_of_cover(called_ahead(youth_ids=[about]))


def tell_of_cover(called: Iterable[Guest]) -> None:
    """
    Take a meeting out of the calendar of each body that is let in no more, and put it back when it is let in again.

    What it is sent says nothing but which meeting it was.
    """
    for guest in called:
        sent = list(getattr(guest, "sent", ()))
        is_told = bool(sent) and sent[-1].method == REQUEST
        is_let_in = is_covered(guest, on=clock.today())
        if is_told and not is_let_in:
            ask_for_mail(guest, method=CANCEL)
        elif sent and not is_told and is_let_in:
            ask_for_mail(guest, method=REQUEST)


def _log(actor: Actor, verb: str, guest: Guest) -> None:
    details = {"meeting": guest.meeting_id, "guest": guest.pk}
    audit.record(verb, by=actor.user_id, about=guest.youth_id, county=guest.county_id, details=details)
