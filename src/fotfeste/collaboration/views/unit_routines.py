"""The routines about units: what runs, whose turn it is and since when, and working them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework.views.desk import number_or_none
from fotfeste.collaboration import policies, unit_words, words
from fotfeste.collaboration.enums import StepState, Trigger
from fotfeste.collaboration.forms.records import RecordForm
from fotfeste.collaboration.forms.routines import ReasonForm
from fotfeste.collaboration.forms.units import StartUnitForm
from fotfeste.collaboration.record_kinds import unit_kind_giving, unit_record_kinds
from fotfeste.collaboration.selectors import unit_runs as selectors
from fotfeste.collaboration.selectors.unit_runs import ShownUnitRun, ShownUnitStep
from fotfeste.collaboration.services import unit_routines as services
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.forms import Form
from fotfeste.kernel.ui import Link
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.contacts import names_of_contacts
from fotfeste.spec.routines import routines, starts_on

#: kind of record -> the screen it is made on, where it is not written here. The unit's own page takes the unit.
_ELSEWHERE = {
    "contact-entry": "organisations:unit",
    "notice": "organisations:unit",
    "form-otuk-list": "lists:otuk",
    "form-list-review": "lists:otuk",
    "list-answers": "lists:otuk",
    "wash-session": "lists:otuk",
    "report-submission": "reporting:reports",
    "form-yearly-agreement-meeting": "reporting:new_agreement_meeting",
    "assignment": "casework:unassigned",
    "registration-period-lock": "lists:worklist",
}


@requires(Permission.TASK_DO)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show the routines about units that are under way, and the last that ended."""
    return _render_overview(request, _start_form(request))


@requires(Permission.TASK_DO)
@require_POST
def start(request: ActorRequest) -> HttpResponse:
    """Start a routine about a unit by hand."""
    form = _start_form(request)
    if form.is_valid():
        given = {"unit_id": form.cleaned_data["unit"], "routine_id": form.cleaned_data["routine"]}
        if (run := _saved(request, form, services.start_unit_routine, **given)) is not None:
            messages.success(request, _("Rutinen er startet."))
            return redirect("collaboration:unit_run", run_id=run.pk)
    return _render_overview(request, form, status=422)


@requires(Permission.TASK_DO)
@require_GET
def unit_run(request: ActorRequest, run_id: int) -> HttpResponse:
    """Show one routine about a unit, step by step."""
    shown = _run_or_404(request, run_id)
    may_end = bool(_may(request.actor, shown)) and shown.run.ended_on is None
    context = {
        **_line(shown, _contacts([shown])),
        "steps": [_step_shown(each, shown, request.actor) for each in shown.steps],
        "may_end": may_end,
        "crumbs": _crumbs(_(shown.routine.label)),
    }
    return render_screen(request, "collaboration/unit_run.html", context)


@requires(Permission.TASK_DO)
@require_http_methods(["GET", "POST"])
def record(request: ActorRequest, run_id: int, kind: str) -> HttpResponse:
    """Write down what a unit did in a routine."""
    shown, known = _run_or_404(request, run_id), unit_record_kinds().get(kind)
    if known is None or known.past or not any(set(known.gives) & set(step.step.gives) for step in shown.steps):
        raise Http404
    form = RecordForm(request.POST or None, kind=known, units={}, initial={}, today=clock.today())
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.given().items() if name != "sent"}
        if _saved(request, form, services.write_unit_record, run_id=run_id, kind=kind, **given) is not None:
            messages.success(request, _("Registrert."))
            return redirect("collaboration:unit_run", run_id=run_id)
    return _render_form(request, shown, form, title=_(known.label), submit=_("Lagre"), explain=_lead(known.lead))


@requires(Permission.TASK_DO)
@require_http_methods(["GET", "POST"])
def skip_step(request: ActorRequest, run_id: int, step_id: int) -> HttpResponse:
    """Go on without a step, for a reason."""
    shown, form = _run_or_404(request, run_id), ReasonForm(request.POST or None)
    step = _step_or_404(shown, step_id)
    if request.method == "POST" and form.is_valid():
        given = {"step_run_id": step_id, "reason": form.cleaned_data["reason"]}
        if _saved(request, form, services.skip_unit_step, **given) is not None:
            messages.success(request, _("Trinnet er hoppet over."))
            return redirect("collaboration:unit_run", run_id=run_id)
    return _render_form(
        request, shown, form, title=_("Hopp over trinnet"), submit=_("Hopp over"), explain=_(step.step.label)
    )


