"""Writing the plan: making it, changing it, its measures, what the youth says, reviews and its end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access import selectors as access
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration.enums import MeasureOwner
from fotfeste.collaboration.forms.plan_measures import MeasureForm
from fotfeste.collaboration.forms.plans import AgreementForm, EndPlanForm, PlanForm, ReviewForm
from fotfeste.collaboration.policies import may_make_plan, units_with
from fotfeste.collaboration.selectors import plans as selectors
from fotfeste.collaboration.selectors.plan_bodies import PlanBody, bodies_of, tells_unit
from fotfeste.collaboration.selectors.plan_proposal import proposed_plan
from fotfeste.collaboration.services import plan_course, plan_measures, plans
from fotfeste.collaboration.services.plan_content import FIELDS
from fotfeste.collaboration.services.plan_measures import WRITTEN
from fotfeste.collaboration.views.plan_page import may_coordinate
from fotfeste.kernel import opaque
from fotfeste.kernel.errors import Refused
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units

_OWNERS = {
    UnitKind.NAV_OFFICE.value: MeasureOwner.NAV,
    UnitKind.DISTRICT.value: MeasureOwner.MUNICIPAL,
}


@requires(Permission.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Make the youth's plan."""
    screen = Screen(request, youth_id, _("Ny oppfølgingsplan"))
    me = f"{request.actor.unit_id}-{opaque.encode(request.actor.user_id)}"
    place = {"unit_id": screen.youth.unit_id, "county_id": screen.youth.county_id}
    may = bool(may_make_plan(actor=request.actor, **place))
    form = _form(screen, {"coordinator": me}, may=may, is_new=True)
    if form.is_bound and form.is_valid() and _saves(screen, form, plans.make_plan, youth_id=youth_id):
        messages.success(request, _("Planen er laget."))
        return redirect("collaboration:plan", youth_id=youth_id)
    return screen.show("collaboration/plan_form.html", form, topic=Topic.PLAN, submit=_("Lagre planen"))


@requires(Permission.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, youth_id: int, plan_id: int) -> HttpResponse:
    """Change what the coordinator writes in the plan."""
    screen, found = Screen(request, youth_id, _("Endre oppfølgingsplanen")), _plan_or_404(youth_id, plan_id)
    stands = {name: getattr(found, name) for name in FIELDS}
    who = f"{found.coordinator_unit_id}-{opaque.encode(found.coordinator_id)}"
    given = {**stands, "coordinator": who, "version": found.version}
    form = _form(screen, given, may=may_coordinate(request.actor, found))
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        if _saves(screen, form, plans.edit_plan, plan_id=plan_id, version=version):
            messages.success(request, _("Planen er lagret som en ny versjon."))
            return redirect("collaboration:plan", youth_id=youth_id)
    return screen.show("collaboration/plan_form.html", form, topic=Topic.PLAN, submit=_("Lagre ny versjon"))


