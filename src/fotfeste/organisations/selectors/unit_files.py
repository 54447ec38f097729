"""Files of units that wait or were used, and the units of a county in the form such a file has."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.http import Http404

from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit, UnitFile
from fotfeste.organisations.selectors.periods import open_on
from fotfeste.organisations.unit_columns import KINDS, NOT_AT_ALL

SHOWN = 10
_WORDS: dict[tuple[str, str], str] = {(kind, also or ""): word for word, (kind, also) in KINDS.items()}


def latest_files(*, county_id: int) -> list[UnitFile]:
    """Return the county's last files, those that wait first."""
    rows = UnitFile.objects.filter(county_id=county_id).select_related("uploaded_by", "applied_by").defer("content")
    waiting, used = rows.filter(applied_at=None), rows.exclude(applied_at=None).order_by("-applied_at", "-pk")
    return [*waiting, *used[:SHOWN]]


def get_file_or_404(*, file_id: int, county_ids: Iterable[int]) -> UnitFile:
    """
    Return a file of one of the counties.

    :raises Http404: there is none.
    """
    found = UnitFile.objects.filter(pk=file_id, county_id__in=list(county_ids)).select_related("applied_by").first()
    if found is None:
        raise Http404
    return found


def unit_cells(*, county_id: int, on: date) -> list[dict[str, str]]:
    """Return the county's units as the rows of a file of units, one a unit; those no file can tell are left out."""
    rows = Unit.objects.filter(open_on(on), county_id=county_id).select_related("nav_office")
    order = list(UnitKind)
    known = [unit for unit in rows if (unit.kind, unit.also_kind) in _WORDS]
    known.sort(key=lambda unit: (order.index(UnitKind(unit.kind)), unit.name, unit.pk))
    return [_cells(unit) for unit in known]


def closing_cells(unit: Unit, *, closed_from: date | None) -> dict[str, str] | None:
    """Return the unit as a row that says when it closes, None one that it does not; None of one no file can close."""
    if unit.kind == UnitKind.EDUCATION_ADMIN or (unit.kind, unit.also_kind) not in _WORDS:
        return None
    return _cells(unit) | {"stengt_fra": f"{closed_from:%d.%m.%Y}" if closed_from else NOT_AT_ALL}


def _cells(unit: Unit) -> dict[str, str]:
    return {
        "fylke": f"{unit.county_id:02}",
        "type": _WORDS[unit.kind, unit.also_kind],
        "navn": unit.name,
        "orgnr": unit.org_number,
        "vigo_nr": unit.vigo_number,
        "kode": unit.code,
        "breddegrad": _degrees(unit.latitude),
        "lengdegrad": _degrees(unit.longitude),
        "privat": "ja" if unit.is_private else "nei",
        "tar_ansvar": "ja" if unit.takes_responsibility else "nei",
        "bydel": unit.district_code,
        "nav_kode": unit.nav_office.code if unit.nav_office else "",
        "stengt_fra": f"{unit.last_day + timedelta(days=1):%d.%m.%Y}" if unit.last_day else "",
    }


def _degrees(value: float | None) -> str:
    return "" if value is None else repr(value).replace(".", ",")
