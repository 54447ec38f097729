"""Rights, the youth guarantee and the older groups, by the examples and edge cases of the specification."""

from datetime import date

import pytest

from fotfeste.law.end_dates import last_day_of_right, last_day_of_service
from fotfeste.law.facts import Activity, Competence, EnrolmentKind, MoreTrainingGround
from fotfeste.law.guarantee import guarantee_days, guarantee_starts_by, youth_guarantee
from fotfeste.law.membership import statutory_membership
from fotfeste.law.older_groups import OLDER_AGE_FRAMES, age_frame_of_figures
from fotfeste.law.outcomes import Guarantee, Membership, Right
from fotfeste.law.right import (
    may_choose_adult_education,
    right_to_more_training,
    right_to_requalification,
    right_to_upper_secondary,
)
from tests.law.builders import AUTUMN, Application, YouthFacts, apprentice, enrolled, pupil, reading, result, youth


@pytest.mark.proves("tg-completion-right", "amb-10")
def test_the_right_has_no_limit_of_years_used_unlike_the_older_one():
    many_years = youth(
        date(2003, 4, 1),
        pupil(date(2019, 8, 19), date(2022, 3, 1)),
        pupil(date(2022, 8, 19), date(2025, 3, 1)),
        has_lost_right=True,
    )
    assert result("tg-completion-right", many_years, AUTUMN).holds is True
    assert result("tg-completion-right", many_years, date(2024, 7, 31)).holds is False


@pytest.mark.proves("tg-completion-right", "amb-10", "rule-age-out")
def test_the_right_ends_half_a_year_after_the_service():
    born = date(2002, 4, 1)
    assert last_day_of_service(born=born, as_of=AUTUMN) == date(2026, 12, 31)
    assert last_day_of_right(born=born) == date(2027, 7, 31)
    facts = youth(born, application=Application.NOT_APPLIED)
    in_between = date(2027, 7, 31)
    assert right_to_upper_secondary(facts, in_between).outcome is Right.YES
    assert statutory_membership(facts, in_between).outcome is Membership.NOT_IN_OT
    assert right_to_upper_secondary(facts, date(2027, 8, 1)).outcome is Right.NO


@pytest.mark.proves("tg-requalification-right")
@pytest.mark.parametrize(
    ("competence", "used", "on", "right"),
    [
        pytest.param(Competence.STUDY, False, AUTUMN, Right.YES, id="general competence, wants a trade certificate"),
        pytest.param(Competence.VOCATIONAL, False, AUTUMN, Right.YES, id="a trade, wants another"),
        pytest.param(Competence.STUDY, True, AUTUMN, Right.NO, id="has had its one new competence"),
        pytest.param(Competence.NONE, False, AUTUMN, Right.NO, id="not completed"),
        pytest.param(Competence.STUDY, False, date(2024, 7, 31), Right.NO, id="before the Act"),
    ],
)
def test_requalification_is_one_new_vocational_competence_for_those_who_completed(competence, used, on, right):
    facts = youth(date(2003, 4, 1), competence=competence, has_used_requalification=used)
    decision = right_to_requalification(facts, on)
    assert decision.outcome is right
    if right is Right.YES:
        assert "yrkeskompetanse" in decision.sentences()[0]
        assert decision.reasons[0].source.citation == "opplæringslova § 18-4"


@pytest.mark.proves("tg-adult-choice-19", "amb-11")
@pytest.mark.parametrize(
    ("on", "value", "right"),
    [
        pytest.param(date(2026, 7, 31), "school_year", Right.NO, id="the school year before"),
        pytest.param(date(2026, 8, 1), "school_year", Right.YES, id="turns 19 in October, may choose from August"),
        pytest.param(date(2026, 8, 1), "birthday", Right.NO, id="read as completed 19 years"),
        pytest.param(date(2026, 10, 20), "birthday", Right.YES, id="read as completed 19 years, on the birthday"),
    ],
)
def test_adult_education_may_be_chosen_from_the_school_year_of_turning_19(on, value, right):
    facts = youth(date(2007, 10, 20))
    assert may_choose_adult_education(facts, on, reading("amb-11", value)).outcome is right


@pytest.mark.proves("tg-more-training")
@pytest.mark.parametrize(
    ("born", "ground", "right"),
    [
        pytest.param(
            date(2007, 4, 1), MoreTrainingGround.RESULT_IV, Right.YES, id="got IV for too little assessment basis"
        ),
        pytest.param(date(2007, 4, 1), MoreTrainingGround.EXAM_RIGHT, Right.YES, id="right to a new exam"),
        pytest.param(date(2000, 4, 1), MoreTrainingGround.RESULT_IV, Right.YES, id="26 years old, no age limit"),
        pytest.param(date(2007, 4, 1), MoreTrainingGround.NONE, Right.NO, id="no ground"),
    ],
)
def test_more_training_has_grounds_but_no_age_limit(born, ground, right):
    facts = youth(born, went_through_upper_secondary=True, more_training_ground=ground)
    assert right_to_more_training(facts, AUTUMN).outcome is right


