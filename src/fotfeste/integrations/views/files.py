"""One file on its way in: being read, its columns, its plan, what it did."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.audit import services as audit
from fotfeste.integrations import selectors
from fotfeste.integrations.enums import Part, WaitingState
from fotfeste.integrations.forms import ColumnsForm, ReadAsForm
from fotfeste.integrations.services import desk, progress
from fotfeste.integrations.services import waiting as keeping
from fotfeste.integrations.services.planning import Plan
from fotfeste.integrations.sources import SOURCES
from fotfeste.integrations.states import UNDER_WAY
from fotfeste.integrations.views.shown_plan import examples_of, plan_figures, shown_lines, shown_rules
from fotfeste.integrations.views.source_texts import title
from fotfeste.kernel import formats
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number

if TYPE_CHECKING:
    from fotfeste.integrations.models import WaitingFile

_SUFFIX = {"csv": "csv", "xlsx": "xlsx", "json": "json"}
_KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@requires(Permission.IMPORT_RUN)
@require_GET
def waiting_file(request: ActorRequest, file_id: int) -> HttpResponse:
    """Show where a file stands: the bar while it is worked on, then its columns, its plan or what it did."""
    waiting = selectors.get_waiting_file_or_404(file_id=file_id)
    if waiting.state in UNDER_WAY:
        return _show_progress(request, waiting)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRefresh()
    plan = _plan(request, waiting)
    if waiting.state == WaitingState.COLUMNS:
        return _show_columns(request, waiting, plan, _columns_form(waiting, plan))
    return _show_plan(request, waiting, plan)


@requires(Permission.IMPORT_RUN)
@require_POST
def columns(request: ActorRequest, file_id: int) -> HttpResponse:
    """Read the file with the columns that were chosen, and remember them for the sender."""
    waiting = selectors.get_waiting_file_or_404(file_id=file_id)
    plan = _plan(request, waiting)
    form = _columns_form(waiting, plan, request.POST)
    seen = _seen(request)
    is_right = form.is_valid()
    if not is_right and waiting.version == seen:  # of a file read anew since, the columns are no longer the same
        return _show_columns(request, waiting, plan, form, status=422)
    chosen = form.columns if is_right else {}
    return _do(request, desk.read_as, file_id=file_id, source=waiting.source, columns=chosen, version=seen)


@requires(Permission.IMPORT_RUN)
@require_POST
def read_as(request: ActorRequest, file_id: int) -> HttpResponse:
    """Read the file as the source it looks like."""
    form = ReadAsForm(request.POST)
    if not form.is_valid():
        raise Http404
    return _do(
        request, desk.read_as, file_id=file_id, source=form.cleaned_data["source"], columns={}, version=_seen(request)
    )


@requires(Permission.IMPORT_RUN)
@require_POST
def apply(request: ActorRequest, file_id: int) -> HttpResponse:
    """Use the file as the plan that was shown says."""
    return _do(request, desk.apply, file_id=file_id, version=_seen(request))


@requires(Permission.IMPORT_RUN)
@require_POST
def discard(request: ActorRequest, file_id: int) -> HttpResponse:
    """Delete the file."""
    try:
        desk.discard(actor=request.actor, file_id=file_id, version=_seen(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("integrations:imports")
    messages.success(request, _("Filen er slettet. Ingenting er tatt inn."))
    return redirect("integrations:imports")


@requires(Permission.IMPORT_RUN)
@require_GET
def examples(request: ActorRequest, file_id: int) -> HttpResponse:
    """Show a few of those a rule decided about, with the reasons; whoever is known already is logged as seen."""
    waiting = selectors.get_waiting_file_or_404(file_id=file_id)
    plan = _plan(request, waiting)
    number = request.GET.get("linje", "")
    at = whole_number(number, otherwise=-1)
    if not 0 <= at < len(plan.lines):
        raise Http404
    line = plan.lines[at]
    details = {"file": waiting.pk, "line": at, "rows": [example.row_no for example in line.examples]}
    audit.record("import.examples_shown", by=request.actor.user_id, county=waiting.county_id, details=details)
    context = {
        "line": line,
        "examples": examples_of(plan, line),
        "shown": shown_lines(plan)[at],
        "crumbs": [*_crumbs(waiting)[:-1], Link(_name(waiting), _url(waiting)), Link(_("Eksempler"))],
    }
    known = [example.youth_id for example in line.examples if example.youth_id is not None]
    return render_screen(request, "integrations/examples.html", context, listed=known)


@requires(Permission.IMPORT_RUN)
@require_GET
def rejects(request: ActorRequest, file_id: int) -> FileResponse:
    """Give the rejected rows back in the form they came, to send to whoever can correct them."""
    waiting = selectors.get_waiting_file_or_404(file_id=file_id)
    if not keeping.holds(waiting, Part.REJECTS):
        raise Http404
    details = {"file": waiting.pk, "source": waiting.source}
    audit.record("import.rejects_downloaded", by=request.actor.user_id, county=waiting.county_id, details=details)
    kind = waiting.file_format
    return FileResponse(
        keeping.opened(waiting, Part.REJECTS),
        as_attachment=True,
        filename=f"avvist-{waiting.source}-{waiting.on.isoformat()}.{_SUFFIX[kind]}",
        content_type=_KINDS[kind],
    )


def _do(request: ActorRequest, act: Any, *, file_id: int, **given: Any) -> HttpResponse:
    """Do one thing with the file and show how it stands."""
    try:
        waiting = act(actor=request.actor, file_id=file_id, **given)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if waiting.state == WaitingState.APPLIED:
            messages.success(request, _("Filen er tatt i bruk."))
    return redirect("integrations:file", file_id=file_id)


def _seen(request: ActorRequest) -> int:
    """Return the version the page showed; a form without one is as old as can be."""
    return whole_number(request.POST.get("version"))


def _plan(request: ActorRequest, waiting: "WaitingFile") -> Plan:
    """Return the plan; one that cannot be opened any more is told as the file's problem."""
    try:
        return Plan.from_dict(keeping.read_plan(waiting))
    except Refused as refusal:
        return Plan(problem=str(refusal))


