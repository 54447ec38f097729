"""Which units work together by a youth's plan, so that what happens in it is told to them and nobody else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fotfeste.access import selectors as access
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration.selectors.plan_bodies import bodies_named
from fotfeste.collaboration.selectors.plans import measures_of, open_plan


@dataclass(frozen=True, slots=True)
class Partners:
    """
    The units of a plan under way that something lets into it on a day.

    :ivar coordinator_id: that of whoever coordinates it; the one that answers, where the release of that one has ended.
    :ivar unit_ids: all of them, the one that answers among them.
    """

    coordinator_id: int
    unit_ids: frozenset[int]


def partners_of(*, youth: Any, on: date) -> Partners | None:
    """
    Return who works together by the youth's plan; None when there is none.

    It is looked up as a job would: whoever tells of something need not see the plan.
    """
    with acting_as(access.system_actor("scheduler", county_ids=(youth.county_id,)), on=on):
        plan = open_plan(youth_id=youth.pk)
        if plan is None:
            return None
        let_in = access.units_granted(youth_id=youth.pk, topic=Topic.PLAN, on=on) | {youth.unit_id}
        named = {*bodies_named(plan), *(str(each.owner_unit_id) for each in measures_of(plan_id=plan.pk))}
    coordinator = plan.coordinator_unit_id if plan.coordinator_unit_id in let_in else youth.unit_id
    return Partners(coordinator, frozenset(each for each in let_in if str(each) in named) | {youth.unit_id})
