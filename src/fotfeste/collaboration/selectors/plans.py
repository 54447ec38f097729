"""The plan of a youth as it stands and stood, as far as the actor may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.collaboration.enums import PlanReminder
from fotfeste.collaboration.models import FollowUpPlan, PlanAgreement, PlanMeasure, PlanReview, PlanVersion
from fotfeste.collaboration.policies import may_offer_plan_for
from fotfeste.collaboration.selectors.plan_overlaps import OVER
from fotfeste.kernel.seen import mark_of
from fotfeste.kernel.together import Rows

_ABOUT = "t.youth_id = ANY (%(youth_ids)s)"
#: What the person page reads along with the case.
PLANS = Rows(FollowUpPlan, _ABOUT, "t.made_at DESC, t.id DESC", related=("made_by", "ended_by"))
REVIEWS = Rows(PlanReview, _ABOUT, "t.at DESC, t.id DESC", related=("by",))
MEASURES = Rows(PlanMeasure, _ABOUT, "t.id")

#: How long before it ends, and before a review, somebody is reminded of a plan.
END_NEAR = timedelta(days=14)
REVIEW_NEAR = timedelta(days=7)


def open_plan(*, youth_id: int) -> FollowUpPlan | None:
    """Return the plan under way, or None."""
    rows = FollowUpPlan.objects.filter(youth_id=youth_id, ended_on__isnull=True)
    return rows.select_related("coordinator", "coordinator_unit").first()


def coordinator_units(*, youth_ids: Iterable[int]) -> dict[int, Any]:
    """Return the unit that coordinates the plan under way of each of several youths who have one."""
    rows = FollowUpPlan.objects.filter(youth_id__in=list(youth_ids), ended_on__isnull=True)
    return {row.youth_id: row.coordinator_unit for row in rows.select_related("coordinator_unit")}


@dataclass(frozen=True, slots=True)
class Coordination:
    """Who coordinates a plan: all that a leader who does not read it is told."""

    unit_id: int
    user_id: int
    name: str
    version: int


def coordination_led(*, actor: Actor, youth: Any) -> Coordination | None:
    """
    Return who coordinates the youth's plan at a unit the actor leads; None alike without a plan and with another's.

    It is looked up as a job would: the leader reads no plans.
    """
    if youth.unit_id not in actor.led_unit_ids:
        return None
    with acting_as(access.system_actor("scheduler", county_ids=(youth.county_id,))):
        plan = open_plan(youth_id=youth.pk)
    if plan is None or not may_offer_plan_for(actor=actor, coordinator_unit_id=plan.coordinator_unit_id):
        return None
    return Coordination(plan.coordinator_unit_id, plan.coordinator_id, plan.coordinator.name, plan.version)


def plans_open() -> QuerySet[FollowUpPlan]:
    """Return the plans under way the actor may see; for use inside another query."""
    return FollowUpPlan.objects.filter(ended_on__isnull=True)


def plans_under_way(*, county_id: int) -> list[FollowUpPlan]:
    """Return the plans under way in a county."""
    return list(FollowUpPlan.objects.filter(county_id=county_id, ended_on__isnull=True).order_by("pk"))


def plan_or_none(*, youth_id: int, plan_id: int) -> FollowUpPlan | None:
    """Return a plan of the youth, or None when there is none the actor may see."""
    rows = FollowUpPlan.objects.filter(pk=plan_id, youth_id=youth_id)
    return rows.select_related("coordinator", "coordinator_unit", "youth").first()


def ended_plans(*, youth_id: int) -> list[FollowUpPlan]:
    """Return the plans that have ended, the last one first."""
    return list(FollowUpPlan.objects.filter(youth_id=youth_id, ended_on__isnull=False).order_by("-ended_on", "-pk"))


def measures_of(*, plan_id: int) -> list[PlanMeasure]:
    """Return the measures of a plan in the order they begin."""
    rows = PlanMeasure.objects.filter(plan_id=plan_id).select_related("owner_unit")
    return list(rows.order_by("first_day", "pk"))


def measure_or_none(*, youth_id: int, measure_id: int) -> PlanMeasure | None:
    """Return a measure of the youth's plan, or None when there is none the actor may see."""
    rows = PlanMeasure.objects.filter(pk=measure_id, youth_id=youth_id)
    return rows.select_related("plan", "owner_unit").first()


