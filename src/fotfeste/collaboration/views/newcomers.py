"""Notices about somebody the register may not know: sending one, and answering it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework.views.desk import number_or_none
from fotfeste.collaboration.enums import NewcomerState
from fotfeste.collaboration.forms.newcomers import NewcomerForm
from fotfeste.collaboration.policies import units_with
from fotfeste.collaboration.record_words import kind_words, said_words
from fotfeste.collaboration.selectors import newcomers as selectors
from fotfeste.collaboration.services import newcomers, taking_in
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number


@requires(Permission.TASK_DO)
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest) -> HttpResponse:
    """Send word of somebody the unit cannot look up."""
    unit_id, today = request.actor.unit_id or 0, clock.today()
    kind = selectors.kind_at(unit_id=unit_id)
    if kind is None:
        raise Http404
    there = [(opaque.encode(each.pk), each.name) for each in selectors.receivers(unit_id=unit_id, on=today)]
    form = NewcomerForm(request.POST or None, kind=kind, receivers=there, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            newcomers.send_notice(actor=request.actor, **form.given())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Meldingen er sendt. Dere ser svaret her."))
            return redirect("collaboration:notices")
    crumbs = [Link(_("Meldinger og overtakelser"), reverse("collaboration:notices")), Link(_(kind.label), "")]
    context = {"form": form, "crumbs": crumbs, "needs_yes": kind.id in selectors.AGREED_FIRST}
    return render_screen(request, "collaboration/send_newcomer.html", context, status=422 if form.errors else 200)


@requires(Permission.ROUTINE_WORK)
@require_POST
def answer(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Take in whoever a notice is about, or say why not."""
    at: dict[str, Any] = {
        "actor": request.actor,
        "notice_id": notice_id,
        "version": whole_number(request.POST.get("version", "")),
    }
    who = request.POST.get("who", "")
    same_as = number_or_none(who)
    if who and same_as is None:
        raise Http404
    try:
        if request.POST.get("answer") != "taken":
            taking_in.decline(text=request.POST.get("text", ""), **at)
            messages.success(request, _("Svaret er sendt."))
            return redirect("collaboration:notices")
        made = taking_in.take_in(same_as=same_as, **at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("collaboration:notices")
    messages.success(request, _("Meldingen er tatt imot. Den som meldte, ser bare at dere svarte."))
    return redirect("casework:person", youth_id=made.youth_id)


@requires(Permission.TASK_DO)
@require_POST
def revoke(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Take back a notice nobody has answered."""
    try:
        newcomers.revoke_notice(
            actor=request.actor, notice_id=notice_id, version=whole_number(request.POST.get("version", ""))
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Det er trukket tilbake."))
    return redirect("collaboration:notices")


def part(request: ActorRequest) -> dict[str, Any]:
    """Return what the page of notices shows of these: what waits, what is sent, and whether one may be sent."""
    actor, today = request.actor, clock.today()
    waiting = selectors.waiting_for(unit_ids=units_with(actor, Permission.ROUTINE_WORK))
    sent = selectors.sent_from(unit_ids=units_with(actor, Permission.TASK_DO))
    newcomers.log_looked(actor=actor, waiting=waiting, sent=sent)
    return {
        "unanswered": [(kind_words(each.kind), each) for each in selectors.unanswered_for(actor=actor, today=today)],
        "newcomers": [{**_shown(each, today), "known": _known(each)} for each in waiting],
        "newcomers_sent": [_shown(each, today) for each in sent],
        "may_send_newcomer": selectors.kind_at(unit_id=actor.unit_id or 0) is not None,
    }


def _known(row: Any) -> list[tuple[str, Any]]:
    return [(opaque.encode(each.pk), each) for each in selectors.known_as(notice=row)]


def _shown(row: Any, today: Any) -> dict[str, Any]:
    waits = row.state == NewcomerState.WAITING
    return {
        "row": row,
        "label": kind_words(row.kind),
        "said": said_words(row.kind, row.said),
        "waits": waits,
        "is_overdue": waits and row.due_on < today,
        "state": NewcomerState(row.state).label,
    }
