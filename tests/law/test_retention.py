"""How long a case stands after the service has ended."""

from datetime import date

import pytest

from fotfeste.law.readings import PROPOSED
from fotfeste.law.retention import KEEP_CASE, KEEP_REACH, kept_until, service_ended_on

TODAY = date(2026, 11, 28)
ENDED = date(2025, 12, 31)


def _read(reading: str, value: str) -> date | None:
    readings = PROPOSED.override(reading, value, first_day=date(2026, 1, 1)).on(TODAY)
    return kept_until(ended_on=ENDED, readings=readings, reading=reading)


def test_the_service_ends_by_age_however_early_somebody_left_it():
    assert service_ended_on(born=date(2001, 5, 1), registered_until=[date(2019, 6, 30)], as_of=TODAY) == ENDED


def test_a_registration_that_ended_later_counts():
    later = date(2026, 3, 1)
    assert service_ended_on(born=date(2001, 5, 1), registered_until=[date(2019, 6, 30), later], as_of=TODAY) == later


def test_somebody_who_was_never_registered_is_counted_by_age_alone():
    assert service_ended_on(born=date(2001, 5, 1), registered_until=[], as_of=TODAY) == ENDED


@pytest.mark.parametrize("reading", [KEEP_CASE, KEEP_REACH])
def test_nothing_is_due_before_the_county_has_decided(reading):
    assert kept_until(ended_on=ENDED, readings=PROPOSED.on(TODAY), reading=reading) is None


def test_what_the_county_preserves_is_never_due():
    assert _read(KEEP_CASE, "preserved") is None


@pytest.mark.parametrize(
    ("reading", "value", "expected"),
    [
        (KEEP_CASE, "years_5", date(2030, 12, 31)),
        (KEEP_CASE, "years_10", date(2035, 12, 31)),
        (KEEP_REACH, "at_once", ENDED),
        (KEEP_REACH, "years_1", date(2026, 12, 31)),
    ],
)
def test_it_is_kept_as_many_years_as_the_county_has_decided(reading, value, expected):
    assert _read(reading, value) == expected


def test_a_leap_day_becomes_the_last_of_february():
    readings = PROPOSED.override(KEEP_CASE, "years_5", first_day=date(2020, 1, 1)).on(TODAY)
    assert kept_until(ended_on=date(2024, 2, 29), readings=readings, reading=KEEP_CASE) == date(2029, 2, 28)
