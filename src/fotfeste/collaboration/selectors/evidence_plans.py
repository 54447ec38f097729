"""The records of the plan that show a step is done: the plan itself, its reviews and its measures."""

from collections.abc import Iterator
from datetime import date, datetime

from fotfeste.collaboration.enums import PlanChange
from fotfeste.collaboration.models import PlanMeasure, PlanReview, PlanVersion
from fotfeste.collaboration.selectors.evidence import Record, evidence
from fotfeste.kernel import clock
from fotfeste.spec import implements


def _day(at: datetime) -> date:
    return at.astimezone(clock.OSLO).date()


@implements(
    "rut-at-risk-s08", "rut-leaves-s07", "rut-apprentice-leaves-s05", "rut-three-way-s03", "rut-exit-agreement-s02"
)
@evidence("form-follow-up-plan")
def _plans(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    # A plan that is made over shows it as much as a new one; one that has ended shows nothing.
    rows = PlanVersion.objects.filter(
        youth_id__in=youth_ids, at__gte=since, change__in=[PlanChange.MADE, PlanChange.EDITED], plan__ended_on=None
    )
    for row in rows.order_by("at", "pk"):
        source = f"follow-up-plan:{row.plan_id}"
        yield Record(row.youth_id, "form-follow-up-plan", row.at, _day(row.at), source, row.by_id)


@implements("rut-at-risk-s09")
@evidence("plan-review")
def _reviews(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in PlanReview.objects.filter(youth_id__in=youth_ids, at__gte=since).order_by("at", "pk"):
        yield Record(row.youth_id, "plan-review", row.at, row.on, f"plan-review:{row.pk}", row.by_id)


@evidence("measure-entry")
def _measures(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in PlanMeasure.objects.filter(youth_id__in=youth_ids, recorded_at__gte=since).order_by("recorded_at", "pk"):
        source = f"plan-measure:{row.pk}"
        yield Record(
            row.youth_id,
            "measure-entry",
            row.recorded_at,
            _day(row.recorded_at),
            source,
            row.recorded_by_id,
        )
