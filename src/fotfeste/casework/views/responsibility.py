"""Deciding by hand, or by the rules again, which unit answers for a youth."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.forms.journal import AssignForm
from fotfeste.casework.selectors.assignable import assignable_units
from fotfeste.casework.services import responsibility
from fotfeste.casework.views.saving import Screen
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.whole_number import whole_number


@requires(Permission.RESPONSIBILITY_ASSIGN)
@require_http_methods(["GET", "POST"])
def assign(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Let another unit answer for the youth, with the reason, or let the rules decide again."""
    screen = Screen(request, youth_id, _("Bestem ansvarlig enhet"))
    registration = screen.registration
    by_rule = request.POST.get("etter") == "reglene"
    form = AssignForm(
        request.POST if request.method == "POST" and not by_rule else None,
        units=assignable_units(county_id=screen.youth.county_id, on=screen.today),
        today=screen.today,
        version=registration.version,
    )
    if by_rule:
        return _by_rule(request, youth_id)
    given = screen.given(form)
    if given:
        given["holder_id"] = given.pop("holder")
    if screen.saves(form, responsibility.assign, youth_id=youth_id, **given):
        messages.success(request, _("Ansvaret er flyttet."))
        return redirect("casework:person", youth_id=youth_id)
    return screen.show("casework/assign.html", form, version=registration.version, submit=_("Flytt ansvaret"))


def _by_rule(request: ActorRequest, youth_id: int) -> HttpResponse:
    version = whole_number(request.POST.get("version"))
    try:
        responsibility.decide_by_rule(actor=request.actor, youth_id=youth_id, version=version, replace_manual=True)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("casework:assign", youth_id=youth_id)
    messages.success(request, _("Reglene har bestemt enheten."))
    return redirect("casework:person", youth_id=youth_id)
