"""Oslo's wider target group, by the examples and edge cases of the specification."""

from datetime import date

import pytest

from fotfeste.law.facts import EnrolmentKind, MoreTrainingGround
from fotfeste.law.membership import local_target_group, matched_groups, statutory_membership
from fotfeste.law.outcomes import Membership
from tests.law.builders import (
    AUTUMN,
    EnrolmentEnd,
    Level,
    apprentice,
    enrolled,
    pupil,
    reading,
    result,
    status,
    youth,
)

IN, OUT = Membership.IN_OT, Membership.NOT_IN_OT

AT_RISK = [
    pytest.param(
        "tg-pupil-at-risk",
        youth(date(2009, 4, 1), pupil(), at_risk_of_leaving=True),
        id="absence near the limit in several subjects",
    ),
    pytest.param(
        "tg-no-apprenticeship-risk",
        youth(date(2009, 4, 1), pupil(level=Level.VG2, is_vocational=True), at_risk_of_no_apprenticeship=True),
        id="failed a subject and applied late for an apprenticeship",
    ),
    pytest.param(
        "tg-apprentice-at-risk",
        youth(date(2007, 4, 1), apprentice(), at_risk_of_leaving=True),
        id="the company reports long absence",
    ),
    pytest.param(
        "tg-apprentice-at-risk",
        youth(date(2007, 4, 1), enrolled(EnrolmentKind.TRAINEE_CANDIDATE, date(2025, 9, 1)), at_risk_of_leaving=True),
        id="a trainee candidate at risk of leaving or of the contract being ended",
    ),
    pytest.param(
        "tg-vo-at-risk",
        youth(date(2006, 4, 1), enrolled(EnrolmentKind.VO_VOV, date(2026, 8, 17)), at_risk_of_leaving=True),
        id="an adult participant with falling attendance, a preventive case",
    ),
]


@pytest.mark.proves(
    "tg-pupil-at-risk",
    "tg-no-apprenticeship-risk",
    "tg-apprentice-at-risk",
    "tg-vo-at-risk",
    "amb-07",
    "rule-prevention-separate",
)
@pytest.mark.parametrize(("rule", "facts"), AT_RISK)
def test_youth_at_risk_are_in_the_local_group_and_never_counted_as_outside(rule, facts):
    assert result(rule, facts, AUTUMN).holds is True
    assert local_target_group(facts, AUTUMN).outcome is IN
    assert statutory_membership(facts, AUTUMN).outcome is OUT
    assert result("tg-outside", facts, AUTUMN).holds is False


@pytest.mark.proves("amb-07")
@pytest.mark.parametrize(("rule", "facts"), AT_RISK)
def test_a_county_without_a_wider_group_has_only_the_statutory_one(rule, facts):
    assert local_target_group(facts, AUTUMN, reading("amb-07", "statutory_only")).outcome is OUT


@pytest.mark.proves("tg-pupil-at-risk")
def test_no_number_decides_that_a_pupil_is_at_risk_only_the_counsellor():
    assert result("tg-pupil-at-risk", youth(date(2009, 4, 1), pupil()), AUTUMN).holds is False


@pytest.mark.proves("tg-pupil-at-risk", "rule-prevention-separate")
def test_the_preventive_status_keeps_the_pupil_in_the_local_group():
    facts = youth(date(2009, 4, 1), pupil(), at_risk_of_leaving=True, status=status("ELVG_IM"))
    assert statutory_membership(facts, AUTUMN).outcome is OUT
    assert local_target_group(facts, AUTUMN).outcome is IN


@pytest.mark.proves("tg-no-apprenticeship-risk")
@pytest.mark.parametrize(
    "place",
    [
        pytest.param(pupil(level=Level.VG1, is_vocational=True), id="Vg1"),
        pytest.param(pupil(level=Level.VG2, is_vocational=False), id="general programme"),
    ],
)
def test_only_vg2_pupils_in_vocational_programmes_are_at_risk_of_no_apprenticeship(place):
    facts = youth(date(2009, 4, 1), place, at_risk_of_no_apprenticeship=True)
    assert result("tg-no-apprenticeship-risk", facts, AUTUMN).holds is False


@pytest.mark.proves("tg-no-apprenticeship-risk")
def test_a_vg2_pupil_without_the_mark_of_a_counsellor_is_not_at_risk():
    facts = youth(date(2009, 4, 1), pupil(level=Level.VG2, is_vocational=True))
    assert result("tg-no-apprenticeship-risk", facts, AUTUMN).holds is False


@pytest.mark.proves("tg-missing-subjects", "tg-more-training")
def test_one_failed_subject_and_no_diploma_gives_the_local_group_and_the_right_to_more_training():
    facts = youth(
        date(2006, 4, 1),
        pupil(date(2025, 8, 18), date(2026, 6, 19), EnrolmentEnd.YEAR_ENDED),
        went_through_upper_secondary=True,
        lacks_passed_subjects=True,
        more_training_ground=MoreTrainingGround.EARLIER_PUPIL_NOT_PASSED,
    )
    assert result("tg-missing-subjects", facts, AUTUMN).holds is True
    assert result("tg-more-training", facts, AUTUMN).holds is True
    assert local_target_group(facts, AUTUMN).outcome is IN


@pytest.mark.proves("tg-missing-subjects")
@pytest.mark.parametrize(
    ("born", "went_through", "lacks"),
    [
        pytest.param(date(2001, 4, 1), True, True, id="25 this year"),
        pytest.param(date(2006, 4, 1), False, True, id="never went through upper secondary"),
        pytest.param(date(2006, 4, 1), True, False, id="passed everything"),
    ],
)
def test_missing_subjects_need_the_age_a_finished_course_and_a_subject(born, went_through, lacks):
    facts = youth(born, went_through_upper_secondary=went_through, lacks_passed_subjects=lacks)
    assert result("tg-missing-subjects", facts, AUTUMN).holds is False


@pytest.mark.proves("tg-vo-at-risk")
@pytest.mark.parametrize(
    ("born", "holds"),
    [
        pytest.param(date(2008, 4, 1), False, id="18 this year"),
        pytest.param(date(2007, 12, 31), True, id="19 this year"),
        pytest.param(date(2002, 1, 1), True, id="24 this year"),
        pytest.param(date(2001, 12, 31), False, id="25 this year"),
    ],
)
def test_adult_participants_at_risk_are_those_who_turn_19_to_24(born, holds):
    facts = youth(born, enrolled(EnrolmentKind.VO_VOV, date(2026, 8, 17)), at_risk_of_leaving=True)
    assert result("tg-vo-at-risk", facts, AUTUMN).holds is holds


@pytest.mark.proves("amb-07")
def test_every_inclusion_says_which_of_the_two_groups_it_speaks_of():
    results = matched_groups(youth(), AUTUMN)
    scopes = {item.rule.id: item.rule.scope for item in results if item.rule.kind == "inclusion"}
    assert {rule for rule, scope in scopes.items() if scope == "local"} == {
        "tg-pupil-at-risk",
        "tg-no-apprenticeship-risk",
        "tg-apprentice-at-risk",
        "tg-missing-subjects",
        "tg-vo-at-risk",
    }
