"""OTUK rounds as the education administration sees them: made, followed, proved and taken out."""

import io
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.lists import policies
from fotfeste.lists.exports.folder import file_stem
from fotfeste.lists.exports.otuk import write_csv, write_workbook
from fotfeste.lists.forms import RoundForm
from fotfeste.lists.selectors import coverage
from fotfeste.lists.selectors import otuk as selectors
from fotfeste.lists.selectors.wash import sessions_of
from fotfeste.lists.services import proof as proving
from fotfeste.lists.services import rounds as services
from fotfeste.lists.services.listing import LeftOut
from fotfeste.lists.services.taking_out import log_taken_out
from fotfeste.lists.views.otuk_rows import ONLY_OPEN, crumbs, my_boards, wants_only_open
from fotfeste.organisations.selectors import units
from fotfeste.people.selectors.youths import youths_by_id

_KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@requires(Permission.OTUK_VIEW)
@require_GET
def rounds(request: ActorRequest) -> HttpResponse:
    """Show the rounds to who makes them; take who answers a single list straight to it."""
    if not policies.round_counties(request.actor):
        return _own_lists(request)
    return _render_rounds(request, RoundForm(today=clock.today()))


@requires(Permission.OTUK_MAKE)
@require_POST
def make(request: ActorRequest) -> HttpResponse:
    """Freeze the lists for a day."""
    form = RoundForm(request.POST, today=clock.today())
    if form.is_valid():
        try:
            frozen = services.freeze_round(actor=request.actor, county_id=_county(request), on=form.cleaned_data["on"])
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            done = (
                _("Listene er laget, og bydelene kan svare.")
                if frozen.is_new
                else _("Listene for denne dagen fantes fra før.")
            )
            messages.success(request, done)
            return redirect("lists:otuk_round", round_id=frozen.round.pk)
    return _render_rounds(request, form, status=422)


@requires(Permission.OTUK_MAKE)
@require_GET
def one_round(request: ActorRequest, round_id: int) -> HttpResponse:
    """Show how far each district and Nav office has come, and who has no district."""
    made = selectors.get_round_or_404(actor=request.actor, round_id=round_id)
    counts = selectors.district_counts(made=made)
    newest = selectors.current_round(county_id=made.county_id)
    left_out = _left_out(made)
    context = {
        "round": made,
        "counts": counts,
        "listed": sum(each.listed for each in counts),
        "answered": sum(each.answered for each in counts),
        **_coverage(made, counts),
        "closed": sum(each.closing is not None for each in counts),
        "left_out": left_out,
        "protected": _protected_count(request, made),
        "is_current": newest is not None and newest.pk == made.pk,
        "is_late": made.respond_by < clock.today(),
        "crumbs": crumbs(made),
    }
    listed = [youth.pk for youth, _why in left_out]
    return render_screen(request, "lists/otuk_round.html", context, listed=listed)


@requires(Permission.OTUK_MAKE)
@require_GET
def proof(request: ActorRequest, round_id: int) -> HttpResponse:
    """Work the round out again from what was known then, and show whether it is the same."""
    made = selectors.get_round_or_404(actor=request.actor, round_id=round_id)
    proved = proving.prove_round(actor=request.actor, made=made)
    context = {
        "round": made,
        "proof": proved,
        "differences": [(each, _kind_words()[each.kind], _changes(each)) for each in proved.differences],
        "crumbs": [*crumbs(made, linked=True), Link(_("Kontroll"))],
    }
    listed = [each.youth_id for each in proved.differences]
    return render_screen(request, "lists/otuk_proof.html", context, listed=listed, topic=Topic.LIST_ROW)


@requires(Permission.OTUK_VIEW)
@require_GET
def protected(request: ActorRequest, round_id: int) -> HttpResponse:
    """Show the protected youths of a round to those who handle them; to others there is no such page."""
    made = selectors.get_round_or_404(actor=request.actor, round_id=round_id)
    if not request.actor.knows_in_county(Topic.PROTECTED_ADDRESS, made.county_id):
        raise Http404
    rows = selectors.protected_rows(made=made)
    context = {
        "round": made,
        "rows": [(row, date.fromisoformat(row.fields["since"])) for row in rows],
        "crumbs": [*crumbs(made, linked=True), Link(_("Eget spor"))],
    }
    listed = [row.youth_id for row in rows]
    return render_screen(request, "lists/otuk_protected.html", context, listed=listed, topic=Topic.LIST_ROW)


