"""Days, numbers and shares as they are written in the three languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel import clock, formats

TODAY = date(2026, 11, 23)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "written"), [("nb", "23. nov. 2026"), ("nn", "23. nov. 2026"), ("en", "23 Nov 2026")]
)
def test_a_day_is_written_in_the_users_language(language, written):
    with override(language):
        assert plain(formats.day(TODAY)) == written


def test_a_day_never_breaks_over_two_lines():
    assert " " not in formats.day(TODAY)


@pytest.mark.parametrize(
    ("distance", "nb", "nn", "en"),
    [
        (0, "i dag", "i dag", "today"),
        (1, "i morgen", "i morgon", "tomorrow"),
        (-1, "i går", "i går", "yesterday"),
        (4, "om 4 dager", "om 4 dagar", "in 4 days"),
        (-3, "for 3 dager siden", "for 3 dagar sidan", "3 days ago"),
        (-60, "for 60 dager siden", "for 60 dagar sidan", "60 days ago"),
        (-72, "for 2 måneder siden", "for 2 månader sidan", "2 months ago"),
        (-800, "for 2 år siden", "for 2 år sidan", "2 years ago"),
    ],
)
def test_a_day_seen_from_today(distance, nb, nn, en):
    for language, written in (("nb", nb), ("nn", nn), ("en", en)):
        with override(language):
            assert plain(formats.relative_day(TODAY + timedelta(days=distance), TODAY)) == written


def test_a_relative_day_follows_the_clock_when_not_told_the_day():
    with clock.frozen(TODAY):
        assert formats.relative_day(TODAY) == "i dag"


def test_a_moment_just_before_midnight_in_greenwich_is_the_next_day_in_norway():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert plain(formats.moment(late)) == "23. nov. 2026 kl. 00.30"
    assert plain(formats.day(late)) == "23. nov. 2026"


@pytest.mark.parametrize(
    ("value", "decimals", "nb", "en"),
    [(1212, 0, "1 212", "1,212"), (27.6, 1, "27,6", "27.6"), (-3, 0, "−3", "−3"), (0.125, 2, "0,13", "0.13"),
     (45168, 0, "45 168", "45,168"), (Decimal("0.5"), 0, "1", "1"), (-0.2, 0, "0", "0")],
)  # fmt: skip
def test_numbers_are_grouped_and_rounded_as_people_do(value, decimals, nb, en):
    with override("nb"):
        assert plain(formats.number(value, decimals)) == nb
    with override("en"):
        assert formats.number(value, decimals) == en


def test_a_share_is_written_in_percent():
    assert plain(formats.percent(0.23)) == "23 %"
    assert plain(formats.percent(0.276, 1)) == "27,6 %"
    with override("en"):
        assert formats.percent(0.23) == "23%"


@pytest.mark.parametrize(
    ("day", "written"),
    [(date(2026, 8, 1), "2026–27"), (date(2027, 7, 31), "2026–27"), (date(1999, 9, 1), "1999–00"), (2026, "2026–27")],
)
def test_the_school_year_turns_on_the_first_of_august(day, written):
    assert formats.school_year(day) == written


def test_a_period_says_with_a_dash_that_it_is_open():
    assert plain(formats.period(TODAY, None)) == "23. nov. 2026 –"
    assert plain(formats.period(TODAY, date(2027, 3, 1))) == "23. nov. 2026 – 1. mars 2027"


@pytest.mark.parametrize("write", [formats.day, formats.moment, formats.number, formats.percent, formats.relative_day])
def test_what_is_not_known_is_a_dash(write):
    assert write(None) == "–"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_whole_number_can_be_read_back(value):
    assert int(formats.number(value).replace("\u00a0", "").replace("−", "-")) == value
