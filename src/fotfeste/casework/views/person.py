"""The person page: who, how the case stands and why, what is promised, and what has happened."""

from collections.abc import Set
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework.forms.feedback_desk import status_choices
from fotfeste.casework.selectors import opened_to, who_sees
from fotfeste.casework.selectors.person_page import PersonPage, person_page
from fotfeste.casework.selectors.timeline import PAGE, Happening, timeline
from fotfeste.casework.views import person_parts, why
from fotfeste.casework.views.counsellor import take_choice
from fotfeste.casework.views.happenings import KINDS, Teller, may_name
from fotfeste.casework.views.header import Header, crumbs, header_of, tabs
from fotfeste.casework.views.reach import reach_of
from fotfeste.casework.views.reported import reports_of
from fotfeste.kernel import clock, formats


def base(request: ActorRequest, youth_id: int, *, tab: str) -> tuple[PersonPage, Header, dict[str, Any]]:
    """Return what every tab of the person page shows."""
    today, actor = clock.today(), request.actor
    page = person_page(youth_id=youth_id)
    header = header_of(page, actor=actor, today=today)
    context = {
        "header": header,
        "crumbs": crumbs(actor, is_asked=not header.sees_status),
        "tabs": tabs(page, actor=actor, today=today, current=tab),
        "today": today,
    }
    county_id, unit_id = page.youth.county_id, page.youth.unit_id
    if unit_id not in actor.unit_ids and not actor.knows_in_county(Topic.STATUS, county_id):
        context["closes_at"] = opened_to.emergency_until(actor=actor, youth_id=youth_id, on=today)
    return page, header, context


def must_know(actor: Actor, topic: Topic, page: PersonPage, on: date) -> None:
    """
    Stop unless the tab holds something the actor may know.

    :raises Http404: there is nothing there for the actor.
    """
    if not who_sees.knows(actor=actor, topic=topic, youth=page.youth, on=on):
        raise Http404


@requires(Permission.YOUTH_OPEN)
@require_GET
def person(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show one youth: the overview."""
    page, header, context = base(request, youth_id, tab="person")
    shown, asked = request.GET.get("vis", ""), request.GET.get("hvorfor")
    start = _start(request.GET.get("fra"))
    besides = person_parts.happenings(request.actor, page, header)
    line = timeline(page, start=start, kinds=KINDS.get(shown), besides=besides)
    teller = Teller(page, header, request.actor)
    reports = reports_of(request.actor, page, context["today"])
    context |= {
        "born": page.youth.born,
        "reach": reach_of(page, header, actor=request.actor, today=context["today"]),
        "belongs": why.belonging(page, context["today"]),
        "responsible": why.responsible(
            page,
            header,
            actor=request.actor,
            today=context["today"],
            asks_rules=asked == "enhet",
        ),
        "asked_unit": asked == "enhet",
        "asked_status": asked == "status",
        "status_why": why.status(page),
        "remarks": page.remarks if header.sees_status else (),
        "promises": why.promises(page, header, context["today"]),
        "reports": reports,
        "report_choices": status_choices() if reports else (),
        "entries": [teller.happening(entry) for entry in line.entries],
        "line": line,
        "shown": shown if shown in KINDS else "",
        "kinds": _kind_names(page, {entry.kind for entry in besides}),
        "cards": person_parts.cards(request.actor, page, header, context["today"]),
        "newer": max(start - PAGE, 0) if start else None,
        "older": start + PAGE if line.has_more else None,
        "counsellor_since": page.counsellor_since,
        "choice": take_choice(request, youth_id),
    }
    return render_screen(request, "casework/person.html", context, partial="casework/_timeline.html", about=youth_id)


@requires(Permission.YOUTH_OPEN)
@require_GET
def who_sees_what(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show who may see what of one youth, and on what ground."""
    page, header, context = base(request, youth_id, tab="who_sees")
    must_know(request.actor, Topic.STATUS, page, context["today"])
    seers = who_sees.who_sees(youth=page.youth, on=context["today"])
    context |= {
        "seers": [
            (
                seer,
                seer.unit_name
                if seer.ground is Ground.COUNTY_COORDINATION
                or (seer.unit_id is not None and may_name(header, request.actor, seer.unit_id))
                else "",
                _source(seer),
            )
            for seer in seers
        ],
        "sees_grants": request.actor.knows_in_county(Topic.STATUS, page.youth.county_id)
        or who_sees.knows(actor=request.actor, topic=Topic.CONSENT, youth=page.youth, on=context["today"]),
        "closed": who_sees.closed_to(actor=request.actor, youth=page.youth, on=context["today"]),
    }
    return render_screen(request, "casework/who_sees.html", context, about=youth_id, topic=Topic.STATUS)


def _source(seer: who_sees.Seer) -> str:
    """Say which list, consent or change of responsibility opens it; what rides on the row needs no more words."""
    words = {
        Ground.OTUK_LIST: _("OTUK-listen {day}"),
        Ground.RELEASE: _("Samtykket som gjelder fra {day}"),
        Ground.FORMER_UNIT: _("Ansvaret gikk over {day}"),
        Ground.STATUS_REGISTRAR: _("Bydelen fikk ansvaret {day}"),
    }.get(seer.ground, "")
    return words.format(day=formats.day(seer.first_day)) if seer.source else ""


def _kind_names(page: PersonPage, besides: Set[Happening]) -> list[tuple[str, str]]:
    """Return what the timeline can be narrowed to; only what this case has any of."""
    names = [
        ("", _("Alt"), True),
        ("kontakt", _("Kontakt"), bool(page.attempts)),
        ("status", _("Status"), bool(page.status_events)),
        ("ansvar", _("Ansvar"), bool(page.responsibilities)),
        ("journal", _("Journal"), bool(page.notes)),
        ("delt", _("Delte notater"), Happening.SHARED_NOTE in besides),
        ("meldinger", _("Meldinger"), bool(page.feedback)),
        ("skole", _("Skole"), bool(page.known.enrolments)),
        ("samarbeid", _("Samarbeid"), bool(besides)),
    ]
    return [(value, label) for value, label, is_there in names if is_there]


def _start(text: str | None) -> int:
    return min(int(text), 10_000) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0
