"""Writing the minutes of a meeting."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration.enums import GuestKind
from fotfeste.collaboration.forms.minutes import MinutesForm, read_day
from fotfeste.collaboration.selectors import minutes as selectors
from fotfeste.collaboration.selectors.meetings import guests_of
from fotfeste.collaboration.services import minutes as services
from fotfeste.collaboration.views.meeting_words import guest_name
from fotfeste.collaboration.views.meetings import meeting_or_404


@requires(Permission.MEETING_CALL)
@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Write the minutes: save what is written so far, or sign it."""
    meeting = meeting_or_404(youth_id, meeting_id)
    screen = Screen(request, youth_id, _("Referat"))
    guests = guests_of(meeting)
    names = {guest.pk: guest_name(guest) for guest in guests}
    bodies = frozenset(guest.pk for guest in guests if guest.kind in {GuestKind.UNIT, GuestKind.PARTNER})
    kept = selectors.minutes_of(meeting)
    form = MinutesForm(
        request.POST or None, kind=meeting.kind, guests=names, bodies=bodies, initial=_initial(kept, guests)
    )
    if form.is_bound and form.is_valid():
        is_signing = "sign" in request.POST
        act: Callable[..., Any] = services.save_minutes
        given: dict[str, Any] = {"meeting_id": meeting_id, **form.given()}
        if is_signing:
            act, given = services.sign_minutes, {**given, "names": names}
        if screen.saves(form, act, **given):
            messages.success(request, _("Referatet er signert.") if is_signing else _("Utkastet er lagret."))
            to = "meeting" if is_signing else "minutes"
            return redirect(f"collaboration:{to}", youth_id=youth_id, meeting_id=meeting_id)
    return screen.show("collaboration/minutes_form.html", form, meeting=meeting)


def _initial(kept: Any, guests: list[Any]) -> dict[str, Any]:
    initial: dict[str, Any] = {"version": kept.version if kept is not None else 0}
    if kept is not None:
        initial |= {name: read_day(value) for name, value in kept.answers.items()}
    for guest in guests:
        for name in ("was_there", "confirms", "contributes", "contribution", "due_on"):
            initial[f"{name}_{guest.pk}"] = getattr(guest, name)
    return initial
