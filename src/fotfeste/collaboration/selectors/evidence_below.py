"""The records kept in the apps below that show a step is done: contact, status, release, responsibility."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from fotfeste.casework.selectors import made_since as casework
from fotfeste.collaboration.selectors.evidence import Record, evidence
from fotfeste.collaboration.selectors.unit_evidence import About, unit_evidence
from fotfeste.consent.enums import Answer
from fotfeste.consent.selectors import releases_since
from fotfeste.correspondence.enums import LetterKind
from fotfeste.correspondence.selectors.mailings import sent_mailings
from fotfeste.kernel import clock
from fotfeste.spec import implements


@implements("rut-outside-s04", "rut-vo-s01", "rut-measure-stopped-s02", "rut-apprentice-leaves-s03")
@evidence("contact-attempt")
def _attempts(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in casework.attempts_since(youth_ids=youth_ids, since=since):
        yield Record(
            row.youth_id, "contact-attempt", row.recorded_at, row.on, f"contact:{row.pk}", row.registered_by_id
        )


@implements("rut-outside-s13")
@unit_evidence("form-nonapplicant-letter")
def _letters(about: About, since: datetime) -> Iterator[Record]:
    """The letter to non-applicants has gone to all."""
    for made in sent_mailings(county_id=about.unit.county_id, kind=LetterKind.NON_APPLICANT):
        if made.finished_at is not None and made.finished_at >= since:
            day = made.finished_at.astimezone(clock.OSLO).date()
            yield Record(
                None, "form-nonapplicant-letter", made.finished_at, day, f"mailing:{made.pk}", made.approved_by_id
            )


@evidence("status-event")
def _statuses(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in casework.statuses_since(youth_ids=youth_ids, since=since):
        yield Record(row.youth_id, "status-event", row.recorded_at, row.first_day, f"status:{row.pk}", row.set_by_id)


@implements(
    "rut-at-risk-s02",
    "rut-leaves-s04",
    "rut-apprentice-at-risk-s04",
    "rut-outside-s11",
    "rut-not-ot-s06",
    "rut-nav-learns-first-s01",
)
@evidence("form-consent")
def _releases(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    # A refusal answers the question as well: it was asked, and the youth said no. Another time it is asked anew.
    for row in releases_since(youth_ids=youth_ids, since=since):
        stands = row.answer != Answer.NO and row.withdrawn_at is None and row.last_day >= clock.today()
        yield Record(
            row.youth_id,
            "form-consent",
            row.recorded_at,
            row.first_day,
            f"release:{row.pk}",
            row.recorded_by_id,
            only_new=not stands,
        )


def never_stood(*, youth_ids: Iterable[int], since: datetime) -> frozenset[str]:
    """Return the releases that were taken back the day they were taken down, as a step keeps its record."""
    return frozenset(
        f"release:{row.pk}"
        for row in releases_since(youth_ids=youth_ids, since=since)
        if row.withdrawn_at is not None and _day(row.withdrawn_at) == _day(row.recorded_at)
    )


def _day(at: datetime) -> date:
    return at.astimezone(clock.OSLO).date()


@implements("rut-leaves-s06")
@evidence("assignment", "handover-decision")
def _assignments(youth_ids: frozenset[int], since: datetime) -> Iterable[Record]:
    for row in casework.assignments_since(youth_ids=youth_ids, since=since):
        source = f"responsibility:{row.pk}"
        for kind in ("assignment", "handover-decision"):
            yield Record(row.youth_id, kind, row.recorded_at, row.first_day, source, row.decided_by_id)


@evidence("case")
def _cases(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in casework.registrations_since(youth_ids=youth_ids, since=since):
        yield Record(row.youth_id, "case", row.recorded_at, row.first_day, f"registration:{row.pk}")


@implements("rut-outside-s08", "rut-outside-s09")
@evidence("form-uda-feedback", "form-list-review")
def _feedback(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in casework.feedback_since(youth_ids=youth_ids, since=since):
        for kind in ("form-uda-feedback", "form-list-review"):
            yield Record(
                row.youth_id,
                kind,
                row.sent_at,
                row.on,
                f"feedback:{row.pk}",
                row.sent_by_id,
                row.from_unit_id,
                with_units=frozenset({row.from_unit_id}),
            )
