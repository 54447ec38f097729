"""Making the status table, handing it out as a file, freezing it, and showing that a frozen one still holds."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste import codes
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.reporting import policies
from fotfeste.reporting.enums import ReportFormat, ReportKind, ReportReceiver
from fotfeste.reporting.forms import DownloadForm, FreezeForm, StatusTableForm
from fotfeste.reporting.returns import status_table_files
from fotfeste.reporting.returns.status_table import StatusTable, rounded, status_table
from fotfeste.reporting.selectors import reports as selectors
from fotfeste.reporting.services import reports as services


@requires(Permission.REPORT_MAKE)
@require_GET
def reports(request: ActorRequest) -> HttpResponse:
    """Show the status table for a day, and the reports that were frozen."""
    form = StatusTableForm(request.GET, counties=_counties(request), today=clock.today())
    table = _table(request, form) if form.is_valid() else None
    context = {
        "form": form,
        "table": table,
        "county_name": table.county_names[table.columns[0]] if table else "",
        "sentences": status_table_files.summary(table) if table else [],
        "chosen": _chosen(table) if table else {},
        "formats": ReportFormat.choices,
        "receivers": ReportReceiver.choices,
        "freeze_form": _freeze_form(table) if table else None,
        "frozen_reports": selectors.frozen_reports(actor=request.actor),
    }
    return render_screen(request, "reporting/reports.html", context, status=200 if table else 422)


@requires(Permission.REPORT_MAKE)
@require_GET
def download(request: ActorRequest) -> HttpResponse:
    """Hand out the status table as a file."""
    form = DownloadForm(request.GET, counties=_counties(request), today=clock.today())
    if not form.is_valid():
        raise Http404
    table = _table(request, form)
    if form.cleaned_data["til"] != ReportReceiver.REPORTED_TO:
        table = rounded(table)
    return _file(request, table, ReportFormat(form.cleaned_data["format"]))


@requires(Permission.REPORT_MAKE)
@require_POST
def freeze(request: ActorRequest) -> HttpResponse:
    """Freeze the status table as known now."""
    form = FreezeForm(request.POST, counties=_counties(request), today=clock.today())
    if not form.is_valid():
        messages.error(request, _("Rapporten kunne ikke fryses: velg dag og hva rapporten er."))
        return redirect("reporting:reports")
    given = form.cleaned_data
    try:
        made = services.freeze_report(
            actor=request.actor,
            report=ReportKind(given["rapport"]),
            county_id=given["fylke"],
            on=given["dag"],
            code_list=given["kodeverk"] or None,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reporting:reports")
    messages.success(request, _("Rapporten er frosset. Den kan lages på nytt når som helst, med samme tall."))
    return redirect("reporting:frozen", report_id=made.pk)


@requires(Permission.REPORT_MAKE)
@require_GET
def frozen(request: ActorRequest, report_id: int) -> HttpResponse:
    """Show a frozen report, made again from the facts as known then, and whether every cell is the same."""
    kept = selectors.frozen_report_or_none(actor=request.actor, report_id=report_id)
    if kept is None:
        raise Http404
    again = services.rerun(kept)
    context = {
        "kept": kept,
        "again": again,
        "table": again.table,
        "county_name": kept.county.name if kept.county else "",
        "sentences": status_table_files.summary(again.table),
        "code_list": codes.status_list(kept.code_list),
        "formats": ReportFormat.choices,
        "crumbs": [Link(_("Rapporter"), reverse("reporting:reports")), Link(kept.get_report_display())],
    }
    return render_screen(request, "reporting/frozen.html", context)


@requires(Permission.REPORT_MAKE)
@require_GET
def download_frozen(request: ActorRequest, report_id: int) -> HttpResponse:
    """Hand out a frozen report as a file, as it was known at its moment."""
    kept = selectors.frozen_report_or_none(actor=request.actor, report_id=report_id)
    form = request.GET.get("format", "")
    if kept is None or form not in ReportFormat.values:
        raise Http404
    return _file(request, services.rerun(kept).table, ReportFormat(form))


def _counties(request: ActorRequest) -> list[tuple[int, str]]:
    names = county_names()
    return [(county, names[county]) for county in sorted(policies.report_counties(request.actor))]


def _table(request: ActorRequest, form: StatusTableForm) -> StatusTable:
    given = form.cleaned_data
    policies.may_make_report(actor=request.actor, county_id=given["fylke"]).require()
    return status_table(county_id=given["fylke"], on=given["dag"], code_list=given["kodeverk"] or None)


def _chosen(table: StatusTable) -> dict[str, str]:
    """Return the choices as the address holds them."""
    return {"dag": table.on.isoformat(), "fylke": str(table.county_id), "kodeverk": table.code_list}


def _freeze_form(table: StatusTable) -> FreezeForm:
    """Return the form that asks what the report is, with the one most likely on the day chosen."""
    kind = {(11, 15): ReportKind.NATIONAL_NOV, (6, 15): ReportKind.NATIONAL_JUN}.get(
        (table.on.month, table.on.day), ReportKind.COUNTY_TABLE
    )
    return FreezeForm({**_chosen(table), "rapport": kind}, counties=[(table.county_id or 0, "")], today=table.on)


def _file(request: ActorRequest, table: StatusTable, form: ReportFormat) -> HttpResponse:
    content = status_table_files.rendered(table, form, made_at=clock.now())
    details: dict[str, Any] = {"on": table.on.isoformat(), "codes": table.code_list, "format": str(form)}
    if table.rounded_to > 1:
        details["rounded_to"] = table.rounded_to
    audit.record("report.downloaded", by=request.actor.user_id, county=table.county_id, details=details)
    response = HttpResponse(content, content_type=status_table_files.MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{status_table_files.file_name(table, form)}"'
    return response
