"""What the plan says of the staircase: the checkpoints of its second and third step. Source: Oslostandarden § 5."""

from collections.abc import Iterable
from typing import Any

from fotfeste.collaboration.enums import MeasureStatus, ReviewFinding
from fotfeste.collaboration.models import FollowUpPlan, PlanMeasure, PlanReview
from fotfeste.collaboration.selectors.evidence import records_since
from fotfeste.collaboration.selectors.staircase import Looked, checkpoint
from fotfeste.spec import implements

_RUNS = frozenset({MeasureStatus.UNDER_WAY, MeasureStatus.COMPLETED})
#: What a review leads back to is done again when one of these is made after it.
_BACK = {
    ReviewFinding.NEW_NEEDS: ("form-mapping",),
    ReviewFinding.NEW_ACTORS: ("form-invitation", "form-clarification-minutes"),
}


def _plan(looked: Looked) -> FollowUpPlan | None:
    found: FollowUpPlan | None = looked.once("plan", lambda: _plan_of(looked.person))
    return found


def _plan_of(person: Iterable[int]) -> FollowUpPlan | None:
    return FollowUpPlan.objects.filter(youth_id__in=person, ended_on__isnull=True).order_by("-made_at").first()


def _measures(looked: Looked) -> list[PlanMeasure]:
    plan = _plan(looked)
    if plan is None:
        return []
    found: list[PlanMeasure] = looked.once(
        "measures", lambda: list(PlanMeasure.objects.filter(plan=plan).order_by("pk"))
    )
    return found


def _reviews(looked: Looked) -> list[PlanReview]:
    """Return the reviews of the plan, the latest first."""
    plan = _plan(looked)
    if plan is None:
        return []
    found: list[PlanReview] = looked.once(
        "reviews", lambda: list(PlanReview.objects.filter(plan=plan).order_by("-at", "-pk"))
    )
    return found


def read_of_plan(
    plan: FollowUpPlan, *, measures: Iterable[PlanMeasure], reviews: Iterable[PlanReview]
) -> dict[str, Any]:
    """
    Return what the checkpoints read of a plan under way, for whoever has read it already.

    :param measures, reviews: all there are of the youth's plans, in the order of ``MEASURES`` and ``REVIEWS``.
    """
    return {
        "plan": plan,
        "measures": [each for each in measures if each.plan_id == plan.pk],
        "reviews": [each for each in reviews if each.plan_id == plan.pk],
    }


@checkpoint("cp-s2-plan-limited")
@implements("cp-s2-plan-limited")
def plan_is_limited(looked: Looked) -> bool:
    """Say whether there is a plan, which always has a start and an end, that has not run out."""
    plan = _plan(looked)
    return plan is not None and plan.last_day >= looked.on


@checkpoint("cp-s2-coordinator")
@implements("cp-s2-coordinator", "principle-common-plan")
def plan_has_coordinator(looked: Looked) -> bool:
    """Say whether there is a plan; the database lets none be without its one coordinator."""
    return _plan(looked) is not None


@checkpoint("cp-s2-information-flow")
@implements("cp-s2-information-flow")
def information_flow_is_said(looked: Looked) -> bool:
    """Say whether the plan tells who tells whom what."""
    plan = _plan(looked)
    return plan is not None and bool(plan.information_flow.strip())


@checkpoint("cp-s2-measure-owner")
@implements("cp-s2-measure-owner")
def measures_are_followed_up(looked: Looked) -> bool:
    """Say whether the plan has measures; none can stand in it without one person who follows it up."""
    return bool(_measures(looked))


@checkpoint("cp-s2-transition-owner")
@implements("cp-s2-transition-owner")
def transitions_are_owned(looked: Looked) -> bool:
    """Say whether each transition that is expected has a body responsible, or it is said that none is expected."""
    plan = _plan(looked)
    return plan is not None and (plan.no_transitions or bool(plan.transitions))


@checkpoint("cp-s3-measures-running")
@implements("cp-s3-measures-running")
def measures_run(looked: Looked) -> bool:
    """Say whether a measure runs or has run; each has a status always."""
    return any(row.status in _RUNS for row in _measures(looked))


@checkpoint("cp-s3-coordination")
@implements("cp-s3-coordination")
def plan_is_reviewed(looked: Looked) -> bool:
    """Say whether the plan has been reviewed before its last day."""
    plan = _plan(looked)
    return plan is not None and any(review.on <= plan.last_day for review in _reviews(looked))


@checkpoint("cp-s3-return")
@implements("cp-s3-return")
def change_led_back(looked: Looked) -> bool:
    """Say whether the last review found nothing new, or what it found has been mapped or met about since."""
    reviews = _reviews(looked)
    if not reviews:
        return False
    since, kinds = reviews[0].at, _BACK.get(ReviewFinding(reviews[0].finding))
    if kinds is None:
        return True
    made = looked.once(
        "made since review", lambda: records_since(youth_ids=frozenset(looked.person), kinds=kinds, since=since)
    )
    return bool(made)
