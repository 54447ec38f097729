"""Making the one plan of a youth, and changing it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import PlanChange
from fotfeste.collaboration.models import FollowUpPlan
from fotfeste.collaboration.plan_words import plan_lines
from fotfeste.collaboration.selectors.plan_bodies import bodies_of
from fotfeste.collaboration.services.plan_content import (
    FIELDS,
    PlanContent,
    must_be_whole,
    page_of,
    works_in_plans,
)
from fotfeste.collaboration.services.plan_keeping import (
    keep_answer,
    keep_reminder,
    keep_version,
    lock_plan,
    log,
    must_coordinate,
)
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.people.services.places import lock_youth


@transaction.atomic
def make_plan(*, actor: Actor, youth_id: int, content: PlanContent, agrees: str = "") -> FollowUpPlan:
    """
    Make the youth's plan. A plan between one body and the youth needs no consent; naming another body does (amb-34).

    :param agrees: what the youth said of it; empty when the youth is still to be asked.
    :raises NotAllowed: another unit answers for the youth.
    :raises Invalid: the plan is not whole, or names somebody nothing lets in.
    :raises EditConflict: the youth has a plan under way already.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_make_plan(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id).require()
    today = clock.today()
    under_way = (
        FollowUpPlan.objects.filter(youth_id=youth_id, ended_on__isnull=True).select_related("coordinator").first()
    )
    if under_way is not None:
        raise EditConflict(
            _("Ungdommen har alt en plan. Det kan bare være én om gangen."),
            theirs=_told(under_way, youth, actor),
            yours=_told(_as_plan(youth_id, content), youth, actor),
            about=youth_id,
        )
    must_be_whole(content, youth=youth, on=today)
    plan = FollowUpPlan.objects.create(
        youth_id=youth_id,
        **{name: getattr(content, name) for name in FIELDS},
        made_by_id=actor.user_id,
        made_at=clock.now(),
    )
    plan.refresh_from_db()
    version = keep_version(plan, PlanChange.MADE, actor=actor)
    keep_answer(version, agrees, actor=actor)
    keep_reminder(plan, by_id=actor.user_id)
    log(actor, "plan.made", plan)
    return plan


@transaction.atomic
def edit_plan(
    *, actor: Actor, plan_id: int, content: PlanContent, agrees: str = "", version: int | None = None
) -> FollowUpPlan:
    """
    Change what the coordinator writes; the version before it is kept.

    :param version: of the plan the user was shown; None for a job.
    :raises NotAllowed: the actor's unit neither coordinates the plan nor answers for the youth, or another is to
        coordinate it without having said yes.
    :raises EditConflict: somebody has changed it since.
    :raises Invalid: the plan is not whole, names somebody nothing lets in, or a measure serves a goal taken away.
    """
    plan = lock_plan(plan_id=plan_id)
    youth = lock_youth(youth_id=plan.youth_id)
    must_coordinate(actor, plan)
    must_be_as_seen(
        version,
        plan.version,
        _("Noen har endret planen mens du skrev. Ingenting er lagret."),
        theirs=_told(plan, youth, actor),
        yours=_told(_as_plan(plan.youth_id, content), youth, actor),
        about=plan.youth_id,
    )
    must_be_whole(content, youth=youth, on=clock.today())
    policies.may_change_coordinator(
        actor=actor,
        now_id=plan.coordinator_id,
        to_id=content.coordinator_id,
        now_is_gone=not works_in_plans(user_id=plan.coordinator_id, unit_id=plan.coordinator_unit_id),
    ).require()
    keys = {row["key"] for row in content.goals}
    if plan.measures.exclude(goal__in=keys).exists():
        raise Invalid(_("Et tiltak tjener et mål som er tatt bort. Gi tiltaket et annet mål først."))
    for name in FIELDS:
        setattr(plan, name, getattr(content, name))
    plan.version += 1
    plan.save(update_fields=[*FIELDS, "version"])
    plan.refresh_from_db()
    keep_answer(keep_version(plan, PlanChange.EDITED, actor=actor), agrees, actor=actor)
    keep_reminder(plan, by_id=actor.user_id)
    log(actor, "plan.edited", plan)
    return plan


def _as_plan(youth_id: int, content: PlanContent) -> FollowUpPlan:
    return FollowUpPlan(youth_id=youth_id, **{name: getattr(content, name) for name in FIELDS})


def _told(plan: FollowUpPlan, youth: Any, actor: Actor) -> dict[str, str]:
    names = {each.key: each.name for each in bodies_of(youth=youth, on=clock.today(), reader=actor)}
    return plan_lines(page_of(plan, ())["plan"], names)
