"""Writing down that an event of the year is done, where nothing else in the product shows it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.annualwheel.forms import RecordForm, WithdrawForm
from fotfeste.annualwheel.policies import may_record
from fotfeste.annualwheel.recorded import is_recorded
from fotfeste.annualwheel.selectors.records import record_or_none, units_recording
from fotfeste.annualwheel.services import records as services
from fotfeste.annualwheel.views.choosing import county_shown
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.forms import Form
from fotfeste.kernel.ui import Link
from fotfeste.law.annual_wheel import Event, events_of
from fotfeste.organisations.selectors.readings import readings_for


@requires(Permission.WHEEL_RECORD)
@require_http_methods(["GET", "POST"])
def record(request: ActorRequest, event_id: str) -> HttpResponse:
    """Write down when an event was done, by whom, and what shows it."""
    county_id, today = county_shown(request), clock.today()
    each = _event_or_404(county_id, event_id)
    if not is_recorded(event_id):
        raise Http404
    asked = units_recording(county_id=county_id, event_id=event_id, on=today)
    mine = [pair for pair in asked if may_record(actor=request.actor, county_id=county_id, unit_id=pair[0])]
    may = bool(mine) if asked else bool(may_record(actor=request.actor, county_id=county_id, unit_id=None))
    if not may:
        return render_screen(request, "kernel/errors/403.html", {}, status=403)
    units = [(opaque.encode(unit_id), name) for unit_id, name in mine]
    form = RecordForm(request.POST or None, units=units, initial={"on": today, "who": request.actor.name})
    if request.method == "POST" and form.is_valid():
        given = {"unit_id": form.cleaned_data.pop("unit", None), **form.cleaned_data}
        if _saved(request, form, services.record_done, county_id=county_id, event_id=event_id, **given):
            messages.success(request, _("Ført som gjort."))
            return redirect("annualwheel:event", event_id=event_id)
    return _render(request, each, form, title=_("Før som gjort"), submit=_("Lagre"))


@requires(Permission.WHEEL_RECORD)
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, record_id: int) -> HttpResponse:
    """Take back something that was written down by mistake."""
    row = record_or_none(record_id=record_id)
    if row is None or not may_record(actor=request.actor, county_id=row.county_id, unit_id=row.unit_id):
        raise Http404
    form = WithdrawForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and _saved(request, form, services.withdraw_record, record_id=record_id, **form.cleaned_data):
        messages.success(request, _("Trukket tilbake."))
        return redirect("annualwheel:event", event_id=row.event)
    each = _event_or_404(row.county_id, row.event)
    return _render(request, each, form, title=_("Trekk tilbake"), submit=_("Trekk tilbake"))


def _event_or_404(county_id: int, event_id: str) -> Event:
    found = next((each for each in events_of(readings_for(county_id=county_id)) if each.id == event_id), None)
    if found is None:
        raise Http404
    return found


def _saved(request: ActorRequest, form: Form, act: Any, **given: Any) -> bool:
    try:
        act(actor=request.actor, **given)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _render(request: ActorRequest, each: Event, form: Form, *, title: str, submit: str) -> HttpResponse:
    label, back = _(each.label_nb), reverse("annualwheel:event", args=[each.id])
    crumbs = [Link(_("Årshjulet"), reverse("annualwheel:wheel")), Link(label, back), Link(title)]
    context = {"form": form, "title": title, "about": label, "submit": submit, "back": back, "crumbs": crumbs}
    return render_screen(request, "annualwheel/form.html", context, status=422 if form.errors else 200)