@requires(Permission.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def new_measure(request: ActorRequest, youth_id: int, plan_id: int) -> HttpResponse:
    """Add a measure to the plan."""
    screen, found = Screen(request, youth_id, _("Nytt tiltak i planen")), _plan_or_404(youth_id, plan_id)
    own = request.actor.unit_id
    kind = units.unit_kinds({own}).get(own, "") if own is not None else ""
    form = _measure_form(
        screen,
        found,
        {
            "owner_unit": own,
            "owner_kind": _OWNERS.get(kind, MeasureOwner.COUNTY),
            "requested_on": screen.today,
            "first_day": max(screen.today, found.first_day),
            "last_day": found.last_day,
        },
    )
    is_right = form.is_bound and form.is_valid()
    if is_right and screen.saves(form, plan_measures.add_measure, plan_id=plan_id, content=form.content()):
        messages.success(request, _("Tiltaket er lagt i planen."))
        return redirect("collaboration:plan", youth_id=youth_id)
    return screen.show("collaboration/plan_measure_form.html", form, topic=Topic.PLAN, submit=_("Legg i planen"))


@requires(Permission.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def edit_measure(request: ActorRequest, youth_id: int, measure_id: int) -> HttpResponse:
    """Change a measure: one's own body's, or any for whoever coordinates."""
    row = selectors.measure_or_none(youth_id=youth_id, measure_id=measure_id)
    if row is None:
        raise Http404
    screen = Screen(request, youth_id, _("Endre tiltaket"))
    stands = {name: getattr(row, name) for name in WRITTEN if name != "owner_unit_id"}
    form = _measure_form(screen, row.plan, {**stands, "owner_unit": row.owner_unit_id, "version": row.version})
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        given = {"measure_id": measure_id, "content": form.content(), "version": version}
        if screen.saves(form, plan_measures.edit_measure, **given):
            messages.success(request, _("Tiltaket er lagret."))
            return redirect("collaboration:plan", youth_id=youth_id)
    return screen.show("collaboration/plan_measure_form.html", form, topic=Topic.PLAN)


@requires(Permission.PLAN_WRITE)
@require_POST
def agree(request: ActorRequest, youth_id: int, plan_id: int) -> HttpResponse:
    """Take down what the youth says of the version that stands."""
    _plan_or_404(youth_id, plan_id)
    form = AgreementForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg hva ungdommen svarte."))
        return redirect("collaboration:plan", youth_id=youth_id)
    try:
        plan_course.record_agreement(actor=request.actor, plan_id=plan_id, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Svaret er lagret."))
    return redirect("collaboration:plan", youth_id=youth_id)


@requires(Permission.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, youth_id: int, plan_id: int) -> HttpResponse:
    """Record a review of the plan."""
    screen, found = Screen(request, youth_id, _("Gjennomgang av planen")), _plan_or_404(youth_id, plan_id)
    initial = {"on": screen.today, "next_on": found.last_day, "version": found.version}
    form = ReviewForm(request.POST or None, initial=initial)
    given = screen.given(form)
    if given and screen.saves(form, plan_course.review_plan, plan_id=plan_id, **given):
        messages.success(request, _("Gjennomgangen er lagret."))
        return redirect("collaboration:plan", youth_id=youth_id)
    return screen.show("casework/form.html", form, topic=Topic.PLAN, submit=_("Lagre gjennomgangen"))


@requires(Permission.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, youth_id: int, plan_id: int) -> HttpResponse:
    """End the plan with its result."""
    screen, found = Screen(request, youth_id, _("Avslutt planen")), _plan_or_404(youth_id, plan_id)
    form = EndPlanForm(request.POST or None, initial={"on": screen.today, "version": found.version})
    given = screen.given(form)
    if given and screen.saves(form, plan_course.end_plan, plan_id=plan_id, **given):
        messages.success(request, _("Planen er avsluttet med resultatet."))
        return redirect("collaboration:plan", youth_id=youth_id)
    return screen.show("casework/form.html", form, topic=Topic.PLAN, submit=_("Avslutt planen"))


def _form(screen: Screen, initial: dict[str, Any], *, may: bool, is_new: bool = False) -> PlanForm:
    """Return the form; whoever may not write the plan is not told whom the youth has let in."""
    bodies = bodies_of(youth=screen.youth, on=screen.today, reader=screen.actor) if may else []
    if is_new:
        initial |= proposed_plan(
            youth_id=screen.youth.pk, bodies=bodies, coordinating=screen.actor.unit_id, on=screen.today
        )
    chosen = [(each.key, each.name) for each in bodies]
    return PlanForm(screen.request.POST or None, people=_people(bodies, screen), bodies=chosen, initial=initial)


def _people(bodies: list[PlanBody], screen: Screen) -> list[tuple[str, str]]:
    """Return who may coordinate: those who write plans at the units that are let in."""
    names = {each.unit_id: each.name for each in bodies if each.unit_id is not None}
    if not tells_unit(screen.youth, screen.actor):
        names.pop(screen.youth.unit_id, None)  # who works there tells where it is
    there = access.people_at(unit_ids=list(names), permission=Permission.PLAN_WRITE, on=screen.today)
    return [(f"{unit_id}-{opaque.encode(user_id)}", f"{name}, {names[unit_id]}") for unit_id, user_id, name in there]


def _measure_form(screen: Screen, found: Any, initial: dict[str, Any]) -> MeasureForm:
    """Offer whoever coordinates every body that is let in, and everybody else their own unit."""
    if may_coordinate(screen.actor, found):
        bodies = bodies_of(youth=screen.youth, on=screen.today, reader=screen.actor)
        owners = [(str(each.unit_id), each.name) for each in bodies if each.unit_id is not None]
    else:
        mine = units_with(screen.actor, Permission.PLAN_WRITE)
        owners = [(str(pk), name) for pk, name in sorted(units.unit_names(set(mine)).items())]
    return MeasureForm(screen.request.POST or None, owners=owners, goals=found.goals, initial=initial)


def _saves(screen: Screen, form: PlanForm, act: Any, **given: Any) -> bool:
    return screen.saves(form, act, content=form.content(), agrees=form.cleaned_data["agrees"], **given)


def _plan_or_404(youth_id: int, plan_id: int) -> Any:
    found = selectors.plan_or_none(youth_id=youth_id, plan_id=plan_id)
    if found is None:
        raise Http404
    return found