def jobseeker(born: date, **known: object) -> YouthFacts:
    known.setdefault("jobseeker_registered_on", date(2026, 9, 1))
    known.setdefault("need_established_on", date(2026, 10, 1))
    return youth(born, **known)


@pytest.mark.proves("tg-youth-guarantee", "amb-05")
def test_a_27_year_old_without_work_who_registers_and_has_the_need_established_is_covered():
    facts = jobseeker(date(1999, 4, 1))
    assert youth_guarantee(facts, AUTUMN).outcome is Guarantee.COVERED
    assert result("tg-youth-guarantee", facts, AUTUMN).holds is True


@pytest.mark.proves("tg-youth-guarantee", "amb-05")
@pytest.mark.parametrize(
    ("born", "value", "covered"),
    [
        pytest.param(date(2010, 11, 3), "birthday_30", False, id="the day before the 16th birthday"),
        pytest.param(date(2010, 11, 2), "birthday_30", True, id="on the 16th birthday"),
        pytest.param(date(1996, 11, 3), "birthday_30", True, id="the day before the 30th birthday"),
        pytest.param(date(1996, 11, 2), "birthday_30", False, id="on the 30th birthday"),
        pytest.param(date(1996, 11, 2), "birthday_31", True, id="30 included by another reading"),
        pytest.param(date(1995, 11, 2), "birthday_31", False, id="31 by another reading"),
    ],
)
def test_the_guarantee_runs_from_the_16th_birthday_to_the_30th(born, value, covered):
    outcome = youth_guarantee(jobseeker(born), AUTUMN, reading("amb-05", value)).outcome
    assert (outcome is Guarantee.COVERED) is covered


@pytest.mark.proves("tg-youth-guarantee")
def test_waiting_for_the_14a_decision_is_a_state_of_its_own_with_a_clock_of_eight_weeks():
    facts = jobseeker(date(2003, 4, 1), need_established_on=None, jobseeker_registered_on=date(2026, 9, 7))
    assert guarantee_starts_by(date(2026, 9, 7)) == date(2026, 11, 2)
    on_the_day = youth_guarantee(facts, date(2026, 11, 2))
    assert on_the_day.outcome is Guarantee.WAITING_FOR_NEED_DECISION
    assert "åtte ukene" not in on_the_day.sentences()[0]
    assert "åtte ukene" in youth_guarantee(facts, date(2026, 11, 3)).sentences()[0]


@pytest.mark.proves("tg-youth-guarantee")
def test_the_guarantee_can_be_combined_with_the_service_for_those_up_to_24():
    facts = jobseeker(date(2004, 4, 1), application=Application.NOT_APPLIED)
    assert youth_guarantee(facts, AUTUMN).outcome is Guarantee.COVERED
    assert statutory_membership(facts, AUTUMN).outcome is Membership.IN_OT


@pytest.mark.proves("tg-youth-guarantee")
def test_there_was_no_guarantee_before_1_july_2023():
    facts = jobseeker(date(2003, 4, 1), jobseeker_registered_on=date(2023, 1, 2), need_established_on=date(2023, 2, 1))
    assert youth_guarantee(facts, date(2023, 6, 30)).outcome is Guarantee.NOT_COVERED
    assert youth_guarantee(facts, date(2023, 7, 1)).outcome is Guarantee.COVERED


def test_one_born_on_29_february_reaches_guarantee_age_like_others():
    assert guarantee_days(date(2008, 2, 29)) == (date(2024, 2, 29), date(2038, 2, 28))


@pytest.mark.proves("tg-jobseeker-registration")
def test_one_who_is_not_registered_is_guided_and_helped_to_register():
    facts = youth(date(2003, 4, 1))
    found = result("tg-jobseeker-registration", facts, AUTUMN)
    assert found.holds is False
    assert "hjelp til å registrere" in found.reason.sentence()
    assert youth_guarantee(facts, AUTUMN).outcome is Guarantee.WAITING_FOR_REGISTRATION


@pytest.mark.proves("tg-jobseeker-registration")
def test_a_pupil_is_told_that_pupils_often_cannot_register():
    found = result("tg-jobseeker-registration", youth(date(2009, 4, 1), pupil()), AUTUMN)
    assert "elev" in found.reason.sentence()


@pytest.mark.proves("tg-jobseeker-registration")
def test_a_registration_in_the_future_does_not_count_yet():
    facts = youth(date(2003, 4, 1), jobseeker_registered_on=date(2026, 11, 3))
    assert result("tg-jobseeker-registration", facts, AUTUMN).holds is False


@pytest.mark.proves("tg-need-14a")
def test_situational_effort_decided_is_an_established_need():
    assert result("tg-need-14a", jobseeker(date(2003, 4, 1)), AUTUMN).holds is True


@pytest.mark.proves("tg-need-14a")
def test_no_assessment_is_made_for_one_who_has_not_expressed_a_need():
    found = result("tg-need-14a", youth(date(2003, 4, 1), has_expressed_need=False), AUTUMN)
    assert found.holds is False
    assert "ikke bedt om bistand" in found.reason.sentence()


