"""What is to be done: by me, by my unit, and by others I have asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.views.language import safe_next
from fotfeste.casework.views.header import full_name
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration import words
from fotfeste.collaboration.enums import TaskMove, TaskState
from fotfeste.collaboration.forms.routines import ReasonForm
from fotfeste.collaboration.forms.tasks import GiveForm, SnoozeForm, TaskForm
from fotfeste.collaboration.policies import may_do_task, units_with
from fotfeste.collaboration.selectors import tasks as selectors
from fotfeste.collaboration.selectors.tasks import ShownTask
from fotfeste.collaboration.services import tasks as services
from fotfeste.collaboration.views.opening import PLAN, ROUTINE, Doors
from fotfeste.collaboration.views.unit_routines import unit_lines
from fotfeste.collaboration.views.unit_tasks import unit_tasks
from fotfeste.kernel import clock, formats, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link


@dataclass(frozen=True, slots=True)
class Line:
    """
    One task as it stands in a list.

    :ivar form_url: the form its step lacks the record of; empty for one set by hand, and where it is not open.
    :ivar routine_url: where the step stands in its routine; empty when that is not open to the reader.
    :ivar done_by: who does it, when the reader cannot.
    """

    task_id: int
    youth_id: int
    who: str
    what: str
    due: str
    is_overdue: bool
    person: str
    unit: str
    form_url: str
    routine_url: str
    done_by: str
    is_step: bool
    may: bool
    version: int


def lines(found: Iterable[ShownTask], *, actor: Actor, named: bool = True) -> list[Line]:
    """
    Return tasks as they stand in a list.

    :param named: whether the youth is named on the line.
    """
    every = list(found)
    doors = Doors(actor, [each.youth for each in every], clock.today())
    return [
        _line(each, kinds, doors, named=named) for each, kinds in zip(every, selectors.lacked_by(every), strict=True)
    ]


def _line(shown: ShownTask, kinds: tuple[str, ...], doors: Doors, *, named: bool) -> Line:
    task, actor = shown.task, doors.actor
    may = bool(may_do_task(actor=actor, for_unit_id=task.for_unit_id))
    form_url = _opens(shown, kinds, doors) if may else ""
    is_step = shown.step is not None or task.plan_id is not None
    return Line(
        task_id=task.pk,
        youth_id=task.youth_id,
        who=full_name(shown.youth) if named else "",
        what=words.what(shown),
        due=formats.relative_day(task.due_on, clock.today()) if task.due_on else "",
        is_overdue=shown.is_overdue,
        person=task.for_user.name if task.for_user is not None else "",
        unit=task.for_unit.name if task.for_unit_id not in actor.unit_ids else "",
        form_url=form_url,
        routine_url=doors.to(ROUTINE, youth=shown.youth) if may and is_step and not form_url else "",
        done_by=words.done_by(shown) if may and is_step and not form_url else "",
        is_step=is_step,
        may=may,
        version=task.version,
    )


def _opens(shown: ShownTask, kinds: tuple[str, ...], doors: Doors) -> str:
    if shown.task.plan_id is not None:
        return doors.to(PLAN, youth=shown.youth)
    return doors.form_of(kinds, youth=shown.youth)


@requires(Permission.TASK_DO)
@require_GET
def tasks(request: ActorRequest) -> HttpResponse:
    """Show the open tasks: one's own, the unit's, or those one has given to others."""
    today, actor = clock.today(), request.actor
    chosen = request.GET.get("vis", "")
    units = units_with(actor, Permission.TASK_DO)
    every = selectors.tasks_at(unit_ids=units, today=today)
    mine = [each for each in every if each.task.for_user_id == actor.user_id]
    given = selectors.tasks_given_by(user_id=actor.user_id, today=today)
    overdue = [each for each in every if each.is_overdue]
    lists = {"": mine, "enheten": every, "over-frist": overdue, "gitt": given}
    # Nobody is given each step by name; who has none of one's own is shown the unit's.
    chosen = chosen if chosen in lists else ""
    if not chosen and not mine and "vis" not in request.GET:
        chosen = "enheten"
    labels = {"": _("Mine"), "enheten": _("Enhetens"), "over-frist": _("Over fristen"), "gitt": _("Gitt til andre")}
    here = reverse("collaboration:tasks")
    shown = lists[chosen]
    context = {
        "tabs": [Link(labels[key], f"{here}?vis={key}", key == chosen, len(rows)) for key, rows in lists.items()],
        "lines": lines(shown[:200], actor=actor),
        "total": len(shown),
        "units": unit_lines(actor) if chosen in {"", "enheten"} else [],
        "others": unit_tasks(actor) if chosen in {"", "enheten"} else [],
        "today": today,
    }
    return render_screen(
        request, "collaboration/tasks.html", context, listed={each.task.youth_id for each in shown[:200]}
    )


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
    form = TaskForm(request.POST or None, colleagues=colleagues(request.actor.unit_id))
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
