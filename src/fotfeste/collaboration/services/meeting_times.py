"""Proposing more times for a meeting, and choosing between them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.collaboration.enums import Reply
from fotfeste.collaboration.models import Guest, Meeting, ProposalState, ProposedTime
from fotfeste.collaboration.selectors.meeting_times import can_come, open_times
from fotfeste.collaboration.services.invitations import lock_meeting, must_be_ahead, sync_grants
from fotfeste.collaboration.services.meeting_mail import ask_for_mail
from fotfeste.collaboration.services.proposals import add_times, drop_times, must_be_possible
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.icalendar import REQUEST
from fotfeste.spec import implements


@transaction.atomic
def propose_times(*, actor: Actor, meeting_id: int, times: Iterable[datetime]) -> list[ProposedTime]:
    """
    Propose more times for a meeting ahead. Everybody called is told, and asked which of them suit.

    :raises NotAllowed: another unit runs it.
    :raises IllegalTransition: it is held or cancelled.
    :raises Invalid: a time is past or stands already, or there are too many.
    """
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id)
    must_be_ahead(meeting)
    made = add_times(actor=actor, meeting=meeting, times=times)
    if not made:
        raise Invalid(_("Skriv minst én tid."))
    _tell_everybody(meeting)
    _log(actor, "meeting.times_proposed", meeting)
    return made


@implements("inv-time")
@transaction.atomic
def choose_time(*, actor: Actor, meeting_id: int, time_id: int, version: int | None = None) -> Meeting:
    """
    Move a meeting to a proposed time, and drop the others. Who said they can then, comes; the others are asked again.

    :param version: of the meeting as the user was shown it; None for a job.
    :raises NotAllowed: another unit runs it.
    :raises EditConflict: somebody has changed it since.
    :raises IllegalTransition: it is held or cancelled, or the time is proposed no more.
    :raises Invalid: the time is past.
    """
    wanted = ProposedTime.objects.filter(pk=time_id, meeting_id=meeting_id).first()
    yours = {_("Tid"): formats.moment(wanted.starts_at)} if wanted is not None else {}
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id, version=version, yours=yours)
    must_be_ahead(meeting)
    chosen = next((each for each in open_times(meeting) if each.pk == time_id), None)
    if chosen is None:
        raise IllegalTransition(_("Tiden er ikke lenger foreslått."))
    must_be_possible(chosen.starts_at)
    chosen.state, chosen.settled_by_id, chosen.settled_at = ProposalState.CHOSEN, actor.user_id, clock.now()
    chosen.save(update_fields=["state", "settled_by", "settled_at"])
    drop_times(actor=actor, meeting=meeting)
    meeting.starts_at = chosen.starts_at
    meeting.version += 1
    meeting.save(update_fields=["starts_at", "version"])
    for guest in Guest.objects.select_for_update(of=("self",)).filter(meeting=meeting, removed_at=None):
        guest.reply = Reply.COMES if can_come(guest, chosen) else Reply.NONE
        guest.substitute = ""
        guest.version += 1
        guest.save(update_fields=["reply", "substitute", "version"])
    _tell_everybody(meeting)
    sync_grants(youth_id=meeting.youth_id, county_id=meeting.youth.county_id)
    _log(actor, "meeting.time_chosen", meeting)
    return meeting


@transaction.atomic
def keep_time(*, actor: Actor, meeting_id: int, version: int | None = None) -> Meeting:
    """
    Let a meeting stay where it stands, and drop the times proposed besides. Everybody is told, and no answer is lost.

    :param version: of the meeting as the user was shown it; None for a job.
    :raises NotAllowed: another unit runs it.
    :raises EditConflict: somebody has changed it since.
    :raises IllegalTransition: it is held or cancelled, or nothing else is proposed.
    """
    yours = {_("Tid"): _("Behold tiden")}
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id, version=version, yours=yours)
    must_be_ahead(meeting)
    if not drop_times(actor=actor, meeting=meeting):
        raise IllegalTransition(_("Ingen andre tider er foreslått."))
    meeting.version += 1
    meeting.save(update_fields=["version"])
    _tell_everybody(meeting)
    _log(actor, "meeting.time_kept", meeting)
    return meeting


def _tell_everybody(meeting: Meeting) -> None:
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])
    for guest in Guest.objects.filter(meeting=meeting, removed_at=None).select_related("meeting__youth", "body"):
        ask_for_mail(guest, method=REQUEST)


def _log(actor: Actor, verb: str, meeting: Meeting) -> None:
    details = {"meeting": meeting.pk, "kind": str(meeting.kind)}
    audit.record(verb, by=actor.user_id, about=meeting.youth_id, county=meeting.county_id, details=details)
