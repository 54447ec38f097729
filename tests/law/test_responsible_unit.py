"""Which unit is responsible, by the examples and edge cases of the specification."""

from datetime import date

import pytest

from fotfeste.law.facts import EnrolmentKind, Placement
from fotfeste.law.outcomes import By, UnitChoice, UnitKind
from fotfeste.law.readings import PROPOSED
from fotfeste.law.responsible_unit import responsible_unit
from tests.law.builders import (
    AUTUMN,
    Application,
    EnrolmentEnd,
    YouthFacts,
    apprentice,
    enrolled,
    lower,
    pupil,
    reading,
    youth,
)


def chosen(facts: YouthFacts, on: date = AUTUMN, readings=PROPOSED) -> tuple[str | None, By, int | None]:
    choice = responsible_unit(facts, on, readings).outcome
    return choice.rule, choice.by, choice.enrolment_index


BORN = date(2009, 4, 1)
NEWBORN_LEAVER = date(2010, 4, 1)


# ------------------------------------------------------------------ 1 pupil status
@pytest.mark.proves("unit-pupil-status", "rule-pupil-status-responsibility")
def test_a_pupil_in_contact_with_nav_is_still_the_counsellor_s():
    facts = youth(BORN, pupil(), jobseeker_registered_on=date(2026, 9, 1), need_established_on=date(2026, 10, 1))
    assert chosen(facts) == ("unit-pupil-status", By.CURRENT_SCHOOL, 0)


@pytest.mark.proves("unit-pupil-status")
def test_who_answers_for_a_private_school_pupil_is_not_stated():
    facts = youth(BORN, pupil(is_private=True))
    assert chosen(facts) == ("unit-pupil-status", By.UNDECIDED, None)
    assert chosen(facts, AUTUMN, reading("unit-pupil-status", "current_school"))[1] is By.CURRENT_SCHOOL


@pytest.mark.proves("unit-pupil-status")
def test_a_pupil_at_a_school_in_another_county_is_left_to_a_person():
    assert chosen(youth(BORN, pupil(in_county=False)))[1] is By.UNDECIDED


# ------------------------------------------------------------------ 5 apprentices
@pytest.mark.proves("unit-apprentice")
def test_the_department_answers_while_the_contract_runs_and_the_district_after():
    facts = youth(date(2007, 4, 1), apprentice(date(2025, 9, 1), date(2027, 2, 1)), registered_district="01")
    assert chosen(facts, date(2027, 2, 1)) == ("unit-apprentice", By.APPRENTICESHIP_DEPARTMENT, 0)
    assert chosen(facts, date(2027, 2, 2)) == ("unit-apprentice", By.DISTRICT_OF_REGISTERED_ADDRESS, None)


@pytest.mark.proves("unit-apprentice")
def test_an_apprentice_at_risk_is_the_department_s_by_default():
    facts = youth(date(2007, 4, 1), apprentice(), at_risk_of_leaving=True, registered_district="01")
    assert chosen(facts)[1] is By.APPRENTICESHIP_DEPARTMENT


@pytest.mark.proves("unit-apprentice")
def test_a_former_apprentice_with_no_known_district_is_left_to_a_person():
    facts = youth(date(2007, 4, 1), apprentice(date(2025, 9, 1), date(2026, 9, 1)))
    assert chosen(facts) == ("unit-apprentice", By.UNDECIDED, None)


# ------------------------------------------------------------------ 6 adult education
@pytest.mark.proves("unit-vo")
def test_an_adult_participant_who_leaves_is_the_district_s():
    facts = youth(
        date(2006, 4, 1), enrolled(EnrolmentKind.VO_VOV, date(2026, 8, 17), date(2026, 10, 1)), stay_district="02"
    )
    assert chosen(facts) == ("unit-vo", By.DISTRICT_OF_STAY, None)


@pytest.mark.proves("unit-vo", "amb-32")
def test_the_district_also_answers_for_one_still_there_though_schools_have_duties_too():
    facts = youth(date(2006, 4, 1), enrolled(EnrolmentKind.VO_FOV, date(2026, 8, 17)), registered_district="02")
    assert chosen(facts)[1] is By.DISTRICT_OF_REGISTERED_ADDRESS
    assert chosen(facts, AUTUMN, reading("amb-32", "undecided"))[1] is By.UNDECIDED


