"""A district's list as it is gone through with Nav: opened, followed as Nav answers, shared out, closed."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import NextOwner
from fotfeste.casework.views.desk import keep_report, number_or_none, take_report
from fotfeste.collaboration.policies import networks_kept_at
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.lists import policies
from fotfeste.lists.forms import AgreeForm, MissingForm
from fotfeste.lists.selectors import otuk as selectors
from fotfeste.lists.selectors import wash as washes
from fotfeste.lists.selectors.wash import Wash, WashRow
from fotfeste.lists.services import wash as services
from fotfeste.lists.services import wash_owners
from fotfeste.lists.views.otuk_rows import answer_in_words, crumbs, tone_of
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units

#: How long whoever takes the next step has, unless another day is agreed.
_WITHIN = timedelta(days=14)
_REPORT = "wash_agreed"


@requires(Permission.OTUK_VIEW)
@require_GET
def wash(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Show how far Nav has come with the district's list, and who takes the next step with whom."""
    made = _round_of_list_or_404(request, round_id, unit_id)
    session = washes.session_of(made=made, district_id=unit_id)
    found = washes.wash_of(session) if session is not None else None
    context = {
        "round": made,
        "unit_id": unit_id,
        "name": units.unit_names({unit_id})[unit_id],
        "office": _office(made, unit_id),
        "basis": washes.basis_of_wash(on=made.on),
        "session": session,
        "wash": found,
        "may_take_up": session is not None and networks_kept_at(actor=request.actor) == unit_id,
        **(_rows(request, found) if found is not None else {}),
        "report": take_report(request, _REPORT),
        "crumbs": _crumbs(request, made, unit_id),
    }
    named = context["report"].named if context["report"] else ()
    listed = {row.youth_id for row, *_rest in context.get("rows", ())}.union(named)
    return render_screen(request, "lists/wash.html", context, listed=listed, topic=Topic.LIST_ROW)


