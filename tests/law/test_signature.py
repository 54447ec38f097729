"""Equal signatures give equal decisions, and few signatures cover many youths."""

import dataclasses
import random
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fotfeste.law.districts import responsible_district, responsible_nav_office
from fotfeste.law.facts import (
    Activity,
    Application,
    Competence,
    Enrolment,
    EnrolmentEnd,
    EnrolmentKind,
    Level,
    MoreTrainingGround,
    Placement,
    RegisteredStatus,
    YouthFacts,
)
from fotfeste.law.guarantee import youth_guarantee
from fotfeste.law.membership import (
    belongs_on_follow_up_list,
    local_target_group,
    local_target_group_by,
    matched_groups,
    statutory_membership,
    statutory_membership_by,
)
from fotfeste.law.readings import PROPOSED, all_readings
from fotfeste.law.responsible_unit import responsible_unit, responsible_unit_by
from fotfeste.law.right import may_choose_adult_education, right_to_upper_secondary
from fotfeste.law.signature import signature
from tests.law.builders import AUTUMN, HORIZON

maybe = st.sampled_from([None, True, False])
day = st.dates(date(2021, 8, 1), date(2027, 7, 31))
CODES = ["OTUK", "OTAR", "OTEV", "OTFA_IM", "Feil", "ELVG_IM", "XXXX"]


@st.composite
def enrolments(draw) -> Enrolment:
    first_day = draw(day)
    length = draw(st.sampled_from([0, 20, 60, 130, 300, 700]))
    last_day = draw(st.sampled_from([None, first_day + timedelta(days=length)]))
    return Enrolment(
        kind=draw(st.sampled_from(EnrolmentKind)),
        first_day=first_day,
        last_day=last_day,
        unit_ref=draw(st.sampled_from([None, "A", "B"])),
        level=draw(st.sampled_from(Level)),
        is_vocational=draw(st.booleans()),
        is_private=draw(st.booleans()),
        in_county=draw(st.booleans()),
        takes_ot_responsibility=draw(st.booleans()),
        end_reason=draw(st.sampled_from(EnrolmentEnd)),
    )


youths = st.builds(
    YouthFacts,
    born=st.dates(date(1995, 1, 1), date(2012, 12, 31)),
    finished_compulsory=maybe,
    competence=st.sampled_from([Competence.NONE, Competence.NONE, Competence.STUDY]),
    has_right=maybe,
    has_lost_right=st.booleans(),
    has_used_requalification=st.booleans(),
    wants_requalification=st.booleans(),
    enrolments=st.lists(enrolments(), max_size=4).map(tuple),
    application=st.sampled_from(Application),
    application_next_year=st.sampled_from(Application),
    went_through_upper_secondary=st.booleans(),
    lacks_passed_subjects=st.booleans(),
    more_training_ground=st.sampled_from(MoreTrainingGround),
    activity=st.sampled_from(Activity),
    is_working=st.booleans(),
    outside_since=st.none() | day,
    status=st.none() | st.sampled_from(CODES).map(RegisteredStatus),
    was_member_earlier_in_school_year=st.booleans(),
    at_risk_of_leaving=st.booleans(),
    at_risk_of_no_apprenticeship=st.booleans(),
    registered_in_county=st.booleans(),
    stays_in_county=maybe,
    moved_in_on=st.none() | day,
    registered_district=st.sampled_from([None, "01", "02"]),
    stay_district=st.sampled_from([None, "01", "02"]),
    has_registered_point=st.booleans(),
    placement=st.sampled_from(Placement),
    has_institution_point=st.booleans(),
    jobseeker_registered_on=st.none() | day,
    need_established_on=st.none() | day,
    has_expressed_need=maybe,
)
on_days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
values = {reading.id: [value for value, _ in reading.allowed if value != "days"] for reading in all_readings().values()}
some_readings = st.fixed_dictionaries({key: st.sampled_from(allowed) for key, allowed in values.items()})


def another_person_alike(facts: YouthFacts, on: date, shift: int) -> YouthFacts:
    """Return facts about someone else: other days, other units, other districts."""
    step = timedelta(days=shift)
    renamed = {"A": "school-17", "B": "school-99", None: None, "01": "0301-01", "02": "0301-02"}

    def moved(item: Enrolment) -> Enrolment:
        last_day = item.last_day and max(item.first_day + step, item.last_day - step)
        unit = renamed[item.unit_ref]
        return dataclasses.replace(item, first_day=item.first_day + step, last_day=last_day, unit_ref=unit)

    return dataclasses.replace(
        facts,
        born=date(facts.born.year, facts.born.month, 15),
        enrolments=tuple(moved(item) for item in facts.enrolments),
        registered_district=renamed[facts.registered_district],
        stay_district=renamed[facts.stay_district],
        jobseeker_registered_on=facts.jobseeker_registered_on and facts.jobseeker_registered_on + step,
        moved_in_on=facts.moved_in_on and facts.moved_in_on + step,
    )


