"""Identity numbers for synthetic people: valid check digits, month + 80, so that they never belong to anyone.

The same kind as in Skatteetaten's test population. Production refuses them.
"""

from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

_FIRST_WEIGHTS = np.array((3, 7, 6, 1, 8, 9, 4, 5, 2))
_SECOND_WEIGHTS = np.array((5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
_INDIVIDUAL_NUMBERS = ((1854, 1899, 500, 749), (1900, 1939, 0, 499), (1940, 1999, 0, 499), (2000, 2039, 500, 999))


def tenor_number(born: date, running: int, *, is_d_number: bool = False) -> str:
    """
    Return the synthetic number with running number ``running`` (from 0) of those born on a day.

    :raises ValueError: there are not so many numbers for the day, or no series for the year.
    """
    tails = _tails(born, is_d_number)
    if not 0 <= running < len(tails):
        raise ValueError(f"Det finnes {len(tails)} syntetiske nummer for en dato, ikke nummer {running}.")
    return f"{_head(born, is_d_number)}{tails[running]:05d}"


def numbers_for(born: date, *, is_d_number: bool = False) -> int:
    """Return how many synthetic numbers there are for one birth date."""
    return len(_tails(born, is_d_number))


def _head(born: date, is_d_number: bool) -> str:
    day = born.day + (40 if is_d_number else 0)
    return f"{day:02d}{born.month + 80:02d}{born.year % 100:02d}"


@lru_cache(maxsize=20_000)
def _tails(born: date, is_d_number: bool) -> npt.NDArray[np.uint32]:
    """Return the last five digits of every valid number of the day, in order."""
    first, last = _series(born.year)
    individual = np.arange(first, last + 1)
    head = [int(digit) for digit in _head(born, is_d_number)]
    digits = np.empty((len(individual), 9), dtype=np.int64)
    digits[:, :6] = head
    digits[:, 6], digits[:, 7], digits[:, 8] = individual // 100, individual // 10 % 10, individual % 10
    first_check = -(digits @ _FIRST_WEIGHTS) % 11
    second_check = -(digits @ _SECOND_WEIGHTS[:9] + first_check * _SECOND_WEIGHTS[9]) % 11
    is_issued = (first_check < 10) & (second_check < 10)
    tails = individual * 100 + first_check * 10 + second_check
    return tails[is_issued].astype(np.uint32)


def _series(year: int) -> tuple[int, int]:
    for first_year, last_year, first, last in _INDIVIDUAL_NUMBERS:
        if first_year <= year <= last_year:
            return first, last
    raise ValueError(f"Det finnes ingen nummerserie for fødselsåret {year}.")
