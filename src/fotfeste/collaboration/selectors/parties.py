"""Which unit a step's party is for one youth: who is meant by the school, the district or Nav."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from fotfeste.casework.selectors.worklist import district_of
from fotfeste.collaboration.models import Record
from fotfeste.collaboration.record_kinds import REVOKED
from fotfeste.collaboration.selectors.plans import open_plan
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.spec import implements

_SCHOOLS = frozenset({UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY})


@dataclass(frozen=True)
class Surroundings:
    """The units around one youth on a day; looked up when asked for."""

    youth_id: int
    unit_id: int
    county_id: int
    on: date

    @cached_property
    def responsible(self) -> Any:
        """The unit that answers for the youth."""
        return units.unit_or_none(unit_id=self.unit_id)

    @cached_property
    def district(self) -> Any:
        """The district the youth lives in, as the case says; None when it is not to be told or not known."""
        if self.responsible is not None and self.responsible.kind == UnitKind.DISTRICT:
            return self.responsible
        return units.unit_with_code(kind=UnitKind.DISTRICT, code=district_of(youth_id=self.youth_id))

    @cached_property
    def nav_office(self) -> Any:
        """The Nav office that serves the district."""
        return self.district.nav_office if self.district is not None else None

    @cached_property
    def coordinator_unit(self) -> Any:
        """The unit that coordinates the youth's plan; None when there is no plan."""
        plan = open_plan(youth_id=self.youth_id)
        return plan.coordinator_unit if plan is not None else None

    def first_of(self, *kinds: UnitKind) -> Any:
        """
        Return the responsible unit when it is of a kind, else one that wrote or was written to of the youth, or the
        county's first of the first kind there is.
        """
        if self.responsible is not None and self.responsible.kind in kinds:
            return self.responsible
        wrote = Q(to_unit__kind__in=kinds) | Q(to_unit__isnull=False, by_unit__kind__in=kinds)
        sent = Record.objects.filter(wrote, youth_id=self.youth_id).exclude(answer=REVOKED)
        last = sent.select_related("to_unit", "by_unit").order_by("-made_at", "-pk").first()
        if last is not None and last.to_unit is not None:
            return last.to_unit if last.to_unit.kind in kinds else last.by_unit
        there = (units.units(kinds=(kind,), county_id=self.county_id, on=self.on).first() for kind in kinds)
        return next((each for each in there if each is not None), None)


def _school(around: Surroundings) -> Any:
    return around.responsible if around.responsible is not None and around.responsible.kind in _SCHOOLS else None


_UNITS: Mapping[str, Callable[[Surroundings], Any]] = {
    "school-counsellor": _school,
    "school": _school,
    "district-contact": lambda around: around.district,
    "district": lambda around: around.district,
    "nav-ot-responsible": lambda around: around.nav_office,
    "nav-adviser": lambda around: around.nav_office,
    "nav-office": lambda around: around.nav_office,
    "coordinator": lambda around: around.coordinator_unit,
    "uda": lambda around: units.education_admin_of(county_id=around.county_id),
    "apprenticeship-dept": lambda around: around.first_of(UnitKind.APPRENTICESHIP_DEPARTMENT),
    "adult-education": lambda around: around.first_of(UnitKind.ADULT_EDUCATION, UnitKind.SERVICE_CENTRE),
    "vo-service-centre": lambda around: around.first_of(UnitKind.SERVICE_CENTRE, UnitKind.ADULT_EDUCATION),
}


def known_parties() -> tuple[str, ...]:
    """Return the parties a unit can be found for."""
    return tuple(_UNITS)


def party_unit(party: str, around: Surroundings) -> Any:
    """Return the unit a party is for the youth; None when there is none, or it is not to be told."""
    return _UNITS[party](around)


@implements("amb-20")
def unit_of(*, parties: Iterable[str], around: Surroundings) -> int:
    """
    Return the unit whose turn it is: the one that answers for the youth when it is among the parties, else the first
    there is. Where nobody else is meant or known, it is the one that answers.

    :param parties: as a step names them.
    """
    if "owner" in (parties := tuple(parties)):
        return around.unit_id
    found = [_UNITS[each](around) for each in parties if each in _UNITS]
    there = [each.pk for each in found if each is not None]
    return around.unit_id if around.unit_id in there or not there else int(there[0])
