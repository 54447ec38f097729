"""The school history of one youth: what stands, what stood before, and correcting it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.forms.identity import EnrolmentForm
from fotfeste.casework.selectors.labels import end_name, source_name
from fotfeste.casework.services import residence
from fotfeste.casework.views.happenings import may_name, school_of
from fotfeste.casework.views.header import Header
from fotfeste.casework.views.person import base, must_know
from fotfeste.casework.views.saving import Screen
from fotfeste.kernel import formats
from fotfeste.people import selectors as people
from fotfeste.people.enums import EnrolmentKind
from fotfeste.people.policies import may_edit_youth


@requires(Permission.YOUTH_OPEN)
@require_GET
def school_history(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show the school history of one youth, and what stood before it was ended or corrected."""
    page, header, context = base(request, youth_id, tab="school_history")
    must_know(request.actor, Topic.EDUCATION, page, context["today"])
    ids = people.same_person_ids(youth_id=youth_id)
    context |= {
        "enrolments": [_shown(row, header, request.actor) for row in page.known.enrolments],
        "before": [_shown(row, header, request.actor) for row in people.enrolments_before(youth_ids=ids)],
        "may_correct": bool(may_edit_youth(actor=request.actor, youth=page.youth)),
    }
    return render_screen(request, "casework/school_history.html", context, about=youth_id, topic=Topic.EDUCATION)


def _shown(row: Any, header: Header, actor: Actor) -> tuple[Any, str, str, str, str]:
    school = school_of(row) if may_name(header, actor, row.school_id) else ""
    return row, str(EnrolmentKind(row.kind).label), school, end_name(row.end_reason), source_name(row.source)


@requires(Permission.YOUTH_EDIT)
@require_http_methods(["GET", "POST"])
def correct_enrolment(request: ActorRequest, youth_id: int, enrolment_id: int) -> HttpResponse:
    """Correct a stretch of school, or say that it never was. Source: personvernforordningen art. 16."""
    screen = Screen(request, youth_id, _("Rett skolehistorikken"))
    row = people.enrolment_or_none(youth_id=youth_id, enrolment_id=enrolment_id)
    if row is None or (row.superseded_at is not None and request.method != "POST"):
        raise Http404
    form = EnrolmentForm(request.POST or None, row=row)
    if not screen.saves(
        form, residence.correct_enrolment, youth_id=youth_id, enrolment_id=enrolment_id, **screen.given(form)
    ):
        kind, period = EnrolmentKind(row.kind).label, formats.period(row.first_day, row.last_day)
        return screen.show("casework/form.html", form, topic=Topic.EDUCATION, explain=f"{kind}, {period}")
    messages.success(request, _("Skolehistorikken er rettet. Det som sto, finnes under «Sto tidligere»."))
    if screen.result:
        messages.info(request, _("Med den rettede skolehistorikken peker reglene på en annen enhet."))
    return redirect("casework:school_history", youth_id=youth_id)