# ------------------------------------------------------------------ 10 child welfare
@pytest.mark.proves("unit-child-welfare", "amb-25", "avt-school-child-welfare")
def test_one_placed_in_another_part_of_the_city_is_the_school_s_nearest_to_the_institution():
    facts = youth(BORN, pupil(date(2025, 8, 18), date(2026, 10, 1)), placement=Placement.IN_COUNTY)
    assert chosen(facts) == ("unit-child-welfare", By.NEAREST_TO_INSTITUTION, None)


@pytest.mark.proves("unit-child-welfare", "amb-25")
@pytest.mark.parametrize(
    ("known", "readings", "by"),
    [
        pytest.param(
            {"placement": Placement.IN_COUNTY},
            "registered_address",
            By.NEAREST_TO_REGISTERED_ADDRESS,
            id="to the address by another reading",
        ),
        pytest.param(
            {"placement": Placement.OUTSIDE_COUNTY}, "institution", By.UNDECIDED, id="institution outside Oslo"
        ),
        pytest.param(
            {"placement": Placement.IN_COUNTY, "has_institution_point": False},
            "institution",
            By.UNDECIDED,
            id="the institution has no known point",
        ),
    ],
)
def test_nearest_for_a_placed_youth_is_a_reading(known, readings, by):
    assert chosen(youth(BORN, **known), AUTUMN, reading("amb-25", readings))[1] is by


@pytest.mark.proves("unit-child-welfare")
def test_the_reasons_for_a_placed_youth_do_not_name_the_institution():
    decision = responsible_unit(youth(BORN, placement=Placement.IN_COUNTY), AUTUMN)
    assert all(reason.facts == () for reason in decision.reasons)


# ------------------------------------------------------------------ 15 and 20 lower secondary
@pytest.mark.proves("unit-private-lower-secondary", "avt-school-private-lower-secondary")
def test_one_who_left_a_private_tenth_grade_without_applying_is_the_nearest_lower_secondary_s():
    facts = youth(NEWBORN_LEAVER, lower(is_private=True), application=Application.NOT_APPLIED)
    choice = responsible_unit(facts, date(2026, 9, 1)).outcome
    assert choice == UnitChoice(
        UnitKind.LOWER_SECONDARY, By.NEAREST_TO_REGISTERED_ADDRESS, rule="unit-private-lower-secondary"
    )


@pytest.mark.proves("unit-private-lower-secondary")
@pytest.mark.parametrize(
    ("last_day", "rule"),
    [
        pytest.param(date(2026, 9, 30), "unit-private-lower-secondary", id="started and stopped by 1 October"),
        pytest.param(date(2026, 10, 2), "unit-vgs-former", id="stopped after 1 October"),
    ],
)
def test_the_count_date_decides_for_leavers_of_private_schools_too(last_day, rule):
    facts = youth(NEWBORN_LEAVER, lower(is_private=True), pupil(date(2026, 8, 17), last_day))
    assert chosen(facts)[0] == rule


@pytest.mark.proves("unit-private-lower-secondary")
def test_a_private_leaver_without_a_known_address_point_is_left_to_a_person():
    facts = youth(NEWBORN_LEAVER, lower(is_private=True), has_registered_point=False)
    assert chosen(facts) == ("unit-private-lower-secondary", By.UNDECIDED, None)


@pytest.mark.proves("unit-lower-secondary", "amb-23", "avt-school-lower-secondary")
def test_one_who_starts_vg1_in_august_and_stops_on_10_september_is_lower_secondary_s():
    facts = youth(NEWBORN_LEAVER, lower(), pupil(date(2026, 8, 17), date(2026, 9, 10)))
    assert chosen(facts) == ("unit-lower-secondary", By.LEFT_LOWER_SECONDARY, 0)


