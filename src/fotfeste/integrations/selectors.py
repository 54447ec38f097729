"""Imports that were made, and files that wait."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from fotfeste.integrations.enums import WaitingState
from fotfeste.integrations.models import ColumnMapping, Import, ImportProgress, WaitingFile
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units


def imports_of(*, county_id: int) -> QuerySet[Import]:
    """Return the county's imports, the newest first."""
    rows = Import.objects.filter(county_id=county_id).select_related("run_by", "asked_by")
    return rows.order_by("-read_at", "-pk")


def latest_imports(*, county_id: int) -> dict[str, Import]:
    """Return the newest import of each source that has one."""
    rows = Import.objects.filter(county_id=county_id, applied_at__isnull=False).select_related("run_by", "asked_by")
    return {row.source: row for row in rows.order_by("source", "-applied_at", "-pk").distinct("source")}


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


def private_schools(*, county_id: int, since: date, on: date) -> tuple[list[tuple[int, str]], int]:
    """
    Return the private upper-secondary schools that have not reported since a day, as (unit id, name).

    Beside them how many have.

    Source: samarbeidsavtalen § 4 Utdanningsadministrasjonen (rep-private-schools, in September).
    """
    reports = Import.objects.filter(
        county_id=county_id, source="private-school", applied_at__isnull=False, on__gte=since
    )
    reported = {number for schools in reports.values_list("schools", flat=True) for number in schools}
    schools = units.units(kinds=(UnitKind.UPPER_SECONDARY,), county_id=county_id, on=on).filter(is_private=True)
    rows = list(schools.values_list("pk", "name", "org_number"))
    silent = [(pk, name) for pk, name, number in rows if number not in reported]
    return silent, len(rows) - len(silent)
