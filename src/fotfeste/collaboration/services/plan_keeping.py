"""What every act on a plan does with it: locking, keeping the version, reminding and logging."""

from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import PlanChange, TaskState
from fotfeste.collaboration.models import FollowUpPlan, PlanAgreement, PlanVersion, Task
from fotfeste.collaboration.selectors.plans import measures_of, reminder_of
from fotfeste.collaboration.services.plan_content import page_of
from fotfeste.collaboration.services.task_closing import close_task
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid


def lock_plan(*, plan_id: int) -> FollowUpPlan:
    """
    Return a plan under way, locked.

    :raises Invalid: there is none the actor may see.
    :raises IllegalTransition: it has ended.
    """
    plan = FollowUpPlan.objects.select_for_update(of=("self",)).select_related("coordinator").filter(pk=plan_id).first()
    if plan is None:
        raise Invalid(_("Planen finnes ikke, eller du har ikke tilgang."))
    if plan.ended_on is not None:
        raise IllegalTransition(_("Planen er avsluttet. Lag en ny."))
    return plan


def keep_version(plan: FollowUpPlan, change: PlanChange, *, actor: Actor) -> PlanVersion:
    """Keep the whole page as it now stands, as the next version of the plan."""
    plan.number += 1
    plan.save(update_fields=["number"])
    return PlanVersion.objects.create(
        plan=plan,
        youth_id=plan.youth_id,
        number=plan.number,
        change=change,
        page=page_of(plan, measures_of(plan_id=plan.pk)),
        by_id=actor.user_id,
        at=clock.now(),
    )


def keep_answer(version: PlanVersion, answer: str, *, actor: Actor) -> PlanAgreement | None:
    """Keep what the youth said of a version; nothing when the youth is still to be asked."""
    if not answer:
        return None
    return PlanAgreement.objects.create(
        plan_id=version.plan_id,
        youth_id=version.youth_id,
        number=version.number,
        answer=answer,
        on=clock.today(),
        by_id=actor.user_id,
        at=clock.now(),
    )


def must_coordinate(actor: Actor, plan: FollowUpPlan) -> None:
    """
    Stop unless the actor's unit coordinates the plan or answers for the youth.

    :raises NotAllowed: it does neither.
    """
    assert plan.unit_id is not None
    assert plan.county_id is not None
    policies.may_coordinate_plan(
        actor=actor, coordinator_unit_id=plan.coordinator_unit_id, unit_id=plan.unit_id, county_id=plan.county_id
    ).require()


def log(actor: Actor, verb: str, plan: FollowUpPlan) -> None:
    """Log an act on a plan; the routines follow it."""
    details = {"plan": plan.pk, "number": plan.number}
    audit.record(verb, by=actor.user_id, about=plan.youth_id, county=plan.county_id, details=details)


def keep_reminder(plan: FollowUpPlan, *, by_id: int) -> None:
    """
    Let the coordinator's unit have one open task about the plan while something is near, and none else.

    A unit the youth is no longer open to cannot be reminded; then it is the turn of the unit that answers.
    """
    assert plan.county_id is not None
    assert plan.unit_id is not None
    today, now = clock.today(), clock.now()
    told = reminder_of(plan, on=today)
    with acting_as(access.system_actor("scheduler", county_ids=(plan.county_id,))):
        knows = access.units_granted(youth_id=plan.youth_id, topic=Topic.PLAN, on=today) | {plan.unit_id}
        is_there = plan.coordinator_unit_id in knows
        unit_id = plan.coordinator_unit_id if is_there else plan.unit_id
        wanted = (told[0].value, told[1], unit_id) if told else None
        for task in Task.objects.filter(plan=plan, state=TaskState.OPEN):
            if wanted == (task.what, task.due_on, task.for_unit_id):
                return
            close_task(task, is_done=True, by_id=by_id, at=now)
        if wanted is not None:
            Task.objects.create(
                youth_id=plan.youth_id,
                plan=plan,
                what=wanted[0],
                due_on=wanted[1],
                for_unit_id=unit_id,
                for_user_id=plan.coordinator_id if is_there else None,
                made_by_id=by_id,
                made_at=now,
            )