@pytest.mark.proves("unit-lower-secondary", "amb-23")
@pytest.mark.parametrize(
    ("on", "value", "by"),
    [
        pytest.param(
            date(2030, 3, 1), "until_other_rule", By.LEFT_LOWER_SECONDARY, id="kept until another rule matches"
        ),
        pytest.param(date(2027, 7, 31), "one_school_year", By.LEFT_LOWER_SECONDARY, id="one school year, its last day"),
        pytest.param(date(2027, 8, 1), "one_school_year", By.UNDECIDED, id="one school year, the day after"),
    ],
)
def test_how_long_lower_secondary_keeps_the_youth_is_a_reading(on, value, by):
    facts = youth(NEWBORN_LEAVER, lower(), application=Application.NOT_APPLIED)
    assert chosen(facts, on, reading("amb-23", value))[1] is by


# ------------------------------------------------------------------ 25 count date
@pytest.mark.proves("unit-count-date", "dl-count-date")
@pytest.mark.parametrize(
    ("last_day", "value", "by"),
    [
        pytest.param(date(2026, 9, 30), "end_of_day", By.LEFT_LOWER_SECONDARY, id="stops 30 September"),
        pytest.param(date(2026, 10, 1), "end_of_day", By.LEFT_LOWER_SECONDARY, id="stops on 1 October"),
        pytest.param(date(2026, 10, 1), "during_day", By.LATEST_ENROLMENT, id="stops on 1 October, read by the day"),
        pytest.param(date(2026, 10, 2), "end_of_day", By.LATEST_ENROLMENT, id="enrolled on 1 October, stops 2 October"),
    ],
)
def test_the_count_date_separates_lower_from_upper_secondary(last_day, value, by):
    facts = youth(NEWBORN_LEAVER, lower(), pupil(date(2026, 8, 17), last_day, unit_ref="B"))
    assert chosen(facts, AUTUMN, reading("dl-count-date", value))[1] is by


@pytest.mark.proves("unit-count-date")
def test_the_reason_says_that_the_count_date_moved_the_responsibility():
    facts = youth(NEWBORN_LEAVER, lower(), pupil(date(2026, 8, 17), date(2026, 10, 2)))
    rules = [reason.rule for reason in responsible_unit(facts, AUTUMN).reasons]
    assert rules == ["unit-count-date", "unit-vgs-former"]


@pytest.mark.proves("unit-count-date", "amb-48")
def test_on_the_day_of_the_transfer_the_count_date_has_not_been_yet():
    facts = youth(NEWBORN_LEAVER, lower(), application=Application.NOT_ACCEPTED)
    assert chosen(facts, date(2026, 9, 25))[1] is By.LEFT_LOWER_SECONDARY


# ------------------------------------------------------------------ 30 former upper secondary
@pytest.mark.proves("unit-vgs-former", "amb-22", "avt-school-vgs-former")
@pytest.mark.parametrize(
    ("value", "index"),
    [
        pytest.param("latest_enrolment", 1, id="the last school is B"),
        pytest.param("count_date_school", 0, id="the count date says A"),
    ],
)
def test_one_at_a_on_1_october_who_moves_to_b_and_leaves_in_march(value, index):
    facts = youth(
        BORN,
        pupil(date(2026, 8, 17), date(2026, 11, 8), EnrolmentEnd.TRANSFERRED, unit_ref="A"),
        pupil(date(2026, 11, 9), date(2027, 3, 5), unit_ref="B"),
    )
    assert chosen(facts, date(2027, 3, 8), reading("amb-22", value)) == ("unit-vgs-former", By.LATEST_ENROLMENT, index)


@pytest.mark.proves("unit-vgs-former")
def test_one_who_changes_school_before_1_october_is_the_new_school_s():
    facts = youth(
        BORN,
        pupil(date(2026, 8, 17), date(2026, 9, 10), EnrolmentEnd.TRANSFERRED, unit_ref="A"),
        pupil(date(2026, 9, 11), date(2026, 10, 20), unit_ref="B"),
    )
    assert chosen(facts)[2] == 1


@pytest.mark.proves("unit-vgs-former")
@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"unit_ref": None}, id="the school is unknown"),
        pytest.param({"takes_ot_responsibility": False}, id="the school is closed or takes no responsibility"),
    ],
)
def test_a_school_that_cannot_answer_leaves_the_choice_to_a_person(said):
    assert chosen(youth(BORN, pupil(date(2025, 8, 18), date(2026, 10, 20), **said)))[1] is By.UNDECIDED


