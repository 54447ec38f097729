"""Who is outside the service, by the examples and edge cases of the specification."""

from datetime import date

import pytest

from fotfeste.law.facts import Activity, Competence, EnrolmentKind
from fotfeste.law.membership import belongs_on_follow_up_list, local_target_group, statutory_membership
from fotfeste.law.outcomes import Membership
from tests.law.builders import (
    AUTUMN,
    Application,
    YouthFacts,
    apprentice,
    enrolled,
    pupil,
    reading,
    result,
    status,
    youth,
)

IN, OUT, OPEN = Membership.IN_OT, Membership.NOT_IN_OT, Membership.UNDECIDED


@pytest.mark.proves("tg-not-ot-completed")
def test_a_22_year_old_with_a_craft_certificate_and_no_work_is_outside():
    facts = youth(date(2004, 4, 1), competence=Competence.VOCATIONAL, activity=Activity.NONE)
    assert result("tg-not-ot-completed", facts, AUTUMN).holds is True
    assert statutory_membership(facts, AUTUMN).outcome is OUT
    assert local_target_group(facts, AUTUMN).outcome is OUT


@pytest.mark.proves("tg-not-ot-completed", "amb-06")
@pytest.mark.parametrize(
    ("value", "wants", "holds"),
    [
        pytest.param("everyone", False, True, id="everyone who completed, whatever they want"),
        pytest.param("everyone", True, True, id="everyone who completed, also those who want to requalify"),
        pytest.param("requalifiers", True, True, id="only those who want to requalify, and this one does"),
        pytest.param("requalifiers", False, False, id="only those who want to requalify, and this one does not"),
    ],
)
def test_who_is_outside_for_having_completed_is_a_reading(value, wants, holds):
    facts = youth(date(2004, 4, 1), competence=Competence.STUDY, wants_requalification=wants)
    assert result("tg-not-ot-completed", facts, AUTUMN, reading("amb-06", value)).holds is holds


@pytest.mark.proves("tg-not-ot-25-plus", "amb-03")
@pytest.mark.parametrize(
    ("on", "holds"),
    [
        pytest.param(date(2025, 12, 31), False, id="in on 31 December of the year of 24"),
        pytest.param(date(2026, 1, 1), True, id="turns 25 on 1 November 2026, out from 1 January 2026"),
        pytest.param(date(2026, 10, 31), True, id="out though still 24 by the day"),
    ],
)
def test_over_24_and_25_or_older_both_mean_the_year_one_turns_25(on, holds):
    facts = youth(date(2001, 11, 1), application=Application.NOT_APPLIED)
    assert result("tg-not-ot-25-plus", facts, on).holds is holds
    assert statutory_membership(facts, on).outcome is (OUT if holds else IN)


@pytest.mark.proves("tg-not-ot-preparatory-16-19")
def test_a_17_year_old_newcomer_in_preparatory_training_is_outside():
    course = enrolled(EnrolmentKind.PREPARATORY_YOUTH, date(2026, 8, 17))
    facts = YouthFacts(born=date(2009, 4, 1), finished_compulsory=False, has_right=False, enrolments=(course,))
    assert result("tg-not-ot-preparatory-16-19", facts, AUTUMN).holds is True
    assert statutory_membership(facts, AUTUMN).outcome is OUT
    assert local_target_group(facts, AUTUMN).outcome is OUT


@pytest.mark.proves("tg-not-ot-preparatory-16-19", "amb-04")
@pytest.mark.parametrize(
    ("finished", "right", "value", "holds"),
    [
        pytest.param(False, True, "by_right", False, id="has the right"),
        pytest.param(True, None, "by_right", False, id="finished compulsory school after all"),
        pytest.param(None, None, "by_right", None, id="nothing known, left to the education administration"),
        pytest.param(False, True, "by_course", True, id="read by the name of the course"),
    ],
)
def test_preparatory_training_is_tested_on_the_right(finished, right, value, holds):
    course = enrolled(EnrolmentKind.PREPARATORY_YOUTH, date(2026, 8, 17))
    facts = YouthFacts(born=date(2009, 4, 1), finished_compulsory=finished, has_right=right, enrolments=(course,))
    assert result("tg-not-ot-preparatory-16-19", facts, AUTUMN, reading("amb-04", value)).holds is holds


@pytest.mark.proves("tg-registered-by-mistake")
@pytest.mark.parametrize(
    "code",
    [pytest.param(status("Feil"), id="today's code"), pytest.param(status("FEIL", "2011"), id="the code of 2011")],
)
def test_a_duplicate_or_wrong_county_is_kept_but_left_out_of_both_groups(code):
    facts = youth(date(2009, 4, 1), application=Application.NOT_APPLIED, status=code)
    assert result("tg-registered-by-mistake", facts, AUTUMN).holds is True
    assert statutory_membership(facts, AUTUMN).outcome is OUT
    assert local_target_group(facts, AUTUMN).outcome is OUT
    assert "beholdes" in result("tg-registered-by-mistake", facts, AUTUMN).reason.sentence()


@pytest.mark.proves("tg-pupil-or-apprentice-active")
@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(youth(date(2009, 4, 1), pupil(is_private=True)), id="attends a private school"),
        pytest.param(youth(date(2007, 4, 1), apprentice()), id="has a running contract"),
        pytest.param(youth(date(2009, 4, 1), status=status("OTVF", "2011")), id="group 4 of the list of 2011"),
        pytest.param(youth(date(2009, 4, 1), status=status("ELEV", "2011")), id="group 5 of the list of 2011"),
        pytest.param(youth(date(2009, 4, 1), status=status("FEIL", "2011")), id="group 6 of the list of 2011"),
        pytest.param(youth(date(2009, 4, 1), status=status("OTFA_IM")), id="group 5 of today's list"),
    ],
)
def test_youth_registered_in_the_year_but_in_training_at_the_count_are_not_members(facts):
    assert statutory_membership(facts, AUTUMN).outcome is OUT


@pytest.mark.proves("tg-pupil-or-apprentice-active", "rule-count-group-4-5-6-out")
def test_one_who_came_back_into_training_is_counted_for_the_rest_of_the_school_year():
    again = youth(date(2009, 4, 1), pupil(date(2026, 10, 20)), was_member_earlier_in_school_year=True)
    assert statutory_membership(again, AUTUMN).outcome is IN
    assert belongs_on_follow_up_list(again, AUTUMN).outcome is False
    strict = reading("rule-count-group-4-5-6-out", "member_today")
    assert statutory_membership(again, AUTUMN, strict).outcome is OUT


def test_a_code_no_list_knows_says_nothing_about_membership():
    without = youth(date(2009, 4, 1), application=Application.NOT_APPLIED)
    unknown = youth(date(2009, 4, 1), application=Application.NOT_APPLIED, status=status("XXXX"))
    assert statutory_membership(unknown, AUTUMN) == statutory_membership(without, AUTUMN)
