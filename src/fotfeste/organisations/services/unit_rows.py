"""One row of a file of units, read from text into field values or refused with a sentence."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Invalid
from fotfeste.law.org_number import is_org_number
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.organisations.unit_columns import COLUMNS, KINDS, NOT_AT_ALL

YES_NO = {"ja": True, "nei": False, "": None}
TAKES_RESPONSIBILITY = frozenset(
    {UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY, UnitKind.DISTRICT, UnitKind.EDUCATION_ADMIN}
)
_DAY = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
#: column -> the field of the unit its text is kept in.
_TEXTS = {"navn": "name", "vigo_nr": "vigo_number", "kode": "code", "bydel": "district_code"}
NORWAY = {"breddegrad": (57.0, 81.0), "lengdegrad": (4.0, 32.0)}


def unit_values(row: Mapping[str, str], *, counties: set[int]) -> dict[str, Any]:
    """
    Return the row as field values of a unit, all but its Nav office.

    Where ``tar_ansvar`` is empty, a public school, a district and the education administration take responsibility.

    :raises Invalid: something in the row is missing or wrong; the sentence names the column and the value.
    """
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    kind, also_kind = _kind(cells["type"])
    is_private = _yes_no(cells, "privat") or False
    takes = _yes_no(cells, "tar_ansvar")
    values = {
        "county_id": _county(cells["fylke"], counties),
        "kind": kind,
        "also_kind": also_kind or "",
        "name": cells["navn"],
        "org_number": cells["orgnr"].replace(" ", ""),
        "vigo_number": cells["vigo_nr"],
        "code": cells["kode"],
        "latitude": _degrees(cells, "breddegrad"),
        "longitude": _degrees(cells, "lengdegrad"),
        "is_private": is_private,
        "takes_responsibility": (kind in TAKES_RESPONSIBILITY and not is_private) if takes is None else takes,
        "district_code": cells["bydel"],
        "last_day": _last_day(cells["stengt_fra"], kind),
    }
    _require_whole(values)
    return values


def _county(text: str, counties: set[int]) -> int:
    if not (text.isascii() and text.isdigit() and int(text) in counties):
        raise Invalid(_("Kolonnen fylke: «%s» er ikke et fylkesnummer.") % text)
    return int(text)


def _kind(text: str) -> tuple[UnitKind, UnitKind | None]:
    try:
        return KINDS[text.lower()]
    except KeyError:
        known = ", ".join(KINDS)
        raise Invalid(
            _("Kolonnen type: «%(text)s» er ukjent. Bruk %(known)s.") % {"text": text, "known": known}
        ) from None


def _yes_no(cells: Mapping[str, str], column: str) -> bool | None:
    try:
        return YES_NO[cells[column].lower()]
    except KeyError:
        problem = {"column": column, "text": cells[column]}
        raise Invalid(_("Kolonnen %(column)s: skriv ja eller nei, ikke «%(text)s».") % problem) from None


def _last_day(text: str, kind: UnitKind) -> date | None:
    """Return the last day before a unit is closed; None when nothing is said, or that it does not close after all."""
    if not text or text.lower() == NOT_AT_ALL:
        return None
    if kind == UnitKind.EDUCATION_ADMIN:
        raise Invalid(_("Kolonnen stengt_fra: fylkets egen oppfølgingstjeneste kan ikke stenges."))
    found = _DAY.fullmatch(text) or _ISO_DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        closed_from = date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError:
        raise Invalid(_("Kolonnen stengt_fra: skriv en dato som 01.08.2027, eller nei, ikke «%s».") % text) from None
    return closed_from - timedelta(days=1)


def _degrees(cells: Mapping[str, str], column: str) -> float | None:
    if not cells[column]:
        return None
    low, high = NORWAY[column]
    try:
        degrees = float(cells[column].replace(",", "."))
    except ValueError:
        degrees = float("nan")
    if not low <= degrees <= high:
        problem = {"column": column, "text": cells[column]}
        raise Invalid(_("Kolonnen %(column)s: «%(text)s» er ikke et sted i Norge.") % problem)
    return degrees


def _require_whole(values: Mapping[str, Any]) -> None:
    if not values["name"]:
        raise Invalid(_("Kolonnen navn er tom."))
    for column, name in _TEXTS.items():
        room = getattr(Unit._meta.get_field(name), "max_length", None)
        if room is not None and len(values[name]) > room:
            problem = {"column": column, "count": len(values[name]), "room": room}
            raise Invalid(_("Kolonnen %(column)s: %(count)s tegn, og det er plass til %(room)s.") % problem)
    if values["org_number"] and not is_org_number(values["org_number"]):
        raise Invalid(_("Kolonnen orgnr: «%s» har ikke ni siffer med riktig kontrollsiffer.") % values["org_number"])
    if (values["latitude"] is None) != (values["longitude"] is None):
        raise Invalid(_("Breddegrad og lengdegrad må enten begge fylles ut eller begge stå tomme."))
    known = values["org_number"] or values["vigo_number"] or values["code"]
    if not known and values["kind"] != UnitKind.EDUCATION_ADMIN:
        raise Invalid(_("Raden har verken orgnr, vigo_nr eller kode, så enheten kan ikke kjennes igjen neste gang."))
