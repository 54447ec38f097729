"""Offering another person a youth or its plan, and what one is offered oneself."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.policies import may_offer_counsellor
from fotfeste.casework.selectors.counsellors import names_to_choose
from fotfeste.casework.views.header import full_name
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration.forms.offers import OfferForm, PlanOfferForForm
from fotfeste.collaboration.policies import may_offer_plan, units_with
from fotfeste.collaboration.record_kinds import COORDINATOR_HANDOVER, PERSON_HANDOVER, record_kinds
from fotfeste.collaboration.selectors import records as selectors
from fotfeste.collaboration.selectors.plan_bodies import tells_unit
from fotfeste.collaboration.selectors.plans import coordination_led, plan_or_none
from fotfeste.collaboration.services import person_offers
from fotfeste.collaboration.services.plan_handing import colleagues_of, who_may_coordinate
from fotfeste.collaboration.views.record_parts import shown
from fotfeste.kernel import clock
from fotfeste.organisations.selectors import units

#: For how long whoever offered something is told what came of it.
TOLD_FOR = timedelta(days=14)


@requires(Permission.COUNSELLOR_ASSIGN)
@require_http_methods(["GET", "POST"])
def offer_youth(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Offer a colleague to answer for the youth."""
    screen = Screen(request, youth_id, _("Tilby en kollega å bli ansvarlig person"))
    case = screen.registration
    allowed = may_offer_counsellor(actor=request.actor, unit_id=case.unit_id, now_id=case.counsellor_id)
    if not allowed:  # whose names are on the form tells which unit it is
        messages.error(request, allowed.sentence)
        return redirect("casework:person", youth_id=youth_id)
    people = names_to_choose(unit_ids=[case.unit_id], on=screen.today)
    others = [each for each in people if each[0] != case.counsellor_id]
    form = OfferForm(request.POST or None, people=others, version=case.version)
    waiting = selectors.offer_between(youth_id=youth_id, kind=PERSON_HANDOVER)
    if screen.saves(form, person_offers.offer_youth, youth_id=youth_id, **screen.given(form)):
        return _offered(screen)
    return _show(screen, form, waiting, Topic.IDENTITY)


@requires(Permission.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def offer_plan(request: ActorRequest, youth_id: int, plan_id: int) -> HttpResponse:
    """Offer somebody at a unit that is in the plan to coordinate it."""
    screen = Screen(request, youth_id, _("Tilby en annen å bli koordinator"))
    plan = plan_or_none(youth_id=youth_id, plan_id=plan_id)
    if plan is None or plan.ended_on is not None:
        raise Http404
    allowed = may_offer_plan(actor=request.actor, coordinator_id=plan.coordinator_id)
    if not allowed:
        messages.error(request, allowed.sentence)
        return redirect("collaboration:plan", youth_id=youth_id)
    form = OfferForm(request.POST or None, people=_coordinators(screen, plan), version=plan.version)
    waiting = selectors.offer_between(youth_id=youth_id, kind=COORDINATOR_HANDOVER)
    given = {"youth_id": youth_id, "plan_id": plan_id, **screen.given(form)}
    if screen.saves(form, person_offers.offer_plan, **given):
        return _offered(screen)
    return _show(screen, form, waiting, Topic.PLAN)


@requires(Permission.COUNSELLOR_ASSIGN)
@require_http_methods(["GET", "POST"])
def offer_plan_for(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Let the leader offer a colleague to coordinate the plan of one who is away or has left."""
    screen = Screen(request, youth_id, _("Tilby en annen å bli koordinator"))
    plan = coordination_led(actor=request.actor, youth=screen.youth)
    if plan is None:
        raise Http404
    form = PlanOfferForForm(request.POST or None, people=colleagues_of(plan), version=plan.version)
    waiting = selectors.offer_between(youth_id=youth_id, kind=COORDINATOR_HANDOVER)
    if screen.saves(form, person_offers.offer_plan_for, youth_id=youth_id, **screen.given(form)):
        return _offered(screen)
    return _show(screen, form, waiting, Topic.IDENTITY)


def line(row: Any, actor: Actor) -> dict[str, Any]:
    """Return an offer between persons as it stands among the notices."""
    known = record_kinds()[row.kind]
    is_mine = row.to_user_id == actor.user_id
    return {
        "shown": shown(row, clock.today(), actor, row.youth),
        "youth_id": row.youth_id,
        "who": full_name(row.youth),
        "row": row,
        "due_on": row.due_on if row.answer in selectors.WAITS else None,
        "lead": "",
        "answers": [(value, _(label)) for value, label in known.answers.items()] if is_mine else [],
        "asks_why": True,
        "covered": selectors.released_to(row) if is_mine and row.to_unit_id != row.unit_id else [],
        "may_revoke": not is_mine and row.answer == "",
        "has_permission": False,
    }


def offered_to_me(actor: Actor) -> list[dict[str, Any]]:
    """Return what other persons have offered the actor, as it stands among the notices."""
    here = units_with(actor, Permission.TASK_DO)
    return [line(each, actor) for each in selectors.offered_to(user_id=actor.user_id, unit_ids=here)]


def answered_to_me(actor: Actor) -> list[dict[str, Any]]:
    """Return what came lately of what the actor offered other persons."""
    rows = selectors.answered_offers(user_id=actor.user_id, since=clock.now() - TOLD_FOR)
    return [line(each, actor) | {"may_revoke": False} for each in rows]


def ended_for_me(actor: Actor) -> list[dict[str, Any]]:
    """Return what the actor was offered and need no longer think of. Why it ended is told to whoever offered it."""
    here = units_with(actor, Permission.TASK_DO)
    rows = selectors.ended_offers(user_id=actor.user_id, unit_ids=here, since=clock.now() - TOLD_FOR)
    return [line(each, actor) | {"covered": []} for each in rows]


def _coordinators(screen: Screen, plan: Any) -> list[tuple[int, str]]:
    """Return whom the plan may be offered, each with the unit; of a protected youth nothing that tells where it is."""
    told = tells_unit(screen.youth, screen.actor)
    found = [each for each in who_may_coordinate(youth=screen.youth) if told or each[0] != screen.youth.unit_id]
    names = units.unit_names({unit_id for unit_id, _id, _name in found})
    people: dict[int, str] = {}
    for at, user_id, name in found:
        people.setdefault(user_id, f"{name}, {names[at]}")
    return [each for each in people.items() if each[0] != plan.coordinator_id]


def _offered(screen: Screen) -> HttpResponse:
    said = _("Tilbudet er sendt. Den som har ansvaret nå, har det til den andre har sagt ja.")
    messages.success(screen.request, said)
    return redirect("casework:person", youth_id=screen.youth.pk)


def _show(screen: Screen, form: OfferForm | PlanOfferForForm, waiting: Any, topic: Topic) -> HttpResponse:
    explain = _("Den som har ansvaret nå, har det til den andre har sagt ja. Svar ventes innen 14 dager.")
    if waiting is not None:
        said = _("Et tilbud til %(name)s venter på svar. Trekk det før du tilbyr det til en annen.")
        explain = said % {"name": waiting.to_user.name}
    return screen.show("casework/form.html", form, topic=topic, submit=_("Send tilbudet"), explain=explain)
