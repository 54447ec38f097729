"""Setting, confirming and correcting the status of one case, and saying that it was a mistake."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import Basis
from fotfeste.casework.forms.status import CorrectStatusForm, MistakeForm, SetStatusForm
from fotfeste.casework.selectors.labels import status_name
from fotfeste.casework.selectors.person_page import is_member
from fotfeste.casework.services import registrations, statuses
from fotfeste.casework.services.statuses import Ground
from fotfeste.casework.views.saving import Screen
from fotfeste.casework.views.setting_status import must_set
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.whole_number import whole_number


@requires(Permission.CONTACT_REGISTER)
@require_http_methods(["GET", "POST"])
def set_status(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Set a new status. When the contact rule says no, the law is shown with the way to register contact."""
    screen = Screen(request, youth_id, _("Sett status"))
    registration = screen.registration
    must_set(actor=request.actor, registration=registration, on=screen.today)
    member = is_member(youth_id=youth_id)
    has_contact = bool(registration.last_contact_on)
    form = SetStatusForm(
        request.POST or None,
        is_member=member,
        today=screen.today,
        version=registration.version,
        has_contact=has_contact,
    )
    given = screen.given(form)
    if screen.saves(form, statuses.set_status, registration_id=registration.pk, **_ground(given)):
        messages.success(request, _("Status er satt: %(status)s.") % {"status": status_name(screen.result.code)})
        return redirect("casework:person", youth_id=youth_id)
    context: dict[str, Any] = {
        "registration": registration,
        "status_now": status_name(registration.status_code),
        "is_member": member,
        "has_contact": has_contact,
        "is_refused": bool(form.non_field_errors()),
    }
    return screen.show("casework/set_status.html", form, topic=Topic.STATUS, **context)


def _ground(given: dict[str, Any]) -> dict[str, Any]:
    if not given:
        return {}
    ground = Ground(Basis(given["basis"]), register_fact=given["register_fact"], text=given["text"])
    return {"code": given["code"], "on": given["on"], "version": given["version"], "ground": ground}


@requires(Permission.CONTACT_REGISTER)
@require_POST
def confirm_status(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Say that the status still holds."""
    screen = Screen(request, youth_id, "")
    registration = screen.registration
    try:
        statuses.confirm_status(
            actor=request.actor,
            registration_id=registration.pk,
            version=whole_number(request.POST.get("version")),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Statusen er bekreftet i dag."))
    return redirect("casework:person", youth_id=youth_id)


@requires(Permission.CONTACT_REGISTER)
@require_http_methods(["GET", "POST"])
def correct_status(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Correct what the status was in a period."""
    screen = Screen(request, youth_id, _("Rett status"))
    registration = screen.registration
    must_set(actor=request.actor, registration=registration, on=screen.today)
    form = CorrectStatusForm(
        request.POST or None,
        is_member=is_member(youth_id=youth_id),
        first_day=registration.status_since,
        version=registration.version,
    )
    given = screen.given(form)
    if screen.saves(form, statuses.correct_status, registration_id=registration.pk, **given):
        messages.success(request, _("Historikken er rettet. Det som sto før, er tatt vare på."))
        return redirect("casework:person", youth_id=youth_id)
    explain = _("Det som var registrert, blir stående slik det var kjent til nå. Rapporter fra før endres ikke.")
    return screen.show("casework/form.html", form, topic=Topic.STATUS, explain=explain, submit=_("Rett"))


@requires(Permission.CONTACT_REGISTER)
@require_http_methods(["GET", "POST"])
def mark_mistake(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Say that the registration was a mistake. Nothing is deleted."""
    screen = Screen(request, youth_id, _("Registrert ved feil"))
    registration = screen.registration
    must_set(actor=request.actor, registration=registration, on=screen.today)
    form = MistakeForm(request.POST or None, initial={"version": registration.version})
    given = screen.given(form)
    if screen.saves(form, registrations.mark_registered_by_mistake, registration_id=registration.pk, **given):
        messages.success(request, _("Tilmeldingen er merket som feil. Ingenting er slettet."))
        return redirect("casework:person", youth_id=youth_id)
    explain = _(
        "Statusen blir «Registrert i OT ved en feil» fra første dag, og ungdommen telles ikke i målgruppen. "
        "Ingenting slettes, og det kan rettes igjen."
    )
    return screen.show(
        "casework/form.html", form, topic=Topic.STATUS, explain=explain, submit=_("Merk som feil"), is_danger=True
    )
