"""Which unit a step's party is for one youth: who is meant by the school, the district or Nav."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q

from fotfeste.access import selectors as access
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.worklist import district_of
from fotfeste.collaboration.models import Record, RoutineChange
from fotfeste.collaboration.record_kinds import REVOKED
from fotfeste.collaboration.selectors import evidence
from fotfeste.collaboration.selectors.definitions import changes_of
from fotfeste.collaboration.selectors.plans import open_plan
from fotfeste.consent.selectors import covered_units
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people
from fotfeste.spec import implements

#: A release that covers any of these lets a unit take part in a step.
TAKING_PART = (Topic.MEETINGS, Topic.PLAN, Topic.MAPPING, Topic.MEASURES, Topic.NAV_STATE, Topic.STATUS)

_SCHOOLS = frozenset({UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY})


@dataclass(frozen=True)
class Surroundings:
    """
    The units around one youth on a day, and what is recorded of the youth; looked up when asked for, and once.

    It is for one move of the routines: whatever makes a record, or lets a unit in, is followed by another.
    """

    youth_id: int
    unit_id: int
    county_id: int
    on: date
    _read: dict[tuple[str, datetime], list[evidence.Record]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def person(self) -> frozenset[int]:
        """The youth, and those merged into them."""
        return frozenset(people.same_person_ids(youth_id=self.youth_id))

    @cached_property
    def changes(self) -> list[RoutineChange]:
        """What the county says otherwise of the routines."""
        return changes_of(county_id=self.county_id)

    def records(self, kind: str, since: datetime) -> list[evidence.Record]:
        """Return the records of a kind about the person made since, the oldest first."""
        if (kind, since) not in self._read:
            self._read[kind, since] = evidence.records_since(youth_ids=self.person, kinds=[kind], since=since)
        return self._read[kind, since]

    @cached_property
    def education_admin(self) -> Any:
        """The education administration of the county."""
        return units.education_admin_of(county_id=self.county_id)

    @cached_property
    def may_know(self) -> frozenset[int]:
        """The units the youth is open to at all: the one that answers, the county's own, and those with a grant."""
        granted = access.units_granted(youth_id=self.youth_id, topic=Topic.IDENTITY, on=self.on)
        return granted | {self.unit_id, self.education_admin.pk}

    @cached_property
    def covered(self) -> frozenset[int]:
        """The units the youth's release lets take part."""
        return covered_units(youth_id=self.youth_id, topics=TAKING_PART, on=self.on)

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
