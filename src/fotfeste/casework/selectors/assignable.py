"""The units a youth may be assigned to."""

from datetime import date

from fotfeste.kernel import opaque
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units

#: Kinds in the order they are most often chosen, and whether a unit of it must be marked as taking responsibility.
_KINDS = {
    UnitKind.UPPER_SECONDARY: True,
    UnitKind.LOWER_SECONDARY: True,
    UnitKind.DISTRICT: True,
    UnitKind.APPRENTICESHIP_DEPARTMENT: False,
    UnitKind.ADULT_EDUCATION: False,
    UnitKind.SERVICE_CENTRE: False,
    UnitKind.EDUCATION_ADMIN: False,
}


def assignable_units(*, county_id: int, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the county's units that can answer for a youth, by kind, as the choices of a field."""
    found: dict[str, list[tuple[str, str]]] = {kind.value: [] for kind in _KINDS}
    for unit in units.units(county_id=county_id, on=on):
        kind = UnitKind(unit.kind)
        if kind in _KINDS and (unit.takes_responsibility or not _KINDS[kind]):
            found[kind.value].append((opaque.encode(unit.pk), unit.name))
    return [(str(UnitKind(kind).label), members) for kind, members in found.items() if members]
