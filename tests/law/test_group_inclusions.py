"""What brings a youth into the statutory group, by the examples and edge cases of the specification."""

from datetime import date

import pytest

from fotfeste.law.facts import Activity, EnrolmentKind
from fotfeste.law.membership import belongs_on_follow_up_list, local_target_group, statutory_membership
from fotfeste.law.outcomes import By, Membership
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
    result,
    youth,
)

IN, OUT, OPEN = Membership.IN_OT, Membership.NOT_IN_OT, Membership.UNDECIDED


@pytest.mark.proves("tg-no-application")
def test_one_who_leaves_lower_secondary_and_does_not_apply_is_in():
    facts = youth(date(2010, 4, 1), lower(), application=Application.NOT_APPLIED)
    assert result("tg-no-application", facts, date(2026, 8, 1)).holds is True
    assert statutory_membership(facts, date(2026, 8, 1)).outcome is IN


@pytest.mark.proves("tg-no-application", "amb-53")
@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        pytest.param(date(2027, 3, 19), OUT, id="still a pupil when the non-applicants are moved on 19 March"),
        pytest.param(date(2027, 7, 31), OUT, id="still a pupil on the last day of the school year"),
    ],
)
def test_a_non_applicant_for_the_next_year_is_not_a_member_while_still_a_pupil(on, outcome):
    place = pupil(date(2026, 8, 17), date(2027, 6, 18), EnrolmentEnd.YEAR_ENDED)
    facts = youth(date(2010, 4, 1), place, application_next_year=Application.NOT_APPLIED)
    assert statutory_membership(facts, on).outcome is outcome
    found = result("tg-no-application", facts, on)
    assert (found.holds, found.reason.reading) == (False, "amb-53")


@pytest.mark.proves("tg-no-application", "amb-53")
def test_a_non_applicant_for_the_next_year_is_a_member_when_that_year_begins_without_a_place():
    place = pupil(date(2026, 8, 17), date(2027, 6, 18), EnrolmentEnd.YEAR_ENDED)
    facts = youth(date(2010, 4, 1), place, application=Application.NOT_APPLIED)
    assert statutory_membership(facts, date(2027, 8, 1)).outcome is IN


@pytest.mark.proves("tg-not-accepted")
def test_one_who_was_offered_vg1_and_never_answered_is_in():
    facts = youth(date(2010, 4, 1), lower(), application=Application.NOT_ACCEPTED)
    assert result("tg-not-accepted", facts, date(2026, 8, 20)).holds is True
    assert statutory_membership(facts, date(2026, 8, 20)).outcome is IN


@pytest.mark.proves("tg-not-accepted", "unit-lower-secondary")
def test_one_who_accepted_but_did_not_turn_up_counts_as_not_started_and_stays_with_lower_secondary():
    facts = youth(date(2010, 4, 1), lower(), application=Application.DID_NOT_START)
    assert result("tg-not-accepted", facts, date(2026, 9, 1)).holds is True
    assert responsible_unit(facts, date(2026, 9, 1)).outcome.by is By.LEFT_LOWER_SECONDARY


@pytest.mark.proves("tg-not-accepted")
def test_one_who_accepted_and_is_not_known_to_have_started_by_the_count_date_is_undecided():
    facts = youth(date(2010, 4, 1), lower(), application=Application.ACCEPTED)
    assert statutory_membership(facts, date(2026, 9, 30)).outcome is OUT
    assert statutory_membership(facts, date(2026, 10, 1)).outcome is OPEN


@pytest.mark.proves("tg-pupil-leaver")
def test_a_pupil_who_signs_out_in_january_is_in_from_the_day_after():
    facts = youth(date(2009, 4, 1), pupil(date(2026, 8, 17), date(2027, 1, 15)))
    assert statutory_membership(facts, date(2027, 1, 15)).outcome is OUT
    assert result("tg-pupil-leaver", facts, date(2027, 1, 16)).holds is True
    assert statutory_membership(facts, date(2027, 1, 16)).outcome is IN


@pytest.mark.proves("tg-pupil-leaver")
def test_a_between_year_leaver_who_finished_vg2_and_does_not_come_back_is_in_after_the_count_date():
    facts = youth(date(2008, 4, 1), pupil(date(2025, 8, 18), date(2026, 6, 19), EnrolmentEnd.YEAR_ENDED))
    assert statutory_membership(facts, date(2026, 8, 20)).outcome is OPEN
    assert result("tg-pupil-leaver", facts, date(2026, 10, 1)).holds is True
    assert statutory_membership(facts, date(2026, 10, 1)).outcome is IN


