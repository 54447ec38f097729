"""Units: schools, districts, Nav offices and the others."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from fotfeste.kernel.together import Rows, names_of, read_together
from fotfeste.kernel.written import Day, Number, Written
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.organisations.selectors.periods import Alphabetical, open_on
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class District:
    """
    A city district and the Nav office that serves it.

    :ivar takes_responsibility: false for Sentrum and Marka, which have no district council and so no contact.
    """

    unit_id: int
    code: str
    name: str
    nav_office_id: int | None
    nav_office_name: str
    takes_responsibility: bool


@dataclass(frozen=True, slots=True)
class UnitReferences:
    """
    Units by the numbers files know them by, read in one query.

    :ivar by_code: keyed on kind and code, as in ``("district", "030112")``.
    """

    by_org_number: dict[str, int]
    by_vigo_number: dict[str, int]
    by_code: dict[tuple[str, str], int]

    def responsible(self, number: str | None) -> int | None:
        """
        Return the unit a register names as responsible by some number of it.

        Districts and departments have neither a number in VIGO nor an organisation number of their own, only a code.
        """
        if not number:
            return None
        codes = (self.by_code.get((kind.value, number)) for kind in _KNOWN_BY_CODE)
        return self.by_vigo_number.get(number) or self.by_org_number.get(number) or next(filter(None, codes), None)


_KNOWN_BY_CODE = (UnitKind.DISTRICT, UnitKind.APPRENTICESHIP_DEPARTMENT)


def of_kind(*kinds: UnitKind) -> Q:
    """Return the condition that a unit is of one of the kinds; a school with two levels is of both."""
    return Q(kind__in=kinds) | Q(also_kind__in=kinds)


def units(
    *, kinds: tuple[UnitKind, ...] = (), county_id: Number | None = None, on: Day | None = None
) -> QuerySet[Unit]:
    """
    Return units by name in Norwegian order.

    :param kinds: none means all.
    :param on: leaves out units not open on the day.
    """
    found = Unit.objects.all()
    if kinds:
        found = found.filter(of_kind(*kinds))
    if county_id is not None:
        found = found.filter(county_id=county_id)
    if on is not None:
        found = found.filter(open_on(on))
    return found.order_by(Alphabetical("name"), "pk")


_AROUND = ("parent", "nav_office", "county")
_UNITS = Rows(Unit, "t.id = ANY (%(unit_ids)s)", "t.name, t.id", related=_AROUND, is_open=True)


def unit_or_none(*, unit_id: int) -> Unit | None:
    """Return the unit with its parent and Nav office, or None."""
    return units_by_id([unit_id]).get(unit_id)


def units_by_id(ids: Collection[int]) -> dict[int, Unit]:
    """Return some units by id, each with its parent and Nav office."""
    [rows] = read_together(_UNITS, values={"unit_ids": list(ids)}) if ids else [()]
    return {unit.pk: unit for unit in rows}


def districts_by_code(codes: Collection[str]) -> dict[str, Unit]:
    """Return the districts with some codes, each with its Nav office."""
    found = Unit.objects.select_related("nav_office").filter(kind=UnitKind.DISTRICT, code__in=codes)
    return {unit.code: unit for unit in found}


def unit_with_org_number(number: str) -> Unit | None:
    """Return the unit with the organisation number; None also for an empty one."""
    return Unit.objects.filter(org_number=number).first() if number else None


def unit_with_vigo_number(number: str) -> Unit | None:
    """Return the unit with the number VIGO knows it by; None also for an empty one."""
    return Unit.objects.filter(vigo_number=number).first() if number else None


def unit_with_code(*, kind: UnitKind, code: str) -> Unit | None:
    """Return the district or Nav office with the code."""
    return Unit.objects.filter(kind=kind, code=code).first() if code else None


def unit_references(*, county_id: int | None = None, on: date | None = None) -> UnitReferences:
    """
    Return all units, or a county's, by their numbers, for files with many rows.

    :param on: leaves out units not open on the day.
    """
    rows = Unit.objects.order_by("pk")
    if on is not None:
        rows = rows.filter(open_on(on))
    if county_id is not None:
        rows = rows.filter(county_id=county_id)
    found = UnitReferences({}, {}, {})
    for pk, kind, org_number, vigo_number, code in rows.values_list("pk", "kind", "org_number", "vigo_number", "code"):
        if org_number:
            found.by_org_number[org_number] = pk
        if vigo_number:
            found.by_vigo_number[vigo_number] = pk
        if code:
            found.by_code[kind, code] = pk
    return found


def unit_names(ids: Collection[int] | QuerySet[Any, int]) -> dict[int, str]:
    """Return the names of units by id; the ids may be a query of their own."""
    if isinstance(ids, QuerySet):
        return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))
    return names_of(Unit, ids)


def name_of(field: str) -> QuerySet[Unit, str]:
    """Return the name of the unit a field of another table points at, as part of a query of that table's."""
    return Unit.objects.filter(pk=OuterRef(field)).values_list("name", flat=True)


