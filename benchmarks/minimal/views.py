from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from benchmarks.minimal import models as m

SOURCES = (
    ("statuses", m.StatusEvent.objects.filter(superseded_at=None).select_related("set_by").order_by("-first_day")),
    ("responsible", m.Responsibility.objects.select_related("holder").order_by("-first_day")),
    ("attempts", m.Attempt.objects.select_related("registered_by").order_by("-on")),
    ("notes", m.Note.objects.select_related("written_by").order_by("-written_on")),
    ("feedback", m.Feedback.objects.select_related("from_unit").order_by("-on")),
    ("contacts", m.Contact.objects.order_by("kind")),
    ("addresses", m.Address.objects.order_by("kind")),
    ("guardians", m.Guardian.objects.order_by("name")),
    ("enrolments", m.Enrolment.objects.select_related("school").order_by("-first_day")),
)


def _unit_of(request: HttpRequest) -> int:
    """Read the session as a login would."""
    user_id = request.session.get("user_id")
    if user_id is None:
        raise Http404
    return get_object_or_404(m.Assignment.objects.select_related("user"), user_id=user_id).unit_id


def worklist(request: HttpRequest) -> HttpResponse:
    found = m.Registration.objects.filter(last_day=None, unit_id=_unit_of(request))
    order = (F("next_promise_on").asc(nulls_last=True), F("status_confirm_by").asc(nulls_last=True), "pk")
    rows = found.select_related("youth", "unit", "counsellor").order_by(*order)[:50]
    return render(request, "minimal_list.html", {"rows": rows, "total": found.count()})


def person(request: HttpRequest, youth_id: int) -> HttpResponse:
    unit_id = _unit_of(request)
    youth = get_object_or_404(m.Youth.objects.select_related("unit"), pk=youth_id, unit_id=unit_id)
    case = m.Registration.objects.filter(youth_id=youth_id, last_day=None).select_related("counsellor").first()
    sources = {name: rows.filter(youth_id=youth_id) for name, rows in SOURCES}
    return render(request, "minimal_person.html", {"youth": youth, "case": case, **sources})
