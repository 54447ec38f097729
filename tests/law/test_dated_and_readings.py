"""Law over time, the end dates, and the readings as settings."""

import dataclasses
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fotfeste.law
from fotfeste.law import sources, timeline
from fotfeste.law.dated import BeforeOurHorizon, Dated, Since
from fotfeste.law.end_dates import first_day_of_adult_choice, last_day_of_right, last_day_of_service
from fotfeste.law.readings import PROPOSED, all_readings
from tests.law.builders import HORIZON

births = st.dates(date(1990, 1, 1), date(2020, 12, 31))


@given(born=births)
def test_under_the_new_act_the_service_ends_on_the_last_day_of_the_year_of_24(born):
    last = last_day_of_service(born=born, as_of=date(2026, 1, 1))
    assert (last.month, last.day) == (12, 31)
    assert last.year - born.year == 24


@given(born=births)
def test_the_right_ends_with_the_school_year_half_a_year_after_the_service(born):
    service = last_day_of_service(born=born, as_of=date(2026, 1, 1))
    right = last_day_of_right(born=born)
    assert (right.month, right.day) == (7, 31)
    assert right.year == service.year + 1


@given(as_of=st.dates(HORIZON, date(2060, 1, 1)))
def test_the_age_limit_switches_exactly_on_1_august_2024(as_of):
    born = date(2003, 6, 1)
    expected = 2027 if as_of >= date(2024, 8, 1) else 2024
    assert last_day_of_service(born=born, as_of=as_of).year == expected


def test_adult_choice_begins_with_the_school_year_of_turning_19_and_was_no_right_before():
    assert first_day_of_adult_choice(born=date(2007, 10, 20), as_of=date(2026, 1, 1)) == date(2026, 8, 1)
    assert first_day_of_adult_choice(born=date(2007, 10, 20), as_of=date(2024, 7, 31)) is None


@given(day=st.dates(HORIZON, date(2060, 1, 1)))
def test_every_legal_value_is_the_same_on_its_epoch_as_on_the_day(day):
    epoch = timeline.epoch_of(day)
    assert epoch <= day
    for dated in timeline.ALL:
        assert dated.on(epoch) == dated.on(day)


def test_nothing_is_computed_before_the_oldest_law_we_hold():
    with pytest.raises(BeforeOurHorizon, match="tidligere"):
        timeline.epoch_of(HORIZON - timedelta(days=1))
    with pytest.raises(BeforeOurHorizon):
        PROPOSED.on(HORIZON - timedelta(days=1))


def test_the_lines_of_a_dated_value_must_be_in_order():
    first = Since(date(2020, 1, 1), 1, sources.OPPL_2023_9_4)
    with pytest.raises(ValueError, match="in order"):
        Dated(first, Since(date(2019, 1, 1), 2, sources.OPPL_2023_9_4))
    with pytest.raises(ValueError, match="at least one"):
        Dated()


def test_every_source_has_an_id_a_title_and_days_in_order():
    assert len(sources.ALL) == len({source.id for source in sources.ALL.values()})
    for source in sources.ALL.values():
        assert source.title
        assert source.first_day is None or source.last_day is None or source.first_day <= source.last_day


def test_every_reading_is_asked_for_by_some_rule_and_every_one_asked_for_exists():
    code = "".join(path.read_text(encoding="utf-8") for path in Path(fotfeste.law.__file__).parent.glob("*.py"))
    used = set(re.findall(r'"((?:amb|dl|tg|unit|rule)-[a-z0-9-]+)"', code))
    assert set(all_readings()) <= used


@pytest.mark.parametrize("reading", all_readings().values(), ids=lambda reading: reading.id)
def test_the_proposed_value_of_every_reading_is_allowed_and_known_from_the_horizon(reading):
    assert reading.question.endswith("?")
    assert reading.lines[0].first_day == HORIZON
    assert all(reading.accepts(line.value) for line in reading.lines)


def test_a_reading_changes_on_its_day_and_not_before():
    readings = PROPOSED.override("amb-22", "count_date_school", first_day=date(2026, 8, 1))
    assert readings.on(date(2026, 7, 31))["amb-22"] == "latest_enrolment"
    assert readings.on(date(2026, 8, 1))["amb-22"] == "count_date_school"
    assert PROPOSED.on(date(2026, 8, 1))["amb-22"] == "latest_enrolment"


def test_a_county_s_own_reading_stands_above_the_general_one_and_touches_no_other_county():
    readings = PROPOSED.override("amb-07", "statutory_only", first_day=HORIZON)
    readings = readings.override("amb-07", "two_flags", first_day=HORIZON, county="03")
    assert readings.for_county("03").on(date(2026, 1, 1))["amb-07"] == "two_flags"
    assert readings.for_county("32").on(date(2026, 1, 1))["amb-07"] == "statutory_only"
    assert readings.on(date(2026, 1, 1))["amb-07"] == "statutory_only"


@pytest.mark.parametrize("value", ["nonsense", "days:0", "days:x", "days"])
def test_a_value_that_is_not_allowed_is_refused(value):
    with pytest.raises(ValueError, match="ikke en tillatt verdi"):
        PROPOSED.override("rule-reconfirm", value, first_day=HORIZON)


def test_an_unknown_reading_is_refused():
    with pytest.raises(KeyError):
        PROPOSED.override("amb-999", "x", first_day=HORIZON)


def test_readings_cannot_be_changed_in_place_and_serve_as_a_key():
    with pytest.raises(dataclasses.FrozenInstanceError):
        PROPOSED.county = "03"
    on = date(2026, 1, 1)
    other = PROPOSED.override("amb-07", "statutory_only", first_day=HORIZON).on(on)
    assert {PROPOSED.on(on), PROPOSED.for_county("03").on(on), other} == {PROPOSED.on(on), other}
