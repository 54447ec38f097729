"""How the county reads what the act, the agreement and the standard leave open, and choosing otherwise."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.conflicts import CONFLICT
from fotfeste.access.once import keeps_nothing
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework import policies
from fotfeste.casework.forms.readings import ReadingForm
from fotfeste.casework.services import readings as services
from fotfeste.casework.services.readings import Choice, ReadingPlan
from fotfeste.casework.views import shown_rerun
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Refused
from fotfeste.kernel.reading_words import reading_value
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number
from fotfeste.law.readings import Reading, all_readings
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.organisations.selectors.readings import lines_of, readings_for


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One unclear place, as it is read in the county today."""

    id: str
    question: str
    unclear: str
    now: str
    is_chosen: bool
    is_fixed: bool
    since: date | None
    by: str
    next_day: date | None


@requires(Permission.HOME_VIEW)
@require_GET
def readings(request: ActorRequest) -> HttpResponse:
    """Show every reading: what is unclear, how the county reads it, since when, and who chose."""
    county_id, today = _county(request), clock.today()
    now = readings_for(county_id=county_id).on(today)
    lines = [line for line in lines_of(county_id=county_id) if line.superseded_at is None]
    rows = [_row(reading, now[reading.id], lines, today) for reading in all_readings().values()]
    context = {
        "rows": rows,
        "chosen": sum(row.is_chosen for row in rows),
        "county_name": county_names()[county_id],
        "may_choose": bool(policies.may_choose_reading(actor=request.actor, county_id=county_id)),
    }
    return render_screen(request, "casework/readings.html", context)


@requires(Permission.HOME_VIEW)
@require_GET
def reading(request: ActorRequest, reading_id: str) -> HttpResponse:
    """Show one reading: what it may be, what has been chosen, and to those who may, the way to choose otherwise."""
    shown = _reading_or_404(reading_id)
    return _render_reading(request, shown, _form(request, shown))


@requires(Permission.READING_CHOOSE)
@keeps_nothing
@require_POST
def plan_reading(request: ActorRequest, reading_id: str) -> HttpResponse:
    """Show whom another reading would change something for. Nothing is kept."""
    shown = _reading_or_404(reading_id)
    form = _form(request, shown)
    if not form.is_valid():
        return _render_reading(request, shown, form, status=422)
    choice = Choice(reading=shown.id, **form.cleaned_data)
    try:
        plan = services.plan_reading(actor=request.actor, county_id=_county(request), choice=choice)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _render_reading(request, shown, form, status=422)
    return _render_plan(request, shown, plan)


@requires(Permission.READING_CHOOSE)
@require_POST
def choose_reading(request: ActorRequest, reading_id: str) -> HttpResponse:
    """Choose as the plan that was shown says."""
    shown = _reading_or_404(reading_id)
    form = _form(request, shown)
    if not form.is_valid():
        return _render_reading(request, shown, form, status=422)
    choice = Choice(reading=shown.id, **form.cleaned_data)
    try:
        services.choose_reading(
            actor=request.actor,
            county_id=_county(request),
            choice=choice,
            version=whole_number(request.POST.get("version")),
            digest=request.POST.get("digest", ""),
        )
    except EditConflict as conflict:
        return _render_reading(request, shown, form, conflict=conflict, status=CONFLICT)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _render_reading(request, shown, form, status=422)
    messages.success(request, _("Lesemåten er valgt."))
    return redirect("casework:reading", reading_id=shown.id)


def _county(request: ActorRequest) -> int:
    """Return the county whose readings are shown: the one the actor decides in, else works in."""
    counties = sorted(request.actor.county_ids)
    deciding = [each for each in counties if policies.may_choose_reading(actor=request.actor, county_id=each)]
    if not counties:
        raise Http404
    return (deciding or counties)[0]


def _reading_or_404(reading_id: str) -> Reading:
    found = all_readings().get(reading_id)
    if found is None:
        raise Http404
    return found


def _row(shown: Reading, value: str, lines: list[Any], today: date) -> ReadingRow:
    own = [line for line in lines if line.reading == shown.id]
    line = next((each for each in own if each.first_day <= today), None)
    later = [each.first_day for each in own if each.first_day > today]
    return ReadingRow(
        id=shown.id,
        question=_(shown.question),
        unclear=_(shown.unclear),
        now=reading_value(shown, value),
        is_chosen=value != shown.proposed_on(today),
        is_fixed=shown.is_fixed,
        since=line.first_day if line else None,
        by=line.chosen_by.name if line else "",
        next_day=min(later, default=None),
    )


def _form(request: ActorRequest, shown: Reading) -> ReadingForm:
    today = clock.today()
    now = readings_for(county_id=_county(request)).on(today)[shown.id]
    return ReadingForm(request.POST or None, reading=shown, now=now, today=today)


def _render_reading(
    request: ActorRequest, shown: Reading, form: ReadingForm, *, conflict: EditConflict | None = None, status: int = 200
) -> HttpResponse:
    county_id, today = _county(request), clock.today()
    lines = lines_of(county_id=county_id, reading=shown.id)
    now = readings_for(county_id=county_id).on(today)[shown.id]
    proposed = shown.proposed_on(today)
    context = {
        "reading": _row(shown, now, [line for line in lines if line.superseded_at is None], today),
        "form": form,
        "conflict": conflict,
        "values": [(_(shown.text_of(value)), value == proposed.partition(":")[0]) for value in shown.offered],
        "proposed": reading_value(shown, proposed),
        "lines": [(line, reading_value(shown, line.value)) for line in lines],
        "county_name": county_names()[county_id],
        "may_choose": not shown.is_fixed
        and bool(policies.may_choose_reading(actor=request.actor, county_id=county_id)),
        "crumbs": _crumbs(),
    }
    return render_screen(request, "casework/reading.html", context, status=status)


def _render_plan(request: ActorRequest, shown: Reading, plan: ReadingPlan) -> HttpResponse:
    choice = plan.choice
    context = {
        "question": _(shown.question),
        "reading_id": shown.id,
        "chosen": reading_value(shown, choice.value),
        "choice": choice,
        "value": choice.value.partition(":")[0],
        "days": choice.value.partition(":")[2],
        "plan": plan,
        "is_ahead": choice.first_day > clock.today(),
        "crumbs": _crumbs(Link(_(shown.question), reverse("casework:reading", kwargs={"reading_id": shown.id}))),
        **(shown_rerun.told(plan.rerun) if plan.rerun else {}),
    }
    return render_screen(request, "casework/reading_plan.html", context)


def _crumbs(*more: Link) -> list[Link]:
    return [Link(_("Lesemåter"), reverse("casework:readings")), *more]
