"""What is to be done: by me, by my unit, and by others I have asked."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access import selectors as access
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.views.language import safe_next
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration.enums import TaskMove, TaskState
from fotfeste.collaboration.forms.routines import ReasonForm
from fotfeste.collaboration.forms.tasks import GiveForm, SnoozeForm, TaskForm
from fotfeste.collaboration.policies import units_with
from fotfeste.collaboration.selectors import tasks as selectors
from fotfeste.collaboration.selectors.task_turns import whose, works_as
from fotfeste.collaboration.services import tasks as services
from fotfeste.collaboration.views.offers import offered_to_me
from fotfeste.collaboration.views.task_lines import grouped_lines, lines
from fotfeste.collaboration.views.unit_routines import unit_lines
from fotfeste.collaboration.views.unit_tasks import unit_tasks
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link

#: So many tasks are shown at once.
SHOWN = 200


@requires(Permission.TASK_DO)
@require_GET
def tasks(request: ActorRequest) -> HttpResponse:
    """Show the open tasks: one's own, the unit's, or those one has given to others."""
    today, actor = clock.today(), request.actor
    chosen = request.GET.get("vis", "")
    units = units_with(actor, Permission.TASK_DO)
    every = selectors.tasks_at(unit_ids=units, today=today)
    turns, own = whose(every), works_as(user_id=actor.user_id, unit_ids=units)
    mine = [each for each in every if turns.get(each.task.pk) in own]
    given = selectors.tasks_given_by(user_id=actor.user_id, today=today)
    overdue = [each for each in every if each.is_overdue]
    lists = {"": mine, "enheten": every, "over-frist": overdue, "gitt": given}
    # Who has none of one's own is shown the unit's.
    chosen = chosen if chosen in lists else ""
    if not chosen and not mine and "vis" not in request.GET:
        chosen = "enheten"
    labels = {"": _("Mine"), "enheten": _("Enhetens"), "over-frist": _("Over fristen"), "gitt": _("Gitt til andre")}
    here = reverse("collaboration:tasks")
    shown = lists[chosen]
    offered = offered_to_me(actor) if not chosen or (chosen == "enheten" and "vis" not in request.GET) else []
    stand = grouped_lines(shown, actor=actor, count=SHOWN, turns=turns)
    context = {
        "tabs": [Link(labels[key], f"{here}?vis={key}", key == chosen, len(rows)) for key, rows in lists.items()],
        "lines": stand,
        "total": len(shown),
        "shown": sum(len(each.youth_ids) for each in stand),
        "units": unit_lines(actor) if chosen in {"", "enheten"} else [],
        "others": unit_tasks(actor) if chosen in {"", "enheten"} else [],
        "offered": offered,
        "today": today,
    }
    listed = {pk for each in stand for pk in each.youth_ids} | {each["youth_id"] for each in offered}
    return render_screen(request, "collaboration/tasks.html", context, listed=listed)


@requires(Permission.TASK_DO)
@require_GET
def task(request: ActorRequest, task_id: int) -> HttpResponse:
    """Show one task: what it is, what has been done with it, and what one can do."""
    found = selectors.task_or_none(task_id=task_id)
    if found is None:
        raise Http404
    today = clock.today()
    line = lines(selectors.shown([found], today=today), actor=request.actor)[0]
    context = {
        "line": line,
        "is_open": found.state == TaskState.OPEN,
        "state": TaskState(found.state).label,
        "give_form": GiveForm(colleagues=colleagues(found.for_unit_id), version=found.version),
        "snooze_form": SnoozeForm(version=found.version),
        "drop_form": ReasonForm(initial={"version": found.version}),
        "events": [(each, TaskMove(each.move).label) for each in selectors.events_of(task_id=task_id)],
        "crumbs": [Link(_("Oppgaver"), reverse("collaboration:tasks")), Link(line.what)],
    }
    return render_screen(request, "collaboration/task.html", context, about=found.youth_id)


@requires(Permission.TASK_DO)
@require_http_methods(["GET", "POST"])
def new_task(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Set a task about a youth."""
    screen = Screen(request, youth_id, _("Ny oppgave"))
    form = TaskForm(
        request.POST or None,
        colleagues=colleagues(request.actor.unit_id),
        initial={"for_user_id": opaque.encode(request.actor.user_id)},
    )
    given = screen.given(form)
    if screen.saves(form, services.set_task, youth_id=youth_id, **given):
        messages.success(request, _("Oppgaven er lagret."))
        return redirect("collaboration:cooperation", youth_id=youth_id)
    return screen.show("casework/form.html", form)


@requires(Permission.TASK_DO)
@require_POST
def give(request: ActorRequest, task_id: int) -> HttpResponse:
    """Give a task to a colleague, or back to the unit."""
    found = _task_or_404(task_id)
    form = GiveForm(request.POST, colleagues=colleagues(found.for_unit_id), version=found.version)
    return _moved(request, task_id, form, services.give_task, _("Oppgaven er gitt videre."))


@requires(Permission.TASK_DO)
@require_POST
def snooze(request: ActorRequest, task_id: int) -> HttpResponse:
    """Put a task off, for a reason."""
    found = _task_or_404(task_id)
    form = SnoozeForm(request.POST, version=found.version)
    return _moved(request, task_id, form, services.snooze_task, _("Oppgaven er utsatt."))


@requires(Permission.TASK_DO)
@require_POST
def finish(request: ActorRequest, task_id: int) -> HttpResponse:
    """Say that a task set by hand is done."""
    _task_or_404(task_id)
    version = request.POST.get("version", "")
    try:
        services.finish_task(
            actor=request.actor, task_id=task_id, version=int(version) if version.isdecimal() else None
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Oppgaven er gjort."))
    return redirect(safe_next(request, request.POST.get("tilbake") or reverse("collaboration:tasks")))


@requires(Permission.TASK_DO)
@require_POST
def drop(request: ActorRequest, task_id: int) -> HttpResponse:
    """Take a task set by hand away, for a reason."""
    _task_or_404(task_id)
    return _moved(request, task_id, ReasonForm(request.POST), services.drop_task, _("Oppgaven er tatt bort."))


def colleagues(unit_id: int | None) -> list[tuple[str, str]]:
    """Return who at a unit may be given a task, by name."""
    there = access.people_at(unit_ids=[unit_id] if unit_id else [], permission=Permission.TASK_DO, on=clock.today())
    return [(opaque.encode(user_id), name) for _unit, user_id, name in dict.fromkeys(there)]


def _task_or_404(task_id: int) -> Any:
    found = selectors.task_or_none(task_id=task_id)
    if found is None:
        raise Http404
    return found


def _moved(request: ActorRequest, task_id: int, form: Any, act: Callable[..., Any], told: str) -> HttpResponse:
    if not form.is_valid():
        words_of = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, words_of)
        return redirect("collaboration:task", task_id=task_id)
    try:
        act(actor=request.actor, task_id=task_id, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("collaboration:task", task_id=task_id)
    messages.success(request, told)
    return redirect("collaboration:tasks")
