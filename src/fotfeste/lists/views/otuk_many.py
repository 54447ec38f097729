"""Saying the same of several on a board at once, and taking all of it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.forms.feedback import SameAnswerForm
from fotfeste.casework.services.feedback import Said
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.whole_number import whole_number
from fotfeste.lists import policies
from fotfeste.lists.services import answers
from fotfeste.lists.views.otuk_board import board_or_404, render_board, ticked
from fotfeste.lists.views.otuk_report import keep_report, read_value
from fotfeste.lists.views.otuk_rows import ONLY_OPEN, Board, wants_only_open


@requires(Permission.FEEDBACK_SEND)
@require_POST
def answer(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Send the same answer about the youths ticked. Each is authorised by itself; what was refused is told."""
    opened = _own_board_or_404(request, round_id, unit_id)
    form = SameAnswerForm(request.POST, for_nav=opened.for_nav, today=clock.today())
    chosen = ticked(request, opened)
    ids = [row.youth_id for row in opened.rows if opaque.encode(row.youth_id) in chosen]
    form.full_clean()
    if not ids:
        form.add_error(None, _("Velg minst én ungdom i listen."))
    if form.errors:
        return render_board(request, opened, same=form, status=422)
    said = {youth_id: Said(**form.said(), version=_version(request, youth_id)) for youth_id in ids}
    try:
        came = answers.answer_rows(actor=request.actor, made=opened.round, unit_id=unit_id, said=said)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render_board(request, opened, same=form, status=422)
    keep_report(request, opened, done=came.done, refused=came.refused())
    return redirect(_board_url(request, opened))


@requires(Permission.FEEDBACK_SEND)
@require_POST
def undo(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Take back what was just said of several; what somebody has used since stands."""
    opened = _own_board_or_404(request, round_id, unit_id)
    seen = request.POST.get("version")
    given = [found for value in request.POST.getlist("satt") if (found := read_value(value, seen)) is not None]
    try:
        undone = answers.undo_answers(actor=request.actor, sent=[sent for _youth_id, sent in given])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_board_url(request, opened))
    about = {sent.feedback_id: youth_id for youth_id, sent in given}
    keep_report(
        request,
        opened,
        done=[(youth_id, None) for _feedback_id, youth_id in undone.done],
        refused=[(about[feedback_id], why) for feedback_id, why in undone.refused()],
        was_undone=True,
    )
    return redirect(_board_url(request, opened))


def _own_board_or_404(request: ActorRequest, round_id: int, unit_id: int) -> Board:
    opened = board_or_404(request, round_id, unit_id)
    if unit_id not in policies.asked_units(request.actor):
        raise Http404
    return opened


def _version(request: ActorRequest, youth_id: int) -> int:
    """Return the version the row showed; a form without one is as old as can be."""
    shown = request.POST.get("version") or request.POST.get(f"versjon-{opaque.encode(youth_id)}")
    return whole_number(shown, otherwise=-1)


def _board_url(request: ActorRequest, opened: Board) -> str:
    address = reverse("lists:otuk_board", kwargs={"round_id": opened.round.pk, "unit_id": opened.unit_id})
    return f"{address}?{ONLY_OPEN}" if wants_only_open(request) else address