@requires(Permission.OTUK_MAKE)
@require_GET
def download(request: ActorRequest, round_id: int, unit_id: int, kind: str) -> FileResponse:
    """Give a district's list as a file, with who took it out on its cover and in the log of each youth."""
    made = selectors.get_round_or_404(actor=request.actor, round_id=round_id)
    rows = selectors.rows_of(made=made, unit_id=unit_id)
    if kind not in _KINDS or not rows:
        raise Http404
    district = units.unit_names({unit_id})[unit_id]
    file = io.BytesIO()
    if kind == "csv":
        write_csv(file, rows, fetched=_fetched(request))
    else:
        write_workbook(file, made=made, district=district, rows=rows, fetched=_fetched(request))
    file.seek(0)
    log_taken_out(by=request.actor.user_id, made=made, unit_id=unit_id, kind=kind, rows=rows)
    return FileResponse(
        file, as_attachment=True, filename=f"{file_stem(made, district)}.{kind}", content_type=_KINDS[kind]
    )


def _county(request: ActorRequest) -> int:
    return min(policies.round_counties(request.actor))


def _own_lists(request: ActorRequest) -> HttpResponse:
    boards = my_boards(request.actor, clock.today())
    if len(boards) == 1:
        board = reverse("lists:otuk_board", kwargs={"round_id": boards[0].round.pk, "unit_id": boards[0].unit_id})
        return redirect(f"{board}?{ONLY_OPEN}" if wants_only_open(request) else board)
    county_id = min(request.actor.county_ids)
    days = selectors.list_days(county_id=county_id, today=clock.today())
    return render_screen(request, "lists/otuk_mine.html", {"boards": boards, "days": days})


def _render_rounds(request: ActorRequest, form: RoundForm, *, status: int = 200) -> HttpResponse:
    county_id = _county(request)
    found = list(selectors.rounds_of(county_id=county_id)[:24])
    totals = selectors.totals(found)
    context: dict[str, Any] = {
        "form": form,
        "rounds": [(made, *totals[made.pk]) for made in found],
        "extra": selectors.extra_rounds(county_id=county_id),
        "days": selectors.list_days(county_id=county_id, today=clock.today()),
    }
    return render_screen(request, "lists/otuk.html", context, status=status)


def _left_out(made: Any) -> list[tuple[Any, str]]:
    """Return those no district could be found for, by name, with why."""
    words = {
        LeftOut.NO_ADDRESS: _("Ingen adresse er kjent"),
        LeftOut.NO_DISTRICT: _("Adressen har ikke bydel"),
        LeftOut.NOT_HERE: _("Bydelen finnes ikke i fylket"),
    }
    reasons = services.left_out_of(made)
    people = youths_by_id(reasons)
    found = [(youth, words[reasons[youth.pk]]) for youth in people.values()]
    return sorted(found, key=lambda each: (each[0].name_key, each[0].pk))


def _coverage(made: Any, counts: list[selectors.UnitCount]) -> dict[str, Any]:
    """Return what was answered by the schools' next deadline or by today, of each district and of all."""
    deadline, today = coverage.deadline_of(made), clock.today()
    found = coverage.coverage_of(made=made, by_day=min(deadline, today))
    whole = coverage.together(found)
    washed = {each.district_id: each for each in sessions_of(made=made)}
    days_of = {each.unit_id: _median(each) for each in found}
    return {
        "deadline": deadline,
        "is_whole": deadline < today,
        "whole": whole,
        "share": whole.answered / whole.lines if whole.lines else None,
        "days": _median(whole),
        "lines": [(each, days_of.get(each.unit_id), washed.get(each.unit_id)) for each in counts],
        "washed": len(washed),
    }


def _median(found: coverage.Coverage) -> int | None:
    """Return the days after which half the lines were answered; None while fewer are."""
    half = -(-found.lines // 2)
    return sorted(found.waits)[half - 1] if half and found.answered >= half else None


def _protected_count(request: ActorRequest, made: Any) -> int | None:
    """Return how many stand on the list of their own; None to those who are not to know even that."""
    if not request.actor.knows_in_county(Topic.PROTECTED_ADDRESS, made.county_id):
        return None
    return len(selectors.protected_rows(made=made))


def _fetched(request: ActorRequest) -> str:
    actor = request.actor
    return f"Tatt ut av {actor.name}, {actor.unit_name}, {formats.moment(clock.now())}."


def _kind_words() -> dict[str, str]:
    return {"added": _("Kom til"), "gone": _("Falt ut"), "changed": _("Endret")}


def _changes(each: proving.Difference) -> list[tuple[str, str, str]]:
    words = {
        "district": _("Bydel"),
        "name": _("Navn"),
        "born": _("Født"),
        "address": _("Adresse"),
        "phone": _("Telefon"),
        "school": _("Ansvarlig skole"),
        "since": _("OTUK siden"),
        "reason": _("Grunn"),
        "attempts": _("Forsøk"),
        "times": _("Lister på rad"),
    }
    return [(words[name], before, after) for name, before, after in each.changes]
