"""The annual wheel: where the dates and intervals of the agreement and the standard fall in a school year."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from fotfeste.law.annual_wheel import Recurrence, event, events, kept_on
from fotfeste.law.readings import PROPOSED
from fotfeste.law.school_year import SchoolYear
from fotfeste.law.status_rules import registration_deadlines
from fotfeste.law.wheel_days import day_in, due_after, months_after, occurrences
from fotfeste.law.working_days import WeekendRule, is_working_day

YEARS = [SchoolYear(year) for year in range(2026, 2061)]
EARLY = date(2010, 8, 1)


def due(event_id: str, start_year: int, **reading: str) -> list[date]:
    readings = PROPOSED
    for name, value in reading.items():
        readings = readings.override(name.replace("_", "-"), value, first_day=EARLY)
    return [one.due for one in occurrences(event(event_id), SchoolYear(start_year), readings)]


# --- Dates -----------------------------------------------------------------------------------------------


@pytest.mark.proves("dl-prevented-pupils", "dl-no-place-transfer", "dl-count-date", "dl-alternative-offer")
@pytest.mark.proves("dl-registration-nov", "dl-registration-feb", "dl-registration-apr", "dl-registration-jun")
@pytest.mark.proves("dl-national-report-nov", "dl-national-report-jun", "dl-internal-report-nov", "dl-year-end-24")
@pytest.mark.proves("dl-internal-report-jun", "dl-nonapplicant-transfer", "dl-nonapplicant-letter", "amb-47")
@pytest.mark.proves("dl-otuk-list-oct", "dl-otuk-list-nov", "dl-otuk-list-feb", "dl-otuk-list-apr")
@pytest.mark.parametrize(
    ("event_id", "start_year", "kept"),
    [
        ("dl-prevented-pupils", 2026, date(2026, 8, 10)),
        ("dl-prevented-pupils", 2030, date(2030, 8, 12)),  # a Saturday: a transfer waits for Monday
        ("dl-no-place-transfer", 2027, date(2027, 9, 24)),  # a Saturday
        ("dl-count-date", 2028, date(2028, 10, 1)),  # a Sunday: a fact does not move
        ("dl-alternative-offer", 2028, date(2028, 9, 29)),  # the same Sunday
        ("dl-otuk-list-oct", 2026, date(2026, 10, 9)),
        ("dl-registration-nov", 2026, date(2026, 11, 10)),
        ("dl-national-report-nov", 2026, date(2026, 11, 13)),
        ("dl-internal-report-nov", 2026, date(2026, 11, 13)),
        ("dl-otuk-list-nov", 2027, date(2027, 11, 19)),
        ("dl-year-end-24", 2033, date(2033, 12, 31)),  # a Saturday
        ("dl-registration-feb", 2026, date(2027, 2, 10)),
        ("dl-otuk-list-feb", 2027, date(2028, 2, 18)),
        ("dl-nonapplicant-transfer", 2027, date(2028, 3, 20)),
        ("dl-nonapplicant-transfer", 2034, date(2035, 3, 19)),
        ("dl-nonapplicant-transfer", 2033, date(2034, 3, 20)),
        ("dl-registration-apr", 2026, date(2027, 4, 9)),
        ("dl-registration-apr", 2032, date(2033, 4, 8)),
        ("dl-otuk-list-apr", 2029, date(2030, 4, 17)),  # Saturday before Easter; Maundy Thursday and Good Friday too
        ("dl-otuk-list-apr", 2027, date(2028, 4, 20)),
        ("dl-nonapplicant-letter", 2026, date(2027, 4, 30)),  # 1 May, and a Saturday
        ("dl-nonapplicant-letter", 2031, date(2032, 4, 30)),
        ("dl-nonapplicant-letter", 2027, date(2028, 4, 28)),  # 1 May is a Monday, so the letter goes on the Friday
        ("dl-registration-jun", 2027, date(2028, 6, 9)),
        ("dl-national-report-jun", 2026, date(2027, 6, 15)),
        ("dl-internal-report-jun", 2030, date(2031, 6, 13)),
    ],
)
def test_a_date_is_kept_on_the_day_its_rule_gives(event_id, start_year, kept):
    assert due(event_id, start_year) == [kept]


@pytest.mark.parametrize("each", events(), ids=lambda each: each.id)
def test_whatever_falls_in_a_year_is_in_order_and_on_a_working_day_where_its_rule_says_so(each):
    for year in YEARS:
        found = occurrences(each, year)
        assert list(found) == sorted(found)
        for one in found:
            assert one.opens <= one.due
            assert one.nominal <= one.closes
            assert one.rule is WeekendRule.NO_SHIFT or is_working_day(one.due)
            assert one.rule is not WeekendRule.PREVIOUS_WORKING_DAY or one.due <= one.nominal


def test_an_event_belongs_to_one_school_year_also_when_a_day_off_moves_it_across_1_august():
    last = SchoolYear(2026).next
    assert day_in(last, 8, 1) == date(2027, 8, 1)  # a Sunday
    assert kept_on(WeekendRule.PREVIOUS_WORKING_DAY, date(2027, 8, 1)) == date(2027, 7, 30)
    assert [one.nominal for one in occurrences(event("dl-prevented-pupils"), last)] == [date(2027, 8, 10)]


@pytest.mark.parametrize(("start_year", "kept"), [(2026, date(2027, 2, 28)), (2027, date(2028, 2, 29))])
def test_29_february_is_the_28th_where_there_is_none(start_year, kept):
    assert day_in(SchoolYear(start_year), 2, 29) == kept


def test_17_may_is_a_day_off_like_a_saturday():
    assert kept_on(WeekendRule.NEXT_WORKING_DAY, date(2029, 5, 17)) == date(2029, 5, 18)
    assert kept_on(WeekendRule.PREVIOUS_WORKING_DAY, date(2032, 5, 17)) == date(2032, 5, 14)  # a Monday at Whitsun


@pytest.mark.proves("amb-47")
@pytest.mark.parametrize(
    ("value", "letter"),
    [
        ("per_event", date(2027, 4, 30)),
        ("previous-working-day", date(2027, 4, 30)),
        ("next-working-day", date(2027, 5, 3)),
        ("no-shift", date(2027, 5, 1)),
    ],
)
def test_a_county_chooses_what_happens_on_days_off_and_the_count_date_stays(value, letter):
    assert due("dl-nonapplicant-letter", 2026, amb_47=value) == [letter]
    assert due("dl-count-date", 2028, amb_47=value) == [date(2028, 10, 1)]


def test_another_weekend_rule_holds_from_its_day_and_the_statuses_follow_it():
    readings = PROPOSED.override("amb-47", "next-working-day", first_day=date(2027, 1, 1))
    october = occurrences(event("dl-otuk-list-oct"), SchoolYear(2026), readings)
    april = occurrences(event("dl-registration-apr"), SchoolYear(2026), readings)
    assert (october[0].due, april[0].due) == (date(2026, 10, 9), date(2027, 4, 12))
    assert april[0].due in registration_deadlines(SchoolYear(2026), readings)


# --- Windows, intervals and what goes on all year ------------------------------------------------------------


@pytest.mark.proves("dl-private-school-report", "amb-50")
def test_the_private_schools_have_all_of_september_until_its_last_working_day():
    [one] = occurrences(event("dl-private-school-report"), SchoolYear(2028))
    assert (one.opens, one.due) == (date(2028, 9, 1), date(2028, 9, 29))  # the 30th is a Saturday
    assert due("dl-private-school-report", 2026, amb_50="mid_month") == [date(2026, 9, 15)]


@pytest.mark.proves("dl-weekly-leavers", "dl-weekly-pupil-services", "amb-54")
def test_leavers_come_every_week_on_monday_or_the_next_working_day_of_the_week():
    found = due("dl-weekly-leavers", 2026)
    assert len(found) == 52
    assert (found[0], found[-1]) == (date(2026, 8, 3), date(2027, 7, 26))
    assert date(2027, 3, 30) in found  # Easter Monday was the 29th
    assert date(2027, 5, 18) in found  # 17 May and Whit Monday were the same day
    assert date(2026, 8, 6) in due("dl-weekly-leavers", 2026, amb_54="thursday")
    assert len(due("dl-weekly-leavers", 2028)) == 52
    assert due("dl-weekly-pupil-services", 2026)[0] == date(2026, 8, 7)


@pytest.mark.proves("dl-clarification-continuous", "dl-transfer-continuous", "dl-nav-contact-list", "amb-51")
@pytest.mark.parametrize("event_id", ["dl-clarification-continuous", "dl-transfer-continuous", "dl-nav-contact-list"])
def test_what_goes_on_all_year_is_twelve_months_from_august_with_a_whole_february(event_id):
    found = occurrences(event(event_id), SchoolYear(2027))
    assert [one.opens.month for one in found] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]
    assert found[6].due == date(2028, 2, 29)
    assert all(after.opens - before.due == timedelta(days=1) for before, after in pairwise(found))


@pytest.mark.proves("dl-list-review", "amb-49")
def test_each_list_is_gone_through_by_the_schools_next_registration_deadline():
    assert due("dl-list-review", 2026) == [date(2026, 11, 10), date(2027, 2, 10), date(2027, 4, 9), date(2027, 6, 10)]


@pytest.mark.proves("dl-network-meetings", "dl-nav-ot-leader-meetings", "dl-study-workshop-start")
@pytest.mark.parametrize("event_id", ["dl-network-meetings", "dl-nav-ot-leader-meetings", "dl-study-workshop-start"])
def test_twice_a_year_is_once_in_each_half_of_the_calendar_year(event_id):
    autumn, spring = occurrences(event(event_id), SchoolYear(2026))
    assert (autumn.opens, autumn.due) == (date(2026, 7, 1), date(2026, 12, 31))
    assert (spring.opens, spring.due) == (date(2027, 1, 1), date(2027, 6, 30))


@pytest.mark.proves("dl-yearly-agreement-meeting", "dl-nav-employer-survey", "amb-55")
def test_the_yearly_meeting_is_held_before_15_september_and_never_asked_for_before_there_was_an_agreement():
    assert due("dl-yearly-agreement-meeting", 2026) == [date(2026, 9, 14)]
    assert due("dl-yearly-agreement-meeting", 2025) == []
    assert due("dl-yearly-agreement-meeting", 2026, amb_55="by_30_june") == [date(2027, 6, 30)]
    assert due("dl-nav-employer-survey", 2026) == [date(2026, 12, 31)]


# --- What something else sets off, and older practice ------------------------------------------------------------


@pytest.mark.proves("dl-contact-change", "dl-plan-end", "dl-age-entry-16", "dl-agreement-revision")
@pytest.mark.proves("dl-nav-activity-plan-one-month", "dl-practice-3-plus-3", "dl-workplace-follow-up-monthly")
@pytest.mark.proves("dl-standard-revision")
@pytest.mark.parametrize(
    ("event_id", "happened", "kept"),
    [
        ("dl-contact-change", date(2027, 3, 25), date(2027, 3, 30)),  # Maundy Thursday: the Tuesday after Easter
        ("dl-plan-end", date(2027, 5, 17), date(2027, 5, 17)),
        ("dl-age-entry-16", date(2027, 1, 1), date(2027, 1, 1)),
        ("dl-nav-activity-plan-one-month", date(2027, 1, 31), date(2027, 2, 28)),
        ("dl-nav-activity-plan-one-month", date(2028, 1, 31), date(2028, 2, 29)),
        ("dl-practice-3-plus-3", date(2026, 11, 30), date(2027, 2, 28)),
        ("dl-workplace-follow-up-monthly", date(2026, 12, 15), date(2027, 1, 15)),
        ("dl-agreement-revision", date(2027, 1, 1), None),
        ("dl-standard-revision", date(2027, 1, 1), None),
    ],
)
def test_what_is_set_off_by_something_has_no_day_of_its_own_until_it_happens(event_id, happened, kept):
    assert due(event_id, 2026) == []
    assert due_after(event_id, happened) == kept


def test_months_are_counted_backwards_too_and_end_on_the_last_of_a_shorter_one():
    assert months_after(date(2028, 2, 29), -12) == date(2027, 2, 28)


@pytest.mark.proves("dl-status-snapshot-january", "dl-survey-wave", "dl-newgiv-gatherings")
@pytest.mark.proves("dl-monthly-hard-cases-forum", "dl-nav-ot-adviser-meetings")
def test_older_practice_is_a_pattern_and_never_a_duty():
    patterns = {each.id for each in events() if not each.is_duty}
    assert {each.id for each in events() if each.recurrence is Recurrence.HISTORY} < patterns
    assert {"dl-nav-ot-adviser-meetings", "dl-weekly-pupil-services", "dl-practice-3-plus-3"} < patterns
    assert "dl-nav-employer-survey" not in patterns  # the agreement asks for it
    assert due("dl-status-snapshot-january", 2026) == [date(2027, 1, 1)]
    assert due("dl-survey-wave", 2026) == [date(2027, 3, 27)]
    assert due("dl-newgiv-gatherings", 2026) == due("dl-monthly-hard-cases-forum", 2026) == []


# --- The order ---------------------------------------------------------------------------------------------


def test_what_an_event_builds_on_comes_before_it_in_every_year():
    links = {(before, each.id) for each in events() for before in each.after}
    links |= {(each.id, after) for each in events() for after in each.before}
    assert len(events()) == len({each.id for each in events()}) == 44
    dated = {each.id for each in events() if each.recurrence in {Recurrence.DATE, Recurrence.WINDOW}}
    assert len([1 for earlier, later in links if {earlier, later} <= dated]) == 15
    for year in YEARS:
        on = {each.id: occurrences(each, year)[0].due for each in events() if each.id in dated}
        assert [(a, b) for a, b in links if {a, b} <= dated and on[a] > on[b]] == []
