"""The county's wheel: what holds, what differs from the documents, and changing it from a day on."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.conflicts import CONFLICT
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.annualwheel import words
from fotfeste.annualwheel.forms import EventForm
from fotfeste.annualwheel.policies import may_edit_wheel
from fotfeste.annualwheel.services import editing as services
from fotfeste.annualwheel.services.editing import Change
from fotfeste.annualwheel.views.choosing import county_shown
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Refused
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number
from fotfeste.law.annual_wheel import Event, event_on, events_of
from fotfeste.law.readings import Readings
from fotfeste.law.school_year import school_year_of
from fotfeste.law.wheel_changes import WheelLine
from fotfeste.law.wheel_days import occurrences
from fotfeste.law.wheel_tasks import has_task, lead_on, proposed_lead
from fotfeste.law.working_days import WeekendRule
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.organisations.selectors.readings import readings_for, wheel_line, wheel_lines_of


@requires(Permission.WHEEL_VIEW)
@require_GET
def setup(request: ActorRequest) -> HttpResponse:
    """Show each event as the documents have it and as the county keeps it, and what the county will change."""
    county_id, today = county_shown(request), clock.today()
    readings = readings_for(county_id=county_id)
    rows = [_row(each, readings, today) for each in events_of(readings) if each.is_duty]
    context = {
        "rows": rows,
        "different": sum(bool(row["now"] or row["next"]) for row in rows),
        "county_name": county_names().get(county_id, ""),
        "may_edit": bool(may_edit_wheel(actor=request.actor, county_id=county_id)),
        "crumbs": _crumbs(),
    }
    return render_screen(request, "annualwheel/setup.html", context)


@requires(Permission.WHEEL_EDIT)
@require_http_methods(["GET", "POST"])
def new_event(request: ActorRequest) -> HttpResponse:
    """Put an event of the county's own into its wheel."""
    return _edit(request, None)


@requires(Permission.WHEEL_EDIT)
@require_http_methods(["GET", "POST"])
def edit_event(request: ActorRequest, event_id: str) -> HttpResponse:
    """Keep an event otherwise from a day on."""
    readings = readings_for(county_id=county_shown(request))
    found = next((each for each in events_of(readings) if each.id == event_id and each.is_duty), None)
    if found is None:
        raise Http404
    return _edit(request, found)


def _edit(request: ActorRequest, each: Event | None) -> HttpResponse:
    county_id, conflict, status = county_shown(request), None, 200
    form = _form(request, each, readings_for(county_id=county_id))
    if request.method == "POST":
        status = 422
        if form.is_valid():
            change = Change(**{"is_on": True, **form.cleaned_data}, event_id=each.id if each else "")
            version = whole_number(request.POST.get("version")) or 0
            try:
                services.change_wheel(actor=request.actor, county_id=county_id, change=change, version=version)
            except EditConflict as found:
                conflict, status = found, CONFLICT
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Årshjulet er endret."))
                return redirect("annualwheel:setup")
    title = _(each.label_nb) if each else _("Ny hendelse")
    rows = [row for row in wheel_lines_of(county_id=county_id) if each and row.reading == each.id]
    context = {
        "form": form,
        "conflict": conflict,
        "title": title,
        "here": request.path,
        "version": max((row.pk for row in rows), default=0),
        "proposed": _told(each, None) if each and not each.is_own else "",
        "lines": [(row, _told(each, wheel_line(row))) for row in rows if each],
        "crumbs": [*_crumbs(), Link(title)],
    }
    return render_screen(request, "annualwheel/edit_event.html", context, status=status)


def _form(request: ActorRequest, each: Event | None, readings: Readings) -> EventForm:
    line = readings.line_on(each.id, date.max) if each else None
    now = event_on(each, date.max, readings) if each else None
    day = (line.day if line and line.day else now.day) if now else None
    initial = {
        "is_on": line.is_on if line else True,
        "day": f"{day[1]}.{day[0]}." if day else "",
        "weekend": line.weekend.value if line and line.weekend else "",
        "lead": lead_on(each, date.max, readings) if each else 14,
        "recipients": list(now.recipients) if now else [],
        "label": now.label_nb if now else "",
        "text": now.text_nb if now else "",
        "party": now.party if now else "uda",
        "first_day": clock.today(),
    }
    leave_out = set() if each is None or each.is_own else {"label", "text", "party"}
    if each is None:
        leave_out = {"is_on"}
    elif not each.has_own_day:
        leave_out |= {"day", "weekend"}
    if each is not None and not has_task(each):
        leave_out |= {"lead"}
    rules = [("", _("Som for de andre hendelsene")), *((rule.value, words.rule(rule)) for rule in _RULES)]
    parties = [(code, words.party(code)) for code in words.all_parties()]
    return EventForm(request.POST or None, initial=initial, leave_out=leave_out, parties=parties, rules=rules)


_RULES = (WeekendRule.PREVIOUS_WORKING_DAY, WeekendRule.NEXT_WORKING_DAY, WeekendRule.NO_SHIFT)


def _row(each: Event, readings: Readings, today: date) -> dict[str, Any]:
    """Return an event as the documents have it, as the county keeps it where that differs, and what comes."""
    line = readings.line_on(each.id, today)
    coming = next((one for one in readings.lines_of(each.id) if one.first_day > today), None)
    year = school_year_of(today)
    ahead = [one.due for it in (year, year.next) for one in occurrences(each, it, readings) if one.due >= today]
    differs = line is not None and not line.is_as_proposed
    return {
        "event": event_on(each, today, readings),
        "proposed": "" if each.is_own else _told(each, None),
        "now": _told(each, line) if differs else "",
        "since": line.first_day if line and differs else None,
        "next": _told(each, coming) if coming else "",
        "next_day": coming.first_day if coming else None,
        "ahead": ahead[0] if ahead and not _goes_on(each) else None,
    }


def _goes_on(each: Event) -> bool:
    return each.recurrence == "continuous"


def _told(each: Event, line: WheelLine | None) -> str:
    """Return in words how an event is kept: its day, its rule, how long before, and for whom where that differs."""
    if line is not None and not line.is_on:
        return _("Ikke i bruk")
    parts = []
    day = line.day if line and line.day else each.day
    if day:
        parts.append(words.day_of_year(day))
    if each.has_own_day:
        parts.append(words.rule((line.weekend if line and line.weekend else each.weekend) or WeekendRule.NO_SHIFT))
    if has_task(each):
        lead = proposed_lead(each) if line is None or line.lead is None else line.lead
        parts.append(_("oppgave %(days)s dager før") % {"days": lead})
    if line and line.recipients:
        parts.append(_("til %(parties)s") % {"parties": words.parties(line.recipients)})
    if line and line.is_as_proposed:
        parts.append(_("som i dokumentene"))
    return " · ".join(parts) or _("Som i dokumentene")


def _crumbs() -> list[Link]:
    return [
        Link(_("Årshjulet"), reverse("annualwheel:wheel")),
        Link(_("Fylkets årshjul"), reverse("annualwheel:setup")),
    ]
