"""Frozen reports, as evidence that closes events of the year."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_noop

from fotfeste.annualwheel.selectors.closing import Answer, Asked, closes, day_of
from fotfeste.collaboration.selectors.year import unit_records_made
from fotfeste.reporting.enums import ReportKind
from fotfeste.reporting.models import FrozenReport
from fotfeste.reporting.selectors.agreement import days_met

_REPORTS: Mapping[str, ReportKind] = {
    "dl-national-report-nov": ReportKind.NATIONAL_NOV,
    "dl-national-report-jun": ReportKind.NATIONAL_JUN,
    "dl-internal-report-nov": ReportKind.INTERNAL,
    "dl-internal-report-jun": ReportKind.INTERNAL,
}
#: A report is of a day near the date; the other half of the year has its own.
_NEAR = timedelta(days=45)


@closes(*_REPORTS, by=gettext_noop("Rapporten er frosset, slik den er sendt."))
def _report_frozen(asked: Asked) -> Iterator[Answer]:
    rows = FrozenReport.objects.filter(county_id=asked.county_id).order_by("made_at")
    every = asked.once("reports", lambda: list(rows.values_list("report", "on", "made_at")))
    made = [(on, at) for report, on, at in every if report == _REPORTS[asked.event_id]]
    for time in asked.times:
        days = [day_of(at) for on, at in made if abs(on - time.nominal) <= _NEAR]
        yield Answer(time.due, min(days, default=None))


@closes("dl-yearly-agreement-meeting", by=gettext_noop("Referatet fra det årlige møtet om avtalen er skrevet."))
def _agreement_met(asked: Asked) -> Iterator[Answer]:
    # Before there were minutes, a line in the routine said that the agreement was gone through.
    first = min((time.opens for time in asked.times), default=asked.year.first_day)
    asking: dict[str, Any] = {"county_id": asked.county_id, "first_day": first, "last_day": asked.today}
    lines = [on for on, _said in unit_records_made(kind="form-yearly-agreement-meeting", **asking)]
    yield from asked.first_within([*lines, *days_met(county_id=asked.county_id)])
