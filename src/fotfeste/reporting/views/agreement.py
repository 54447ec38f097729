"""The yearly meetings about the cooperation agreement: the list, one's minutes, and writing and correcting them."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.annualwheel.enums import WheelState
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats, opaque
from fotfeste.kernel.checked_files import LARGEST, size_words, type_words
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import FileLink, Link
from fotfeste.kernel.uploads import is_too_large, takes_files
from fotfeste.reporting import policies, words
from fotfeste.reporting.enums import AgreementParty, DutyKept
from fotfeste.reporting.forms import AgreementForm
from fotfeste.reporting.selectors import agreement as selectors
from fotfeste.reporting.services import agreement as services
from fotfeste.reporting.views import tables


@requires(Permission.FIGURES_VIEW)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show the yearly meetings of the county, the latest first."""
    rows = selectors.agreement_meetings(actor=request.actor)
    may_write = bool(policies.agreement_counties(request.actor))
    return render_screen(
        request, "reporting/agreement_meetings.html", {"rows": rows, "may_write": may_write, "crumbs": _crumbs()}
    )


@requires(Permission.FIGURES_VIEW)
@require_GET
def meeting(request: ActorRequest, meeting_id: int) -> HttpResponse:
    """Show the minutes of one, with the figures and the duties as they were gone through."""
    found = _or_404(request, meeting_id)
    reach = selectors.county_reaches(request.actor)[found.county_id]
    links = tables.Links(actor=request.actor, reach=reach, on=found.held_on, is_today=False)
    parties = dict(AgreementParty.choices)
    context = {
        "meeting": found,
        "present": [parties[each] for each in found.present],
        "indicators": tables.in_words(selectors.read_figures(found.figures), links),
        "counts": [(kept.label, sum(row["status"] == kept for row in found.duties)) for kept in DutyKept],
        "groups": _groups(found.duties),
        "actions": [{**each, "due": _day(each.get("due", ""))} for each in found.actions],
        "files": _files(found),
        "may_write": bool(policies.may_review_agreement(actor=request.actor, county_id=found.county_id)),
        "crumbs": _crumbs(formats.day(found.held_on)),
    }
    return render_screen(request, "reporting/agreement_meeting.html", context)


@requires(Permission.FIGURES_VIEW)
@require_GET
def report(request: ActorRequest, meeting_id: int) -> HttpResponse:
    """Hand out the file of a meeting, and log that it was."""
    found = _or_404(request, meeting_id)
    file = selectors.report_of(found)
    if file is None:
        raise Http404
    audit.record(
        "agreement.downloaded", by=request.actor.user_id, county=found.county_id, details={"meeting": found.pk}
    )
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.AGREEMENT_REVIEW)
@takes_files(up_to=LARGEST)
@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, meeting_id: int | None = None) -> HttpResponse:
    """Write the minutes of the yearly meeting, or correct them."""
    old = _or_404(request, meeting_id) if meeting_id is not None else None
    county_id = old.county_id if old is not None else min(policies.agreement_counties(request.actor), default=0)
    if not policies.may_review_agreement(actor=request.actor, county_id=county_id):
        raise Http404
    form = _form(request, request.FILES or None, old, county_id)
    if form.is_bound and form.is_valid():
        try:
            row = services.write_agreement_meeting(
                actor=request.actor,
                county_id=county_id,
                content=form.content(),
                corrects_id=old.pk if old is not None else None,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Referatet er lagret."))
            return redirect("reporting:agreement_meeting", meeting_id=row.pk)
    title = _("Rett referatet") if old else _("Nytt avtalemøte")
    context = {"form": form, "title": title, "crumbs": _crumbs(title)}
    return render_screen(
        request, "reporting/agreement_form.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _form(request: ActorRequest, files: Any, old: Any, county_id: int) -> AgreementForm:
    held_on = old.held_on if old is not None else clock.today()
    return AgreementForm(
        request.POST or None,
        files,
        callers=selectors.callers(county_id=county_id, on=held_on),
        duties=selectors.duty_lines(county_id=county_id, held_on=held_on, today=clock.today()),
        initial=_initial(old),
        has_report=old is not None and old.report_id is not None,
        is_too_large=is_too_large(request),
    )


def _initial(old: Any) -> dict[str, Any]:
    if old is None:
        return {"held_on": clock.today()}
    return {
        "held_on": old.held_on,
        "called_by": opaque.encode(old.called_by_id),
        "present": old.present,
        "findings": old.findings,
        "revise": "yes" if old.revise else "no",
        "keeps_report": True,
        "actions": [{**row, "due": _day(row.get("due", ""))} for row in old.actions],
        **{f"duty-{row['duty']}": row["status"] for row in old.duties},
    }


def _groups(duties: Iterable[dict[str, str]]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return the duties gone through by whose they are: what each is, how it is kept, and what the wheel showed."""
    known = selectors.agreement_duties()
    through = [row for row in duties if row["status"] != DutyKept.NOT_REVIEWED and row["duty"] in known]
    return [
        (
            words.party(party),
            [
                (
                    _(known[row["duty"]].label_nb),
                    str(DutyKept(row["status"]).label),
                    str(WheelState(row["shown"]).label) if row["shown"] else "",
                )
                for row in rows
            ],
        )
        for party, rows in groupby(through, key=lambda row: row["party"])
    ]


def _files(found: Any) -> list[FileLink]:
    if found.report is None:
        return []
    url = reverse("reporting:agreement_report", kwargs={"meeting_id": found.pk})
    what = f"{type_words(found.report.media_type)}, {size_words(found.report.size)}"
    return [FileLink(found.report.name, url, what, found.report.is_scanned)]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _or_404(request: ActorRequest, meeting_id: int) -> Any:
    found = selectors.agreement_meeting_or_none(actor=request.actor, meeting_id=meeting_id)
    if found is None:
        raise Http404
    return found


def _crumbs(label: str = "") -> list[Link]:
    here = reverse("reporting:agreement_meetings")
    found = [Link(_("Oversikt"), reverse("reporting:figures")), Link(_("Avtalemøter"), here if label else "")]
    return [*found, Link(label)] if label else found
