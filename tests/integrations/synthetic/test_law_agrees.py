"""What the files say of responsibility and membership is what the law package decides from the same facts."""

from collections import Counter
from datetime import date
from itertools import count, pairwise

import pytest

from fotfeste.integrations.synthetic import person as told
from fotfeste.integrations.synthetic.numbers import IdentityNumbers
from fotfeste.integrations.synthetic.person import Person
from fotfeste.integrations.synthetic.population import CountyPopulation
from fotfeste.integrations.synthetic.sizes import plans_for
from fotfeste.integrations.synthetic.year import SeenOn
from fotfeste.law.facts import Competence, Enrolment, EnrolmentEnd, EnrolmentKind, Placement, YouthFacts
from fotfeste.law.membership import statutory_membership
from fotfeste.law.outcomes import Membership
from fotfeste.law.responsible_unit import responsible_unit

SEEN_ON = date(2026, 11, 23)
KINDS = {
    told.PUPIL: EnrolmentKind.PUPIL,
    told.APPRENTICE: EnrolmentKind.APPRENTICE,
    told.COMPULSORY: EnrolmentKind.LOWER_SECONDARY,
    told.PREPARATORY: EnrolmentKind.PREPARATORY_YOUTH,
    told.VOV: EnrolmentKind.VO_VOV,
    told.VO_VOCATIONAL: EnrolmentKind.VO_VOCATIONAL,
    told.FOV: EnrolmentKind.VO_FOV,
}
ENDS = {
    told.QUIT: EnrolmentEnd.QUIT,
    told.EXPELLED: EnrolmentEnd.EXPELLED,
    told.TERMINATED: EnrolmentEnd.CONTRACT_TERMINATED,
    told.FINISHED: EnrolmentEnd.COMPLETED,
    told.YEAR_ENDED: EnrolmentEnd.YEAR_ENDED,
    told.CHANGED_SCHOOL: EnrolmentEnd.TRANSFERRED,
    "": EnrolmentEnd.UNKNOWN,
}


def facts_of(person: Person, county: str) -> YouthFacts:
    has_competence = any(spell.completed for spell in person.spells)
    return YouthFacts(
        born=person.born,
        finished_compulsory=person.finished_compulsory,
        competence=Competence.STUDY if has_competence else Competence.NONE,
        enrolments=tuple(
            Enrolment(
                kind=KINDS[spell.kind],
                first_day=spell.starts,
                last_day=spell.ends,
                unit_ref=spell.school.org_number,
                is_private=spell.school.is_private,
                in_county=spell.school.county == county,
                takes_ot_responsibility=spell.school.takes_responsibility,
                end_reason=ENDS[spell.end_reason],
            )
            for spell in person.spells
        ),
        moved_in_on=person.moved_in_on,
        registered_district=person.address.district if person.address else None,
        has_registered_point=person.address is not None,
        stay_district=person.stay_at.district if person.stay_at else None,
        stays_in_county=True if person.stay_at else None,
        placement=Placement.IN_COUNTY if person.institution_at else Placement.NONE,
        has_institution_point=person.institution_at is not None,
    )


@pytest.fixture(scope="module", params=["03", "46"])
def people(request: pytest.FixtureRequest) -> tuple[str, list[Person]]:
    plan = plans_for("6000", request.param)[0]
    return request.param, list(CountyPopulation(plan, SeenOn(SEEN_ON), IdentityNumbers(1), count(1), 1))


def test_the_rule_named_for_each_youth_is_the_one_the_law_chooses(people):
    county, everyone = people
    differing = Counter(
        (person.case.rule, decided.rule, person.hard_case and person.hard_case["key"])
        for person in everyone
        if person.case and person.case.is_open
        if (decided := responsible_unit(facts_of(person, county), SEEN_ON).outcome).rule != person.case.rule
    )
    assert not differing


def test_nobody_is_in_two_educations_at_once_or_in_one_that_has_not_begun(people):
    _, everyone = people
    for person in everyone:
        spells = sorted(person.spells, key=lambda spell: spell.starts)
        for earlier, later in pairwise(spells):
            assert earlier.ends is not None
            assert earlier.ends < later.starts
        assert spells[-1].starts <= SEEN_ON


def test_the_school_named_for_a_former_pupil_is_the_last_one(people):
    county, everyone = people
    for person in everyone:
        if person.case and person.case.is_open and person.case.rule == "unit-vgs-former":
            facts = facts_of(person, county)
            index = responsible_unit(facts, SEEN_ON).outcome.enrolment_index
            assert index is not None
            assert facts.enrolments[index].unit_ref == person.case.responsible.org_number


def test_everybody_with_unknown_activity_belongs_to_the_service_by_law(people):
    county, everyone = people
    unknown = [p for p in everyone if p.case and p.case.is_open and p.case.status == "OTUK"]
    outcomes = Counter(statutory_membership(facts_of(person, county), SEEN_ON).outcome for person in unknown)
    assert outcomes == {Membership.IN_OT: len(unknown)}


def test_nobody_outside_the_register_belongs_to_the_service_by_law(people):
    county, everyone = people
    outside = [person for person in everyone if person.case is None and not person.hard_case]
    outcomes = Counter(statutory_membership(facts_of(person, county), SEEN_ON).outcome for person in outside)
    assert outcomes == {Membership.NOT_IN_OT: len(outside)}
    assert len(outside) > 3_000
