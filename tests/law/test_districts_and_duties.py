"""District, Nav office, who begins, who registers, and when the unit changes."""

from datetime import date

import pytest

from fotfeste.law.districts import responsible_district, responsible_nav_office
from fotfeste.law.facts import Competence
from fotfeste.law.outcomes import By, UnitChoice, UnitKind
from fotfeste.law.responsible_unit import responsible_unit
from fotfeste.law.school_year import SchoolYear
from fotfeste.law.unit_duties import (
    Duty,
    initiative_for_outside,
    reassignment_day,
    status_registrar,
    unit_change,
)
from tests.law.builders import AUTUMN, Application, EnrolmentEnd, apprentice, pupil, reading, youth

SCHOOL = UnitChoice(UnitKind.UPPER_SECONDARY, By.LATEST_ENROLMENT, 0, "unit-vgs-former")
NEAREST = UnitChoice(UnitKind.UPPER_SECONDARY, By.NEAREST_TO_REGISTERED_ADDRESS, rule="unit-moved-to-oslo")
NOBODY = UnitChoice(UnitKind.UNDECIDED, By.UNDECIDED)


@pytest.mark.proves("unit-district", "amb-28")
@pytest.mark.parametrize(
    ("registered", "stay", "value", "by"),
    [
        pytest.param("01", "02", "stay_first", By.DISTRICT_OF_STAY, id="lives with a relative in another district"),
        pytest.param("01", "02", "registered_first", By.DISTRICT_OF_REGISTERED_ADDRESS, id="read by the address"),
        pytest.param("01", None, "stay_first", By.DISTRICT_OF_REGISTERED_ADDRESS, id="no fixed place of stay"),
        pytest.param("01", "01", "stay_first", By.DISTRICT_OF_REGISTERED_ADDRESS, id="stays where registered"),
        pytest.param(None, "02", "registered_first", By.DISTRICT_OF_STAY, id="only the place of stay is known"),
        pytest.param(None, None, "stay_first", By.UNDECIDED, id="neither is known"),
    ],
)
def test_the_district_is_where_the_youth_stays_or_is_registered(registered, stay, value, by):
    facts = youth(registered_district=registered, stay_district=stay)
    assert responsible_district(facts, AUTUMN, reading("amb-28", value)).outcome.by is by


@pytest.mark.proves("unit-district")
def test_both_districts_are_informed_of_the_choice_when_they_differ():
    decision = responsible_district(youth(registered_district="01", stay_district="02"), AUTUMN)
    assert "Den folkeregistrerte bydelen får vite" in decision.sentences()[0]


@pytest.mark.proves("unit-nav-office", "amb-29")
@pytest.mark.parametrize(
    ("known", "value", "by"),
    [
        pytest.param(
            {"application": Application.NOT_APPLIED},
            "registered_outside_service",
            By.DISTRICT_OF_STAY,
            id="same district as the district rule",
        ),
        pytest.param(
            {"competence": Competence.STUDY},
            "registered_outside_service",
            By.DISTRICT_OF_REGISTERED_ADDRESS,
            id="not in the service: registered address only",
        ),
        pytest.param({"competence": Competence.STUDY}, "as_district", By.DISTRICT_OF_STAY, id="always as the district"),
        pytest.param(
            {"application": Application.NOT_APPLIED},
            "always_registered",
            By.DISTRICT_OF_REGISTERED_ADDRESS,
            id="always the registered address",
        ),
    ],
)
def test_the_nav_office_follows_the_district_except_outside_the_service(known, value, by):
    facts = youth(registered_district="01", stay_district="02", **known)
    assert responsible_nav_office(facts, AUTUMN, reading("amb-29", value)).outcome.by is by


@pytest.mark.proves("unit-nav-office")
def test_outside_the_service_a_place_of_stay_alone_gives_no_nav_office():
    facts = youth(stay_district="02", competence=Competence.STUDY)
    assert responsible_nav_office(facts, AUTUMN).outcome.by is By.UNDECIDED


@pytest.mark.proves("unit-outside-initiative", "amb-30")
@pytest.mark.parametrize(
    ("lists", "value", "district"),
    [
        pytest.param(0, "school_then_district", (), id="on no list before, only the school begins"),
        pytest.param(1, "school_then_district", (Duty.CROSS_AGENCY_EFFORT,), id="on a second list in a row"),
        pytest.param(0, "both", (Duty.CROSS_AGENCY_EFFORT,), id="both on the same list line from the first day"),
    ],
)
def test_school_and_district_both_have_a_task(lists, value, district):
    outcome = initiative_for_outside(lists_remained_on=lists, on=AUTUMN, readings=reading("amb-30", value)).outcome
    assert outcome.school == (Duty.FIRST_CONTACT_AND_REGISTRATION,)
    assert outcome.district == district


@pytest.mark.proves("unit-change")
def test_one_who_moves_to_another_district_in_january_changes_unit():
    decision = unit_change((NEAREST, "school-1"), (NEAREST, "school-2"))
    assert decision.outcome is True


@pytest.mark.proves("unit-change")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param((SCHOOL, "school-1"), (SCHOOL, "school-1"), id="nothing changed"),
        pytest.param((SCHOOL, "school-1"), (NEAREST, "school-1"), id="another rule, the same school"),
        pytest.param((SCHOOL, "school-1"), (NOBODY, None), id="no rule matches any more"),
    ],
)
def test_nobody_is_moved_without_a_new_unit(before, after):
    assert unit_change(before, after).outcome is False


@pytest.mark.proves("amb-48", "unit-count-date")
def test_responsibility_is_worked_out_again_on_2_october():
    assert reassignment_day(SchoolYear(2026)) == date(2026, 10, 2)
    assert reassignment_day(SchoolYear(2026), reading("amb-48", "no")) is None


@pytest.mark.proves("amb-33", "unit-apprentice")
def test_the_last_upper_secondary_school_registers_for_a_former_apprentice():
    facts = youth(
        date(2007, 4, 1),
        pupil(date(2023, 8, 21), date(2025, 6, 20), EnrolmentEnd.YEAR_ENDED),
        apprentice(date(2025, 9, 1), date(2026, 10, 1)),
        registered_district="01",
    )
    responsible = responsible_unit(facts, AUTUMN).outcome
    assert responsible.unit_kind is UnitKind.DISTRICT
    registrar = status_registrar(facts, AUTUMN, responsible).outcome
    assert (registrar.by, registrar.enrolment_index) == (By.LATEST_ENROLMENT, 0)
    by_uda = status_registrar(facts, AUTUMN, responsible, reading("amb-33", "uda")).outcome
    assert by_uda.unit_kind is UnitKind.UNDECIDED


@pytest.mark.proves("rule-school-registers")
def test_the_responsible_school_registers():
    facts = youth(date(2009, 4, 1), pupil(date(2025, 8, 18), date(2026, 10, 1)))
    responsible = responsible_unit(facts, AUTUMN).outcome
    assert status_registrar(facts, AUTUMN, responsible).outcome == responsible
