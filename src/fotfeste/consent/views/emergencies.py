"""Opening a youth in an emergency, and looking at those who did."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.limits import limited
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.consent import selectors
from fotfeste.consent.forms import EmergencyForm
from fotfeste.consent.policies import units_to_open_at
from fotfeste.consent.services import emergencies
from fotfeste.kernel.errors import Refused


@requires(Permission.EMERGENCY_OPEN)
@limited("search", methods=frozenset({"POST"}))
@require_http_methods(["GET", "POST"])
def open_in_emergency(request: ActorRequest) -> HttpResponse:
    """Open one youth for an hour. The number is posted, never part of an address."""
    names = {a.unit_id: a.unit_name for a in request.actor.assignments}
    units = [(unit_id, names[unit_id]) for unit_id in units_to_open_at(request.actor)]
    form = EmergencyForm(request.POST or None, units=units)
    if form.is_valid():
        try:
            opening = emergencies.open_in_emergency(
                actor=request.actor,
                national_id=form.cleaned_data["national_id"],
                reason=form.cleaned_data["reason"],
                unit_id=form.unit_id,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if opening is not None:
                told = _("Åpnet i én time fra {unit}. Lederen der og personvernombudet har fått melding.")
                messages.warning(request, told.format(unit=names[opening.opened_at_unit_id]))
                return redirect("casework:person", youth_id=opening.youth_id)
            form.add_error(None, _("Fant ingen ungdom med dette nummeret i fylket. Forsøket er loggført."))
    status = 422 if form.errors else 200
    return render_screen(request, "consent/emergency.html", {"form": form}, status=status)


@requires(Permission.EMERGENCY_SEE)
@require_GET
def emergencies_seen(request: ActorRequest) -> HttpResponse:
    """Show who has opened what in an emergency, and why."""
    return render_screen(request, "consent/emergencies.html", {"openings": selectors.emergency_openings()})


@requires(Permission.EMERGENCY_SEE)
@require_POST
def look_at(request: ActorRequest, opening_id: int) -> HttpResponse:
    """Note that one has looked at it."""
    try:
        emergencies.look_at(actor=request.actor, opening_id=opening_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Notert at du har sett på den."))
    return redirect("consent:emergencies")
