"""Which unit a step's party is for one youth: who is meant by the school, the district or Nav."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from fotfeste.collaboration.models import RoutineChange
from fotfeste.collaboration.selectors import evidence
from fotfeste.collaboration.selectors.youth_sets import YouthSet
from fotfeste.organisations.enums import UnitKind
from fotfeste.spec import implements

_SCHOOLS = frozenset({UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY})


@dataclass(frozen=True)
class Surroundings:
    """
    The units around one youth on a day, and what is recorded of the youth; looked up when asked for, and once.

    It is for one move of the routines: whatever makes a record, or lets a unit in, is followed by another.

    :ivar among: those it is looked up together with; nobody unless given.
    """

    youth_id: int
    unit_id: int
    county_id: int
    on: date
    among: YouthSet | None = field(default=None, compare=False, repr=False)

    @cached_property
    def _all(self) -> YouthSet:
        return self.among or YouthSet(frozenset({self.youth_id}), frozenset({self.unit_id}), self.on)

    @property
    def person(self) -> frozenset[int]:
        """The youth, and those merged into them."""
        return self._all.persons[self.youth_id]

    @property
    def changes(self) -> list[RoutineChange]:
        """What the county says otherwise of the routines."""
        return self._all.changes(self.county_id)

    def records(self, kind: str, since: datetime) -> list[evidence.Record]:
        """Return the records of a kind about the person made since, the oldest first."""
        return self._all.records(self.youth_id, kind, since)

    @property
    def education_admin(self) -> Any:
        """The education administration of the county."""
        return self._all.education_admin(self.county_id)

    @cached_property
    def may_know(self) -> frozenset[int]:
        """The units the youth is open to at all: the one that answers, the county's own, and those with a grant."""
        return self._all.granted.get(self.youth_id, frozenset()) | {self.unit_id, self.education_admin.pk}

    @property
    def covered(self) -> frozenset[int]:
        """The units the youth's release lets take part."""
        return self._all.covered.get(self.youth_id, frozenset())

    @property
    def responsible(self) -> Any:
        """The unit that answers for the youth."""
        return self._all.responsible.get(self.unit_id)

    @property
    def district(self) -> Any:
        """The district the youth lives in, as the case says; None when it is not to be told or not known."""
        if self.responsible is not None and self.responsible.kind == UnitKind.DISTRICT:
            return self.responsible
        return self._all.districts.get(self.youth_id)

    @property
    def nav_office(self) -> Any:
        """The Nav office that serves the district."""
        return self.district.nav_office if self.district is not None else None

    @property
    def coordinator_unit(self) -> Any:
        """The unit that coordinates the youth's plan; None when there is no plan."""
        return self._all.coordinators.get(self.youth_id)

    def first_of(self, *kinds: UnitKind) -> Any:
        """
        Return the responsible unit when it is of a kind, else one that wrote or was written to of the youth, or the
        county's first of the first kind there is.
        """
        if self.responsible is not None and self.responsible.kind in kinds:
            return self.responsible
        for row in self._all.sent.get(self.youth_id, ()):
            there = next((each for each in (row.to_unit, row.by_unit) if each is not None and each.kind in kinds), None)
            if there is not None:
                return there
        return self._all.first_open(self.county_id, kinds)


def surroundings_of(youths: Iterable[Any], *, on: date) -> dict[int, Surroundings]:
    """Return the surroundings of some youths by id, to be looked up together."""
    found = list(youths)
    among = YouthSet(frozenset(youth.pk for youth in found), frozenset(youth.unit_id for youth in found), on)
    return {youth.pk: Surroundings(youth.pk, youth.unit_id, youth.county_id, on, among) for youth in found}


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
    "uda": lambda around: around.education_admin,
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