@pytest.mark.proves("tg-pupil-leaver")
def test_a_pupil_who_changed_school_is_no_leaver():
    first = pupil(date(2026, 8, 17), date(2026, 9, 20), EnrolmentEnd.TRANSFERRED)
    facts = youth(date(2009, 4, 1), first, pupil(date(2026, 9, 21), unit_ref="B"))
    assert result("tg-pupil-leaver", facts, AUTUMN).holds is False


@pytest.mark.proves("tg-apprentice-leaver")
@pytest.mark.parametrize(
    ("kind", "why", "holds"),
    [
        pytest.param(
            EnrolmentKind.APPRENTICE, EnrolmentEnd.CONTRACT_TERMINATED, True, id="contract ended by agreement"
        ),
        pytest.param(EnrolmentKind.TRAINEE_CANDIDATE, EnrolmentEnd.QUIT, True, id="trainee candidate stops"),
        pytest.param(
            EnrolmentKind.APPRENTICE, EnrolmentEnd.LAID_OFF, True, id="laid off or dismissed, a new place sought"
        ),
        pytest.param(EnrolmentKind.APPRENTICE, EnrolmentEnd.COMPLETED, False, id="completed"),
    ],
)
def test_a_contract_that_ends_before_completion_brings_the_apprentice_in(kind, why, holds):
    facts = youth(date(2007, 4, 1), enrolled(kind, date(2026, 8, 17), date(2026, 10, 30), why))
    found = result("tg-apprentice-leaver", facts, AUTUMN)
    assert found.holds is holds
    if why is EnrolmentEnd.LAID_OFF:
        assert "Opplæringskontoret" in found.reason.sentence()


@pytest.mark.proves("tg-no-work-activity")
def test_one_whose_shop_job_ended_and_who_has_no_place_is_in():
    facts = youth(date(2007, 4, 1), activity=Activity.NONE)
    assert result("tg-no-work-activity", facts, AUTUMN).holds is True
    assert statutory_membership(facts, AUTUMN).outcome is IN


@pytest.mark.proves("tg-no-work-activity", "amb-08")
def test_one_who_works_without_a_place_is_in_the_register_but_not_to_be_contacted_as_unknown():
    facts = youth(date(2007, 4, 1), application=Application.NOT_APPLIED, activity=Activity.KNOWN, is_working=True)
    assert result("tg-no-work-activity", facts, AUTUMN).holds is False
    assert statutory_membership(facts, AUTUMN).outcome is IN
    assert belongs_on_follow_up_list(facts, AUTUMN).outcome is False


@pytest.mark.proves("amb-08")
def test_a_county_may_read_work_as_being_outside():
    facts = youth(date(2007, 4, 1), application=Application.NOT_APPLIED, activity=Activity.KNOWN, is_working=True)
    assert statutory_membership(facts, AUTUMN, reading("amb-08", "work_is_outside")).outcome is OUT


@pytest.mark.proves("tg-expelled")
def test_one_expelled_for_the_rest_of_the_year_is_in_and_handled_as_any_leaver():
    facts = youth(date(2009, 4, 1), pupil(date(2026, 8, 17), date(2026, 10, 30), EnrolmentEnd.EXPELLED))
    found = result("tg-expelled", facts, AUTUMN)
    assert found.holds is True
    assert found.reason.source.citation == "opplæringslova § 13-1"
    assert result("tg-pupil-leaver", facts, AUTUMN).holds is True


@pytest.mark.proves("tg-vo-participant")
def test_a_twenty_year_old_who_leaves_upper_secondary_for_adults_in_march_is_in():
    facts = youth(date(2007, 4, 1), enrolled(EnrolmentKind.VO_VOV, date(2026, 8, 17), date(2027, 3, 5)))
    assert result("tg-vo-participant", facts, date(2027, 3, 6)).holds is True
    assert statutory_membership(facts, date(2027, 3, 6)).outcome is IN


