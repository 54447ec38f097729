"""Writing down a small record about a youth, with the one form made from its kind."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration.forms.records import TO, CorrectRecordForm, RecordForm
from fotfeste.collaboration.record_kinds import HANDOVER, RecordKind, kinds_giving, record_kinds
from fotfeste.collaboration.record_words import record_label
from fotfeste.collaboration.selectors.parties import Surroundings, unit_of
from fotfeste.collaboration.selectors.plan_bodies import tells_unit
from fotfeste.collaboration.selectors.records import open_offer, record_or_none, records_of_kind, so_of
from fotfeste.collaboration.services import correcting
from fotfeste.collaboration.services import records as services
from fotfeste.collaboration.views.record_parts import may_be_made_at
from fotfeste.kernel import formats, opaque
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people
from fotfeste.people.enums import ContactKind


@requires(Permission.TASK_DO)
@require_http_methods(["GET", "POST"])
def record(request: ActorRequest, youth_id: int, kind: str) -> HttpResponse:
    """Write down a record of one kind, or send it."""
    known = _kind_or_404(kind, request)
    if known.id == HANDOVER and request.method == "GET":
        waiting = open_offer(youth_id=youth_id)
        if waiting is not None and waiting.to_unit_id in request.actor.unit_ids:
            return redirect("collaboration:notices")
    screen = Screen(request, youth_id, _(known.label))
    choices, initial = _known_from_before(known, screen)
    so = so_of(known, youth_id)
    form = RecordForm(request.POST or None, kind=known, units=choices, initial=initial, today=screen.today, so=so)
    if screen.saves(form, services.make_record, youth_id=youth_id, kind=known.id, **form.given()):
        said = _("Sendt.") if known.is_sent and not known.held else _("Registrert.")
        messages.success(request, said)
        return redirect("casework:person", youth_id=youth_id)
    submit = _("Send") if known.is_sent and not known.held else _("Lagre")
    return screen.show("casework/form.html", form, submit=submit, explain=_(known.lead) if known.lead else "")


@requires(Permission.TASK_DO)
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, youth_id: int, record_id: int) -> HttpResponse:
    """Say that a record is wrong, and what is right."""
    screen = Screen(request, youth_id, _("Rett registrering"))
    row = record_or_none(youth_id=youth_id, record_id=record_id)
    if row is None:
        raise Http404
    known = record_kinds()[row.kind]
    choices, _likely = _known_from_before(known, screen)
    stands = {each.id: _as_chosen(each.type, row.said[each.id]) for each in known.fields if each.id in row.said}
    initial = {**stands, "on": row.on, "version": row.version}
    so = so_of(known, youth_id)
    form = CorrectRecordForm(
        request.POST or None, kind=known, units=choices, initial=initial, today=screen.today, so=so
    )
    if screen.saves(form, correcting.correct_record, record_id=record_id, **form.given()):
        messages.success(request, _("Registreringen er rettet. Det gamle er tatt vare på."))
        return redirect("collaboration:cooperation", youth_id=youth_id)
    explain = _("Det som stod, vises som rettet, med grunnen. Trinn som bygde på det, åpnes igjen.")
    return screen.show("casework/form.html", form, submit=_("Lagre"), explain=explain)


def _as_chosen(kind: str, value: Any) -> Any:
    if kind in {"unit", "record"}:
        return opaque.encode(value)
    return date.fromisoformat(value) if kind == "day" else value


def _as_written(detail: Any) -> str:
    return formats.phone(detail.value) if detail.kind == ContactKind.PHONE else str(detail.value)


def next_tenth_of_august(today: date) -> date:
    """Return the next day lower secondary hands over to upper secondary. Source: Oslostandarden § 6.1."""
    this_year = date(today.year, 8, 10)
    return this_year if today <= this_year else date(today.year + 1, 8, 10)


def _kind_or_404(name: str, request: ActorRequest) -> RecordKind:
    """Return the kind of record; of several that do the same, the one made at a unit like the actor's."""
    wanted = record_kinds().get(name)
    if wanted is None or wanted.hands:  # what is offered to a person has its own form
        raise Http404
    siblings = [wanted, *(each for kind in wanted.gives for each in kinds_giving(kind) if kind in each.gives)]
    return next((each for each in siblings if may_be_made_at(each, request.actor.unit_id)), wanted)


def _known_from_before(known: RecordKind, screen: Screen) -> tuple[dict[str, Any], dict[str, Any]]:
    """
    Return the units one may choose among in each field, and those that are known already.

    What is filled in tells where the youth is, so nothing is for those who are not told that.
    """
    youth, today = screen.youth, screen.today
    around = Surroundings(youth_id=youth.pk, unit_id=youth.unit_id, county_id=youth.county_id, on=today)
    wanted = {each.id: (each.unit_kinds, each.party) for each in known.fields if each.type == "unit"}
    if known.is_sent and not known.finds_receiver:
        wanted[TO] = (known.unit_kinds, known.party)
    choices: dict[str, Any] = {}
    initial: dict[str, Any] = {}
    for name, (kinds, party) in wanted.items():
        there = units.units(kinds=tuple(UnitKind(each) for each in kinds), county_id=youth.county_id, on=today)
        choices[name] = [(opaque.encode(each.pk), each.name) for each in there]
        if not tells_unit(youth, screen.actor):
            continue
        likely = unit_of(parties=[party], around=around)
        if any(value == opaque.encode(likely) for value, _name in choices[name]):
            initial[name] = opaque.encode(likely)
    for each in known.fields:
        if each.type == "record":
            stand = records_of_kind(youth_id=youth.pk, kind=each.of)
            choices[each.id] = [(opaque.encode(row.pk), record_label(each.of, row.on)) for row in stand]
            if stand:
                initial[each.id] = opaque.encode(stand[0].pk)
        if each.known == "contact" and tells_unit(youth, screen.actor):
            held = people.contact_details_of(youth_ids=[youth.pk], on=today)
            initial[each.id] = ", ".join(dict.fromkeys(_as_written(row) for row in held))
    if known.held:
        initial["on"] = next_tenth_of_august(screen.today)
    return choices, initial
