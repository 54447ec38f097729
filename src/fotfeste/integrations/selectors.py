"""Imports that were made, and files that wait."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from fotfeste.correspondence.enums import NoticeKind
from fotfeste.correspondence.selectors import addresses_of, latest_notices
from fotfeste.integrations.enums import WaitingState
from fotfeste.integrations.models import ColumnMapping, Import, ImportProgress, NothingToReport, WaitingFile
from fotfeste.kernel import opaque
from fotfeste.law.school_year import school_year_of
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.spec import implements


def imports_of(*, county_id: int) -> QuerySet[Import]:
    """Return the county's imports, the newest first."""
    rows = Import.objects.filter(county_id=county_id).select_related("run_by", "asked_by")
    return rows.order_by("-read_at", "-pk")


def latest_imports(*, county_id: int) -> dict[str, Import]:
    """Return the newest import of each source that has one."""
    rows = Import.objects.filter(county_id=county_id, applied_at__isnull=False).select_related("run_by", "asked_by")
    return {row.source: row for row in rows.order_by("source", "-applied_at", "-pk").distinct("source")}


def who_asked(*, import_ids: set[int]) -> dict[int, int]:
    """Return the user who ordered each of the imports that somebody ordered, by the import's id."""
    rows = Import.objects.filter(pk__in=import_ids, asked_by__isnull=False)
    return dict(rows.values_list("pk", "asked_by_id"))


def has_imported() -> bool:
    """Say whether anything was ever taken in."""
    return Import.objects.filter(applied_at__isnull=False).exists()


def waiting_files(*, county_id: int) -> QuerySet[WaitingFile]:
    """Return the county's files that nobody has used or discarded yet, the newest first."""
    rows = WaitingFile.objects.filter(county_id=county_id).exclude(state=WaitingState.APPLIED)
    return rows.select_related("asked_by").defer("plan").order_by("-uploaded_at", "-pk")


def get_waiting_file_or_404(*, file_id: int) -> WaitingFile:
    """
    Return the file.

    :raises Http404: it is gone, or another county's.
    """
    found = WaitingFile.objects.select_related("asked_by", "imported", "county").filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def progress_of(*, file_id: int) -> ImportProgress | None:
    """Return how far the work on a file has come, as told while it goes on."""
    return ImportProgress.objects.filter(file_id=file_id).first()


def known_senders(*, county_id: int) -> list[str]:
    """Return those who have sent files before, by name."""
    mapped = ColumnMapping.objects.filter(county_id=county_id).exclude(sender="").values_list("sender", flat=True)
    sent = Import.objects.filter(county_id=county_id).exclude(sender="").values_list("sender", flat=True)
    return sorted({*mapped, *sent}, key=str.casefold)


@dataclass(frozen=True, slots=True)
class SchoolReport:
    """
    Whether a private school has reported this school year.

    :ivar report: the newest import that held a row of it; None when there is none.
    :ivar nothing: its answer that it has nobody to report.
    :ivar reminder: the last reminder this school year.
    :ivar addresses: (name, address) of those who can be reminded.
    """

    unit_id: int
    name: str
    report: Import | None
    nothing: NothingToReport | None
    reminder: Any
    addresses: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """Return what stands for the school in a form."""
        return opaque.encode(self.unit_id)

    @property
    def has_answered(self) -> bool:
        """Say whether it has reported, or answered that there is nobody to report."""
        return self.report is not None or self.nothing is not None


@implements("rep-private-schools")
def private_school_reports(*, county_id: int, on: date) -> list[SchoolReport]:
    """
    Return the county's private upper-secondary schools with what has come from each this school year, by name.

    Source: samarbeidsavtalen § 4 Utdanningsadministrasjonen (in September).
    """
    year = school_year_of(on)
    schools = units.units(kinds=(UnitKind.UPPER_SECONDARY,), county_id=county_id, on=on).filter(is_private=True)
    rows = sorted(schools.values_list("pk", "name", "org_number"), key=lambda row: row[1].casefold())
    ids = [pk for pk, _name, _number in rows]
    came = _reports_by_school(county_id, since=year.first_day)
    nothing = {
        row.unit_id: row
        for row in NothingToReport.objects.filter(
            unit_id__in=ids, school_year=year.start_year, superseded_at=None
        ).select_related("recorded_by")
    }
    reminders = latest_notices(kind=NoticeKind.PRIVATE_SCHOOL_REPORT, unit_ids=ids, since=year.first_day)
    addresses = addresses_of(unit_ids=ids, on=on)
    return [
        SchoolReport(
            unit_id=pk,
            name=name,
            report=came.get(number),
            nothing=nothing.get(pk),
            reminder=reminders.get(pk),
            addresses=tuple(addresses.get(pk, ())),
        )
        for pk, name, number in rows
    ]


def _reports_by_school(county_id: int, *, since: date) -> dict[str, Import]:
    """Return the newest import that held rows of each school, by the school's organisation number."""
    reports = Import.objects.filter(county_id=county_id, source="private-school", applied_at__isnull=False)
    newest_last = reports.filter(on__gte=since).select_related("run_by", "asked_by").order_by("on", "applied_at", "pk")
    return {number: report for report in newest_last for number in report.schools}
