"""The county's file of units: the present ones to take out, and a changed file to see the plan of and use."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.kernel import clock
from fotfeste.kernel.cells import escape_cell
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.kernel.uploads import is_too_large, takes_files
from fotfeste.organisations import policies
from fotfeste.organisations.forms import CloseUnitForm, UnitFileForm
from fotfeste.organisations.selectors import unit_files as selectors
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.organisations.services import unit_files
from fotfeste.organisations.unit_columns import COLUMNS
from fotfeste.organisations.views import rows, shown_units

if TYPE_CHECKING:
    from fotfeste.organisations.models import UnitFile


@requires(Permission.IMPORT_RUN)
@takes_files(up_to=unit_files.LARGEST)
@require_http_methods(["GET", "POST"])
def unit_files_desk(request: ActorRequest) -> HttpResponse:
    """Show the files that wait and were used; take in a new one and show its plan."""
    form = UnitFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UnitFileForm(request.POST, request.FILES)
        if is_too_large(request):
            form.add_error(None, _("Filen er større enn 2 MB. Ta bare med fylkets egne enheter."))
        elif form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                kept = unit_files.upload_units(actor=request.actor, county_id=_county(request), content=content)
            except Refused as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("organisations:unit_file", file_id=kept.pk)
    context = {
        "form": form,
        "files": selectors.latest_files(county_id=_county(request)),
        "county_name": county_names()[_county(request)],
        "columns": COLUMNS,
        "crumbs": _crumbs(),
    }
    return render_screen(request, "organisations/unit_files.html", context, status=422 if form.errors else 200)


@requires(Permission.IMPORT_RUN)
@require_GET
def download_units(request: ActorRequest) -> HttpResponse:
    """Give the county's units as a file of the same form, to change and bring back."""
    county_id, today = _county(request), clock.today()
    rows = selectors.unit_cells(county_id=county_id, on=today)
    return _csv(rows, COLUMNS, name=f"enheter-{county_id:02}-{today.isoformat()}.csv")


@requires(Permission.IMPORT_RUN)
@require_http_methods(["GET", "POST"])
def close_unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Ask from when a unit is closed, and show the plan of it: as of a file that says the same."""
    unit = rows.get_unit_or_404(unit_id)
    if not policies.may_load_units(actor=request.actor, county_id=unit.county_id):
        raise PermissionDenied
    form = CloseUnitForm(request.POST or None, last_day=unit.last_day)
    if form.is_valid():
        try:
            kept = unit_files.plan_closing(actor=request.actor, unit_id=unit_id, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("closed_from", str(refusal))
        else:
            return redirect("organisations:unit_file", file_id=kept.pk)
    of_unit = Link(unit.name, reverse("organisations:unit", kwargs={"unit_id": unit_id}))
    context = {
        "unit": unit,
        "form": form,
        "crumbs": [Link(_("Enheter"), reverse("organisations:directory")), of_unit, Link(_("Steng enheten"))],
    }
    return render_screen(request, "organisations/close_unit.html", context, status=422 if form.errors else 200)


@requires(Permission.IMPORT_RUN)
@require_GET
def unit_file(request: ActorRequest, file_id: int) -> HttpResponse:
    """Show what a file would do now; of one that has been used, what it did."""
    kept = _file(request, file_id)
    plan = unit_files.plan_of(actor=request.actor, kept=kept) if kept.applied_at is None else None
    context = {
        "file": kept,
        "plan": plan,
        "figures": shown_units.figures(kept, plan),
        "new": shown_units.new_units(plan),
        "changed": shown_units.changed_units(plan),
        "closes_later": shown_units.closes_later(plan, today=clock.today()),
        "followed": shown_units.followed(plan.followed if plan else None),
        "does_nothing": plan is not None and not plan.units,
        "crumbs": _crumbs(_("Planen") if plan else _("Tatt i bruk")),
    }
    return render_screen(request, "organisations/unit_file.html", context)


@requires(Permission.IMPORT_RUN)
@require_GET
def unit_file_rejects(request: ActorRequest, file_id: int) -> HttpResponse:
    """Give the rejected rows back in the same form, each with its number and what is wrong."""
    rejected = unit_files.rejected_of(actor=request.actor, kept=_file(request, file_id))
    rows = [
        {**{name: (each.row.get(name) or "") for name in COLUMNS}, "rad": str(each.number), "feil": each.sentence}
        for each in rejected
    ]
    return _csv(rows, (*COLUMNS, "rad", "feil"), name="avviste-enheter.csv")


@requires(Permission.IMPORT_RUN)
@require_POST
def apply_unit_file(request: ActorRequest, file_id: int) -> HttpResponse:
    """Use a file as the plan that was shown says."""
    try:
        done = unit_files.apply_units(actor=request.actor, file_id=file_id, digest=request.POST.get("version", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, " ".join([_("Filen er tatt i bruk."), *shown_units.followed_done(done.followed)]))
    return redirect("organisations:unit_file", file_id=file_id)


@requires(Permission.IMPORT_RUN)
@require_POST
def discard_unit_file(request: ActorRequest, file_id: int) -> HttpResponse:
    """Throw a file away."""
    try:
        unit_files.discard_units(actor=request.actor, file_id=file_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Filen er slettet. Ingenting er endret."))
    return redirect("organisations:unit_files")


def _county(request: ActorRequest) -> int:
    return min(policies.counties_to_load_units_in(request.actor))


def _file(request: ActorRequest, file_id: int) -> "UnitFile":
    return selectors.get_file_or_404(file_id=file_id, county_ids=policies.counties_to_load_units_in(request.actor))


def _crumbs(*here: str) -> list[Link]:
    desk = Link(_("Enhetsfil"), reverse("organisations:unit_files") if here else "")
    return [Link(_("Enheter"), reverse("organisations:directory")), desk, *(Link(each) for each in here)]


def _csv(rows: Iterable[Mapping[str, str]], columns: tuple[str, ...], *, name: str) -> HttpResponse:
    """Answer with a file as spreadsheets here read it; no cell is a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([escape_cell(row[column]) for column in columns] for row in rows)
    response = HttpResponse(("\ufeff" + text.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