def unit_kinds(ids: set[int]) -> dict[int, str]:
    """Return what kind of unit each is, by id."""
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "kind"))


_ADMIN = Rows(
    Unit, f"t.county_id = %(county_id)s AND t.kind = '{UnitKind.EDUCATION_ADMIN}'", "t.name, t.id", is_open=True
)
_ADMINS = Written(
    lambda: Unit.objects.filter(kind=UnitKind.EDUCATION_ADMIN).values_list("county_id", "pk"), is_open=True
)


@implements("amb-15")
def education_admin_of(*, county_id: int) -> Unit:
    """
    Return the unit in which the county's service is run. Youths nobody else answers for stand there.

    :raises Unit.DoesNotExist: there is no such county.
    """
    [found] = read_together(_ADMIN, values={"county_id": county_id})
    if len(found) != 1:
        raise Unit.DoesNotExist(county_id)
    only: Unit = found[0]
    return only


def education_admins() -> dict[int, int]:
    """Return the id of the education administration by county number."""
    [rows] = read_together(_ADMINS, values={})
    return dict(rows)


def apprenticeship_department_of(*, county_id: int, on: date) -> Unit | None:
    """Return the county's department for vocational training, or None when it has none here."""
    return units(kinds=(UnitKind.APPRENTICESHIP_DEPARTMENT,), county_id=county_id, on=on).first()


_DISTRICTS = Rows(
    Unit,
    f"'{UnitKind.DISTRICT}' IN (t.kind, t.also_kind) AND t.county_id = ANY (%(county_ids)s)"
    " AND daterange(t.first_day, t.last_day, '[]') @> %(on)s",
    "t.county_id, t.code",
    related=("nav_office",),
    is_open=True,
)


def districts(*, county_id: int, on: date) -> list[District]:
    """Return the county's districts by code, each with the Nav office that serves it."""
    [rows] = read_together(_DISTRICTS, values={"county_ids": [county_id], "on": on})
    return [
        District(
            unit_id=unit.pk,
            code=unit.code,
            name=unit.name,
            nav_office_id=unit.nav_office_id,
            nav_office_name=unit.nav_office.name if unit.nav_office else "",
            takes_responsibility=unit.takes_responsibility,
        )
        for unit in rows
    ]


def counties_with_units_opening(*, on: date) -> set[int]:
    """Return the counties in which a unit opens on the day."""
    return set(Unit.objects.filter(first_day=on).values_list("county_id", flat=True))


def district_names(*, county_ids: Collection[int], on: date) -> list[tuple[str, str]]:
    """Return code and name of the districts of some counties, county by county."""
    [rows] = read_together(_DISTRICTS, values={"county_ids": list(county_ids), "on": on})
    return [(unit.code, unit.name) for unit in rows]


def units_served_by(*, unit_id: int, on: date) -> QuerySet[Unit]:
    """Return the districts a Nav office serves."""
    return units(on=on).filter(nav_office_id=unit_id)


def units_under(*, unit_id: int, on: date) -> QuerySet[Unit]:
    """Return the units that are parts of a unit."""
    return units(on=on).filter(parent_id=unit_id)
