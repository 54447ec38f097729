"""Taking in a file of units from a county."""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import formats
from fotfeste.kernel.errors import Invalid
from fotfeste.organisations import policies
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import County, Unit
from fotfeste.organisations.services.unit_followers import Followed
from fotfeste.organisations.services.unit_rows import unit_values
from fotfeste.organisations.unit_columns import COLUMNS, MAY_LACK
from fotfeste.organisations.unit_index import UnitIndex


@dataclass(frozen=True, slots=True)
class RejectedUnit:
    """A row that was not taken in: where it stands in the file, and a sentence its sender understands."""

    number: int
    sentence: str
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing about a unit that becomes another: the field's name, as it is and as it will be."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """
    What a row does: makes a unit, or changes these things about one; a row that changes nothing has none.

    :ivar unit_id: of the unit that is changed, and ``code`` what it is called in the row, as a district is.
    """

    number: int
    name: str
    kind: str
    is_new: bool
    changes: tuple[Change, ...] = ()
    unit_id: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """
    What a file of units changed, or would change.

    :ivar units: the rows that make or change something.
    :ivar followed: what it means for the youths; None when nobody's answer rests on what changes.
    """

    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: tuple[RejectedUnit, ...]
    applied: bool
    units: tuple[PlannedUnit, ...] = ()
    followed: Followed | None = None

    @property
    def digest(self) -> str:
        """Tells two plans apart: what was shown, and what would be done now."""
        told = [
            [each.number, each.name, each.is_new, [[c.field, str(c.before), str(c.after)] for c in each.changes]]
            for each in self.units
        ]
        refused = [[each.number, each.sentence] for each in self.rejected]
        return hashlib.sha256(json.dumps([told, refused, repr(self.followed)]).encode()).hexdigest()


@dataclass(slots=True)
class _Planned:
    number: int
    row: Mapping[str, str]
    values: dict[str, Any]
    unit: Unit | None
    changes: tuple[Change, ...] = ()

    @property
    def planned(self) -> PlannedUnit:
        """Return what the row does."""
        return PlannedUnit(
            number=self.number,
            name=self.values["name"],
            kind=self.values["kind"],
            is_new=self.unit is None,
            changes=self.changes,
            unit_id=self.unit.pk if self.unit else None,
            code=self.values["code"],
        )


def read_unit_file(content: bytes) -> str:
    """
    Return the text of a file, in either of the two encodings spreadsheets write.

    :raises Invalid: it is no text, but a workbook or a picture.
    """
    if b"\0" in content or content.startswith(b"PK"):
        raise Invalid(_("Filen er ikke en CSV-fil. Lagre regnearket som CSV, og velg den."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_units(lines: TextIO) -> list[dict[str, str]]:
    """
    Return the rows of a file of units; the separator is whichever of semicolon, tab and comma the header uses.

    :raises Invalid: columns are missing.
    """
    header = lines.readline().lstrip("\ufeff").rstrip("\r\n")
    separator = max(";\t,", key=header.count)
    names = [name.strip().strip('"').lower() for name in header.split(separator)]
    missing = [name for name in COLUMNS if name not in names and name not in MAY_LACK]
    if missing:
        raise Invalid(_("Filen mangler kolonnene %s.") % ", ".join(missing))
    try:
        return list(csv.DictReader(lines, fieldnames=names, delimiter=separator))
    except csv.Error:
        raise Invalid(_("Filen kan ikke leses som CSV. Kontroller anførselstegn og skilletegn.")) from None


@transaction.atomic
def load_units(*, actor: Actor, rows: Iterable[Mapping[str, str]], source: str, apply: bool) -> UnitLoad:
    """
    Take in a county's units. The same file twice changes nothing; rows that are wrong are handed back.

    Called inside the actor's scope. An empty cell does not take away what is known of a unit.

    Units that are new or changed become the county's own: the data the product brings never overwrites them afterwards.

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
        item.changes = _changes(item.unit, item) if item.unit is not None else ()
        item.values |= {"source": source, "is_kept_locally": True}
    result = UnitLoad(
        rows=len(planned) + len(rejected) + len(unknown_office),
        new=sum(item.unit is None for item in planned),
        changed=sum(bool(item.changes) for item in planned),
        unchanged=sum(item.unit is not None and not item.changes for item in planned),
        rejected=tuple(sorted(rejected + unknown_office, key=lambda row: row.number)),
        applied=apply,
        units=tuple(item.planned for item in planned if item.unit is None or item.changes),
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
    if unit is not None and unit.first_day and values["last_day"] and values["last_day"] < unit.first_day:
        opens = formats.short_day(unit.first_day)
        raise Invalid(_("Kolonnen stengt_fra: enheten åpner først %s.") % opens)
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


def _changes(unit: Unit, item: _Planned) -> tuple[Change, ...]:
    found = [
        Change(name, getattr(unit, name), value) for name, value in _given(item).items() if getattr(unit, name) != value
    ]
    code, office = (item.row.get("nav_kode") or "").strip(), unit.nav_office
    if code and (office is None or office.code != code):
        found.append(Change("nav_office", office.code if office else "", code))
    return tuple(found)


# Answers that stand by themselves for a new unit where the cell is empty; of a known one they say nothing.
_ANSWERS = {"is_private": "privat", "takes_responsibility": "tar_ansvar", "last_day": "stengt_fra"}


def _given(item: _Planned) -> dict[str, Any]:
    """Return the values that were filled in: an empty cell does not take away what is known."""
    unsaid = {name for name, column in _ANSWERS.items() if not (item.row.get(column) or "").strip()}
    said = {name: value for name, value in item.values.items() if name in _ANSWERS or value not in ("", None)}
    return {name: value for name, value in said.items() if name not in unsaid}


def _write(planned: list[_Planned], index: UnitIndex) -> None:
    """Write new and changed units, the Nav offices first so that districts can point at them."""
    for of_offices in (True, False):
        group = [item for item in planned if (item.values["kind"] == UnitKind.NAV_OFFICE) is of_offices]
        for item in group:
            code = (item.row.get("nav_kode") or "").strip()
            item.values["nav_office"] = index.by_code(UnitKind.NAV_OFFICE, code) if code else None
            if item.unit is not None and item.changes:
                for name, value in _given(item).items():
                    setattr(item.unit, name, value)
                item.unit.save()
        made = Unit.objects.bulk_create(Unit(**item.values) for item in group if item.unit is None)
        for unit in made:
            index.add(unit)


def lock_unit(*, unit_id: int) -> Unit:
    """Return a unit, locked until the transaction ends, for what there is to be one of at a unit."""
    return Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
