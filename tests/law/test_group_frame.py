"""The frame conditions, by the examples and edge cases of the specification."""

from datetime import date

import pytest

from fotfeste.law.facts import Application, EnrolmentKind
from fotfeste.law.membership import local_target_group, statutory_membership
from fotfeste.law.outcomes import Membership
from tests.law.builders import AUTUMN, EnrolmentEnd, YouthFacts, enrolled, lower, pupil, reading, result, status, youth


@pytest.mark.proves("tg-age-frame", "amb-01")
@pytest.mark.parametrize(
    ("born", "on", "holds"),
    [
        pytest.param(
            date(2001, 12, 30), date(2025, 12, 31), True, id="born 30 December 2001, covered on 31 December 2025"
        ),
        pytest.param(date(2001, 12, 30), date(2026, 1, 1), False, id="born 30 December 2001, out on 1 January 2026"),
        pytest.param(date(2002, 1, 2), date(2026, 12, 31), True, id="born 2 January 2002, covered to the end of 2026"),
        pytest.param(date(2002, 1, 2), date(2026, 1, 3), True, id="born 2 January 2002, covered after turning 24"),
        pytest.param(date(2010, 11, 5), date(2026, 8, 1), True, id="fifteen, left in June, turns 16 in November"),
        pytest.param(date(2011, 1, 2), date(2026, 8, 1), True, id="fifteen all year, but finished compulsory school"),
    ],
)
def test_the_age_frame_runs_from_the_summer_after_compulsory_school_to_the_end_of_the_year_of_24(born, on, holds):
    assert result("tg-age-frame", youth(born), on).holds is holds


@pytest.mark.proves("tg-age-frame")
def test_a_child_in_compulsory_school_is_too_young():
    facts = YouthFacts(born=date(2012, 1, 1), finished_compulsory=False)
    assert result("tg-age-frame", facts, AUTUMN).holds is False


@pytest.mark.proves("tg-age-frame", "amb-02")
def test_an_adult_participant_who_turns_24_this_year_is_not_dropped_unless_a_reading_says_under_24():
    course = enrolled(EnrolmentKind.VO_VOV, date(2026, 8, 17), date(2026, 10, 20))
    facts = youth(date(2002, 3, 1), course)
    assert result("tg-vo-participant", facts, AUTUMN).holds is True
    assert result("tg-vo-participant", facts, AUTUMN, reading("amb-02", "under_24")).holds is False


@pytest.mark.proves("amb-01")
def test_a_county_may_read_the_age_frame_from_the_sixteenth_birthday():
    facts = youth(date(2010, 11, 5))
    assert result("tg-age-frame", facts, date(2026, 11, 4), reading("amb-01", "from_16")).holds is False
    assert result("tg-age-frame", facts, date(2026, 11, 5), reading("amb-01", "from_16")).holds is True


@pytest.mark.proves("tg-right-frame")
def test_a_pupil_who_stopped_in_vg2_without_competence_keeps_the_right():
    facts = YouthFacts(born=date(2008, 5, 17), enrolments=(pupil(date(2025, 8, 18), date(2026, 10, 1)),))
    found = result("tg-right-frame", facts, AUTUMN)
    assert found.holds is True
    assert found.reason.source.citation == "opplæringslova § 5-1"


@pytest.mark.proves("tg-right-frame")
def test_without_finished_compulsory_school_there_is_no_right():
    facts = YouthFacts(born=date(2009, 5, 17), finished_compulsory=False)
    assert result("tg-right-frame", facts, AUTUMN).holds is False
    assert statutory_membership(facts, AUTUMN).outcome is Membership.NOT_IN_OT


@pytest.mark.proves("tg-right-frame")
def test_nothing_known_about_the_right_leaves_the_membership_undecided():
    facts = YouthFacts(born=date(2008, 5, 17), application=Application.NOT_APPLIED)
    decision = statutory_membership(facts, AUTUMN)
    assert decision.outcome is Membership.UNDECIDED
    assert [reason.rule for reason in decision.reasons] == ["tg-right-frame"]


