"""Identity numbers: every kind, the numbers of 2032, and where each may be used. All numbers here are made up."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer

from fotfeste.law.national_id import (
    Environment,
    IdKind,
    InvalidNationalId,
    is_national_id,
    may_be_used,
    read_national_id,
    why_not_used,
)
from fotfeste.law.synthetic_id import numbers_for, tenor_number

PRODUCTION, TEST, DEMO = Environment.PRODUCTION, Environment.TEST, Environment.DEMO
FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def with_check_digits(nine: str, remainder: int = 0) -> str | None:
    """Return nine digits with check digits that leave ``remainder`` for the first; None when there are none."""
    first = (remainder - sum(int(digit) * weight for digit, weight in zip(nine, FIRST, strict=True))) % 11
    if first == 10:
        return None
    ten = f"{nine}{first}"
    second = -sum(int(digit) * weight for digit, weight in zip(ten, SECOND, strict=True)) % 11
    return None if second == 10 else f"{ten}{second}"


def number(day: int, month: int, year: int, individual: int, remainder: int = 0) -> str:
    """Return the first number from ``individual`` upwards that has check digits."""
    for candidate in range(individual, individual + 40):
        found = with_check_digits(f"{day:02d}{month:02d}{year:02d}{candidate:03d}", remainder)
        if found:
            return found
    raise AssertionError


births = st.dates(date(1940, 1, 1), date(2026, 1, 1))


@given(birth=births, individual=st.integers(0, 999), is_d=st.booleans())
def test_ordinary_and_d_numbers_agree_with_an_independent_library(birth, individual, is_d):
    day = birth.day + (40 if is_d else 0)
    made = with_check_digits(f"{day:02d}{birth.month:02d}{birth.year % 100:02d}{individual:03d}")
    assume(made is not None)
    try:
        kind = read_national_id(made, year=2026, environment=PRODUCTION).kind
    except InvalidNationalId:
        kind = None
    if fodselsnummer.is_valid(made):
        assert kind is (IdKind.D_NUMBER if is_d else IdKind.ORDINARY)
    else:
        # The library reads the century from the number; we leave the birth date to its own field.
        assert kind is None or _is_in_the_future(made)


def _is_in_the_future(made: str) -> bool:
    try:
        fodselsnummer.validate(made)
    except fodselsnummer.InvalidComponent as refusal:
        return "future" in str(refusal)
    return False


@given(
    made=st.builds(lambda born, running: tenor_number(born, running % numbers_for(born)), births, st.integers(0, 999))
)
def test_changing_any_one_digit_makes_the_number_invalid(made):
    for place in range(11):
        for digit in "0123456789":
            if digit != made[place]:
                changed = made[:place] + digit + made[place + 1 :]
                assert not is_national_id(changed, year=2026, environment=TEST)


@given(born=births, running=st.integers(0, 999), is_d=st.booleans())
def test_a_synthetic_number_is_of_the_tenor_kind_and_agrees_with_the_birth_date(born, running, is_d):
    made = tenor_number(born, running % numbers_for(born, is_d_number=is_d), is_d_number=is_d)
    found = read_national_id(made, year=2026, environment=TEST)
    assert found.kind is (IdKind.TENOR_D if is_d else IdKind.TENOR)
    assert found.is_consistent_with(born)
    assert not found.is_consistent_with(born + timedelta(days=1))
    assert not fodselsnummer.is_valid(made)


def test_all_synthetic_numbers_of_a_day_differ_and_too_many_are_refused():
    born = date(2006, 5, 17)
    made = {tenor_number(born, running) for running in range(numbers_for(born))}
    assert len(made) == numbers_for(born) > 350
    with pytest.raises(ValueError, match="syntetiske nummer"):
        tenor_number(born, numbers_for(born))


@pytest.mark.parametrize(
    ("made", "environment", "kind"),
    [
        pytest.param(number(17, 85, 6, 500), DEMO, IdKind.TENOR, id="month + 80"),
        pytest.param(number(57, 85, 6, 500), DEMO, IdKind.TENOR_D, id="day + 40 and month + 80"),
        pytest.param(number(17, 45, 6, 500), DEMO, IdKind.NAV_SYNTHETIC, id="month + 40 outside production"),
        pytest.param(number(17, 45, 6, 500), PRODUCTION, IdKind.H_NUMBER, id="month + 40 in production"),
        pytest.param(number(57, 45, 6, 500), DEMO, IdKind.NAV_SYNTHETIC, id="day and month + 40 outside production"),
    ],
)
def test_the_kind_follows_the_offsets_and_the_environment(made, environment, kind):
    assert read_national_id(made, year=2026, environment=environment).kind is kind


def test_a_number_from_the_admission_office_is_fictive_only_when_the_sender_says_so():
    with pytest.raises(InvalidNationalId):
        read_national_id("17050699999", year=2026)
    found = read_national_id("17050699999", year=2026, is_fictive=True)
    assert found.kind is IdKind.FICTIVE
    assert found.is_consistent_with(date(2001, 1, 1))


@pytest.mark.parametrize(
    ("kind", "environments"),
    [
        pytest.param(IdKind.ORDINARY, {PRODUCTION}, id="ordinary"),
        pytest.param(IdKind.D_NUMBER, {PRODUCTION}, id="D"),
        pytest.param(IdKind.H_NUMBER, {PRODUCTION}, id="H"),
        pytest.param(IdKind.TENOR, {TEST, DEMO}, id="Tenor"),
        pytest.param(IdKind.TENOR_D, {TEST, DEMO}, id="Tenor D"),
        pytest.param(IdKind.NAV_SYNTHETIC, {TEST, DEMO}, id="Nav synthetic"),
        pytest.param(IdKind.FICTIVE, {PRODUCTION, TEST, DEMO}, id="fictive"),
    ],
)
def test_production_refuses_synthetic_people_and_the_others_refuse_real_ones(kind, environments):
    allowed = {environment for environment in Environment if may_be_used(kind, environment)}
    assert allowed == environments
    assert {environment for environment in Environment if why_not_used(kind, environment) is None} == environments


@pytest.mark.parametrize("remainder", [0, 1, 2, 3])
def test_from_2032_the_first_check_digit_may_leave_remainders_up_to_three(remainder):
    made = number(17, 85, 31, 500, remainder)
    assert read_national_id(made, year=2032, environment=TEST).kind is IdKind.TENOR
    assert is_national_id(made, year=2031, environment=TEST) is (remainder == 0)


@pytest.mark.parametrize("remainder", [4, 7, 10])
def test_other_remainders_are_refused_also_after_2032(remainder):
    assert not is_national_id(number(17, 85, 31, 500, remainder), year=2040, environment=TEST)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        pytest.param("1785069815", "11 siffer", id="ten digits"),
        pytest.param("1785069815577", "11 siffer", id="thirteen digits"),
        pytest.param("1785069815x", "11 siffer", id="a letter"),
        pytest.param("¹7850698155", "11 siffer", id="a digit that is not ASCII"),
        pytest.param(number(31, 82, 6, 500), "ikke en dato", id="31 February"),
        pytest.param(number(29, 82, 7, 500), "ikke en dato", id="29 February in a year that is no leap year"),
        pytest.param(number(17, 33, 6, 500), "ikke en dato", id="month 33"),
        pytest.param("17850698156", "Kontrollsifrene", id="wrong check digit"),
        pytest.param(number(81, 1, 6, 500), "FH-nummer", id="a number of the health service"),
    ],
)
def test_a_wrong_number_is_refused_with_a_sentence_that_never_repeats_it(made, sentence):
    with pytest.raises(InvalidNationalId, match=sentence) as refusal:
        read_national_id(made, year=2026, environment=TEST)
    assert made not in str(refusal.value)


def test_nothing_about_sex_or_age_is_read_from_the_number():
    found = read_national_id(number(17, 85, 6, 500), year=2026, environment=TEST)
    assert set(found.__slots__) == {"number", "kind", "day", "month", "two_digit_year"}
