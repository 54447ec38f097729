"""
Identity numbers by the column: the same rules as `national_id`, for a whole file of numbers at once.

It only ever says yes. A number it does not vouch for goes to `read_national_id`, which knows every kind and has
the sentence for what is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fotfeste.law.national_id import (
    _D_DAY,
    _DAYS_IN_MONTH,
    _FIRST_WEIGHTS,
    _SECOND_WEIGHTS,
    _TENOR_MONTH,
    GENDER_NEUTRAL_FROM,
    Environment,
    IdKind,
    may_be_used,
)

_LENGTH = 11
_NOT_A_NUMBER = "0" * _LENGTH  # the zeroth day of a month: vouched for by nobody
_KINDS = (None, IdKind.ORDINARY, IdKind.D_NUMBER, IdKind.TENOR, IdKind.TENOR_D)
_LONGEST_MONTHS = np.array((0, *_DAYS_IN_MONTH, *([0] * 87)), dtype=np.int16)


@dataclass(frozen=True, slots=True)
class VouchedNumbers:
    """The kind of each number, ``None`` where nothing is vouched for, and the date printed in it as ddmmyy."""

    kinds: list[IdKind | None]
    printed: npt.NDArray[np.int32]


def vouch_for(numbers: Sequence[str], *, year: int, environment: Environment) -> VouchedNumbers:
    """
    Return the kinds of the numbers that are surely valid and may be used in the environment.

    Only the kinds that fill a file are looked for: ordinary and D-numbers, and Tenor's of both.

    Source: as `fotfeste.law.national_id.read_national_id`.
    """
    if any(length != _LENGTH for length in map(len, numbers)):
        numbers = [number if len(number) == _LENGTH else _NOT_A_NUMBER for number in numbers]
    joined = "".join(numbers)
    if not joined.isascii():
        joined = "".join(number if number.isascii() else _NOT_A_NUMBER for number in numbers)
    characters = np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(-1, _LENGTH)
    digits = (characters - np.uint8(ord("0"))).astype(np.int16)  # what is no digit wraps round to more than nine
    day, month, short_year = (digits[:, place] * 10 + digits[:, place + 1] for place in (0, 2, 4))
    codes = 1 + (day > _D_DAY) + 2 * (month > _TENOR_MONTH)
    day = day - _D_DAY * (day > _D_DAY)
    month = month - _TENOR_MONTH * (month > _TENOR_MONTH)
    valid = (digits <= 9).all(axis=1) & _is_date(day, month, short_year) & _has_check_digits(digits, year=year)
    if year < GENDER_NEUTRAL_FROM:
        valid &= (codes >= 3) | _has_century(digits, short_year)
    usable = np.array([kind is not None and may_be_used(kind, environment) for kind in _KINDS])
    codes = np.where(valid & usable[codes], codes, 0)
    kinds = np.array(_KINDS, dtype=object)[codes].tolist()
    return VouchedNumbers(kinds, day.astype(np.int32) * 10_000 + month.astype(np.int32) * 100 + short_year)


def _is_date(
    day: npt.NDArray[np.int16], month: npt.NDArray[np.int16], short_year: npt.NDArray[np.int16]
) -> npt.NDArray[np.bool_]:
    longest = _LONGEST_MONTHS[np.clip(month, 0, 99)]
    leap_day = (day == 29) & (month == 2)
    return (day >= 1) & (day <= longest) & (~leap_day | (short_year % 4 == 0))


def _has_check_digits(digits: npt.NDArray[np.int16], *, year: int) -> npt.NDArray[np.bool_]:
    first = digits[:, :10] @ np.array(_FIRST_WEIGHTS, dtype=np.int16) % 11
    second = digits @ np.array(_SECOND_WEIGHTS, dtype=np.int16) % 11
    return (first <= (3 if year >= GENDER_NEUTRAL_FROM else 0)) & (second == 0)


def _has_century(digits: npt.NDArray[np.int16], short_year: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    individual = digits[:, 6] * 100 + digits[:, 7] * 10 + digits[:, 8]
    return (
        (individual <= 499)
        | ((individual <= 749) & (short_year >= 54))
        | (short_year <= 39)
        | ((individual >= 900) & (short_year >= 40))
    )