@requires(Permission.TASK_DO)
@require_POST
def repeat_step(request: ActorRequest, run_id: int, step_id: int) -> HttpResponse:
    """Do a step once more."""
    _step_or_404(_run_or_404(request, run_id), step_id)
    try:
        services.repeat_unit_step(actor=request.actor, step_run_id=step_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Trinnet er åpnet igjen."))
    return redirect("collaboration:unit_run", run_id=run_id)


@requires(Permission.TASK_DO)
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, run_id: int) -> HttpResponse:
    """End work by a routine before all its steps are done."""
    shown = _run_or_404(request, run_id)
    form = ReasonForm(request.POST or None, initial={"version": shown.run.version})
    if request.method == "POST" and form.is_valid():
        done = _saved(request, form, services.end_unit_routine, run_id=run_id, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Rutinen er avsluttet."))
            return redirect("collaboration:unit_routines")
    title = _("Avslutt rutinen")
    return _render_form(request, shown, form, title=title, submit=title, explain=_(shown.routine.label))


def link_from_unit(actor: Actor, unit: Any) -> Link | None:
    """Return the way from a unit's page to its routines, for those who are shown them."""
    counties = actor.counties_with(Permission.ROUTINE_ADAPT)
    if not actor.has(Permission.TASK_DO) or (unit.pk not in actor.unit_ids and unit.county_id not in counties):
        return None
    here = f"{reverse('collaboration:unit_routines')}?enhet={opaque.encode(unit.pk)}"
    return Link(_("Rutinene til enheten"), here, count=selectors.count_under_way(unit_id=unit.pk))


def unit_lines(actor: Actor) -> list[dict[str, Any]]:
    """Return the steps of routines about units that are the turn of the actor's units, for the list of tasks."""
    mine = policies.units_with(actor, Permission.TASK_DO)
    found = selectors.open_turns(actor=actor, unit_ids=mine, on=clock.today())
    contacts = _contacts(run for run, _step in found)
    return [{**_line(run, contacts), **_open_shown(step)} for run, step in found]


def _render_overview(request: ActorRequest, form: StartUnitForm, *, status: int = 200) -> HttpResponse:
    today = clock.today()
    unit = units.unit_or_none(unit_id=number_or_none(request.GET.get("enhet")) or 0)
    only = unit.pk if unit is not None else None
    under_way = selectors.runs_under_way(actor=request.actor, on=today, unit_id=only)
    ended = selectors.runs_ended(actor=request.actor, on=today, unit_id=only)
    contacts = _contacts([*under_way, *ended])
    context = {
        "rows": [_line(each, contacts) for each in under_way],
        "ended": [_line(each, contacts) for each in ended],
        "form": form,
        "only": unit,
        "crumbs": _crumbs(),
    }
    return render_screen(request, "collaboration/unit_routines.html", context, status=status)


def _start_form(request: ActorRequest) -> StartUnitForm:
    actor, by_hand = request.actor, dict(starts_on(Trigger.BY_HAND))
    offered = [(each.id, _(each.label)) for each in routines().values() if each.about_unit and each.id in by_hand]
    mine = policies.units_with(actor, Permission.TASK_DO)
    there = units.unit_names(set(mine))
    for county_id in actor.counties_with(Permission.ROUTINE_ADAPT):
        there |= {each.unit_id: each.name for each in units.districts(county_id=county_id, on=clock.today())}
    named = [(opaque.encode(unit_id), name) for unit_id, name in there.items()]
    return StartUnitForm(request.POST or None, routines=offered, units=named)


def _line(shown: ShownUnitRun, contacts: dict[int, str]) -> dict[str, Any]:
    run = shown.run
    return {
        "run": run,
        "routine": shown.routine,
        "subject": unit_words.subject(run.subject, contacts=contacts, started_on=run.started_on),
        "trigger": Trigger(run.trigger).label,
        "is_open": run.ended_on is None,
        "open": [
            {"step": each.step, "row": each.row, "turn": each.turn, "is_late": _is_late(each)}
            for each in shown.open_steps
        ],
    }


def _open_shown(shown: ShownUnitStep) -> dict[str, Any]:
    return {"step": shown.step, "row": shown.row, "turn": shown.turn, "is_late": _is_late(shown)}


def _step_shown(shown: ShownUnitStep, run: ShownUnitRun, actor: Actor) -> dict[str, Any]:
    row = shown.row
    may = run.run.ended_on is None and row is not None and bool(_may(actor, run, row.for_unit_id))
    return {
        "row": row,
        "step": shown.step,
        "turn": shown.turn,
        "parties": words.parties(shown.step.parties),
        "lane": words.LANES[shown.step.lane],
        "state": StepState(row.state).label if row is not None else "",
        "state_name": row.state if row is not None else "",
        "is_open": shown.is_open,
        "form_url": _form_of(shown, run, actor) if may and shown.is_open else "",
        "may_skip": may and shown.is_open,
        "may_repeat": may and not shown.is_open,
    }


def _form_of(shown: ShownUnitStep, run: ShownUnitRun, actor: Actor) -> str:
    for kind in shown.step.gives:
        address = ""
        if kind in _ELSEWHERE:
            at = {"unit_id": run.run.unit_id} if _ELSEWHERE[kind] == "organisations:unit" else {}
            address = reverse(_ELSEWHERE[kind], kwargs=at)
        elif known := unit_kind_giving(kind):
            address = reverse("collaboration:unit_record", kwargs={"run_id": run.run.pk, "kind": known.id})
        if address and actor.has(resolve(address).func.permission):  # type: ignore[attr-defined]
            return address
    return ""


def _is_late(shown: ShownUnitStep) -> bool:
    return shown.row is not None and shown.row.due_on is not None and shown.row.due_on < clock.today()


def _may(actor: Actor, shown: ShownUnitRun, for_unit_id: int | None = None) -> Any:
    unit = shown.run.unit
    return policies.may_work_unit_routine(
        actor=actor, unit_id=unit.pk, county_id=unit.county_id, for_unit_id=for_unit_id
    )


def _contacts(shown: Iterable[ShownUnitRun]) -> dict[int, str]:
    ids = [found for each in shown if (found := unit_words.contact_of(each.run.subject)) is not None]
    return names_of_contacts(contact_ids=ids) if ids else {}


def _run_or_404(request: ActorRequest, run_id: int) -> ShownUnitRun:
    found = selectors.unit_run_or_none(actor=request.actor, run_id=run_id, on=clock.today())
    if found is None:
        raise Http404
    return found


def _step_or_404(shown: ShownUnitRun, step_id: int) -> ShownUnitStep:
    for step in shown.steps:
        if any(row.pk == step_id for row in step.rows):
            return step
    raise Http404


def _saved(request: ActorRequest, form: Form, act: Callable[..., Any], **given: Any) -> Any:
    """Do the act and return what it gives; a refusal stands above the form, and gives None."""
    try:
        return act(actor=request.actor, **given)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _render_form(
    request: ActorRequest, shown: ShownUnitRun, form: Form, *, title: str, submit: str, explain: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "explain": explain,
        "back": reverse("collaboration:unit_run", kwargs={"run_id": shown.run.pk}),
        "unit": shown.run.unit,
        "crumbs": [*_crumbs(_(shown.routine.label), run_id=shown.run.pk), Link(title)],
    }
    return render_screen(request, "collaboration/unit_form.html", context, status=422 if form.errors else 200)


def _lead(text: str) -> str:
    return _(text) if text else ""


def _crumbs(label: str = "", *, run_id: int | None = None) -> list[Link]:
    here = reverse("collaboration:unit_routines")
    found = [Link(_("Rutiner"), reverse("collaboration:routines")), Link(_("Enhetenes rutiner"), here if label else "")]
    url = reverse("collaboration:unit_run", kwargs={"run_id": run_id}) if run_id is not None else ""
    return [*found, Link(label, url)] if label else found
