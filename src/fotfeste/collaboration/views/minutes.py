"""Writing the minutes of a meeting, and handing them out on paper."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.actor import Actor
from fotfeste.access.conflicts import CONFLICT
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, log_shown, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.selectors.contact_for_law import reached_on
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration.enums import GuestKind, Reply
from fotfeste.collaboration.forms.meetings import ConfirmForm
from fotfeste.collaboration.forms.minutes import MinutesForm
from fotfeste.collaboration.minutes_fields import read_day
from fotfeste.collaboration.minutes_printing import minutes_pdf
from fotfeste.collaboration.selectors import minutes as selectors
from fotfeste.collaboration.selectors.meetings import guests_of
from fotfeste.collaboration.selectors.plan_bodies import tells_unit
from fotfeste.collaboration.services import confirming
from fotfeste.collaboration.services import minutes as services
from fotfeste.collaboration.views.looking_again import look_again
from fotfeste.collaboration.views.meeting_words import guest_name
from fotfeste.collaboration.views.meetings import done, guest_or_404, meeting_or_404, run_or_404, to_meeting
from fotfeste.kernel import clock

#: What a form says that keeps itself while somebody writes.
AUTOSAVE = "X-Fotfeste-Autosave"


@requires(Permission.MEETING_CALL)
@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Write the minutes: save what is written so far, or sign it."""
    meeting = run_or_404(request, youth_id, meeting_id)
    screen = Screen(request, youth_id, _("Referat"))
    guests = guests_of(meeting)
    names = {guest.pk: guest_name(guest) for guest in guests}
    shown = names if tells_unit(meeting.youth, request.actor) else _without_units(guests, request.actor)
    bodies = frozenset(guest.pk for guest in guests if guest.kind in {GuestKind.UNIT, GuestKind.PARTNER})
    kept = selectors.minutes_of(meeting)
    form = MinutesForm(
        request.POST or None, kind=meeting.kind, guests=shown, bodies=bodies, initial=_initial(kept, guests)
    )
    if request.method == "POST" and AUTOSAVE in request.headers:
        return _keep_quietly(screen, form, meeting_id)
    is_signing = "sign" in request.POST
    again = look_again(form, form.texts, name_of=form.name_of) if is_signing else None
    if form.is_bound and form.is_valid() and not again:
        act: Callable[..., Any] = services.save_minutes
        given: dict[str, Any] = {"meeting_id": meeting_id, **form.given()}
        if is_signing:
            act, given = services.sign_minutes, {**given, "names": names, "shown": shown}
        if screen.saves(form, act, **given):
            messages.success(request, _told_signed(screen, meeting) if is_signing else _("Utkastet er lagret."))
            to = "meeting" if is_signing else "minutes"
            return redirect(f"collaboration:{to}", youth_id=youth_id, meeting_id=meeting_id)
    return screen.show("collaboration/minutes_form.html", form, meeting=meeting, again=again, topic=Topic.MEETINGS)


def _told_signed(screen: Screen, meeting: Any) -> str:
    """Say that the minutes are signed, and what that means for the contact with the youth."""
    told, day = _("Referatet er signert."), meeting.starts_at.astimezone(clock.OSLO).date()
    youth = next((part for part in screen.result.parts if part["guest"] in _youths(meeting)), None)
    if youth is None or not reached_on(youth_id=meeting.youth_id, on=day):
        return told
    if youth["was_there"]:
        return f"{told} {_('Møtet teller som kontakt med ungdommen.')}"
    return f"{told} {_('Det står en kontakt den dagen. Trekk den tilbake hvis den var fra dette møtet.')}"


def _youths(meeting: Any) -> set[int]:
    return {guest.pk for guest in guests_of(meeting) if guest.kind == GuestKind.YOUTH}


def _keep_quietly(screen: Screen, form: MinutesForm, meeting_id: int) -> HttpResponse:
    """Keep the draft while somebody writes, and say which version it is now; somebody else's is not written over."""
    if form.is_valid() and screen.saves(form, services.save_minutes, meeting_id=meeting_id, **form.given()):
        return JsonResponse({"version": screen.result.version})
    return HttpResponse(status=CONFLICT if screen.conflict else 422)


@requires(Permission.MEETING_SEE)
@require_GET
def paper(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Hand out the last signed version one may read, as a PDF. The file's name tells of nobody."""
    meeting = meeting_or_404(youth_id, meeting_id)
    signed = selectors.signed_of(meeting)
    if signed is None:
        raise Http404
    asked = request.GET.get("sprak", "")
    language = asked if asked in dict(settings.LANGUAGES) else (get_language() or "nb")[:2]
    tells_place = not whereabouts.is_protected(meeting.youth.protection)
    words = selectors.words_on(signed, meeting=meeting)
    made = minutes_pdf(signed, meeting=meeting, language=language, tells_place=tells_place, words=words)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="referat.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    log_shown(request, about=youth_id, topic=Topic.MEETINGS)
    return response


@requires(Permission.MEETING_SEE)
@require_POST
def confirm(request: ActorRequest, youth_id: int, meeting_id: int, guest_id: int) -> HttpResponse:
    """Say that a body, or the youth, has read the minutes and agrees to them, or has a remark."""
    guest_or_404(youth_id, meeting_id, guest_id)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg et svar fra listen."))
        return to_meeting(youth_id, meeting_id)
    return done(
        request,
        youth_id,
        meeting_id,
        _("Svaret er registrert."),
        confirming.confirm_minutes,
        {"guest_id": guest_id, **form.cleaned_data},
    )


def _without_units(guests: list[Any], actor: Actor) -> dict[int, str]:
    return {guest.pk: guest_name(guest, hides=guest.body_id not in actor.unit_ids) for guest in guests}


def _initial(kept: Any, guests: list[Any]) -> dict[str, Any]:
    initial: dict[str, Any] = {"version": kept.version if kept is not None else 0}
    if kept is not None:
        initial |= {name: read_day(value) for name, value in kept.answers.items()}
    for guest in guests:
        for name in ("was_there", "contributes", "contribution", "due_on"):
            initial[f"{name}_{guest.pk}"] = getattr(guest, name)
        if kept is None and guest.was_there is None:
            # Who said they come is taken to have come, until somebody says otherwise; of the others nothing is taken.
            initial[f"was_there_{guest.pk}"] = guest.reply in {Reply.COMES, Reply.SUBSTITUTE}
    return initial
