"""Calling a meeting about a youth, changing it, calling it off, and what was prepared before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import MeetingKind, MeetingState, Reply
from fotfeste.collaboration.models import Guest, Meeting
from fotfeste.collaboration.services.invitations import Called, add_guests, lock_meeting, must_be_ahead, sync_grants
from fotfeste.collaboration.services.meeting_mail import ask_for_mail
from fotfeste.collaboration.services.proposals import add_times, drop_times, must_be_possible
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.icalendar import CANCEL, REQUEST
from fotfeste.people.services.places import lock_youth
from fotfeste.spec import implements

#: A talk longer ago than this is not written down as held now.
_LONGEST_AGO = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class When:
    """When and where a meeting is, and what it is to settle."""

    starts_at: datetime
    minutes_long: int
    place: str
    video_url: str
    purpose: str


@implements("form-invitation", "inv-type", "inv-youth", "inv-consent", "inv-time", "inv-place", "inv-purpose")
@transaction.atomic
def call_meeting(
    *,
    actor: Actor,
    youth_id: int,
    kind: MeetingKind,
    when: When,
    called: Iterable[Called],
    other_times: Iterable[datetime] = (),
) -> Meeting:
    """
    Call a meeting about a youth. A body is called only when the youth or a sharing rule lets it take part.

    Source: Oslostandarden §§ 4.2-4.3, 6.1.1; amb-17.

    :param other_times: proposed besides; those called say which of them suit.

    :raises NotAllowed: another unit calls meetings of this kind, or nothing covers a body that is called.
    :raises Invalid: the time is past, or the place or what is to be settled is not said.
    """
    _check(when)
    return _made(actor, youth_id, kind, when, called, other_times=other_times)


@implements("exit-before-signout")
@transaction.atomic
def record_held(*, actor: Actor, youth_id: int, kind: MeetingKind, when: When, there: Iterable[Called]) -> Meeting:
    """
    Write down a talk that was held though nobody was called to it, so that its minutes can be written.

    Nothing is sent to anybody. It counts as any other once its minutes are signed.

    Source: Samarbeidsavtalen, Innsatsområde II; ind-exit-before-signout.

    :raises NotAllowed: another unit holds meetings of this kind, or nothing covers a body that was there.
    :raises Invalid: the time is ahead or long past, or the place is not said.
    """
    _check_held(when, by=clock.now())
    return _made(actor, youth_id, kind, when, there, is_held=True)


def _made(
    actor: Actor,
    youth_id: int,
    kind: MeetingKind,
    when: When,
    called: Iterable[Called],
    *,
    other_times: Iterable[datetime] = (),
    is_held: bool = False,
) -> Meeting:
    youth = lock_youth(youth_id=youth_id)
    granted = access.units_granted(youth_id=youth_id, topic=Topic.MEETINGS, on=clock.today())
    policies.may_call_meeting(actor=actor, kind=kind, unit_id=youth.unit_id, granted_units=granted).require()
    mine = policies.units_with(actor, Permission.MEETING_CALL) & ({youth.unit_id} | granted)
    meeting = Meeting.objects.create(
        youth=youth,
        kind=kind,
        called_by_unit_id=youth.unit_id if youth.unit_id in mine else min(mine),
        called_by_id=actor.user_id,
        called_at=clock.now(),
        starts_at=when.starts_at,
        minutes_long=when.minutes_long,
        place=when.place.strip(),
        video_url=when.video_url,
        purpose=when.purpose.strip(),
    )
    add_times(actor=actor, meeting=meeting, times=other_times)
    add_guests(actor=actor, youth=youth, meeting=meeting, called=called, were_there=is_held)
    _log(actor, "meeting.recorded" if is_held else "meeting.called", meeting)
    return meeting


@transaction.atomic
def change_meeting(*, actor: Actor, meeting_id: int, when: When, version: int | None = None) -> Meeting:
    """
    Change when or where a meeting is, or what it is to settle. When the time changes, everybody is asked again, and
    other times that were proposed fall.

    Of a talk that was held without a call, it corrects what was written down, and nobody is told.

    :param version: of the meeting as the user was shown it; None for a job.
    :raises NotAllowed: another unit runs it.
    :raises EditConflict: somebody has changed it since.
    :raises IllegalTransition: it is held or cancelled.
    :raises Invalid: the time cannot be, or the place or what is to be settled is not said.
    """
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id, version=version, yours=_told(when))
    must_be_ahead(meeting)
    if was_called := meeting.called_at < meeting.starts_at:
        _check(when)
    else:
        _check_held(when, by=meeting.called_at)
    is_moved = (meeting.starts_at, meeting.minutes_long) != (when.starts_at, when.minutes_long)
    is_elsewhere = (meeting.place, meeting.video_url) != (when.place.strip(), when.video_url)
    meeting.starts_at, meeting.minutes_long = when.starts_at, when.minutes_long
    meeting.place, meeting.video_url, meeting.purpose = when.place.strip(), when.video_url, when.purpose.strip()
    meeting.version += 1
    tells = was_called and (is_moved or is_elsewhere)
    if tells:
        meeting.sequence += 1
    meeting.save()
    if tells:
        _tell_all(meeting, ask_again=is_moved)
    if is_moved:
        drop_times(actor=actor, meeting=meeting)
        sync_grants(youth_id=meeting.youth_id, county_id=meeting.youth.county_id)
    _log(actor, "meeting.changed", meeting)
    return meeting


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting_id: int, reason: str, version: int | None = None) -> Meeting:
    """
    Call a meeting off, for a reason. What it opened to those who were called closes at once.

    :param version: of the meeting as the user was shown it; None for a job.
    :raises NotAllowed: another unit runs it.
    :raises EditConflict: somebody has changed it since.
    :raises IllegalTransition: it is held or cancelled.
    :raises Invalid: no reason is given.
    """
    yours = {_("Tilstand"): str(MeetingState.CANCELLED.label)}
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id, version=version, yours=yours)
    must_be_ahead(meeting)
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor møtet avlyses."))
    meeting.state, meeting.cancel_reason = MeetingState.CANCELLED, reason.strip()[:300]
    meeting.sequence += 1
    meeting.version += 1
    meeting.save(update_fields=["state", "cancel_reason", "sequence", "version"])
    drop_times(actor=actor, meeting=meeting)
    for guest in Guest.objects.filter(meeting=meeting, removed_at=None):
        ask_for_mail(guest, method=CANCEL)
    sync_grants(youth_id=meeting.youth_id, county_id=meeting.youth.county_id)
    _log(actor, "meeting.cancelled", meeting)
    return meeting


@implements("tw-preparation")
@transaction.atomic
def prepare_meeting(*, actor: Actor, meeting_id: int, text: str, version: int | None = None) -> Meeting:
    """
    Write down what the bodies agreed on before a three-way conversation: the topics, and the form of it.

    :param version: of the meeting as the user was shown it; None for a job.
    :raises NotAllowed: another unit runs it.
    :raises EditConflict: somebody has changed it since.
    :raises IllegalTransition: it is no three-way conversation, or it is over.
    :raises Invalid: nothing is written.
    """
    meeting = lock_meeting(
        actor=actor, meeting_id=meeting_id, version=version, yours={_("Formøte: tema og form"): text}
    )
    must_be_ahead(meeting)
    if meeting.kind != MeetingKind.THREE_WAY:
        raise IllegalTransition(_("Bare en trekantsamtale har formøte."))
    if not text.strip():
        raise Invalid(_("Skriv hvilke tema og hvilken form dere ble enige om."))
    meeting.preparation, meeting.prepared_by_id, meeting.prepared_at = text.strip(), actor.user_id, clock.now()
    meeting.version += 1
    meeting.save(update_fields=["preparation", "prepared_by", "prepared_at", "version"])
    _log(actor, "meeting.prepared", meeting)
    return meeting


def _tell_all(meeting: Meeting, *, ask_again: bool) -> None:
    for guest in Guest.objects.select_for_update().filter(meeting=meeting, removed_at=None):
        if ask_again:
            guest.reply, guest.substitute, guest.version = Reply.NONE, "", guest.version + 1
            guest.save(update_fields=["reply", "substitute", "version"])
        ask_for_mail(guest, method=REQUEST)


def _check(when: When) -> None:
    must_be_possible(when.starts_at)
    _check_place(when)
    if not when.purpose.strip():
        raise Invalid(_("Skriv hva som skal avklares."))


def _check_held(when: When, *, by: datetime) -> None:
    """Stop when a talk cannot have been held then. Once written down, it was held before that."""
    if when.starts_at > by:
        raise Invalid(_("Velg en tid som har vært, før samtalen ble registrert."))
    if when.starts_at < clock.now() - _LONGEST_AGO:
        raise Invalid(_("Velg en tid det siste året."))
    _check_place(when)


def _check_place(when: When) -> None:
    if not when.place.strip() and not when.video_url:
        raise Invalid(_("Skriv sted eller videolenke."))


def _told(when: When) -> dict[str, str]:
    return {
        _("Tid"): formats.moment(when.starts_at),
        _("Sted"): when.place,
        _("Hva skal avklares"): when.purpose,
    }


def _log(actor: Actor, verb: str, meeting: Meeting) -> None:
    details = {"meeting": meeting.pk, "kind": str(meeting.kind)}
    audit.record(verb, by=actor.user_id, about=meeting.youth_id, county=meeting.county_id, details=details)
