"""Choosing the responsible person of the youths ticked in the worklist, and taking the choice back."""

from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.services import counsellors
from fotfeste.casework.views.desk import number_or_none
from fotfeste.collaboration.services import person_offers
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.seen import each_by_itself
from fotfeste.kernel.whole_number import whole_number
from fotfeste.lists.forms import CounsellorForm, Places, SaveFilterForm
from fotfeste.lists.views.choices_report import keep_choices, read_value
from fotfeste.lists.views.worklist import list_url, read_filter, render_worklist


@requires(Permission.COUNSELLOR_ASSIGN)
@require_POST
def assign(request: ActorRequest) -> HttpResponse:
    """Let one person answer for the youths ticked. Each is authorised by itself; what was refused is told."""
    places, back = where_from(request)
    form, items = _ticked(request, places)
    if form.errors:
        return render_worklist(request, SaveFilterForm(), counsellor_form=form, status=422)
    result = counsellors.assign_many(actor=request.actor, items=items, counsellor_id=form.counsellor_id)
    names = dict(places.people)
    keep_choices(request, done=result.done, refused=result.refused, person=names.get(form.counsellor_id or 0, ""))
    return redirect(back)


@requires(Permission.COUNSELLOR_ASSIGN)
@require_POST
def offer(request: ActorRequest) -> HttpResponse:
    """Offer one colleague the youths ticked. Each is authorised by itself; what was refused is told."""
    places, back = where_from(request)
    form, items = _ticked(request, places)
    to_id = None if form.has_error("person") else form.counsellor_id
    if to_id is None and not form.has_error("person"):
        form.add_error("person", _("Velg hvem du vil tilby dem til."))
    if form.errors or to_id is None:
        return render_worklist(request, SaveFilterForm(), counsellor_form=form, status=422)
    result = person_offers.offer_many(actor=request.actor, items=items, to_user_id=to_id)
    person = dict(places.people).get(to_id, "")
    keep_choices(request, done=result.done, refused=result.refused, person=person, was_offered=True)
    return redirect(back)


def _ticked(request: ActorRequest, places: Places) -> tuple[CounsellorForm, list[tuple[int, int | None]]]:
    """Return the form as it was sent, and the youths ticked, each with the version of the case that was shown."""
    form = CounsellorForm(request.POST, places=places)
    ids = ids_ticked(request)
    form.full_clean()
    if not ids:
        form.add_error(None, _("Velg minst én ungdom i listen."))
    return form, [(youth_id, version_shown(request, youth_id)) for youth_id in ids]


@requires(Permission.COUNSELLOR_ASSIGN)
@require_POST
def undo(request: ActorRequest) -> HttpResponse:
    """Take back what was just chosen; one that somebody has changed since is left as it is."""
    _places, back = where_from(request)
    chosen = list(filter(None, map(read_value, request.POST.getlist("satt"))))
    undone, not_undone = each_by_itself(
        chosen, lambda each: counsellors.undo_choice(actor=request.actor, youth_id=each[0], period_id=each[1])
    )
    done = [each for each, _period in undone]
    refused = [(youth_id, why) for (youth_id, _period_id), why in not_undone]
    keep_choices(request, done=done, refused=refused, was_undone=True)
    return redirect(back)


def where_from(request: ActorRequest) -> tuple[Places, str]:
    """Return what one could choose among in the list one came from, and the address of that part of it."""
    places, choices = read_filter(request.actor, QueryDict(request.POST.get("liste", "")), clock.today())
    side = whole_number(request.POST.get("side"))
    query = {**choices.query, **({"side": str(side)} if side > 1 else {})}
    request.GET = QueryDict(urlencode(query))
    return places, list_url(query)


def ids_ticked(request: ActorRequest) -> list[int]:
    """Return the youths ticked in the list, each once."""
    return list(dict.fromkeys(filter(None, map(number_or_none, request.POST.getlist("valgt")))))


def version_shown(request: ActorRequest, youth_id: int) -> int:
    """Return the version the list showed; a form without one is as old as can be."""
    return whole_number(request.POST.get("version") or request.POST.get(f"versjon-{opaque.encode(youth_id)}"))
