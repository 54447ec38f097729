"""Who sets a status, what an answer may become, and when a status must be confirmed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste import codes
from fotfeste.law.readings import PROPOSED
from fotfeste.law.school_year import SchoolYear, school_year_of
from fotfeste.law.status_rules import (
    RoleParty,
    WashAnswer,
    codes_after_wash,
    may_set_status,
    must_be_confirmed,
    reconfirmation_due,
    registration_deadlines,
)
from fotfeste.law.working_days import is_working_day
from tests.law.builders import reading

ON = date(2026, 11, 2)


@pytest.mark.proves("rule-school-registers", "rule-district-reports-only", "rule-nav-answers-only", "amb-57")
@pytest.mark.parametrize("party", RoleParty)
def test_schools_and_the_education_administration_set_status_and_nobody_else(party):
    setters = {
        RoleParty.UPPER_SECONDARY_SCHOOL,
        RoleParty.LOWER_SECONDARY_SCHOOL,
        RoleParty.EDUCATION_ADMINISTRATION,
    }
    decision = may_set_status(party, PROPOSED.on(ON))
    assert decision.outcome is (party in setters)
    assert decision.sentences()[0].endswith(".")


@pytest.mark.proves("rule-district-reports-only", "amb-57")
def test_a_county_may_let_districts_set_status_but_never_nav():
    readings = reading("amb-57", "also_districts").on(ON)
    assert may_set_status(RoleParty.DISTRICT, readings).outcome is True
    assert may_set_status(RoleParty.NAV, readings).outcome is False


@pytest.mark.proves("rule-wash-answer", "rule-wash-to-status", "amb-38")
def test_there_are_three_answers_and_each_leads_to_what_it_may():
    assert len(WashAnswer) == 3
    assert codes_after_wash(WashAnswer.TAKEN_CARE_OF) == ("OTOV",)
    assert codes_after_wash(WashAnswer.TAKEN_CARE_OF, may_tell_which=True) == ("OTOV", "OTAP")
    assert codes_after_wash(WashAnswer.MOVED) == ("OTFA_IM",)
    assert codes_after_wash(WashAnswer.NOT_TAKEN_CARE_OF) == ()
    assert all(codes.known_code(code) for answer in WashAnswer for code in codes_after_wash(answer))


@pytest.mark.proves("dl-registration-nov", "dl-registration-feb", "dl-registration-apr", "dl-registration-jun")
def test_the_registration_deadlines_of_a_school_year_move_back_from_days_off():
    assert registration_deadlines(SchoolYear(2026)) == (
        date(2026, 11, 10),
        date(2027, 2, 10),
        date(2027, 4, 9),  # 10 April 2027 is a Saturday
        date(2027, 6, 10),
    )


@pytest.mark.proves("rule-reconfirm")
@pytest.mark.parametrize(
    ("confirmed_on", "due"),
    [
        pytest.param(date(2026, 11, 5), date(2027, 2, 10), id="five days before a deadline serves that deadline"),
        pytest.param(date(2026, 11, 10), date(2027, 2, 10), id="on the deadline serves that deadline"),
        pytest.param(date(2026, 11, 11), date(2027, 4, 9), id="the day after serves the next"),
        pytest.param(
            date(2027, 6, 11), date(2028, 2, 10), id="after the last of the year serves the first of the next"
        ),
    ],
)
def test_a_status_is_confirmed_within_the_period_of_each_registration_deadline(confirmed_on, due):
    assert reconfirmation_due(confirmed_on) == due
    assert not must_be_confirmed(confirmed_on, due)
    assert must_be_confirmed(confirmed_on, date.fromordinal(due.toordinal() + 1))


@pytest.mark.proves("rule-reconfirm")
@given(confirmed_on=st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_between_a_confirmation_and_its_due_day_lies_exactly_one_deadline(confirmed_on):
    due = reconfirmation_due(confirmed_on)
    year = school_year_of(confirmed_on)
    deadlines = [day for item in (year, year.next) for day in registration_deadlines(item)]
    assert due in deadlines
    assert is_working_day(due)
    assert len([day for day in deadlines if confirmed_on <= day < due]) == 1


@pytest.mark.proves("rule-reconfirm")
def test_a_county_may_choose_a_number_of_days_instead():
    readings = reading("rule-reconfirm", "days:60")
    assert reconfirmation_due(date(2026, 11, 5), readings) == date(2027, 1, 4)
    assert must_be_confirmed(date(2026, 11, 5), date(2027, 1, 5), readings)
