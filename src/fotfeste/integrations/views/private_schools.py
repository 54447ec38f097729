"""The private schools: who has reported this school year, who is reminded, and who has nobody to report."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework.views.desk import number_or_none
from fotfeste.integrations import selectors
from fotfeste.integrations.services import private_schools as services
from fotfeste.integrations.views.desk import county_of
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number
from fotfeste.law.school_year import school_year_of
from fotfeste.organisations.selectors import units

_REPORT = "private_school_reminders"


@requires(Permission.IMPORT_RUN)
@require_GET
def schools(request: ActorRequest) -> HttpResponse:
    """Show each private school of the county with what has come from it this school year."""
    today = clock.today()
    found = selectors.private_school_reports(county_id=county_of(request), on=today)
    context = {
        "schools": found,
        "answered": sum(school.has_answered for school in found),
        "silent": [school for school in found if not school.has_answered],
        "unreachable": [school for school in found if not school.has_answered and not school.addresses],
        "year": school_year_of(today).start_year,
        "today": today,
        "may_remind": request.actor.has(Permission.REMINDER_SEND),
        "report": _taken(request),
        "crumbs": [Link(_("Innlesing"), reverse("integrations:imports")), Link(_("Private skoler"))],
    }
    return render_screen(request, "integrations/private_schools.html", context)


@requires(Permission.REMINDER_SEND)
@require_POST
def remind(request: ActorRequest) -> HttpResponse:
    """Remind the school of the button, or all that have not answered."""
    today, county_id = clock.today(), county_of(request)
    wanted = [unit_id for key in request.POST.getlist("skole") if (unit_id := number_or_none(key)) is not None]
    if not wanted:
        every = selectors.private_school_reports(county_id=county_id, on=today)
        wanted = [school.unit_id for school in every if not school.has_answered]
    try:
        result = services.remind_schools(actor=request.actor, county_id=county_id, unit_ids=wanted, on=today)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        request.session[_REPORT] = {"done": list(result.done), "refused": list(result.refused)}
    return redirect("integrations:private_schools")


@requires(Permission.IMPORT_RUN)
@require_POST
def nothing(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Write down that a school has answered that it has nobody to report, or take that back."""
    today, county_id = clock.today(), county_of(request)
    given: dict[str, Any] = {"actor": request.actor, "county_id": county_id, "unit_id": unit_id, "on": today}
    try:
        if request.POST.get("ta-tilbake"):
            services.withdraw_nothing(**given, version=whole_number(request.POST.get("version")))
            said = _("Svaret er tatt tilbake. Skolen står som ikke svart.")
        else:
            services.record_nothing(**given, told_on=today)
            said = _("Registrert: skolen har ingen å melde dette skoleåret.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("integrations:private_schools")


def _taken(request: ActorRequest) -> dict[str, Any] | None:
    """Return what came of the reminders just asked for, once, with the names of the schools."""
    kept = request.session.pop(_REPORT, None)
    if not kept:
        return None
    names = units.unit_names({*kept["done"], *(unit_id for unit_id, _sentence in kept["refused"])})
    return {
        "done": [names.get(unit_id, "") for unit_id in kept["done"]],
        "refused": [(names.get(unit_id, ""), sentence) for unit_id, sentence in kept["refused"]],
    }