@pytest.mark.proves("tg-non-ot-guidance")
def test_a_26_year_old_without_completed_education_is_guided_to_nav_with_no_list_and_no_school():
    found = result("tg-non-ot-guidance", youth(date(2000, 4, 1), activity=Activity.NONE), AUTUMN)
    assert found.holds is True
    assert "ingen liste og ingen ansvarlig skole" in found.reason.sentence()


@pytest.mark.proves("tg-non-ot-guidance", "amb-05")
@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(youth(date(1996, 11, 2)), id="30 on the day"),
        pytest.param(youth(date(2000, 4, 1), is_working=True), id="in work"),
        pytest.param(youth(date(2000, 4, 1), apprentice()), id="in training"),
        pytest.param(youth(date(2006, 4, 1), application=Application.NOT_APPLIED), id="in the service"),
    ],
)
def test_guidance_outside_the_service_is_not_for(facts):
    assert result("tg-non-ot-guidance", facts, AUTUMN).holds is False


@pytest.mark.proves("tg-ny-giv-priority-leaving")
@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        pytest.param(youth(date(2009, 4, 1), pupil(), at_risk_of_leaving=True), True, id="column A: about to leave"),
        pytest.param(youth(date(2009, 4, 1), pupil(date(2026, 8, 17), date(2026, 10, 1))), True, id="left a month ago"),
        pytest.param(youth(date(2009, 4, 1), pupil(date(2025, 8, 17), date(2026, 3, 1))), False, id="left in March"),
        pytest.param(youth(date(2009, 4, 1), pupil()), False, id="an ordinary pupil"),
    ],
)
def test_priority_goes_to_pupils_about_to_leave(facts, holds):
    assert result("tg-ny-giv-priority-leaving", facts, AUTUMN).holds is holds


@pytest.mark.proves("tg-ny-giv-priority-long-out")
@pytest.mark.parametrize(
    ("since", "value", "holds"),
    [
        pytest.param(date(2025, 11, 3), "from_365_days", False, id="364 days"),
        pytest.param(date(2025, 11, 2), "from_365_days", True, id="one year or more: 365 days"),
        pytest.param(date(2025, 11, 2), "over_365_days", False, id="more than a year: 365 days is not enough"),
        pytest.param(date(2025, 11, 1), "over_365_days", True, id="more than a year: 366 days"),
        pytest.param(None, "from_365_days", None, id="no reliable start date"),
    ],
)
def test_priority_goes_to_those_outside_for_a_year(since, value, holds):
    facts = youth(date(2006, 4, 1), outside_since=since)
    readings = reading("tg-ny-giv-priority-long-out", value)
    assert result("tg-ny-giv-priority-long-out", facts, AUTUMN, readings).holds is holds


@pytest.mark.proves("tg-older-ages")
@pytest.mark.parametrize(
    ("on", "oldest"),
    [
        pytest.param(date(2011, 1, 1), 21, id="older statistics use 16-21"),
        pytest.param(date(2024, 7, 31), 21, id="the last day of the old Act"),
        pytest.param(date(2024, 8, 1), 24, id="the first day of the new Act"),
    ],
)
def test_every_figure_carries_the_age_frame_of_its_day(on, oldest):
    frame = age_frame_of_figures(on)
    assert (frame.youngest, frame.oldest) == (16, oldest)


@pytest.mark.proves("tg-older-ages")
def test_the_older_frames_of_the_documents_are_kept_with_their_source():
    frames = {(frame.youngest, frame.oldest) for frame in OLDER_AGE_FRAMES}
    assert frames == {(15, 21), (16, 21), (15, 19), (22, 25)}
    assert result("tg-older-ages", youth(date(2006, 4, 1)), AUTUMN).holds is True
    assert result("tg-older-ages", youth(date(1996, 4, 1)), AUTUMN).holds is False


@pytest.mark.proves("tg-agreement-groups")
@pytest.mark.parametrize(
    ("facts", "group"),
    [
        pytest.param(youth(date(2006, 4, 1)), "utenfor skole og arbeid", id="outside school and work"),
        pytest.param(
            youth(date(2006, 4, 1), enrolled(EnrolmentKind.TRAINEE_CANDIDATE, date(2025, 9, 1))),
            "lærekandidat",
            id="trainee candidate",
        ),
        pytest.param(youth(date(2003, 4, 1)), "22–25 år", id="22-25 without completion"),
        pytest.param(jobseeker(date(2004, 4, 1)), "arbeidssøker med rett som voksen", id="jobseeker with adult right"),
    ],
)
def test_groups_of_older_agreements_are_told_as_history(facts, group):
    found = result("tg-agreement-groups", facts, AUTUMN)
    assert found.rule.kind == "history"
    assert group in found.reason.sentence()


@pytest.mark.proves("tg-agreement-groups")
def test_one_who_completed_and_works_is_in_no_older_group():
    facts = youth(date(1998, 4, 1), competence=Competence.STUDY, is_working=True)
    assert result("tg-agreement-groups", facts, AUTUMN).holds is False
