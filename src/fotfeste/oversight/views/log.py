"""The list of who looked at and did what, and what was refused."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.selectors import users_of
from fotfeste.audit.selectors import Wanted, entries, entries_about, entries_of
from fotfeste.casework.views.desk import number_or_none
from fotfeste.kernel import clock
from fotfeste.oversight.forms.log import LogForm
from fotfeste.oversight.telling import mark_of, sentences
from fotfeste.oversight.views.tabs import log_tabs

PAGE = 50


@requires(Permission.AUDIT_READ)
@require_GET
def log(request: ActorRequest) -> HttpResponse:
    """Show the log of the county as sentences, a day or a person at a time."""
    form = LogForm(request.GET, users=users_of(county_ids=request.actor.counties_with(Permission.AUDIT_READ)))
    youth = request.GET.get("ungdom", "")
    youth_id = number_or_none(youth)
    wanted = Wanted(form.day, form.user_id, form.kind)
    found: Any = entries(wanted) if youth_id is None else entries_about(youth_id, wanted)
    page = Paginator(found, PAGE).get_page(request.GET.get("side"))
    told = sentences(page if youth_id is None else entries_of(page), about=youth_id)
    context = {
        "tabs": log_tabs(current="log"),
        "form": form,
        "page_obj": page,
        "sentences": told,
        "mark": mark_of(youth) if youth_id else "",
        "youth": youth if youth_id else "",
        "is_narrowed": bool(form.day or form.user_id or youth_id or form.kind),
        "today": clock.today(),
    }
    return render_screen(request, "oversight/log.html", context, partial="oversight/_log.html")
