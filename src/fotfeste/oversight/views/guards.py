"""The coverage guard as the education administration sees it: what holds, what does not, and where it is put right."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework.selectors.whereabouts import may_tell_unit
from fotfeste.casework.views.desk import county_of, name_of
from fotfeste.kernel import clock
from fotfeste.organisations.selectors.units import unit_names
from fotfeste.oversight.selectors.guards import CountyDay, Standing, guard_named, standings
from fotfeste.people.selectors import youths_by_id

#: So many are named on a page.
SHOWN = 200


@requires(Permission.RESPONSIBILITY_ASSIGN)
@require_GET
def guards(request: ActorRequest) -> HttpResponse:
    """Show every guard, those that do not hold first."""
    county_id = county_of(request.actor, Permission.RESPONSIBILITY_ASSIGN)
    found = sorted(standings(county_id=county_id, on=clock.today()), key=lambda each: each.found.holds)
    context = {
        "rows": [(each, reverse(each.guard.place)) for each in found],
        "broken": sum(not each.found.holds for each in found),
    }
    return render_screen(request, "oversight/guards.html", context)


@requires(Permission.RESPONSIBILITY_ASSIGN)
@require_GET
def guard(request: ActorRequest, name: str) -> HttpResponse:
    """Show whom one guard is about, among those the user may see."""
    chosen = guard_named(name)
    if chosen is None:
        raise Http404
    county_id = county_of(request.actor, Permission.RESPONSIBILITY_ASSIGN)
    standing = Standing(chosen, chosen.look(CountyDay(county_id, clock.today())))
    youths = youths_by_id(dict.fromkeys(standing.found.youth_ids[:SHOWN]))
    people = sorted(youths.values(), key=lambda youth: (youth.name_key, youth.pk))
    # Where somebody under protection is, the name of the unit that answers for them tells.
    told = {youth.pk: youth.unit_id for youth in people if _may_tell_unit(request.actor, youth)}
    names = unit_names(set(told.values()))
    context = {
        "standing": standing,
        "address": reverse(chosen.place),
        "people": [(youth.pk, name_of(youth), youth.born, names.get(told.get(youth.pk, 0), "")) for youth in people],
        "is_cut": standing.found.count > SHOWN,
    }
    return render_screen(request, "oversight/guard.html", context, listed=[youth.pk for youth in people])


def _may_tell_unit(actor: Actor, youth: Any) -> bool:
    return may_tell_unit(actor=actor, protection=youth.protection, county_id=youth.county_id, unit_id=youth.unit_id)
