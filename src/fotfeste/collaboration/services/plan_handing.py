"""Letting another person coordinate a plan: who may be offered it, and what happens when they say yes."""

from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import PlanChange
from fotfeste.collaboration.models import FollowUpPlan
from fotfeste.collaboration.selectors.plan_bodies import bodies_of
from fotfeste.collaboration.selectors.plans import Coordination, coordination_led
from fotfeste.collaboration.services.plan_keeping import keep_reminder, keep_version, lock_plan, log
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.seen import must_be_as_seen


def lock_plan_for_offer(
    *, actor: Actor, plan_id: int, youth: Any, to_user_id: int, version: int | None
) -> tuple[FollowUpPlan, int]:
    """
    Return a plan that may be offered to somebody, locked, and the unit of theirs that is in it.

    :param version: of the plan the user was shown; None for a job.
    :raises NotAllowed: somebody else coordinates it.
    :raises EditConflict: it has been changed since.
    :raises Invalid: there is none, or the person works at no unit that is in it.
    """
    plan = lock_plan(plan_id=plan_id)
    if plan.youth_id != youth.pk:
        raise Invalid(_("Planen finnes ikke, eller du har ikke tilgang."))
    policies.may_offer_plan(actor=actor, coordinator_id=plan.coordinator_id).require()
    must_be_as_seen(
        version,
        plan.version,
        _("Noen har endret planen mens du skrev. Ingenting er lagret."),
        theirs={_("Koordinator"): plan.coordinator.name},
        yours={_("Koordinator"): access.user_names({to_user_id}).get(to_user_id, "")},
        about=youth.pk,
    )
    if to_user_id == plan.coordinator_id:
        raise Invalid(_("Personen er alt koordinator for planen."))
    there = [unit_id for unit_id, user_id, _name in who_may_coordinate(youth=youth) if user_id == to_user_id]
    if not there:
        raise Invalid(_("Koordinatoren må arbeide ved en enhet som er med i planen."))
    return plan, plan.coordinator_unit_id if plan.coordinator_unit_id in there else there[0]


def lock_plan_led(*, actor: Actor, youth: Any, to_user_id: int, version: int | None) -> Coordination:
    """
    Return who coordinates a plan at a unit the actor leads, with the youth locked and so the plan's offers.

    :param version: of the plan the user was shown; None for a job.
    :raises EditConflict: it has been changed since.
    :raises Invalid: there is none, or the person writes no plans at the unit.
    """
    plan = coordination_led(actor=actor, youth=youth)
    if plan is None:
        raise Invalid(_("Planen finnes ikke, eller du har ikke tilgang."))
    must_be_as_seen(
        version,
        plan.version,
        _("Noen har endret planen mens du skrev. Ingenting er lagret."),
        theirs={_("Koordinator"): plan.name},
        yours={_("Koordinator"): access.user_names({to_user_id}).get(to_user_id, "")},
        about=youth.pk,
    )
    if to_user_id == plan.user_id:
        raise Invalid(_("Personen er alt koordinator for planen."))
    if to_user_id not in dict(colleagues_of(plan)):
        raise Invalid(_("Velg en kollega som skriver planer ved enheten som koordinerer den."))
    return plan


def colleagues_of(plan: Coordination) -> list[tuple[int, str]]:
    """Return whom a leader may offer a plan: the others who write plans at the coordinator's unit."""
    found = access.people_at(unit_ids=[plan.unit_id], permission=Permission.PLAN_WRITE, on=clock.today())
    return [(user_id, name) for _unit, user_id, name in found if user_id != plan.user_id]


def who_may_coordinate(*, youth: Any) -> list[tuple[int, int, str]]:
    """Return those who may coordinate the youth's plan: (unit, user, name), at the units something lets into it."""
    bodies = bodies_of(youth=youth, on=clock.today())
    unit_ids = [each.unit_id for each in bodies if each.unit_id is not None]
    return access.people_at(unit_ids=unit_ids, permission=Permission.PLAN_WRITE, on=clock.today())


def take_on_plan(*, actor: Actor, youth: Any, from_id: int, unit_id: int) -> FollowUpPlan:
    """
    Let the actor coordinate the youth's plan from now on, whom it was offered and who has said yes.

    Called by whoever keeps the offer and has asked whether the actor may answer it.

    :raises IllegalTransition: whoever offered it coordinates the plan no more.
    :raises Invalid: there is no plan the actor may see, or the actor's unit is let into it no more.
    """
    found = FollowUpPlan.objects.filter(youth_id=youth.pk, ended_on=None).values_list("pk", flat=True).first()
    plan = lock_plan(plan_id=found or 0)
    if plan.coordinator_id != from_id:
        raise IllegalTransition(_("Den som tilbød planen, er ikke koordinator for den lenger."))
    if (unit_id, actor.user_id) not in {(at, user_id) for at, user_id, _name in who_may_coordinate(youth=youth)}:
        raise Invalid(_("Koordinatoren må arbeide ved en enhet som er med i planen."))
    plan.coordinator_id, plan.coordinator_unit_id = actor.user_id, unit_id
    plan.version += 1
    plan.save(update_fields=["coordinator_id", "coordinator_unit_id", "version"])
    plan.refresh_from_db()
    keep_version(plan, PlanChange.EDITED, actor=actor)
    keep_reminder(plan, by_id=actor.user_id)
    log(actor, "plan.edited", plan)
    return plan
