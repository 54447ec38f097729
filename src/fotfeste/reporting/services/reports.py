"""Freezing a report, and making a frozen one again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.selectors.status_counts import hold_status_still
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.reporting import policies
from fotfeste.reporting.enums import ReportKind
from fotfeste.reporting.models import FrozenReport
from fotfeste.reporting.returns.status_table import StatusTable, status_table
from fotfeste.reporting.returns.status_table_files import as_document, digest
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that came out otherwise."""

    code: str
    county: str
    frozen: int
    now: int


@dataclass(frozen=True, slots=True)
class Rerun:
    """A frozen report made again: the table, and the cells that differ. None should."""

    table: StatusTable
    is_same: bool
    differences: tuple[Difference, ...]


@implements("rep-national-nov", "rep-national-jun", "rep-internal")
@transaction.atomic
def freeze_report(
    *, actor: Actor, report: ReportKind, county_id: int | None, on: date, code_list: str | None = None
) -> FrozenReport:
    """
    Make the status table as known now and keep it as sent.

    :param county_id: None is the whole country, which only a system actor may make.
    :raises NotAllowed: the actor does not report for the county.
    :raises Invalid: the day has not come, or there is no such list.
    :raises Refused: somebody keeps writing statuses for so long that no moment can be named.
    """
    policies.may_make_report(actor=actor, county_id=county_id).require()
    if on > clock.today():
        raise Invalid(_("Dagen har ikke vært ennå. En rapport kan ikke fryses på forhånd."))
    hold_status_still()
    known_at = clock.now()
    table = status_table(county_id=county_id, on=on, known_at=known_at, code_list=code_list)
    frozen = FrozenReport.objects.create(
        report=report,
        county_id=county_id,
        on=on,
        known_at=known_at,
        code_list=table.code_list,
        digest=digest(table),
        content=_document(table, known_at),
        made_by_id=actor.user_id,
        made_at=known_at,
    )
    details = {"report": str(report), "on": on.isoformat(), "frozen": frozen.pk}
    audit.record("report.frozen", by=actor.user_id, county=county_id, details=details)
    return frozen


def _document(table: StatusTable, made_at: datetime) -> dict[str, Any]:
    with override("nb"):
        return as_document(table, made_at=made_at)


def rerun(frozen: FrozenReport) -> Rerun:
    """Make a frozen report again from the facts as known at its moment, and compare every cell."""
    table = status_table(county_id=frozen.county_id, on=frozen.on, known_at=frozen.known_at, code_list=frozen.code_list)
    now = {(row.code, f"{c:02}"): n for row in table.rows for c, n in row.counts.items() if n}
    then = {(row["code"], c): n for row in frozen.content["rows"] for c, n in row["counties"].items() if n}
    differences = tuple(
        Difference(code, county, then.get((code, county), 0), now.get((code, county), 0))
        for code, county in sorted({*now, *then})
        if then.get((code, county), 0) != now.get((code, county), 0)
    )
    return Rerun(table, digest(table) == frozen.digest and not differences, differences)
