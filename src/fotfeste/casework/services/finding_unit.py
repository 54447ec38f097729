"""From the rule's answer ("the latest enrolment", "nearest to the registered address") to a unit."""

from dataclasses import dataclass
from datetime import date

from fotfeste.casework.selectors.facts import CaseFacts
from fotfeste.law.nearest import SchoolLevel, nearest_many
from fotfeste.law.outcomes import By, UnitChoice
from fotfeste.law.outcomes import UnitKind as LawUnitKind
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.nearest import nearest_schools
from fotfeste.people.selectors.for_law import Point
from fotfeste.spec import implements

_UPPER = SchoolLevel.UPPER_SECONDARY


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """
    The unit a choice means.

    :ivar unit_id: None when no unit could be found, so that the education administration must decide.
    :ivar distance_metres: along the sphere, when the nearest was chosen; with the version of the schools' data.
    """

    unit_id: int | None
    distance_metres: int | None = None
    data_version: str = ""


NOT_FOUND = FoundUnit(None)


def find_unit(*, case: CaseFacts, choice: UnitChoice, on: date) -> FoundUnit:
    """Return the unit a rule's choice means for this youth."""
    return _find(case, choice, choice.by, on)


def find_proposal(*, case: CaseFacts, choice: UnitChoice, on: date) -> FoundUnit:
    """Return the unit the rules propose to whoever must decide, when they propose one."""
    return _find(case, choice, choice.proposal, on) if choice.proposal else NOT_FOUND


def _find(case: CaseFacts, choice: UnitChoice, by: By, on: date) -> FoundUnit:
    person = case.person
    if by in {By.CURRENT_SCHOOL, By.LATEST_ENROLMENT, By.LEFT_LOWER_SECONDARY}:
        return FoundUnit(person.school_ids[choice.enrolment_index] if choice.enrolment_index is not None else None)
    if by is By.APPRENTICESHIP_DEPARTMENT:
        department = units.apprenticeship_department_of(county_id=person.county_id, on=on)
        return FoundUnit(department.pk if department else None)
    if by is By.DISTRICT_OF_STAY:
        return _district(person.stay_district)
    if by is By.DISTRICT_OF_REGISTERED_ADDRESS:
        return _district(person.registered_district)
    if by is By.NEAREST_TO_REGISTERED_ADDRESS:
        return _nearest(person.registered_point, choice, person.county_id, on)
    if by is By.NEAREST_TO_INSTITUTION:
        return _nearest(person.institution_point, choice, person.county_id, on)
    return NOT_FOUND


def _district(code: str | None) -> FoundUnit:
    district = units.unit_with_code(kind=UnitKind.DISTRICT, code=code or "")
    return FoundUnit(district.pk if district and district.takes_responsibility else None)


@implements("amb-24")
def _nearest(point: Point | None, choice: UnitChoice, county_id: int, on: date) -> FoundUnit:
    level = SchoolLevel.LOWER_SECONDARY if choice.unit_kind is LawUnitKind.LOWER_SECONDARY else _UPPER
    there = nearest_schools(level=level, county_id=county_id, on=on)
    if point is None or not len(there.candidates):
        return NOT_FOUND
    chosen, metres = nearest_many([point.latitude], [point.longitude], there.candidates)
    return FoundUnit(int(there.unit_ids[int(chosen[0])]), round(float(metres[0])), there.candidates.data_version)
