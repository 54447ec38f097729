"""That a report was made, and that the agreement was gone through, as records that show a step is done."""

from collections.abc import Iterator
from datetime import datetime

from fotfeste.collaboration.selectors.evidence import Record
from fotfeste.collaboration.selectors.unit_evidence import About, deadline_of, unit_evidence
from fotfeste.kernel import clock
from fotfeste.reporting.enums import ReportKind
from fotfeste.reporting.models import AgreementMeeting, FrozenReport
from fotfeste.spec import implements

#: The day it is to be sent by -> what is sent.
_SENT_BY = {
    "dl-national-report-nov": ReportKind.NATIONAL_NOV,
    "dl-national-report-jun": ReportKind.NATIONAL_JUN,
    "dl-internal-report-nov": ReportKind.INTERNAL,
    "dl-internal-report-jun": ReportKind.INTERNAL,
}


@implements("rut-outside-s10")
@unit_evidence("report-submission")
def _frozen(about: About, since: datetime) -> Iterator[Record]:
    wanted = _SENT_BY.get(deadline_of(about))
    rows = FrozenReport.objects.filter(report=wanted, county_id=about.unit.county_id, made_at__gte=since)
    for row in rows.order_by("made_at", "pk") if wanted else ():
        day = row.made_at.astimezone(clock.OSLO).date()
        yield Record(None, "report-submission", row.made_at, day, f"report:{row.pk}", row.made_by_id)


@implements("rut-yearly-agreement-s02")
@unit_evidence("form-yearly-agreement-meeting", "revision-decision")
def _agreement_met(about: About, since: datetime) -> Iterator[Record]:
    """The minutes stand; when they say that the agreement need not be revised, that is decided as well."""
    rows = AgreementMeeting.objects.filter(
        county_id=about.unit.county_id, recorded_at__gte=since, superseded_at=None
    ).order_by("recorded_at", "pk")
    for row in rows:
        for kind in ("form-yearly-agreement-meeting", *(() if row.revise else ("revision-decision",))):
            source = f"agreement_meeting:{row.pk}"
            yield Record(None, kind, row.recorded_at, row.held_on, source, row.written_by_id)
