"""Reading identity numbers by the column gives what reading them one by one gives."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.law.national_id import Environment, IdKind, InvalidNationalId, may_be_used, read_national_id
from fotfeste.law.national_id_column import vouch_for

FILL_A_FILE = {IdKind.ORDINARY, IdKind.D_NUMBER, IdKind.TENOR, IdKind.TENOR_D}


def one_by_one(number: str, *, year: int, environment: Environment) -> IdKind | None:
    try:
        kind = read_national_id(number, year=year, environment=environment).kind
    except InvalidNationalId:
        return None
    return kind if kind in FILL_A_FILE and may_be_used(kind, environment) else None


def numbers_of_every_kind(count: int) -> list[str]:
    """Return numbers with plausible dates, one in eleven with a right second check digit and so on."""
    dice = random.Random(7)
    numbers = []
    for _ in range(count):
        day, month = dice.randint(0, 99), dice.randint(0, 99)
        if dice.random() < 0.9:
            day, month = dice.randint(1, 31) + dice.choice((0, 40)), dice.randint(1, 12) + dice.choice((0, 40, 80))
        numbers.append(f"{day:02d}{month:02d}{dice.randint(0, 99_99999):07d}")
    return numbers


@pytest.mark.parametrize("environment", list(Environment))
@pytest.mark.parametrize("year", [2026, 2032])
def test_the_column_vouches_for_exactly_the_numbers_that_are_right_one_by_one(environment, year):
    numbers = numbers_of_every_kind(60_000)
    kinds = vouch_for(numbers, year=year, environment=environment).kinds
    assert kinds == [one_by_one(number, year=year, environment=environment) for number in numbers]
    assert len([kind for kind in kinds if kind]) > 50


@given(st.lists(st.text(alphabet="0123456789xø٣ \U0001f600", max_size=12), max_size=20))
def test_whatever_stands_in_the_column_is_vouched_for_only_when_it_is_right(numbers):
    kinds = vouch_for(numbers, year=2026, environment=Environment.TEST).kinds
    assert kinds == [one_by_one(number, year=2026, environment=Environment.TEST) for number in numbers]


def test_the_date_printed_in_a_number_is_read_without_what_marks_its_kind():
    tenor = next(
        number
        for number in (f"038209{tail:05d}" for tail in range(100_000))
        if one_by_one(number, year=2026, environment=Environment.TEST)
    )
    assert vouch_for([tenor], year=2026, environment=Environment.TEST).printed.tolist() == [30209]