@pytest.mark.proves("tg-vo-participant", "amb-02")
@pytest.mark.parametrize(
    ("born", "value", "holds"),
    [
        pytest.param(date(2002, 4, 1), "as_service", True, id="turns 24 this year, frame of the service"),
        pytest.param(date(2002, 4, 1), "under_24", False, id="turns 24 this year, under 24"),
        pytest.param(date(2009, 4, 1), "as_service", True, id="17, frame of the service"),
        pytest.param(date(2009, 4, 1), "from_19", False, id="17, from 19"),
    ],
)
def test_the_age_of_adult_participants_is_that_of_the_service_unless_read_otherwise(born, value, holds):
    facts = youth(born, enrolled(EnrolmentKind.VO_VOV, date(2026, 8, 17), date(2026, 10, 30)))
    assert result("tg-vo-participant", facts, AUTUMN, reading("amb-02", value)).holds is holds


@pytest.mark.proves("tg-vo-participant", "amb-04")
@pytest.mark.parametrize(
    ("finished", "right", "outcome"),
    [
        pytest.param(True, None, IN, id="finished compulsory school gives the right"),
        pytest.param(False, None, OUT, id="the course shows nothing: it is at the level of compulsory school"),
        pytest.param(None, None, Membership.UNDECIDED, id="nobody knows, and somebody is to find out"),
        pytest.param(False, False, OUT, id="known to have no right"),
    ],
)
def test_leaving_fov_is_decided_by_the_right_not_by_the_name_of_the_course(finished, right, outcome):
    course = enrolled(EnrolmentKind.VO_FOV, date(2026, 8, 17), date(2026, 10, 30))
    facts = YouthFacts(born=date(2006, 4, 1), finished_compulsory=finished, has_right=right, enrolments=(course,))
    assert statutory_membership(facts, AUTUMN).outcome is outcome


@pytest.mark.proves("tg-outside")
@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        pytest.param(
            youth(date(2009, 4, 1), pupil(date(2026, 8, 17), date(2026, 10, 30))), True, id="a list line with OTUK"
        ),
        pytest.param(
            youth(date(2007, 4, 1), apprentice(date(2025, 9, 1), date(2026, 10, 30))),
            True,
            id="a former apprentice too",
        ),
        pytest.param(
            youth(date(2007, 4, 1), application=Application.NOT_APPLIED, activity=Activity.KNOWN),
            False,
            id="known activity is not on the list",
        ),
        pytest.param(youth(date(2009, 4, 1), pupil()), False, id="a pupil is in training, another main category"),
        pytest.param(youth(date(2007, 4, 1), apprentice()), False, id="an apprentice is the third main category"),
    ],
)
def test_youth_outside_education_are_those_with_unknown_or_no_activity(facts, holds):
    assert result("tg-outside", facts, AUTUMN).holds is holds


@pytest.mark.proves("amb-07", "amb-08")
def test_the_register_takes_in_everyone_with_the_right_and_no_place():
    left_long_ago = youth(date(2005, 4, 1), pupil(date(2021, 8, 16), date(2023, 2, 1)))
    decision = statutory_membership(left_long_ago, AUTUMN)
    assert decision.outcome is IN
    assert decision.reasons[-1].reading == "amb-08"


@pytest.mark.parametrize(
    ("application", "on", "outcome"),
    [
        pytest.param(Application.APPLIED, date(2026, 8, 5), OUT, id="applied, still waiting in August"),
        pytest.param(Application.APPLIED, date(2026, 10, 1), IN, id="applied, no place by the count date"),
        pytest.param(Application.WAITING_LIST, date(2026, 8, 20), IN, id="on the waiting list has no place"),
        pytest.param(Application.UNKNOWN, date(2026, 8, 20), OPEN, id="nothing known in August"),
        pytest.param(Application.UNKNOWN, date(2026, 10, 1), IN, id="no place known by the count date"),
    ],
)
def test_one_who_left_tenth_grade_in_june_is_judged_by_what_became_of_the_application(application, on, outcome):
    facts = youth(date(2010, 4, 1), lower(), application=application)
    assert statutory_membership(facts, on).outcome is outcome


def test_a_place_that_begins_later_this_year_keeps_the_youth_out():
    facts = youth(date(2010, 4, 1), lower(), pupil(date(2026, 11, 16)))
    assert statutory_membership(facts, AUTUMN).outcome is OUT


@pytest.mark.proves("amb-07")
def test_the_statutory_group_is_within_the_local_one():
    facts = youth(date(2009, 4, 1), pupil(date(2026, 8, 17), date(2026, 10, 30)))
    assert local_target_group(facts, AUTUMN).outcome is IN
