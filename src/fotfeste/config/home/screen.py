"""The home screen of the role that looks."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.selectors import knowledge_until
from fotfeste.collaboration.selectors.records import count_waiting
from fotfeste.config.home import administration, adviser, counsellor, district, leader, nav, overseer, partner, tasks
from fotfeste.config.home.meetings import left_over
from fotfeste.kernel import clock
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number

#: How long before it no longer counts somebody is asked to confirm again to know the rules of privacy.
CONFIRM_AGAIN = timedelta(days=30)
Shown = tuple[str, dict[str, Any]]
HOMES: Mapping[Role, Callable[[Actor, Assignment, date], Shown]] = {
    Role.COUNSELLOR: counsellor.shown,
    Role.DISTRICT_CONTACT: district.shown,
    Role.NAV_RESPONSIBLE: nav.shown,
    Role.NAV_ADVISER: partner.shown,
    Role.PARTNER: partner.shown,
    Role.EDUCATION_ADMIN: administration.shown,
    Role.PROTECTED_HANDLER: overseer.handler_of_protected,
    Role.APPRENTICESHIP_ADVISER: adviser.shown,
    Role.ADULT_EDUCATION_ADVISER: adviser.shown,
    Role.UNIT_LEADER: leader.of_unit,
    Role.COUNTY_LEADER: leader.of_county,
    Role.SYSTEM_ADMINISTRATOR: overseer.system_administrator,
    Role.PRIVACY_OFFICER: overseer.privacy_officer,
}


@requires(Permission.HOME_VIEW)
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Show what needs the actor today. Somebody with several roles chooses among them."""
    today, held = clock.today(), _held(request.actor)
    wanted = whole_number(request.GET.get("rolle"))
    chosen = held[wanted] if wanted < len(held) else held[0]
    template, context = HOMES[chosen.role](request.actor, chosen, today)
    until = knowledge_until(user_ids=[request.actor.user_id], on=today).get(request.actor.user_id)
    context["tasks"] = tasks.of(request.actor, chosen, today)
    may_notices = request.actor.has(Permission.TASK_DO)
    shown = {
        **context,
        "may_notices": may_notices,
        "notices": count_waiting(actor=request.actor, today=today) if may_notices else 0,
        "left_over": left_over(chosen, today),
        "today": today,
        "chosen": chosen,
        "role_tabs": _tabs(held, chosen),
        "confirm_again_by": until if until and until - today <= CONFIRM_AGAIN else None,
    }
    return render_screen(request, template, shown, listed=_named(context))


def _named(context: dict[str, Any]) -> list[int]:
    """Return the youths a home screen names: those in need or asked about, or whose consent or plan ends."""
    asked = context["round"].waiting if context.get("round") else ()
    lines = (*context.get("consents_ending", ()), *context.get("plans_to_mind", ()))
    ending = [each["youth"].pk for each in lines]
    away = [line for each in context.get("standing_in", ()) for line in each.lines]
    to_do = context["tasks"].youth_ids if context["tasks"] else ()
    return [*(each.youth_id for each in (*context.get("lines", ()), *away, *asked)), *to_do, *ending]


def _held(actor: Actor) -> list[Assignment]:
    """Return the roles with a home of their own. Handling protected youths comes on top of another role, so last."""
    return sorted(actor.assignments, key=lambda each: each.role is Role.PROTECTED_HANDLER)


def _tabs(held: list[Assignment], chosen: Assignment) -> list[Link]:
    if len(held) < 2:
        return []
    here = reverse("home")
    return [
        Link(f"{each.role.label}, {each.unit_name}", f"{here}?rolle={number}", each == chosen)
        for number, each in enumerate(held)
    ]
