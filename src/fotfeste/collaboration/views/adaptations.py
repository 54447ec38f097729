"""The routines as the county works them, and what differs from the standard."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.collaboration import words
from fotfeste.collaboration.forms.adaptations import AdaptForm
from fotfeste.collaboration.policies import may_adapt_routine
from fotfeste.collaboration.selectors.definitions import changes_at, seen_of, with_changes
from fotfeste.collaboration.services import adaptations as services
from fotfeste.collaboration.services.starting import ask_to_start_those_here, unknown_not_started
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.spec.catalogue import UnknownItem
from fotfeste.spec.routines import Part, Routine, RoutineStep, changed_part, routine_of, routines


@requires(Permission.DIRECTORY_VIEW)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show all routines, and in how many places the county works each otherwise."""
    changes = changes_at(county_id=_county(request), at=clock.now())
    rows = [
        (each, len([change for change in changes if routine_of(change.step).id == each.id]))
        for each in routines().values()
    ]
    county_id = _county(request)
    may_start = bool(may_adapt_routine(actor=request.actor, county_id=county_id))
    context = {
        "rows": rows,
        "has_units": request.actor.has(Permission.TASK_DO),
        "without": len(unknown_not_started(county_id=county_id)) if may_start else 0,
    }
    return render_screen(request, "collaboration/routines.html", context)


@requires(Permission.ROUTINE_ADAPT)
@require_POST
def start_those_here(request: ActorRequest) -> HttpResponse:
    """Let the routines of those who were here before be started."""
    ask_to_start_those_here(actor=request.actor, county_id=_county(request))
    messages.success(request, _("Rutinene startes nå. Det kan ta noen minutter."))
    return redirect("collaboration:routines")


@requires(Permission.DIRECTORY_VIEW)
@require_GET
def routine(request: ActorRequest, routine_id: str) -> HttpResponse:
    """Show one routine step by step, with what the county says beside what the standard says."""
    if routine_id not in routines():
        raise Http404
    standard, county_id = routines()[routine_id], _county(request)
    mine = with_changes(standard, changes_at(county_id=county_id, at=clock.now()))
    context = {
        "routine": standard,
        "steps": [_compared(old, new) for old, new in zip(standard.steps, mine.steps, strict=True)],
        "may_adapt": bool(may_adapt_routine(actor=request.actor, county_id=county_id)),
        "crumbs": _crumbs(standard),
    }
    return render_screen(request, "collaboration/routine.html", context)


@requires(Permission.ROUTINE_ADAPT)
@require_http_methods(["GET", "POST"])
def adapt(request: ActorRequest, step_id: str) -> HttpResponse:
    """Say how the county works a step."""
    try:
        standard = routine_of(step_id)
        old = standard.step(step_id)
    except (UnknownItem, KeyError):
        raise Http404 from None
    county_id = _county(request)
    changes = changes_at(county_id=county_id, at=clock.now())
    new = with_changes(standard, changes).step(step_id)
    form = AdaptForm(request.POST or None, standard=old, step=new, version=seen_of(changes, step_id))
    if request.method == "POST" and form.is_valid():
        try:
            services.adapt_step(actor=request.actor, county_id=county_id, step_id=step_id, **form.given())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Trinnet er lagret. Arbeid som alt er i gang, går videre som det begynte."))
            return redirect("collaboration:routine", routine_id=standard.id)
    context = {
        "form": form,
        "step": old,
        "crumbs": [*_crumbs(standard, linked=True), Link(_(old.label))],
    }
    return render_screen(request, "collaboration/adapt_step.html", context, status=422 if form.errors else 200)


def _compared(old: RoutineStep, new: RoutineStep) -> dict[str, Any]:
    return {
        "step": new,
        "lane": words.LANES[new.lane],
        "parties": words.parties(new.parties),
        "use": words.USES[new.use],
        "differs": [
            (words.PARTS[part], words.part_of(old, part))
            for part in Part
            if changed_part(old, part) != changed_part(new, part)
        ],
    }


def _county(request: ActorRequest) -> int:
    return min(request.actor.county_ids)


def _crumbs(standard: Routine, *, linked: bool = False) -> list[Link]:
    url = reverse("collaboration:routine", kwargs={"routine_id": standard.id}) if linked else ""
    return [Link(_("Rutiner"), reverse("collaboration:routines")), Link(_(standard.label), url)]
