"""The routines of one youth: how each step stands, and going on without, again, or another way."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.views.header import Header
from fotfeste.casework.views.person import base, must_know
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration import policies, words
from fotfeste.collaboration.enums import Trigger
from fotfeste.collaboration.forms.routines import ReasonForm, StartForm
from fotfeste.collaboration.selectors import staircase
from fotfeste.collaboration.selectors.routines import ShownRun, ShownStep, lacked_in, run_or_none, runs_of
from fotfeste.collaboration.selectors.tasks import tasks_about
from fotfeste.collaboration.services import routines as services
from fotfeste.collaboration.views import record_parts
from fotfeste.collaboration.views.opening import Doors
from fotfeste.collaboration.views.task_lines import lines
from fotfeste.kernel.errors import Refused
from fotfeste.spec.routines import Way, routines, starts_on


@requires(Permission.YOUTH_OPEN)
@require_GET
def cooperation(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show the staircase, the routines with their steps, and what is to be done."""
    page, header, context = base(request, youth_id, tab="cooperation")
    must_know(request.actor, Topic.STATUS, page, context["today"])
    place = {"unit_id": page.youth.unit_id, "county_id": page.youth.county_id}
    runs = runs_of(youth_id=youth_id)
    doors = Doors(request.actor, [page.youth], context["today"])
    context |= {
        "stairs": staircase.stairs_of(youth_id=youth_id, on=context["today"]) if header.is_open else [],
        "runs": [_run_shown(each, doors, page.youth, header) for each in runs],
        "lines": lines(tasks_about(youth_id=youth_id, today=context["today"]), actor=request.actor, named=False),
        **record_parts.part(actor=request.actor, youth=page.youth, today=context["today"]),
        "may_start": bool(policies.may_work_routine(actor=request.actor, **place)),
        "may_set_task": bool(policies.may_set_task(actor=request.actor, from_unit_id=request.actor.unit_id)),
        "start_form": StartForm(routines=startable(runs)),
    }
    return render_screen(request, "collaboration/cooperation.html", context, about=youth_id, topic=Topic.STATUS)


