"""Meetings about one youth: seeing them, calling one, changing it, and answering."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.views.person import base, must_know
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration.enums import MeetingKind, MeetingState
from fotfeste.collaboration.forms.meeting_times import OtherTimesForm, ReplyForm
from fotfeste.collaboration.forms.meetings import HeldWhenForm, InviteForm, PreparationForm, WhenForm
from fotfeste.collaboration.forms.routines import ReasonForm
from fotfeste.collaboration.selectors import meetings as selectors
from fotfeste.collaboration.selectors.meeting_times import lacks_reply
from fotfeste.collaboration.services import invitations, meetings
from fotfeste.collaboration.views.meeting_words import (
    callable_kinds,
    guest_lines,
    may_run,
    offered_to,
    other_times,
    place_words,
    time_lines,
)
from fotfeste.collaboration.views.minutes_shown import signed_shown
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number


@requires(Permission.MEETING_SEE)
@require_GET
def overview(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show the meetings about a youth: those ahead, and those held."""
    page, header, context = base(request, youth_id, tab="meetings")
    must_know(request.actor, Topic.MEETINGS, page, context["today"])
    found = selectors.meetings_of(youth_id=youth_id)
    signout = selectors.signed_out_on(youth_id=youth_id) if found else None
    rows = [
        {
            "meeting": each,
            "kind": MeetingKind(each.kind).label,
            "state": MeetingState(each.state),
            "is_open": each.state == MeetingState.CALLED,
            "is_ahead": each.starts_at > clock.now(),
            "place": place_words(each) if header.tells_place or header.tells_unit else "",
            "lacks": len(lacks_reply(each)),
            "before_signout": selectors.is_before_signout(each, signout=signout),
        }
        for each in found
    ]
    context |= {
        "ahead": [row for row in reversed(rows) if row["is_open"] and row["is_ahead"]],
        "unwritten": [row for row in reversed(rows) if row["is_open"] and not row["is_ahead"]],
        "behind": [row for row in rows if not row["is_open"]],
        "may_call": bool(callable_kinds(request.actor, page.youth, context["today"])),
    }
    return render_screen(request, "collaboration/meetings.html", context, about=youth_id, topic=Topic.MEETINGS)


