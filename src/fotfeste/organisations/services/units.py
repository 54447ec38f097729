"""Taking in a file of units from a county."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel.errors import Invalid
from fotfeste.organisations import policies
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import County, Unit
from fotfeste.organisations.services.unit_rows import COLUMNS, unit_values
from fotfeste.organisations.unit_index import UnitIndex


@dataclass(frozen=True, slots=True)
class RejectedUnit:
    """A row that was not taken in: where it stands in the file, and a sentence its sender understands."""

    number: int
    sentence: str
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """What a file of units changed, or would change."""

    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: tuple[RejectedUnit, ...]
    applied: bool


@dataclass(slots=True)
class _Planned:
    number: int
    row: Mapping[str, str]
    values: dict[str, Any]
    unit: Unit | None
    differs: bool = False


def read_units(lines: TextIO) -> list[dict[str, str]]:
    """
    Return the rows of a file of units; the separator is whichever of semicolon, tab and comma the header uses.

    :raises Invalid: columns are missing.
    """
    header = lines.readline().lstrip("\ufeff").rstrip("\r\n")
    separator = max(";\t,", key=header.count)
    names = [name.strip().strip('"').lower() for name in header.split(separator)]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise Invalid(_("Filen mangler kolonnene %s.") % ", ".join(missing))
    return list(csv.DictReader(lines, fieldnames=names, delimiter=separator))


@transaction.atomic
def load_units(*, actor: Actor, rows: Iterable[Mapping[str, str]], source: str, apply: bool) -> UnitLoad:
    """
    Take in a county's units. The same file twice changes nothing; rows that are wrong are handed back.

    Called inside the actor's scope. An empty cell does not take away what is known of a unit.

    The units become the county's own: the data the product brings never overwrites them afterwards.

    :param rows: keyed on the column names; ``nav_kode`` names a Nav office of the file or one known already.
    :param source: where the file comes from, shown on each unit.
    :param apply: false only tells what would happen.
    """
    counties = set(County.objects.values_list("pk", flat=True))
    index = UnitIndex(Unit.objects.select_related("nav_office"))
    planned, rejected = _plan(list(rows), actor=actor, counties=counties, index=index)
    offices = {unit.code for unit in index.units() if unit.kind == UnitKind.NAV_OFFICE}
    offices |= {item.values["code"] for item in planned if item.values["kind"] == UnitKind.NAV_OFFICE}
    planned, unknown_office = _with_known_office(planned, offices)
    for item in planned:
        item.values |= {"source": source, "is_kept_locally": True}
        item.differs = item.unit is not None and _differs(item.unit, item)
    result = UnitLoad(
        rows=len(planned) + len(rejected) + len(unknown_office),
        new=sum(item.unit is None for item in planned),
        changed=sum(item.differs for item in planned),
        unchanged=sum(item.unit is not None and not item.differs for item in planned),
        rejected=tuple(sorted(rejected + unknown_office, key=lambda row: row.number)),
        applied=apply,
    )
    if apply and result.new + result.changed:
        _write(planned, index)
        audit.record("units.loaded", by=actor.user_id, details={"new": result.new, "changed": result.changed})
    return result


def _plan(
    rows: list[Mapping[str, str]], *, actor: Actor, counties: set[int], index: UnitIndex
) -> tuple[list[_Planned], list[RejectedUnit]]:
    planned: list[_Planned] = []
    rejected: list[RejectedUnit] = []
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, start=2):  # the header is row 1
        try:
            values = unit_values(row, counties=counties)
            if not policies.may_load_units(actor=actor, county_id=values["county_id"]):
                raise Invalid(_("Du kan ikke endre enheter i fylke %02d.") % values["county_id"])
            keys = index.keys(values)
            earlier = next((seen[key] for key in keys if key in seen), None)
            if earlier:
                raise Invalid(_("Raden gjelder samme enhet som rad %d.") % earlier)
            seen |= dict.fromkeys(keys, number)
            unit = _known_unit(values, index)
        except Invalid as refusal:
            rejected.append(RejectedUnit(number, str(refusal), row))
        else:
            planned.append(_Planned(number, row, values, unit))
    return planned, rejected


def _known_unit(values: Mapping[str, Any], index: UnitIndex) -> Unit | None:
    matches = index.matches(values)
    if len(matches) > 1:
        raise Invalid(_("Numrene i raden hører til flere enheter: %s.") % ", ".join(sorted(u.name for u in matches)))
    unit = index.find(values)
    if unit is not None and unit.county_id != values["county_id"]:
        raise Invalid(_("Enheten er allerede kjent i et annet fylke, med samme nummer."))
    return unit


def _with_known_office(planned: list[_Planned], offices: set[str]) -> tuple[list[_Planned], list[RejectedUnit]]:
    """Part the rows whose Nav office is known, or who name none, from those naming an unknown one."""
    known, rejected = [], []
    for item in planned:
        code = (item.row.get("nav_kode") or "").strip()
        if code and code not in offices:
            sentence = _("Kolonnen nav_kode: det finnes ikke noe Nav-kontor med kode «%s».") % code
            rejected.append(RejectedUnit(item.number, sentence, item.row))
        else:
            known.append(item)
    return known, rejected


def _differs(unit: Unit, item: _Planned) -> bool:
    office = (item.row.get("nav_kode") or "").strip()
    if office and (unit.nav_office is None or unit.nav_office.code != office):
        return True
    return any(getattr(unit, name) != value for name, value in _given(item.values).items())


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that were filled in: an empty cell does not take away what is known."""
    return {name: value for name, value in values.items() if value not in ("", None)}


def _write(planned: list[_Planned], index: UnitIndex) -> None:
    """Write new and changed units, the Nav offices first so that districts can point at them."""
    for of_offices in (True, False):
        group = [item for item in planned if (item.values["kind"] == UnitKind.NAV_OFFICE) is of_offices]
        for item in group:
            code = (item.row.get("nav_kode") or "").strip()
            item.values["nav_office"] = index.by_code(UnitKind.NAV_OFFICE, code) if code else None
            if item.unit is not None and item.differs:
                for name, value in _given(item.values).items():
                    setattr(item.unit, name, value)
                item.unit.save()
        made = Unit.objects.bulk_create(Unit(**item.values) for item in group if item.unit is None)
        for unit in made:
            index.add(unit)
