"""Notices and offers to take over: what waits for the unit, answered in one step, and what it waits for itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework.views.header import full_name
from fotfeste.collaboration.policies import units_with
from fotfeste.collaboration.record_kinds import record_kinds
from fotfeste.collaboration.selectors import records as selectors
from fotfeste.collaboration.services import answering
from fotfeste.collaboration.views import newcomers, offers
from fotfeste.collaboration.views.meeting_times import counter_proposals
from fotfeste.collaboration.views.record_parts import shown
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.whole_number import whole_number


@requires(Permission.TASK_DO)
@require_GET
def notices(request: ActorRequest) -> HttpResponse:
    """Show what was sent to the actor's units and waits, and what they have sent that nobody has answered."""
    today, here = clock.today(), units_with(request.actor, Permission.TASK_DO)
    me, led = request.actor.user_id, request.actor.led_unit_ids
    waiting = [_line(each, request) for each in selectors.incoming(unit_ids=here, user_id=me)]
    sent = [_line(each, request) for each in selectors.outgoing(unit_ids=here, user_id=me, led=led)]
    answered = offers.answered_to_me(request.actor)
    ended, proposed = offers.ended_for_me(request.actor), counter_proposals(request.actor)
    held = [_line(each, request) for each in selectors.held_at(unit_ids=here)]
    context = {
        "waiting": waiting,
        "sent": sent,
        "answered": answered,
        "ended": ended,
        "proposed": proposed,
        "held": held,
        "lacking": [each for each in held if not selectors.has_permission(each["row"], each["row"].on)],
        "questions": selectors.questions(actor=request.actor),
        "question_answers": _answers("nav-question", ""),
        "today": today,
        **newcomers.part(request),
    }
    listed = {each["youth_id"] for each in (*waiting, *sent, *held, *answered, *ended, *proposed)}
    listed |= {youth.pk for each in context["newcomers"] for _key, youth in each["known"]}
    return render_screen(request, "collaboration/notices.html", context, listed=listed)


@requires(Permission.TASK_DO)
@require_POST
def answer(request: ActorRequest, record_id: int) -> HttpResponse:
    """Answer what was sent to the unit."""
    return _done(
        request,
        _("Svaret er sendt."),
        answering.answer_record,
        record_id=record_id,
        answer=request.POST.get("answer", ""),
        text=request.POST.get("text", ""),
    )


@requires(Permission.TASK_DO)
@require_POST
def revoke(request: ActorRequest, record_id: int) -> HttpResponse:
    """Take back what nobody has answered."""
    return _done(request, _("Det er trukket tilbake."), answering.revoke_record, record_id=record_id)


def _done(request: ActorRequest, told: str, act: Any, **given: Any) -> HttpResponse:
    try:
        act(actor=request.actor, version=whole_number(request.POST.get("version", "")), **given)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("collaboration:notices")


def _is_held(row: Any) -> bool:
    return row.held_for_id is not None and row.to_unit_id is None


def _line(row: Any, request: ActorRequest) -> dict[str, Any]:
    known = record_kinds()[row.kind]
    if known.hands:
        return offers.line(row, request.actor)
    is_mine = row.by_unit_id in request.actor.unit_ids
    return {
        "shown": shown(row, clock.today(), request.actor, row.youth),
        "youth_id": row.youth_id,
        "who": full_name(row.youth),
        "row": row,
        "due_on": row.due_on if row.answer in selectors.WAITS else None,
        "lead": _(known.lead) if known.by_owner else "",
        "answers": _answers(row.kind, row.answer),
        "asks_why": bool(known.text_when) or row.kind == "nav-question",
        "covered": selectors.released_to(row) if known.by_owner and not is_mine else [],
        "may_revoke": is_mine and row.answer == "",
        "has_permission": _is_held(row) and selectors.has_permission(row, row.on),
    }


def _answers(kind: str, given: str) -> list[tuple[str, str]]:
    return [(value, _(label)) for value, label in record_kinds()[kind].answers.items() if value != given]
