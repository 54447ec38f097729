"""What has become of a case since it was first registered, and how it stood as it was known at a moment."""

from datetime import date, datetime, time
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.forms.history import KnownAtForm
from fotfeste.casework.policies import may_keep_remark
from fotfeste.casework.selectors import who_sees
from fotfeste.casework.selectors.changes import CaseHistory, case_history
from fotfeste.casework.selectors.known_then import known_then
from fotfeste.casework.selectors.person_page import PersonPage
from fotfeste.casework.views.changes import GROUPS, ChangeTeller
from fotfeste.casework.views.header import Header
from fotfeste.casework.views.known import known_rows
from fotfeste.casework.views.person import base, must_know
from fotfeste.kernel import clock

PAGE = 50


@requires(Permission.YOUTH_OPEN)
@require_GET
def history(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show what was recorded about one youth: what it was, what it became, who, when and why."""
    page, header, context = base(request, youth_id, tab="history")
    must_know(request.actor, Topic.STATUS, page, context["today"])
    past = case_history(page)
    teller = ChangeTeller(page, past, header, request.actor)
    shown = request.GET.get("vis", "")
    kinds = GROUPS.get(shown)
    changes = [change for change in past.changes if kinds is None or change.kind in kinds]
    portion = Paginator(changes, PAGE).get_page(request.GET.get("side"))
    context |= {
        "page_obj": portion,
        "rows": [teller.row(change) for change in portion],
        "groups": teller.groups(),
        "shown": shown if kinds else "",
        "youth_id": youth_id,
        "remarks": page.remarks,
        "may_keep_remark": may_keep_remark(
            actor=request.actor, unit_id=page.youth.unit_id, county_id=page.youth.county_id
        ),
        **_known(request, page, past, header, teller),
    }
    return render_screen(request, "casework/history.html", context, about=youth_id)


def _known(
    request: ActorRequest, page: PersonPage, past: CaseHistory, header: Header, teller: ChangeTeller
) -> dict[str, Any]:
    """Return the form that asks for a moment and, when one is asked for, the case as it was known then."""
    text = request.GET.get("kjent", "")
    at = _moment(text)
    form = KnownAtForm({"kjent": at.date().isoformat() if at else text} if text else None, today=clock.today())
    if at is None or not form.is_valid():
        return {"known_form": form, "known": None}
    tells_identity = header.tells_place and who_sees.knows(
        actor=request.actor, topic=Topic.IDENTITY, youth=page.youth, on=page.on
    )
    found = known_then(page, past, at=at, tells_identity=tells_identity)
    return {"known_form": form, "known": found, "known_rows": known_rows(found, teller)}


def _moment(text: str) -> datetime | None:
    """Return the moment an address asks for; a day is asked for at its end."""
    try:
        if "T" in text:
            at = datetime.fromisoformat(text)
            return at.replace(tzinfo=clock.OSLO) if at.tzinfo is None else at.astimezone(clock.OSLO)
        return datetime.combine(date.fromisoformat(text), time.max, tzinfo=clock.OSLO)
    except (ValueError, OverflowError):
        return None