@requires(Permission.MEETING_SEE)
@require_GET
def meeting(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Show one meeting: when, who is called and what they answered, and what can be done."""
    _page, header, context = base(request, youth_id, tab="meetings")
    found = meeting_or_404(youth_id, meeting_id)
    runs, is_ahead = may_run(request.actor, found), found.state == MeetingState.CALLED
    signout = selectors.signed_out_on(youth_id=youth_id)
    context |= {
        "meeting": found,
        "kind": MeetingKind(found.kind).label,
        "state": MeetingState(found.state),
        "place": place_words(found) if header.tells_unit else "",
        "called_by": found.called_by_unit.name if header.tells_unit else "",
        "prepares_at": selectors.prepares_at(found),
        "before_signout": selectors.is_before_signout(found, signout=signout),
        "guests": guest_lines(found, actor=request.actor, tells_unit=header.tells_unit, today=context["today"]),
        "runs": runs,
        "times": time_lines(found, tells_unit=header.tells_unit, actor=request.actor) if is_ahead else [],
        "times_form": OtherTimesForm(None, initial={}) if runs and is_ahead and found.starts_at > clock.now() else None,
        "is_ahead": is_ahead,
        "was_called": _was_called(found),
        "calls_youth": found.starts_at > clock.now() and selectors.calls_youth(found),
        "may_write": runs and found.state != MeetingState.CANCELLED and found.starts_at <= clock.now(),
        "signed": signed_shown(found, actor=request.actor, tells_unit=header.tells_unit),
        "invite_form": _invite_form(request, found) if runs and is_ahead else None,
        "crumbs": [
            *context["crumbs"],
            Link(header.name, reverse("casework:person", kwargs={"youth_id": youth_id})),
            Link(str(MeetingKind(found.kind).label)),
        ],
    }
    return render_screen(request, "collaboration/meeting.html", context, about=youth_id, topic=Topic.MEETINGS)


@requires(Permission.MEETING_CALL)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Change when or where a meeting is, or correct it of a talk that was held without a call."""
    found = run_or_404(request, youth_id, meeting_id)
    was_called = _was_called(found)
    screen = Screen(request, youth_id, _("Endre møtet") if was_called else _("Rett tid og sted"))
    starts_at = found.starts_at.astimezone(clock.OSLO)
    initial = {
        "day": starts_at.date(),
        "time": starts_at.time(),
        "minutes_long": found.minutes_long,
        "place": found.place,
        "video_url": found.video_url,
        "purpose": found.purpose,
        "version": found.version,
    }
    form = (WhenForm if was_called else HeldWhenForm)(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        given = {"when": form.when(), "version": form.cleaned_data["version"]}
        if screen.saves(form, meetings.change_meeting, meeting_id=meeting_id, **given):
            told = _("Møtet er endret. De som er kalt inn, får ny kalenderinnkalling.")
            messages.success(request, told if was_called else _("Samtalen er rettet."))
            return to_meeting(youth_id, meeting_id)
    return screen.show("casework/form.html", form, topic=Topic.MEETINGS)


@requires(Permission.MEETING_CALL)
@require_http_methods(["GET", "POST"])
def cancel(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Call a meeting off, or take away a talk that was written down by mistake."""
    found = run_or_404(request, youth_id, meeting_id)
    was_called = _was_called(found)
    title = _("Avlys møtet") if was_called else _("Ta bort samtalen")
    screen = Screen(request, youth_id, title)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    given = screen.given(form)
    if screen.saves(form, meetings.cancel_meeting, meeting_id=meeting_id, **given):
        told = _("Møtet er avlyst. De som var kalt inn, får beskjed.")
        messages.success(request, told if was_called else _("Samtalen er tatt bort. Ingen får beskjed."))
        return to_meeting(youth_id, meeting_id)
    return screen.show("casework/form.html", form, topic=Topic.MEETINGS, submit=title)


@requires(Permission.MEETING_CALL)
@require_http_methods(["GET", "POST"])
def prepare(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Write down what was agreed half an hour before a three-way conversation."""
    found = run_or_404(request, youth_id, meeting_id)
    screen = Screen(request, youth_id, _("Formøte"))
    form = PreparationForm(request.POST or None, initial={"text": found.preparation, "version": found.version})
    given = screen.given(form)
    if screen.saves(form, meetings.prepare_meeting, meeting_id=meeting_id, **given):
        messages.success(request, _("Formøtet er registrert."))
        return to_meeting(youth_id, meeting_id)
    return screen.show("casework/form.html", form, topic=Topic.MEETINGS)


@requires(Permission.MEETING_CALL)
@require_POST
def invite(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Call one more."""
    form = _invite_form(request, meeting_or_404(youth_id, meeting_id))
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return to_meeting(youth_id, meeting_id)
    (called,) = form.chosen()
    told, given = _("Innkallingen er sendt."), {"meeting_id": meeting_id, "called": called}
    return done(request, youth_id, meeting_id, told, invitations.invite, given)


@requires(Permission.MEETING_CALL)
@require_POST
def uninvite(request: ActorRequest, youth_id: int, meeting_id: int, guest_id: int) -> HttpResponse:
    """Take somebody off the list."""
    guest_or_404(youth_id, meeting_id, guest_id)
    told, version = _("Deltakeren er ikke lenger kalt inn."), whole_number(request.POST.get("version")) or None
    return done(request, youth_id, meeting_id, told, invitations.uninvite, {"guest_id": guest_id, "version": version})


@requires(Permission.MEETING_SEE)
@require_POST
def reply(request: ActorRequest, youth_id: int, meeting_id: int, guest_id: int) -> HttpResponse:
    """Answer whether somebody comes."""
    guest_or_404(youth_id, meeting_id, guest_id)
    form = ReplyForm(request.POST, times=other_times(meeting_or_404(youth_id, meeting_id)))
    if not form.is_valid():
        messages.error(request, _what_is_wrong(form))
        return to_meeting(youth_id, meeting_id)
    told = _("Svaret er registrert.")
    return done(request, youth_id, meeting_id, told, invitations.reply, {"guest_id": guest_id, **form.said()})


def _what_is_wrong(form: ReplyForm) -> str:
    """Say what is wrong and where, above the page: the form itself is one of many there."""
    fields = form.fields
    return " ".join(
        f"{fields[name].label}: {error}" if name in fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    )


def meeting_or_404(youth_id: int, meeting_id: int) -> Any:
    """
    Return one meeting.

    :raises Http404: there is none the actor may see.
    """
    found = selectors.meeting_or_none(youth_id=youth_id, meeting_id=meeting_id)
    if found is None:
        raise Http404
    return found


def run_or_404(request: ActorRequest, youth_id: int, meeting_id: int) -> Any:
    """
    Return one meeting that the actor runs. A form shows what stands before it is sent, so others are not let in.

    :raises Http404: there is none, or another unit runs it.
    """
    found = meeting_or_404(youth_id, meeting_id)
    if not may_run(request.actor, found):
        raise Http404
    return found


def guest_or_404(youth_id: int, meeting_id: int, guest_id: int) -> None:
    """
    Stop unless somebody is or was called to the meeting.

    :raises Http404: they were not, or the actor may not see it.
    """
    if not selectors.is_guest(meeting=meeting_or_404(youth_id, meeting_id), guest_id=guest_id):
        raise Http404


def _invite_form(request: ActorRequest, found: Any) -> InviteForm:
    there = {found.called_by_unit_id, *(guest.body_id for guest in selectors.guests_of(found))}
    offered = offered_to(request.actor, found.youth, clock.today(), besides=there)
    return InviteForm(request.POST or None, offered=offered)


def done(
    request: ActorRequest, youth_id: int, meeting_id: int, told: str, act: Callable[..., Any], given: dict[str, Any]
) -> HttpResponse:
    """Do an act on a meeting, and go back to it with what came of it."""
    try:
        act(actor=request.actor, **given)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return to_meeting(youth_id, meeting_id)


def to_meeting(youth_id: int, meeting_id: int) -> HttpResponse:
    """Go back to the meeting."""
    return redirect("collaboration:meeting", youth_id=youth_id, meeting_id=meeting_id)


def _was_called(meeting: Any) -> bool:
    """Say whether somebody was called to it; a talk held without a call was written down afterwards."""
    return bool(meeting.called_at < meeting.starts_at)
