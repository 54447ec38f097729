"""The mapping of a youth: reading it as it stands and as it stood, and writing a new one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.person_page import PersonPage
from fotfeste.casework.selectors.who_sees import knows
from fotfeste.casework.views.happenings import may_name, school_of
from fotfeste.casework.views.header import Header
from fotfeste.casework.views.person import base, must_know
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import ActorBody, MapArea, MapPlace, NextStep, WantsSchool
from fotfeste.collaboration.forms.mapping import MappingForm, today_first
from fotfeste.collaboration.selectors import actors as around_youth
from fotfeste.collaboration.selectors import mapping as selectors
from fotfeste.collaboration.services import mapping as services
from fotfeste.collaboration.views.actor_picture import picture_of
from fotfeste.collaboration.views.actors import actors_shown, last_gone_through
from fotfeste.collaboration.views.looking_again import look_again
from fotfeste.kernel import formats
from fotfeste.kernel.ui import ConsentState
from fotfeste.people import selectors as people

#: What is asked anew each time; the rest begins with what stands.
_CARRIED = ("situation", "needs", "goal", "wants_school", "next_step")

_HOLDS = {ConsentState.GIVEN, ConsentState.ENDS_SOON}


@requires(Permission.YOUTH_OPEN)
@require_GET
def mapping(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show the mapping that stands, who is around the youth, and the mappings before it."""
    return _shown(request, youth_id, None)


@requires(Permission.YOUTH_OPEN)
@require_GET
def version(request: ActorRequest, youth_id: int, mapping_id: int) -> HttpResponse:
    """Show a mapping as it stood when it was written."""
    return _shown(request, youth_id, mapping_id)


@requires(Permission.MAPPING_WRITE)
@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Write a mapping: it begins with what is known, and what stood is kept."""
    page, header, context = base(request, youth_id, tab="mapping")
    must_know(request.actor, Topic.MAPPING, page, context["today"])
    screen = Screen(request, youth_id, _("Kartlegging"))
    form = _form(request, page, header)
    again = look_again(form, form.open_texts, name_of=form.name_of)
    given = form.given() if form.is_bound and form.is_valid() else {}
    if not again and screen.saves(form, services.write_mapping, youth_id=youth_id, **given):
        messages.success(request, _("Kartleggingen er lagret."))
        return redirect(_next(request, page), youth_id=youth_id)
    return screen.show(
        "collaboration/write_mapping.html",
        form,
        topic=Topic.MAPPING,
        again=again,
        known=_known(page, header, request),
        submit=_("Lagre likevel") if again else _("Lagre"),
        explain=_("Spør bare om det dere trenger for å hjelpe. Ungdommen har rett til å lese alt som skrives her."),
    )


def _shown(request: ActorRequest, youth_id: int, mapping_id: int | None) -> HttpResponse:
    page, header, context = base(request, youth_id, tab="mapping")
    must_know(request.actor, Topic.MAPPING, page, context["today"])
    rows = selectors.mappings_of(youth_id=youth_id)
    row = rows[0] if rows and mapping_id is None else next((each for each in rows if each.pk == mapping_id), None)
    if row is None and mapping_id is not None:
        raise Http404
    shown = selectors.shown_mapping(row=row) if row is not None else None
    actors = actors_shown(request, page, context["today"], bodies=_bodies(request, page))
    context |= {
        "shown": shown,
        "facts": _facts(shown, header) if shown else [],
        "goals": [line for line in shown.row.goal.splitlines() if line.strip()] if shown else [],
        "is_latest": row is None or row.pk == rows[0].pk,
        "rows": rows,
        "actors": actors,
        "picture": picture_of([each.actor for each in actors], name=page.youth.first_name),
        "gone_through": last_gone_through(youth_id),
        "sees_all": _knows(request, page, Topic.HEALTH),
        "may_write": bool(
            policies.may_write_mapping(actor=request.actor, is_open=_knows(request, page, Topic.MAPPING))
        ),
    }
    return render_screen(request, "collaboration/mapping.html", context, about=youth_id, topic=Topic.MAPPING)


def _facts(shown: selectors.ShownMapping, header: Header) -> list[tuple[str, str]]:
    row, yes, no = shown.row, _("Ja"), _("Nei")
    by = shown.by + (f", {shown.unit}" if header.tells_unit and shown.unit else "")
    return [
        (_("Dato for samtale"), formats.day(row.held_on)),
        (_("Sted"), str(MapPlace(row.place).label) if row.place else ""),
        (_("Gjennomført av"), by),
        (_("Ønsker å fullføre opplæring?"), str(WantsSchool(row.wants_school).label)),
        (_("Har kontakt med andre instanser"), yes if row.has_contact else no),
        (_("Samtykke tatt opp"), yes if row.consent_asked else no),
        (_("Neste steg"), str(NextStep(row.next_step).label)),
    ]


def _next(request: ActorRequest, page: PersonPage) -> str:
    """Return the screen one comes to after a mapping: who is around the youth, until all are answered."""
    marked = around_youth.standing_marks(person=people.same_person_ids(youth_id=page.youth.pk))
    is_whole = marked.keys() >= {each.value for each in _bodies(request, page)}
    return "collaboration:mapping" if is_whole else "collaboration:mark_actors"


def _form(request: ActorRequest, page: PersonPage, header: Header) -> MappingForm:
    person = people.same_person_ids(youth_id=page.youth.pk)
    stands = selectors.standing_mapping(person=person)
    areas = [area for area in MapArea if _knows(request, page, selectors.topic_of(area))]
    initial: dict[str, Any] = {"version": stands.pk if stands else 0, **today_first(page.on)}
    said: dict[MapArea, tuple[str, str]] = {}
    if stands is not None:
        initial |= {name: getattr(stands, name) for name in _CARRIED}
        before = selectors.areas_at(person=person, mapping_id=stands.pk)
        said = {area: (note.state, note.text) for area, note in before.items()}
    elif school := _last_school(page, header, request):
        said = {MapArea.SCHOOL: ("", school)}
    return MappingForm(request.POST or None, areas=areas, said=said, initial=initial)


def _known(page: PersonPage, header: Header, request: ActorRequest) -> list[tuple[str, str]]:
    """Return what is known before the conversation, so that nobody is asked for it again."""
    known = [
        (_("Ansvarlig enhet"), header.unit),
        (_("Ansvarlig person"), header.counsellor),
        (_("Skole"), _last_school(page, header, request)),
        (_("Status"), header.status),
        (_("Sagt ja til"), ", ".join(name for name, state, _what in header.chips if state in _HOLDS)),
    ]
    return [(label, value) for label, value in known if value]


def _last_school(page: PersonPage, header: Header, request: ActorRequest) -> str:
    row = next(iter(page.known.enrolments), None)
    if row is None or not may_name(header, request.actor, row.school_id):
        return ""
    if row.last_day is None:
        return str(school_of(row))
    return _("%(school)s, til %(day)s") % {"school": school_of(row), "day": formats.day(row.last_day)}


def _bodies(request: ActorRequest, page: PersonPage) -> list[ActorBody]:
    return around_youth.bodies_known(knows_sensitive=_knows(request, page, Topic.HEALTH))


def _knows(request: ActorRequest, page: PersonPage, topic: Topic) -> bool:
    return knows(actor=request.actor, topic=topic, youth=page.youth, on=page.on)