@pytest.mark.proves("tg-right-frame")
def test_the_county_s_own_registration_lets_the_right_be_presumed_and_says_so():
    facts = YouthFacts(born=date(2008, 5, 17), status=status("OTUK"))
    decision = statutory_membership(facts, AUTUMN)
    assert decision.outcome is Membership.IN_OT
    assert any(reason.reading == "tg-right-frame" for reason in decision.reasons)
    strict = reading("tg-right-frame", "undecided")
    assert statutory_membership(facts, AUTUMN, strict).outcome is Membership.UNDECIDED


@pytest.mark.proves("tg-right-frame", "amb-09")
@pytest.mark.parametrize(
    ("on", "citation"),
    [
        pytest.param(date(2024, 7, 31), "opplæringslova 1998 § 3-1", id="the old Act until 31 July 2024"),
        pytest.param(date(2024, 8, 1), "opplæringslova § 5-1", id="the Act, not the regulation, from 1 August 2024"),
    ],
)
def test_the_right_is_cited_by_the_act_in_force(on, citation):
    assert result("tg-right-frame", youth(date(2006, 1, 1)), on).reason.source.citation == citation


@pytest.mark.proves("tg-school-year-scope", "amb-51")
def test_a_place_accepted_in_august_and_left_in_october_puts_the_youth_in_from_october():
    place = pupil(date(2026, 8, 17), date(2026, 10, 12))
    before = youth(date(2010, 2, 3), lower(), place, application=Application.ACCEPTED)
    assert statutory_membership(before, date(2026, 10, 12)).outcome is Membership.NOT_IN_OT
    assert statutory_membership(before, date(2026, 10, 13)).outcome is Membership.IN_OT
    assert result("tg-school-year-scope", before, date(2026, 10, 13)).holds is True


@pytest.mark.proves("tg-school-year-scope", "amb-51")
@pytest.mark.parametrize(
    ("on", "holds"),
    [
        pytest.param(date(2027, 7, 31), True, id="the school year lasts through 31 July"),
        pytest.param(date(2027, 8, 1), False, id="the next one begins on 1 August"),
    ],
)
def test_the_school_year_of_an_event_ends_on_31_july(on, holds):
    facts = youth(date(2009, 2, 3), pupil(date(2026, 8, 17), date(2027, 1, 8)))
    assert result("tg-school-year-scope", facts, on).holds is holds


@pytest.mark.proves("tg-age-frame")
@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        pytest.param(date(2023, 12, 31), Membership.IN_OT, id="to the end of the year of 21 under the old Act"),
        pytest.param(date(2024, 1, 1), Membership.NOT_IN_OT, id="out on 1 January of the year of 22"),
        pytest.param(date(2024, 7, 31), Membership.NOT_IN_OT, id="still out on the last day of the old Act"),
        pytest.param(date(2024, 8, 1), Membership.IN_OT, id="in again on the first day of the new Act"),
        pytest.param(date(2026, 12, 31), Membership.IN_OT, id="to the end of the year of 24"),
        pytest.param(date(2027, 1, 1), Membership.NOT_IN_OT, id="out on 1 January of the year of 25"),
    ],
)
def test_the_age_limit_follows_the_act_in_force_on_the_day(on, outcome):
    facts = youth(date(2002, 6, 1), application=Application.NOT_APPLIED)
    assert statutory_membership(facts, on).outcome is outcome
    assert local_target_group(facts, on).outcome is outcome


@pytest.mark.proves("tg-right-frame", "amb-10")
def test_one_who_had_lost_the_right_was_covered_until_31_july_2024_only():
    facts = youth(date(2004, 6, 1), has_right=False, has_lost_right=True, application=Application.NOT_APPLIED)
    assert statutory_membership(facts, date(2024, 7, 31)).outcome is Membership.IN_OT
    assert statutory_membership(facts, date(2024, 8, 1)).outcome is Membership.NOT_IN_OT


def test_finishing_a_year_in_june_keeps_pupil_status_through_the_summer():
    facts = youth(date(2009, 2, 3), pupil(date(2025, 8, 18), date(2026, 6, 19), EnrolmentEnd.YEAR_ENDED))
    assert statutory_membership(facts, date(2026, 7, 10)).outcome is Membership.NOT_IN_OT