def everything_decided(facts: YouthFacts, on: date, readings=PROPOSED) -> tuple[object, ...]:
    return tuple(
        decide(facts, on, readings)
        for decide in (
            statutory_membership,
            local_target_group,
            belongs_on_follow_up_list,
            matched_groups,
            responsible_unit,
            responsible_district,
            responsible_nav_office,
            youth_guarantee,
            right_to_upper_secondary,
            may_choose_adult_education,
        )
    )


@settings(max_examples=400)
@given(facts=youths, on=on_days, shift=st.integers(0, 6), chosen=some_readings)
def test_equal_signatures_give_equal_decisions_and_reasons(facts, on, shift, chosen):
    other = another_person_alike(facts, on, shift)
    assume(signature(facts, on) == signature(other, on))
    readings = PROPOSED
    for reading_id, value in chosen.items():
        readings = readings.override(reading_id, value, first_day=HORIZON)
    assert everything_decided(facts, on, readings) == everything_decided(other, on, readings)


@settings(max_examples=200)
@given(facts=youths, on=on_days)
def test_a_decision_follows_from_the_signature_alone(facts, on):
    s, r = signature(facts, on), PROPOSED.on(on)
    assert statutory_membership(facts, on) == statutory_membership_by(s, r)
    assert local_target_group(facts, on) == local_target_group_by(s, r)
    assert responsible_unit(facts, on) == responsible_unit_by(s, r)


@given(facts=youths, on=on_days)
def test_every_sentence_can_be_written_out(facts, on):
    for item in matched_groups(facts, on):
        assert "{" not in item.reason.sentence()
        assert item.reason.reading is None or item.reason.reading in all_readings()
    for decision in (statutory_membership(facts, on), local_target_group(facts, on), responsible_unit(facts, on)):
        assert decision.reasons
        assert all(decision.sentences())
        assert all(reason.reading is None or reason.reading in all_readings() for reason in decision.reasons)


@given(facts=youths, on=on_days)
def test_the_local_group_takes_in_every_statutory_member(facts, on):
    if statutory_membership(facts, on).outcome == "in_ot":
        assert local_target_group(facts, on).outcome == "in_ot"


@given(facts=youths, on=on_days)
def test_an_enrolment_pointed_at_is_one_that_has_begun(facts, on):
    index = responsible_unit(facts, on).outcome.enrolment_index
    if index is not None:
        assert facts.enrolments[index].first_day <= on
        assert facts.enrolments[index].in_county


@given(facts=youths, on=on_days)
def test_signatures_and_facts_can_be_remembered(facts, on):
    assert hash(signature(facts, on)) == hash(signature(dataclasses.replace(facts), on))
    assert hash(facts) == hash(dataclasses.replace(facts))


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        pytest.param({"born": date(2007, 12, 30)}, False, id="another birthday in the same year and age"),
        pytest.param({"born": date(2008, 1, 1)}, True, id="another birth year"),
        pytest.param({"registered_district": "07"}, False, id="another district"),
        pytest.param({"stay_district": "07"}, True, id="a stay in another district"),
        pytest.param({"status": RegisteredStatus("OTOV")}, False, id="another code inside the target group"),
        pytest.param({"status": RegisteredStatus("OTFA_IM")}, True, id="a code outside it"),
    ],
)
def test_a_signature_is_as_coarse_as_the_rules_allow(change, differs):
    facts = YouthFacts(
        born=date(2007, 11, 30), registered_district="01", status=RegisteredStatus("OTUK"), finished_compulsory=True
    )
    assert (signature(dataclasses.replace(facts, **change), AUTUMN) != signature(facts, AUTUMN)) is differs


def test_a_county_s_youths_fall_on_few_signatures():
    chance = random.Random(7)
    found = set()
    for _ in range(20_000):
        born = date(chance.randint(2002, 2010), chance.randint(1, 12), chance.randint(1, 28))
        first_day = date(born.year + 16, 8, 15) + timedelta(days=chance.randint(0, 10))
        last_day = first_day + timedelta(days=chance.randint(1, 900))
        place = Enrolment(EnrolmentKind.PUPIL, first_day, last_day, f"school-{chance.randint(1, 40)}")
        known = {"application": chance.choice(list(Application)), "registered_district": f"{chance.randint(1, 15)}"}
        found.add(signature(YouthFacts(born=born, enrolments=(place,), **known), AUTUMN))
    assert len(found) < 600