# ------------------------------------------------------------------ 35 private upper secondary
@pytest.mark.proves("unit-private-upper-secondary", "amb-26")
def test_one_who_leaves_a_private_school_in_november_is_proposed_for_the_nearest_school():
    facts = youth(BORN, pupil(date(2026, 8, 17), date(2026, 11, 1), is_private=True))
    choice = responsible_unit(facts, AUTUMN).outcome
    assert (choice.unit_kind, choice.proposal) == (UnitKind.UNDECIDED, By.NEAREST_TO_REGISTERED_ADDRESS)
    assert chosen(facts, AUTUMN, reading("amb-26", "nearest"))[1] is By.NEAREST_TO_REGISTERED_ADDRESS


@pytest.mark.proves("unit-private-upper-secondary", "amb-26")
def test_an_earlier_public_school_does_not_count_after_a_private_one():
    facts = youth(
        BORN,
        pupil(date(2025, 8, 18), date(2026, 6, 19), EnrolmentEnd.YEAR_ENDED),
        pupil(date(2026, 8, 17), date(2026, 11, 1), is_private=True),
    )
    assert chosen(facts)[0] == "unit-private-upper-secondary"


# ------------------------------------------------------------------ 40 moved in
@pytest.mark.proves("unit-moved-to-oslo", "avt-school-moved-to-oslo")
@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(youth(date(2007, 4, 1), moved_in_on=date(2026, 10, 1)), id="19, registers an address in Oslo"),
        pytest.param(
            youth(NEWBORN_LEAVER, lower(in_county=False), moved_in_on=date(2026, 7, 1)),
            id="16, moves in straight from lower secondary elsewhere",
        ),
        pytest.param(
            youth(BORN, pupil(date(2025, 8, 18), date(2026, 6, 19), in_county=False), moved_in_on=date(2026, 7, 1)),
            id="a pupil from a school in another county",
        ),
    ],
)
def test_one_who_moves_in_without_an_oslo_school_is_the_nearest_school_s(facts):
    assert chosen(facts) == ("unit-moved-to-oslo", By.NEAREST_TO_REGISTERED_ADDRESS, None)


@pytest.mark.proves("unit-moved-to-oslo", "amb-27")
def test_one_staying_in_oslo_but_registered_elsewhere_is_assigned_by_hand():
    facts = youth(date(2007, 4, 1), registered_in_county=False, stays_in_county=True, moved_in_on=date(2026, 10, 1))
    decision = responsible_unit(facts, AUTUMN)
    assert decision.outcome.by is By.UNDECIDED
    assert decision.reasons[-1].reading == "amb-27"


@pytest.mark.proves("unit-moved-to-oslo", "unit-vgs-former")
def test_an_earlier_oslo_pupil_who_moved_out_and_came_back_is_the_former_school_s():
    facts = youth(
        date(2007, 4, 1),
        pupil(date(2023, 8, 21), date(2024, 6, 20), EnrolmentEnd.TRANSFERRED),
        pupil(date(2024, 8, 19), date(2025, 6, 20), EnrolmentEnd.QUIT, in_county=False),
        moved_in_on=date(2026, 10, 1),
    )
    assert chosen(facts) == ("unit-vgs-former", By.LATEST_ENROLMENT, 0)


@pytest.mark.proves("unit-moved-to-oslo", "amb-24")
def test_one_who_moves_in_without_an_address_point_is_left_to_a_person():
    facts = youth(date(2007, 4, 1), moved_in_on=date(2026, 10, 1), has_registered_point=False)
    assert chosen(facts)[1] is By.UNDECIDED


def test_when_no_rule_matches_the_education_administration_decides():
    decision = responsible_unit(youth(date(2007, 4, 1)), AUTUMN)
    assert decision.outcome == UnitChoice(UnitKind.UNDECIDED, By.UNDECIDED)
    assert "Utdanningsadministrasjonen" in decision.sentences()[-1]