@requires(Permission.OTUK_VIEW)
@require_POST
def open_wash(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Open the wash; the Nav office sees it on its own list."""
    made = _round_of_list_or_404(request, round_id, unit_id)
    try:
        services.open_wash(actor=request.actor, made=made, district_id=unit_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Gjennomgangen er åpnet. Nav-kontoret ser den på sin liste."))
    return redirect("lists:wash", round_id=round_id, unit_id=unit_id)


@requires(Permission.OTUK_VIEW)
@require_POST
def agree(request: ActorRequest, round_id: int, unit_id: int, youth_id: int) -> HttpResponse:
    """Agree who takes the next step with one youth."""
    session = _session_or_404(request, round_id, unit_id)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg hvem som tar neste steg, og en frist."))
        return _back(round_id, unit_id, youth_id)
    try:
        agreed = wash_owners.agree_owner(
            actor=request.actor,
            session_id=session.pk,
            youth_id=youth_id,
            owner=form.cleaned_data["owner"],
            due_on=form.cleaned_data["due_on"],
            version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        person = agreed.for_user.name if agreed.for_user else _("ingen navngitt")
        told = {"unit": agreed.for_unit.name, "person": person}
        messages.success(request, _("Avtalt. %(unit)s har fått oppgaven (%(person)s).") % told)
    return _back(round_id, unit_id, youth_id)


@requires(Permission.OTUK_VIEW)
@require_POST
def agree_many(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Agree the same of all who were shown to have nobody. Each is authorised by itself; what was refused is told."""
    session = _session_or_404(request, round_id, unit_id)
    form = AgreeForm({"version": "0", **request.POST.dict()})
    ids = {youth_id for key in request.POST.getlist("valgt") if (youth_id := number_or_none(key)) is not None}
    if not form.is_valid():
        messages.error(request, _("Velg hvem som tar neste steg, og en frist."))
        return redirect("lists:wash", round_id=round_id, unit_id=unit_id)
    given = form.cleaned_data
    try:
        agreed = wash_owners.agree_owners(
            actor=request.actor,
            session_id=session.pk,
            versions=dict.fromkeys(sorted(ids), given["version"]),
            owner=given["owner"],
            due_on=given["due_on"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        keep_report(request, _REPORT, done=len(agreed.done), refused=agreed.refused())
    return redirect("lists:wash", round_id=round_id, unit_id=unit_id)


@requires(Permission.OTUK_VIEW)
@require_POST
def close(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Say that the list has been gone through with Nav."""
    session = _session_or_404(request, round_id, unit_id)
    try:
        services.close_wash(actor=request.actor, session_id=session.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Gjennomgangen er avsluttet."))
    return redirect("lists:wash", round_id=round_id, unit_id=unit_id)


@requires(Permission.FEEDBACK_SEND)
@require_POST
def missing(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Let Nav say how many it knows of who are not on the list."""
    made = selectors.get_round_or_404(actor=request.actor, round_id=round_id)
    session = washes.session_of(made=made, district_id=unit_id)
    if session is None or not policies.may_answer_wash(actor=request.actor, office_id=session.office_id):
        raise Http404
    form = MissingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Skriv et antall fra 0 til 999."))
        return redirect("lists:otuk_board", round_id=round_id, unit_id=session.office_id)
    try:
        services.say_missing(
            actor=request.actor,
            session_id=session.pk,
            number=form.cleaned_data["missing"],
            version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Antallet er meldt til bydelen."))
    return redirect("lists:otuk_board", round_id=round_id, unit_id=session.office_id)


def _round_of_list_or_404(request: ActorRequest, round_id: int, unit_id: int) -> Any:
    made = selectors.get_round_or_404(actor=request.actor, round_id=round_id)
    unit = units.unit_or_none(unit_id=unit_id)
    is_theirs = unit is not None and unit.county_id == made.county_id and unit.kind == UnitKind.DISTRICT
    if not is_theirs or not policies.may_open_wash(actor=request.actor, county_id=made.county_id, district_id=unit_id):
        raise Http404
    return made


def _office(made: Any, unit_id: int) -> str:
    """Return what the Nav office that is asked is called; empty where none is known."""
    office_id = washes.office_of(district_id=unit_id, made=made)
    return units.unit_names({office_id})[office_id] if office_id is not None else ""


def _session_or_404(request: ActorRequest, round_id: int, unit_id: int) -> Any:
    made = _round_of_list_or_404(request, round_id, unit_id)
    session = washes.session_of(made=made, district_id=unit_id)
    if session is None:
        raise Http404
    return session


def _back(round_id: int, unit_id: int, youth_id: int) -> HttpResponse:
    address = reverse("lists:wash", kwargs={"round_id": round_id, "unit_id": unit_id})
    return redirect(f"{address}#rad-{opaque.encode(youth_id)}")


def _rows(request: ActorRequest, found: Wash) -> dict[str, Any]:
    """Return the rows of the part that is shown, with how each is drawn, and the parts there are."""
    parts = {
        "": (_("Alle"), found.rows),
        "ubesvart": (_("Uten svar"), [row for row in found.rows if not row.is_answered]),
        "avtal": (_("Uten neste eier"), [row for row in found.rows if row.asks_owner]),
    }
    wanted = request.GET.get("vis", "")
    wanted = wanted if wanted in parts else ""
    lacking = parts["avtal"][1] if wanted in {"", "avtal"} else []
    here = request.path
    return {
        "rows": [(row, opaque.encode(row.youth_id), *_said(row)) for row in parts[wanted][1]],
        "tabs": [
            Link(label, f"{here}?vis={key}" if key else here, key == wanted, len(rows))
            for key, (label, rows) in parts.items()
        ],
        "lacking": [opaque.encode(row.youth_id) for row in lacking] if len(lacking) > 1 else [],
        "owners": [(owner.value, owner.label) for owner in NextOwner],
        "due_on": clock.today() + _WITHIN,
        "may_agree": found.session.closed_at is None and found.session.round.closed_at is None,
    }


def _said(row: WashRow) -> tuple[str, Any]:
    return (answer_in_words(row.answer) if row.answer else "", tone_of(row.answer))


def _crumbs(request: ActorRequest, made: Any, unit_id: int) -> list[Link]:
    board = reverse("lists:otuk_board", kwargs={"round_id": made.pk, "unit_id": unit_id})
    makes = made.county_id in policies.round_counties(request.actor)
    return [*(crumbs(made, linked=True) if makes else ()), Link(_("OTUK-liste"), board), Link(_("Listevask"))]
