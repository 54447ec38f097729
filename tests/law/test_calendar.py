"""The school year, public holidays and working days."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.law.school_year import SchoolYear, school_year_of, week_number
from fotfeste.law.working_days import (
    WeekendRule,
    add_working_days,
    is_working_day,
    next_working_day,
    previous_working_day,
    public_holidays,
    shift,
)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize("year", range(1990, 2061))
def test_the_public_holidays_agree_with_an_independent_library(year):
    assert set(public_holidays(year)) == set(holidays.country_holidays("NO", years=year))


def test_two_holidays_on_one_day_keep_both_names():
    assert public_holidays(2027)[date(2027, 5, 17)] == "Andre pinsedag; Grunnlovsdag"


def test_christmas_eve_is_a_working_day():
    assert is_working_day(date(2026, 12, 24))


@given(day=days)
def test_the_next_and_previous_working_day_are_the_nearest_ones(day):
    after, before = next_working_day(day), previous_working_day(day)
    assert before <= day <= after
    assert is_working_day(before)
    assert is_working_day(after)
    between = [before + timedelta(days=step) for step in range(1, (after - before).days)]
    assert not any(is_working_day(item) for item in between)


@given(day=days, count=st.integers(1, 60))
def test_adding_working_days_counts_exactly_the_working_days_passed(day, count):
    end = add_working_days(day, count)
    passed = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(is_working_day(item) for item in passed) == count
    assert is_working_day(end)


@given(day=days, count=st.integers(1, 60))
def test_subtracting_undoes_adding_from_a_working_day(day, count):
    start = next_working_day(day)
    assert add_working_days(add_working_days(start, count), -count) == start


def test_five_working_days_over_easter_2027():
    assert add_working_days(date(2027, 3, 24), 5) == date(2027, 4, 5)


@pytest.mark.proves("amb-47")
@pytest.mark.parametrize(
    ("day", "rule", "kept_on"),
    [
        pytest.param(
            date(2026, 10, 10), WeekendRule.PREVIOUS_WORKING_DAY, date(2026, 10, 9), id="a list on a Saturday"
        ),
        pytest.param(
            date(2028, 3, 19), WeekendRule.NEXT_WORKING_DAY, date(2028, 3, 20), id="non-applicants on a Sunday"
        ),
        pytest.param(date(2027, 5, 1), WeekendRule.PREVIOUS_WORKING_DAY, date(2027, 4, 30), id="the letter of 1 May"),
        pytest.param(date(2028, 10, 1), WeekendRule.NO_SHIFT, date(2028, 10, 1), id="the count date never moves"),
        pytest.param(
            date(2028, 9, 30), WeekendRule.LAST_WORKING_DAY_OF_WINDOW, date(2028, 9, 29), id="the report of September"
        ),
        pytest.param(date(2026, 11, 10), WeekendRule.PREVIOUS_WORKING_DAY, date(2026, 11, 10), id="a Tuesday"),
    ],
)
def test_a_deadline_on_a_day_off_moves_by_its_rule(day, rule, kept_on):
    assert shift(day, rule) == kept_on


@pytest.mark.proves("amb-51")
@given(day=days)
def test_every_day_lies_in_exactly_one_school_year(day):
    year = school_year_of(day)
    assert day in year
    assert day not in year.previous
    assert day not in year.next
    assert year.last_day + timedelta(days=1) == year.next.first_day


@pytest.mark.proves("amb-51")
def test_a_school_year_has_its_days_label_and_count_date():
    year = school_year_of(date(2027, 7, 31))
    assert (year.first_day, year.last_day) == (date(2026, 8, 1), date(2027, 7, 31))
    assert (year.label, year.count_date) == ("2026–27", date(2026, 10, 1))
    assert SchoolYear(1999).label == "1999–00"


@pytest.mark.parametrize("label", ["2026–27", "2026-27", " 2026/27 ", "2026-2027"])
def test_a_school_year_is_read_in_the_ways_people_write_it(label):
    assert SchoolYear.parse(label) == SchoolYear(2026)


@pytest.mark.parametrize("label", ["2026", "2026-28", "2026-2028", "2026-1927", "skoleåret"])
def test_what_is_not_a_school_year_is_refused_in_plain_words(label):
    with pytest.raises(ValueError, match="er ikke et skoleår"):
        SchoolYear.parse(label)


@given(start=st.integers(1990, 2060))
def test_the_weeks_of_a_school_year_are_those_of_its_days(start):
    year = SchoolYear(start)
    every_day = [year.first_day + timedelta(days=step) for step in range((year.last_day - year.first_day).days + 1)]
    assert list(year.weeks()) == list(dict.fromkeys(week_number(day) for day in every_day))
