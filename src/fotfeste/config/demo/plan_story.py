"""Plans of the demo: one in its second version that the youth agrees to, and one that is over without a result."""

from dataclasses import replace

from fotfeste.access.actor import Actor
from fotfeste.collaboration.enums import (
    FollowUpInterval,
    GoalTerm,
    MainGoal,
    MeasureOwner,
    MeasureStatus,
    OtherPlan,
    PlanAgrees,
)
from fotfeste.collaboration.services import plan_course, plan_measures, plans
from fotfeste.collaboration.services.plan_content import PlanContent
from fotfeste.collaboration.services.plan_measures import MeasureContent
from fotfeste.config.demo.stage import Stage


def plan_with_two_versions(stage: Stage, youth_id: int, *, by: str, nav: str, days: int) -> None:
    """Make a plan, let Nav and the school each add a measure, change it after three weeks; the youth agrees at last."""
    with stage.acts(by, days) as actor:
        first = _content(stage, actor, days=days, ends=75, review=20)
        of_nav = {"key": "", "body": str(stage.unit(nav)), "person": "Ingrid Solheim", "role": "Finner praksis"}
        kind, on = OtherPlan.ACTIVITY_PLAN.value, stage.day(days)
        first = replace(
            first,
            roles=[*first.roles, of_nav],
            other_plans=[{"key": "", "kind": kind, "owner": "Nav Alna", "on": on.isoformat()}],
            shared_with_nav_on=on,
        )
        plan = plans.make_plan(actor=actor, youth_id=youth_id, content=first, agrees=PlanAgrees.PARTLY)
        _measure(stage, actor, plan.pk, "m-ot-skoletilbud", MeasureOwner.COUNTY, "Plass i verkstedet, to fag", days)
    with stage.acts(nav, days + 2) as actor:
        _measure(stage, actor, plan.pk, "m-arbeidspraksis", MeasureOwner.NAV, "Praksis hos et rørleggerfirma", days + 7)
    with stage.acts(by, days + 21) as actor:
        goals = [*first.goals, _goal("g2", "Jeg vil bestå matematikk", GoalTerm.SHORT, "Prøve i desember")]
        second = replace(first, goals=goals, youth_words="Jeg lærer best når jeg får bruke hendene.")
        plans.edit_plan(actor=actor, plan_id=plan.pk, content=second)
        plan_course.record_agreement(actor=actor, plan_id=plan.pk, answer=PlanAgrees.YES)


def plan_without_result(stage: Stage, youth_id: int, *, by: str, days: int, ended: int) -> None:
    """Make a plan between the school and the youth alone, whose last day has gone by."""
    with stage.acts(by, days) as actor:
        content = _content(stage, actor, days=days, ends=ended, review=ended - 10)
        plans.make_plan(actor=actor, youth_id=youth_id, content=content, agrees=PlanAgrees.YES)


def _content(stage: Stage, actor: Actor, *, days: int, ends: int, review: int) -> PlanContent:
    assert actor.unit_id is not None
    body = str(actor.unit_id)
    return PlanContent(
        coordinator_id=actor.user_id,
        coordinator_unit_id=actor.unit_id,
        first_day=stage.day(days),
        last_day=stage.day(ends),
        review_on=stage.day(review),
        main_goal=MainGoal.APPRENTICESHIP,
        information_flow="Rådgiver ringer ungdommen og de andre hver fredag.",
        goals=[_goal("g1", "Jeg vil bli rørlegger", GoalTerm.LONG, "Har søkt læreplass")],
        roles=[{"key": "", "body": body, "person": "Kari Berg", "role": "Koordinerer og følger opp på skolen"}],
        transitions=[{"key": "", "what": "Fra verksted til læreplass", "body": body, "on": ""}],
    )


def _goal(key: str, goal: str, term: GoalTerm, seen_by: str) -> dict[str, str]:
    return {"key": key, "goal": goal, "term": term.value, "seen_by": seen_by}


def _measure(
    stage: Stage, actor: Actor, plan_id: int, measure: str, owner: MeasureOwner, contribution: str, days: int
) -> None:
    assert actor.unit_id is not None
    plan_measures.add_measure(
        actor=actor,
        plan_id=plan_id,
        content=MeasureContent(
            owner_unit_id=actor.unit_id,
            owner_kind=owner,
            goal="g1",
            contribution=contribution,
            followed_up_by="Ingrid Solheim" if owner is MeasureOwner.NAV else "Kari Berg",
            interval=FollowUpInterval.WEEKLY,
            requested_on=stage.day(days),
            first_day=stage.day(days),
            last_day=stage.day(70),
            status=MeasureStatus.UNDER_WAY,
            measure=measure,
        ),
    )
