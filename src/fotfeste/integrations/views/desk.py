"""The import desk: what came in last, what waits, and a place to put a new file."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.integrations import policies, selectors
from fotfeste.integrations.forms import UploadForm
from fotfeste.integrations.reading import UnreadableFile
from fotfeste.integrations.samples import sample_file
from fotfeste.integrations.services import desk, templates
from fotfeste.integrations.sources import SOURCES
from fotfeste.integrations.views.source_texts import SourceText, source_texts, title
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.kernel.uploads import is_too_large, takes_files

if TYPE_CHECKING:
    from fotfeste.integrations.models import Import

PAGE = 25


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, and what came from it last."""

    text: SourceText
    latest: "Import | None"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import of the history."""

    title: str
    row: "Import"
    by: str


@requires(Permission.IMPORT_RUN)
@require_GET
def imports(request: ActorRequest) -> HttpResponse:
    """Show the desk."""
    return _render_desk(request, _empty_form())


@requires(Permission.IMPORT_RUN)
@takes_files()
@require_POST
def upload(request: ActorRequest) -> HttpResponse:
    """Take a file in and show its plan, or say on the desk why it cannot be read."""
    form = UploadForm(request.POST, request.FILES, today=clock.today(), titles=_titles())
    if is_too_large(request):
        megabytes = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        del form.fields["file"]
        form.is_valid()
        form.add_error(None, _("Filen er større enn %(size)s MB og leses ikke. Del den i flere.") % {"size": megabytes})
        return _render_desk(request, _with_file_field(form), status=422)
    if not form.is_valid():
        return _render_desk(request, form, status=422)
    given = form.cleaned_data
    try:
        waiting = desk.upload(
            actor=request.actor,
            county_id=county_of(request),
            source=given["source"],
            sender=given["sender"],
            on=given["on"],
            file=given["file"].file,
        )
    except UnreadableFile as problem:
        form.add_error("file", str(problem))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        return redirect("integrations:file", file_id=waiting.pk)
    return _render_desk(request, form, status=422)


@requires(Permission.IMPORT_RUN)
@require_POST
def fetch(request: ActorRequest) -> HttpResponse:
    """Order the register from VIGO."""
    try:
        waiting = desk.fetch_from_vigo(actor=request.actor, county_id=county_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("integrations:imports")
    return redirect("integrations:file", file_id=waiting.pk)


@requires(Permission.IMPORT_RUN)
@require_GET
def history(request: ActorRequest) -> HttpResponse:
    """Show every import, the newest first."""
    page = Paginator(selectors.imports_of(county_id=county_of(request)), PAGE).get_page(request.GET.get("side"))
    context = {
        "page_obj": page,
        "rows": [ImportRow(title(row.source), row, by_whom(row)) for row in page],
        "crumbs": [Link(_("Innlesing"), reverse("integrations:imports")), Link(_("Historikk"))],
    }
    return render_screen(request, "integrations/history.html", context)


@requires(Permission.IMPORT_RUN)
@require_GET
def sample(request: ActorRequest, source: str) -> FileResponse:
    """Give a small good file of the source to look at; its people are made up."""
    if source not in SOURCES:
        raise Http404
    path = sample_file(source)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"eksempel-{path.name}")


@requires(Permission.IMPORT_RUN)
@require_GET
def template(request: ActorRequest, source: str) -> FileResponse:
    """Give an empty workbook with the source's columns."""
    file = templates.empty_workbook(source)
    if file is None:
        raise Http404
    return FileResponse(file, as_attachment=True, filename=f"mal-{source}.xlsx")


def county_of(request: ActorRequest) -> int:
    """Return the county whose desk this is: the one the actor takes in files for."""
    return min(policies.import_counties(request.actor))


def by_whom(row: "Import") -> str:
    """Return the person who asked for an import; the system actor where nobody did."""
    return row.asked_by.name if row.asked_by else row.run_by.name


def _empty_form() -> UploadForm:
    return UploadForm(today=clock.today(), titles=_titles())


def _with_file_field(form: UploadForm) -> UploadForm:
    form.fields["file"] = _empty_form().fields["file"]
    return form


def _titles() -> list[tuple[str, str]]:
    return [(source, title(source)) for source in SOURCES]


def _render_desk(request: ActorRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    county_id, today = county_of(request), clock.today()
    latest = selectors.latest_imports(county_id=county_id)
    waiting = selectors.waiting_files(county_id=county_id)
    private = selectors.private_school_reports(county_id=county_id, on=today)
    silent = [school for school in private if not school.has_answered]
    context: dict[str, Any] = {
        "form": form,
        "sources": [SourceRow(text, latest.get(source)) for source, text in source_texts().items()],
        "waiting": [(title(each.source), each) for each in waiting],
        "senders": selectors.known_senders(county_id=county_id),
        "may_fetch": bool(settings.VIGO["url"]),
        "silent": silent,
        "reachable": [school for school in silent if school.addresses],
        "reported": len(private) - len(silent),
        "private": len(private),
        "may_remind": request.actor.has(Permission.REMINDER_SEND),
        "by_whom": {source: by_whom(row) for source, row in latest.items()},
    }
    return render_screen(request, "integrations/imports.html", context, status=status)
