"""The buttons of the home screen: a contact registered, a status confirmed, and the chance to take it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.forms.contact import STEPS
from fotfeste.casework.selectors.needs import need_of
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.casework.services import contacts, statuses
from fotfeste.casework.views.desk import name_of
from fotfeste.config.home import needs
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.whole_number import whole_number


@requires(Permission.CONTACT_REGISTER)
@require_POST
def register_contact(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Register the attempt a button stands for, today."""
    step = STEPS.get(request.POST.get("hva", ""))
    if step is None:
        raise Http404
    try:
        done = contacts.register_attempt(actor=request.actor, youth_id=youth_id, on=clock.today(), **step)
    except Refused as refusal:
        return _answer(request, youth_id, refusal=str(refusal))
    said = _("Kontakt registrert.") if done.is_contact else _("Forsøk registrert.")
    offers_status = bool(done.suggested_code) and request.actor.has(Permission.STATUS_SET)
    return _answer(request, youth_id, said=said, attempt_id=done.attempt.pk, offers_status=offers_status)


@requires(Permission.CONTACT_REGISTER)
@require_POST
def undo_contact(request: ActorRequest, attempt_id: int) -> HttpResponse:
    """Take back what a button just registered, and show the line as it was."""
    try:
        attempt = contacts.withdraw_attempt(actor=request.actor, attempt_id=attempt_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("home")
    need = need_of(youth_id=attempt.youth_id, today=clock.today())
    if need is None or not _is_part(request):
        messages.success(request, _("Angret. Forsøket er trukket tilbake."))
        return redirect("home")
    shown = needs.line(need, actor=request.actor, today=clock.today())
    return render(request, "config/_need.html", {"line": shown, "was_undone": True})


@requires(Permission.STATUS_CONFIRM)
@require_POST
def confirm_status(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Say that the status still holds."""
    registration = open_registrations().filter(youth_id=youth_id).first()
    if registration is None:
        raise Http404
    version = request.POST.get("version", "")
    try:
        statuses.confirm_status(
            actor=request.actor,
            registration_id=registration.pk,
            version=whole_number(version),
        )
    except Refused as refusal:
        return _answer(request, youth_id, refusal=str(refusal))
    return _answer(request, youth_id, said=_("Statusen er bekreftet i dag."))


def _answer(
    request: ActorRequest,
    youth_id: int,
    *,
    said: str = "",
    refusal: str = "",
    attempt_id: int | None = None,
    offers_status: bool = False,
) -> HttpResponse:
    """Answer htmx with the line as it is now; without JavaScript go back home with a word about it."""
    registration = open_registrations().filter(youth_id=youth_id).select_related("youth").first()
    if registration is None:
        raise Http404
    name = name_of(registration.youth)
    if not _is_part(request):
        (messages.error if refusal else messages.success)(request, f"{name}: {refusal or said}")
        return redirect("home")
    context = {
        "key": opaque.encode(youth_id),
        "youth_id": youth_id,
        "name": name,
        "said": said,
        "refusal": refusal,
        "attempt_id": attempt_id,
        "offers_status": offers_status,
    }
    return render(request, "config/_need_done.html", context, status=422 if refusal else 200)


def _is_part(request: ActorRequest) -> bool:
    """Say whether only the line is asked for."""
    return bool(getattr(request, "htmx", False))