def reviews_of(*, plan_id: int) -> list[PlanReview]:
    """Return the reviews of a plan, the last one first."""
    return list(PlanReview.objects.filter(plan_id=plan_id).select_related("by").order_by("-on", "-pk"))


def versions_of(*, plan_id: int) -> list[PlanVersion]:
    """Return the versions of a plan, the last one first."""
    return list(PlanVersion.objects.filter(plan_id=plan_id).select_related("by").order_by("-number"))


def agreements_of(*, plan_id: int) -> dict[int, PlanAgreement]:
    """Return what the youth last said of each version that was asked about."""
    return {row.number: row for row in PlanAgreement.objects.filter(plan_id=plan_id).order_by("at", "pk")}


def agreement_seen(plan: FollowUpPlan, agreement: PlanAgreement | None) -> str:
    """Return what a form carries, to tell whether the plan or the youth's answer to it has changed since."""
    return mark_of(plan.number, agreement.pk if agreement is not None else "-")


def reminder_of(plan: FollowUpPlan, *, on: date) -> tuple[PlanReminder, date] | None:
    """Return what to remind of about a plan on a day, and its due day; None when nothing is near."""
    if plan.ended_on is not None:
        return None
    if on > plan.last_day:
        return PlanReminder.OVERDUE, plan.last_day
    if plan.last_day - on <= END_NEAR:
        return PlanReminder.ENDS, plan.last_day
    return (PlanReminder.REVIEW, plan.review_on) if plan.review_on - on <= REVIEW_NEAR else None


@dataclass(frozen=True, slots=True)
class Reminded:
    """A plan that needs its coordinator's unit, and what for."""

    plan: FollowUpPlan
    reminder: PlanReminder
    due_on: date


def plans_to_mind(*, unit_ids: Iterable[int], on: date) -> list[Reminded]:
    """Return the plans some units coordinate that end soon, are over, or are to be reviewed, by their due day."""
    rows = FollowUpPlan.objects.filter(coordinator_unit_id__in=list(unit_ids), ended_on__isnull=True).select_related(
        "youth"
    )
    found = [(row, reminder_of(row, on=on)) for row in rows.order_by("last_day", "pk")]
    shown = [Reminded(row, told[0], told[1]) for row, told in found if told is not None]
    return sorted(shown, key=lambda each: each.due_on)


def plans_taken_part_in(*, unit_ids: Iterable[int], on: date) -> list[Reminded]:
    """
    Return the plans near their end or a review that others coordinate and some units take part in.

    As far as the actor may see the plans: with the release a plan is gone from here.
    """
    units = list(unit_ids)
    has_measure = PlanMeasure.objects.filter(plan_id=OuterRef("pk"), owner_unit_id__in=units)
    has_role = [Q(roles__contains=[{"body": str(unit_id)}]) for unit_id in units]
    rows = FollowUpPlan.objects.filter(
        Q(last_day__lte=on + END_NEAR) | Q(review_on__lte=on + REVIEW_NEAR), ended_on__isnull=True
    ).exclude(coordinator_unit_id__in=units)
    taken_part = rows.filter(reduce(or_, has_role, Q(Exists(has_measure)))).select_related("youth")
    found = [(row, reminder_of(row, on=on)) for row in taken_part.order_by("last_day", "pk")]
    return [Reminded(row, told[0], told[1]) for row, told in found if told is not None]


def measures_to_mind(*, unit_ids: Iterable[int], on: date) -> list[PlanMeasure]:
    """Return the measures of some units in plans under way that soon are, or were, to be done, by their day."""
    rows = PlanMeasure.objects.filter(
        owner_unit_id__in=list(unit_ids), last_day__lte=on + END_NEAR, plan__ended_on__isnull=True
    ).exclude(status__in=OVER)
    return list(rows.select_related("youth").order_by("last_day", "pk"))