@requires(Permission.ROUTINE_WORK)
@require_http_methods(["GET", "POST"])
def start(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Start a routine by hand."""
    screen = Screen(request, youth_id, _("Start rutine"))
    form = StartForm(request.POST or None, routines=startable(runs_of(youth_id=youth_id)))
    given = screen.given(form)
    if screen.saves(form, services.start_routine, youth_id=youth_id, routine_id=given.get("routine", "")):
        messages.success(request, _("Rutinen er startet."))
        return redirect("collaboration:cooperation", youth_id=youth_id)
    return screen.show("casework/form.html", form, topic=Topic.STATUS, submit=_("Start rutinen"))


@requires(Permission.TASK_DO)
@require_http_methods(["GET", "POST"])
def skip_step(request: ActorRequest, youth_id: int, step_id: int) -> HttpResponse:
    """Go on without a step, for a reason."""
    shown = _step_or_404(youth_id, step_id)
    screen = Screen(request, youth_id, _("Hopp over trinnet"))
    form = ReasonForm(request.POST or None)
    given = screen.given(form)
    if screen.saves(form, services.skip_step, step_run_id=step_id, reason=given.get("reason", "")):
        messages.success(request, _("Trinnet er hoppet over."))
        return redirect("collaboration:cooperation", youth_id=youth_id)
    return screen.show(
        "casework/form.html", form, topic=Topic.STATUS, submit=_("Hopp over"), explain=_(shown.step.label)
    )


@requires(Permission.TASK_DO)
@require_POST
def repeat_step(request: ActorRequest, youth_id: int, step_id: int) -> HttpResponse:
    """Do a step once more."""
    _step_or_404(youth_id, step_id)
    return _done(request, youth_id, _("Trinnet er åpnet igjen."), services.repeat_step, step_run_id=step_id)


@requires(Permission.TASK_DO)
@require_POST
def choose_way(request: ActorRequest, youth_id: int, step_id: int) -> HttpResponse:
    """Say which way to go on."""
    _step_or_404(youth_id, step_id)
    to = request.POST.get("to", "")
    return _done(request, youth_id, _("Rutinen går videre."), services.choose_way, step_run_id=step_id, to=to)


@requires(Permission.ROUTINE_WORK)
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, youth_id: int, run_id: int) -> HttpResponse:
    """End work by a routine before all its steps are done."""
    found = run_or_none(youth_id=youth_id, run_id=run_id)
    if found is None:
        raise Http404
    screen = Screen(request, youth_id, _("Avslutt rutinen"))
    form = ReasonForm(request.POST or None, initial={"version": found.run.version})
    given = screen.given(form)
    if screen.saves(
        form, services.end_routine, run_id=run_id, reason=given.get("reason", ""), version=given.get("version")
    ):
        messages.success(request, _("Rutinen er avsluttet."))
        return redirect("collaboration:cooperation", youth_id=youth_id)
    return screen.show(
        "casework/form.html", form, topic=Topic.STATUS, submit=_("Avslutt rutinen"), explain=_(found.routine.label)
    )


def startable(runs: list[ShownRun]) -> list[tuple[str, str]]:
    """Return the routines about one youth that are not under way."""
    under_way = {each.run.routine for each in runs if each.run.ended_on is None}
    by_hand = dict(starts_on(Trigger.BY_HAND))
    return [
        (each.id, _(each.label))
        for each in routines().values()
        if each.id in by_hand and not each.about_unit and each.id not in under_way
    ]


def _run_shown(shown: ShownRun, doors: Doors, youth: Any, header: Header) -> dict[str, Any]:
    may = bool(policies.may_work_routine(actor=doors.actor, unit_id=youth.unit_id, county_id=youth.county_id))
    is_open = shown.run.ended_on is None
    lacked = lacked_in(shown)
    return {
        "run": shown.run,
        "routine": shown.routine,
        "trigger": Trigger(shown.run.trigger).label,
        "is_open": is_open,
        "may_end": may and is_open,
        "steps": [
            _step_shown(each, doors, youth, lacked.get(each.step.id, ()), is_open=is_open, header=header)
            for each in shown.steps
        ],
    }


def _step_shown(
    shown: ShownStep, doors: Doors, youth: Any, lacked: tuple[str, ...], *, is_open: bool, header: Header
) -> dict[str, Any]:
    row = shown.row
    for_unit = row.for_unit_id if row is not None else None
    place = {"unit_id": youth.unit_id, "county_id": youth.county_id, "for_unit_id": for_unit}
    by_list = shown.step.for_lists
    kind = row.for_unit.kind if row is not None and header.tells_unit else ""
    lane = words.lane_of(shown.step, kind)
    may = is_open and not by_list and bool(policies.may_work_routine(actor=doors.actor, **place))
    return {
        "row": row,
        "step": shown.step,
        "lane": words.LANES[lane],
        "lane_id": lane,
        "use": words.USES[shown.step.use],
        "parties": words.parties(shown.step.parties),
        "unit": shown.unit if header.tells_unit else "",
        "state": words.state(shown),
        "state_name": "" if by_list and shown.is_open else shown.state,
        "waits_for_release": shown.waits_for_release,
        "is_open": shown.is_open and not by_list,
        "form_url": doors.form_of(lacked, youth=youth) if may and shown.is_open else "",
        "may_skip": may and shown.is_open,
        "may_repeat": may and row is not None and not shown.is_open,
        "choices": [(way.to, words.when(way), words.whereto(way)) for way in shown.choices] if may else [],
        "rounds": len(shown.rows),
        "last_time": shown.rows[1].closed_on if len(shown.rows) > 1 else None,
        "asks": header.unit if shown.waits_for_release else "",
        "went_to": words.whereto(Way(row.went_to)) if row is not None and row.went_to else "",
    }


def _step_or_404(youth_id: int, step_id: int) -> ShownStep:
    for run in runs_of(youth_id=youth_id):
        for step in run.steps:
            if any(row.pk == step_id for row in step.rows):
                return step
    raise Http404


def _done(request: ActorRequest, youth_id: int, told: str, act: Callable[..., Any], **given: Any) -> HttpResponse:
    try:
        act(actor=request.actor, **given)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("collaboration:cooperation", youth_id=youth_id)
