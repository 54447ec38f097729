"""Organisation numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import orgnr

from fotfeste.law.org_number import is_org_number


@given(digits=st.text("0123456789", min_size=9, max_size=9))
def test_the_check_digit_agrees_with_an_independent_library(digits):
    assert is_org_number(digits) == orgnr.is_valid(digits)


@given(eight=st.text("0123456789", min_size=8, max_size=8))
def test_at_most_one_check_digit_fits(eight):
    assert sum(is_org_number(f"{eight}{digit}") for digit in range(10)) <= 1


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        pytest.param("976820037", True, id="the education agency of Oslo"),
        pytest.param("976820038", False, id="wrong check digit"),
        pytest.param("976 820 037", False, id="with blanks"),
        pytest.param("", False, id="empty"),
    ],
)
def test_an_organisation_number_is_nine_digits_with_the_right_check_digit(text, fits):
    assert is_org_number(text) is fits
