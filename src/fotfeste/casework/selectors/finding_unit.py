"""From the rule's answer ("the latest enrolment", "nearest to the registered address") to a unit."""

from dataclasses import dataclass, field
from datetime import date

from fotfeste.casework.selectors.facts import CaseFacts
from fotfeste.law.nearest import SchoolLevel, nearest_many
from fotfeste.law.outcomes import By, UnitChoice, UnitKind
from fotfeste.organisations.enums import UnitKind as OurUnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.nearest import NearestSchools, nearest_schools
from fotfeste.organisations.selectors.periods import is_open_on
from fotfeste.people.selectors.for_law import Point
from fotfeste.spec import implements


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


@dataclass(slots=True)
class UnitFinder:
    """Finds units on a day. Remembers the schools it has read, for those who look for many."""

    on: date
    _schools: dict[tuple[SchoolLevel, int], NearestSchools] = field(default_factory=dict)

    def find(self, case: CaseFacts, choice: UnitChoice) -> FoundUnit:
        """Return the unit a rule's choice means for this youth."""
        return self._find(case, choice, choice.by)

    def propose(self, case: CaseFacts, choice: UnitChoice) -> FoundUnit:
        """Return the unit the rules propose to whoever must decide, when they propose one."""
        return self._find(case, choice, choice.proposal) if choice.proposal else NOT_FOUND

    def _find(self, case: CaseFacts, choice: UnitChoice, by: By) -> FoundUnit:
        person = case.person
        if by in {By.CURRENT_SCHOOL, By.LATEST_ENROLMENT, By.LEFT_LOWER_SECONDARY}:
            return FoundUnit(person.school_ids[choice.enrolment_index] if choice.enrolment_index is not None else None)
        if by is By.APPRENTICESHIP_DEPARTMENT:
            department = units.apprenticeship_department_of(county_id=person.county_id, on=self.on)
            return FoundUnit(department.pk if department else None)
        if by is By.DISTRICT_OF_STAY:
            return _district(person.stay_district, self.on)
        if by is By.DISTRICT_OF_REGISTERED_ADDRESS:
            return _district(person.registered_district, self.on)
        if by is By.NEAREST_TO_REGISTERED_ADDRESS:
            return self._nearest(person.registered_point, choice, person.county_id)
        if by is By.NEAREST_TO_INSTITUTION:
            return self._nearest(person.institution_point, choice, person.county_id)
        return NOT_FOUND

    @implements("amb-24")
    def _nearest(self, point: Point | None, choice: UnitChoice, county_id: int) -> FoundUnit:
        is_lower = choice.unit_kind is UnitKind.LOWER_SECONDARY
        level = SchoolLevel.LOWER_SECONDARY if is_lower else SchoolLevel.UPPER_SECONDARY
        if (level, county_id) not in self._schools:
            self._schools[level, county_id] = nearest_schools(level=level, county_id=county_id, on=self.on)
        there = self._schools[level, county_id]
        if point is None or not len(there.candidates):
            return NOT_FOUND
        chosen, metres = nearest_many([point.latitude], [point.longitude], there.candidates)
        return FoundUnit(int(there.unit_ids[int(chosen[0])]), round(float(metres[0])), there.candidates.data_version)


def _district(code: str | None, on: date) -> FoundUnit:
    district = units.unit_with_code(kind=OurUnitKind.DISTRICT, code=code or "")
    answers = district is not None and district.takes_responsibility and is_open_on(district, on)
    return FoundUnit(district.pk if district and answers else None)
