"""Reports that were frozen."""

from django.db.models import QuerySet

from fotfeste.access.actor import Actor
from fotfeste.reporting.models import FrozenReport
from fotfeste.reporting.policies import report_counties


def frozen_reports(*, actor: Actor) -> QuerySet[FrozenReport]:
    """Return the reports frozen for the actor's counties, the latest day first."""
    rows = FrozenReport.objects.filter(county_id__in=report_counties(actor))
    return rows.select_related("county", "made_by").order_by("-on", "-made_at", "-pk")


def frozen_report_or_none(*, actor: Actor, report_id: int) -> FrozenReport | None:
    """Return one frozen report of the actor's counties, or None."""
    return frozen_reports(actor=actor).filter(pk=report_id).first()
