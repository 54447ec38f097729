"""Proposing more times for a meeting, choosing one of them, or letting the meeting stay where it stands."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.views.header import full_name
from fotfeste.collaboration.enums import MeetingKind
from fotfeste.collaboration.forms.meeting_times import OtherTimesForm
from fotfeste.collaboration.selectors import meeting_times as selectors
from fotfeste.collaboration.selectors.plan_bodies import tells_unit
from fotfeste.collaboration.services import meeting_times
from fotfeste.collaboration.views.meeting_words import guest_name
from fotfeste.collaboration.views.meetings import done, run_or_404, to_meeting
from fotfeste.kernel.whole_number import whole_number


@requires(Permission.MEETING_CALL)
@require_POST
def propose(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Propose more times."""
    run_or_404(request, youth_id, meeting_id)
    form = OtherTimesForm(request.POST, initial={})
    if not form.is_valid():
        messages.error(request, _("Skriv både dag og klokkeslett for hver tid."))
        return to_meeting(youth_id, meeting_id)
    told, given = _("Tidene er foreslått. De som er kalt inn, får beskjed."), {"times": form.times()}
    return done(request, youth_id, meeting_id, told, meeting_times.propose_times, {"meeting_id": meeting_id, **given})


@requires(Permission.MEETING_CALL)
@require_POST
def choose(request: ActorRequest, youth_id: int, meeting_id: int, time_id: int) -> HttpResponse:
    """Move the meeting to one of the times proposed."""
    run_or_404(request, youth_id, meeting_id)
    given = {"meeting_id": meeting_id, "time_id": time_id, "version": whole_number(request.POST.get("version")) or None}
    told = _("Tiden er valgt. De som er kalt inn, får ny kalenderinnkalling.")
    return done(request, youth_id, meeting_id, told, meeting_times.choose_time, given)


@requires(Permission.MEETING_CALL)
@require_POST
def keep(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Let the meeting stay where it stands."""
    run_or_404(request, youth_id, meeting_id)
    given = {"meeting_id": meeting_id, "version": whole_number(request.POST.get("version")) or None}
    told = _("Møtet blir når det står. De som er kalt inn, får beskjed.")
    return done(request, youth_id, meeting_id, told, meeting_times.keep_time, given)


def counter_proposals(actor: Actor) -> list[dict[str, Any]]:
    """Return the other times proposed for meetings the actor has called, as they stand among the notices."""
    rows = selectors.counter_proposals(user_id=actor.user_id).select_related("meeting__youth", "guest__body")
    return [
        {
            "youth_id": each.youth_id,
            "meeting_id": each.meeting_id,
            "who": full_name(each.meeting.youth),
            "kind": MeetingKind(each.meeting.kind).label,
            "by": guest_name(each.guest, hides=not tells_unit(each.meeting.youth, actor)),
            "starts_at": each.starts_at,
            "stands_at": each.meeting.starts_at,
        }
        for each in rows
    ]
