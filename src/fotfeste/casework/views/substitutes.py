"""Substitutes: who does whose work at a unit, letting somebody do it, and ending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.policies import counties_administered
from fotfeste.access.roles import ROLES
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework.forms.substitute import SubstituteForm, UnitForm
from fotfeste.casework.policies import may_give_for_others, may_give_substitute
from fotfeste.casework.selectors.counsellors import names_to_choose
from fotfeste.casework.selectors.substitutes import substitutes_at
from fotfeste.casework.services import substitutes as services
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.organisations.selectors import units


@requires(Permission.SUBSTITUTE_GIVE)
@require_http_methods(["GET", "POST"])
def substitutes(request: ActorRequest) -> HttpResponse:
    """Show the substitutes at a unit, and let one be given."""
    places, today, actor = _places(request), clock.today(), request.actor
    chooser = UnitForm(request.GET, units={number: name for number, (name, _county) in places.items()})
    unit_id = chooser.chosen()
    if unit_id is None:
        return _show(request, chooser=chooser, needs_unit=True)
    _name, county_id = places[unit_id]
    people = names_to_choose(unit_ids=[unit_id], on=today)
    for_others = may_give_for_others(actor=actor, unit_id=unit_id, county_id=county_id)
    form = SubstituteForm(request.POST or None, people=people, me=actor.user_id, for_others=for_others)
    here = _address(unit_id, places)
    if form.is_valid():
        try:
            services.give_substitute(actor=actor, unit_id=unit_id, **form.given())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Vikaren er registrert."))
            return redirect(here)
    found = substitutes_at(unit_ids=[unit_id], on=today)
    rows = [(each, each.substitute_id == actor.user_id or bool(_may(actor, each, county_id))) for each in found]
    may_give = for_others or any(user_id == actor.user_id for user_id, _person in people)
    return _show(
        request, chooser=chooser, form=form, rows=rows, may_give=may_give, has_choice=len(places) > 1, today=today
    )


@requires(Permission.SUBSTITUTE_GIVE)
@require_POST
def end_substitute(request: ActorRequest, substitution_id: int) -> HttpResponse:
    """End what somebody does for another."""
    places = _places(request)
    try:
        ended = services.end_substitute(actor=request.actor, substitution_id=substitution_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("casework:substitutes")
    messages.success(request, _("Vikariatet er avsluttet."))
    return redirect(_address(ended.unit_id, places))


def _show(request: ActorRequest, *, needs_unit: bool = False, **context: Any) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    shown = {"needs_unit": needs_unit, "has_choice": needs_unit, **context}
    return render_screen(request, "casework/substitutes.html", shown, status=status)


def _may(actor: Any, each: Any, county_id: int) -> Any:
    return may_give_substitute(actor=actor, absent_id=each.absent_id, unit_id=each.unit_id, county_id=county_id)


def _places(request: ActorRequest) -> dict[int, tuple[str, int]]:
    """Return the units at which the actor may have to do with substitutes: name and county, by id."""
    own = {
        a.unit_id: (a.unit_name, a.county_id)
        for a in request.actor.assignments
        if Permission.SUBSTITUTE_GIVE in ROLES[a.role].permissions
    }
    administered = {
        unit.pk: (unit.name, county_id)
        for county_id in sorted(counties_administered(request.actor))
        for unit in units.units(county_id=county_id, on=clock.today())
    }
    return {**administered, **own} if administered else own


def _address(unit_id: int, places: dict[int, tuple[str, int]]) -> str:
    here = reverse("casework:substitutes")
    return f"{here}?enhet={opaque.encode(unit_id)}" if len(places) > 1 and unit_id in places else here
