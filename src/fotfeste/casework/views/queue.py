"""The unassigned queue: who waits for a unit, why no rule gave one, and giving them one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.forms.queue import EACH_ITS_OWN, AssignManyForm
from fotfeste.casework.selectors.assignable import assignable_units
from fotfeste.casework.selectors.labels import reason_name
from fotfeste.casework.selectors.queue import Queue, Waiting, unassigned_queue
from fotfeste.casework.selectors.suggestions import Suggestion, suggestions_for
from fotfeste.casework.selectors.whereabouts import is_protected
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.casework.views import queue_assigning
from fotfeste.casework.views.desk import (
    county_of,
    desk_tabs,
    keep_report,
    name_of,
    number_or_none,
    page_number,
    take_report,
)
from fotfeste.kernel import clock, opaque

PAGE = 25
REPORT = "queue_report"


@dataclass(frozen=True, slots=True)
class Row:
    """One waiting youth as the queue shows it. ``key`` stands for the youth in the form."""

    key: str
    youth_id: int
    version: int
    name: str
    born: date
    is_protected: bool
    reason: str
    since: date
    days: int
    because: str
    decision: Any
    suggestions: tuple[Suggestion, ...]


@requires(Permission.RESPONSIBILITY_ASSIGN)
@require_http_methods(["GET", "POST"])
def unassigned(request: ActorRequest) -> HttpResponse:
    """Show the queue, or assign the youths chosen in it: one with the button of its row, many with the form below."""
    county_id = county_of(request.actor, Permission.RESPONSIBILITY_ASSIGN)
    units = assignable_units(county_id=county_id, on=clock.today())
    if request.method == "GET":
        return _show(request, AssignManyForm(units=units), county_id)
    only = request.POST.get("tildel")
    keys = [only] if only else request.POST.getlist("valgt")
    form = AssignManyForm({"til": EACH_ITS_OWN} if only else request.POST, units=units)
    is_right = form.is_valid()
    if not keys:
        form.add_error(None, _("Velg minst én ungdom i listen."))
    if not keys or not is_right:
        return _show(request, form, county_id, status=422)
    ids = [youth_id for key in keys if (youth_id := number_or_none(key)) is not None]
    done, refused = queue_assigning.assign_each(request, ids, form, county_id)
    keep_report(request, REPORT, done=done, refused=refused)
    return redirect(request.get_full_path())


def _show(request: ActorRequest, form: AssignManyForm, county_id: int, *, status: int = 200) -> HttpResponse:
    today = clock.today()
    queue, page = _portion(request, county_id)
    suggested = suggestions_for(waiting=queue.rows, county_id=county_id, on=today)
    report = take_report(request, REPORT)
    context = {
        "tabs": desk_tabs(request.actor, current="casework:unassigned"),
        "form": form,
        "page_obj": page,
        "rows": [row_of(each, suggested, today) for each in queue.rows],
        "chosen": frozenset(request.POST.getlist("valgt")),
        "held_back": queue.held_back,
        "report": report,
        "has_cases": bool(queue.rows) or open_registrations().exists(),
    }
    listed = [*(each.youth.pk for each in queue.rows), *(report.named if report else ())]
    return render_screen(request, "casework/queue.html", context, listed=listed, status=status)


def _portion(request: ActorRequest, county_id: int) -> tuple[Queue, Any]:
    """Return the part of the queue the address asks for; after the last row has gone, the last part there is."""
    sees_all = request.actor.knows_in_county(Topic.PROTECTED_ADDRESS, county_id)
    number = page_number(request)
    queue = unassigned_queue(county_id=county_id, start=(number - 1) * PAGE, count=PAGE, with_protected=sees_all)
    page = Paginator(range(queue.total), PAGE).get_page(number)
    if page.number != number:
        start = (page.number - 1) * PAGE
        queue = unassigned_queue(county_id=county_id, start=start, count=PAGE, with_protected=sees_all)
    return queue, page


def row_of(waiting: Waiting, suggested: Mapping[int, tuple[Suggestion, ...]], today: date) -> Row:
    """Return what is shown of one waiting youth."""
    youth = waiting.youth
    return Row(
        key=opaque.encode(youth.pk),
        youth_id=youth.pk,
        version=waiting.registration.version,
        name=name_of(youth),
        born=youth.born,
        is_protected=is_protected(youth.protection),
        reason=reason_name(waiting.registration.reason),
        since=waiting.since,
        days=(today - waiting.since).days,
        because=_last_word(waiting.decision),
        decision=waiting.decision,
        suggestions=suggested.get(youth.pk, ()),
    )


def _last_word(decision: Any) -> str:
    """Return the reason that settled it: the last one tried."""
    return decision.reasons[-1].sentence(_) if decision.reasons else _("Ingen regel passer.")