def _show_progress(request: ActorRequest, waiting: "WaitingFile") -> HttpResponse:
    told = selectors.progress_of(file_id=waiting.pk)
    number = min(told.number, progress.STEPS) if told else 0
    context = {
        "file": waiting,
        "name": _name(waiting),
        "crumbs": _crumbs(waiting),
        "number": number,
        "steps": progress.STEPS,
        "step": _(told.step) if told and told.step else _("Venter på tur"),
        "rows": told.rows if told else 0,
        "is_applying": waiting.state == WaitingState.APPLYING,
    }
    return render_screen(request, "integrations/progress.html", context, partial="integrations/_progress.html")


def _show_columns(
    request: ActorRequest, waiting: "WaitingFile", plan: Plan, form: ColumnsForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "file": waiting,
        "name": _name(waiting),
        "crumbs": _crumbs(waiting),
        "plan": plan,
        "form": form,
        "others": [(source, title(source)) for source in plan.others],
    }
    return render_screen(request, "integrations/columns.html", context, status=status)


def _show_plan(request: ActorRequest, waiting: "WaitingFile", plan: Plan) -> HttpResponse:
    if plan.errors or plan.remarks:
        details = {"file": waiting.pk, "rows": len(plan.errors) + len(plan.remarks)}
        audit.record("import.errors_shown", by=request.actor.user_id, county=waiting.county_id, details=details)
    context = {
        "file": waiting,
        "name": _name(waiting),
        "crumbs": _crumbs(waiting),
        "plan": plan,
        "figures": plan_figures(plan, is_applied=waiting.state == WaitingState.APPLIED),
        "rules": shown_rules(plan),
        "is_planned": waiting.state == WaitingState.PLANNED,
        "is_applied": waiting.state == WaitingState.APPLIED,
        "has_rejects": keeping.holds(waiting, Part.REJECTS),
        "more_errors": max(0, plan.figures.get("rejected", 0) - len({row for row, _sentence in plan.errors})),
    }
    return render_screen(request, "integrations/plan.html", context)


def _columns_form(waiting: "WaitingFile", plan: Plan, data: Any = None) -> ColumnsForm:
    chosen = {ours: theirs for ours, theirs in waiting.columns.items() if theirs in plan.headings}
    suggested = {**plan.suggested, **chosen}
    return ColumnsForm(data, definition=SOURCES[waiting.source], headings=plan.headings, suggested=suggested)


def _name(waiting: "WaitingFile") -> str:
    return _("%(source)s, %(day)s") % {"source": title(waiting.source), "day": formats.day(waiting.on)}


def _url(waiting: "WaitingFile") -> str:
    return reverse("integrations:file", kwargs={"file_id": waiting.pk})


def _crumbs(waiting: "WaitingFile") -> list[Link]:
    return [Link(_("Innlesing"), reverse("integrations:imports")), Link(_name(waiting))]
