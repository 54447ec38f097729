"""What two may write at once in the one plan of a youth."""

from typing import Any

from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.collaboration.models import FollowUpPlan
from fotfeste.collaboration.services import plan_measures, plans
from fotfeste.collaboration.services.plan_content import PlanContent
from fotfeste.collaboration.services.plan_measures import MeasureContent
from fotfeste.kernel import opaque
from tests import factories as make
from tests.at_once.race import Race
from tests.at_once.world import World

DAYS = {"first_day": "23.11.2026", "last_day": "23.02.2027", "review_on": "10.01.2027"}


def new_plan(world: World) -> Race:
    page = _of(world, "new_plan")
    return Race(
        page, world.counsellors, {**_filled(world), "information_flow": "Vi ringes."}, page, first=_filled(world)
    )


def edit_plan(world: World) -> Race:
    page = _of(world, "edit_plan", plan_id=_plan(world).pk)
    return Race(page, world.counsellors, {**_filled(world), "main_goal": "work"}, page, first=_filled(world))


def edit_measure(world: World) -> Race:
    plan, one = _plan(world), world.counsellors[0]
    content = MeasureContent(
        owner_unit_id=world.school.pk,
        owner_kind="county",
        goal="g1",
        contribution="Plass",
        followed_up_by="Kari",
        interval="weekly",
        requested_on=make.TODAY,
        first_day=plan.first_day,
        last_day=plan.last_day,
        status="considered",
        what="Leksehjelp",
    )
    with acting_as(one):
        row = plan_measures.add_measure(actor=one, plan_id=plan.pk, content=content)
    late = {
        "owner_unit": str(world.school.pk), "owner_kind": "county", "goal": "g1", "contribution": "Plass",
        "followed_up_by": "Kari", "interval": "weekly", "requested_on": "23.11.2026", "first_day": "23.11.2026",
        "last_day": "01.12.2026", "status": "under_way", "what": "Leksehjelp",
    }  # fmt: skip
    page = _of(world, "edit_measure", measure_id=row.pk)
    return Race(page, world.counsellors, late, page, first={**late, "status": "completed"})


def agree_plan(world: World) -> Race:
    path = _of(world, "agree_plan", plan_id=_plan(world).pk)
    return Race(path, world.counsellors, {"answer": "no"}, _of(world, "plan"), first={"answer": "yes"})


def review_plan(world: World) -> Race:
    page = _of(world, "review_plan", plan_id=_plan(world).pk)
    late = {"on": "23.11.2026", "finding": "on_track", "text": "Går bra", "next_on": "20.01.2027"}
    return Race(page, world.counsellors, late, page, first={**late, "text": "Trenger mer tid"})


def end_plan(world: World) -> Race:
    page = _of(world, "end_plan", plan_id=_plan(world).pk)
    late = {"on": "23.11.2026", "result": "reached", "text": ""}
    return Race(page, world.counsellors, late, page, first=lambda: _review(world))


RACES = {
    "collaboration:new_plan": (new_plan,),
    "collaboration:edit_plan": (edit_plan,),
    "collaboration:edit_measure": (edit_measure,),
    "collaboration:agree_plan": (agree_plan,),
    "collaboration:review_plan": (review_plan,),
    "collaboration:end_plan": (end_plan,),
}


def _review(world: World) -> None:
    one = world.counsellors[0]
    with acting_as(one):
        plan = FollowUpPlan.objects.get()
        plans.edit_plan(actor=one, plan_id=plan.pk, content=_content(world))


def _content(world: World) -> PlanContent:
    return PlanContent(
        coordinator_id=world.counsellors[0].user_id,
        coordinator_unit_id=world.school.pk,
        first_day=make.TODAY,
        last_day=make.TODAY.replace(year=2027),
        review_on=make.TODAY,
        main_goal="education",
        information_flow="Ukentlig.",
        goals=[{"key": "g1", "goal": "Jeg vil jobbe", "term": "short", "seen_by": ""}],
        roles=[{"key": "", "body": str(world.school.pk), "person": "", "role": "Følger opp"}],
    )


def _plan(world: World) -> FollowUpPlan:
    one = world.counsellors[0]
    with acting_as(one):
        return plans.make_plan(actor=one, youth_id=world.case.youth_id, content=_content(world))


def _filled(world: World) -> dict[str, Any]:
    one = world.counsellors[0]
    return {
        **DAYS,
        "coordinator": f"{world.school.pk}-{opaque.encode(one.user_id)}",
        "main_goal": "education",
        "information_flow": "Ukentlig.",
        "goals-0-key": "g1",
        "goals-0-goal": "Jeg vil jobbe",
        "goals-0-term": "short",
        "roles-0-body": str(world.school.pk),
        "roles-0-role": "Følger opp",
    }


def _of(world: World, name: str, **more: Any) -> str:
    return reverse(f"collaboration:{name}", kwargs={"youth_id": world.case.youth_id, **more})
