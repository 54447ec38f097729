"""Synthetic numbers, each given once: identity numbers of the Tenor kind, organisation and telephone numbers."""

from datetime import date
from math import gcd

from fotfeste.law.synthetic_id import numbers_for, tenor_number

_ORG_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


class OutOfNumbers(ValueError):
    """More people were asked for than there are numbers for their birth dates; the text is for the user."""


class IdentityNumbers:
    """Hands out identity numbers in an order that follows from the seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._used: dict[tuple[date, bool], int] = {}

    def take(self, born: date, *, is_d_number: bool = False) -> str:
        """
        Return a number nobody has been given.

        :raises OutOfNumbers: the birth date has no more numbers.
        """
        key = (born, is_d_number)
        used, there_are = self._used.get(key, 0), numbers_for(born, is_d_number=is_d_number)
        if used == there_are:
            raise OutOfNumbers(f"Det finnes ikke flere syntetiske numre for fødselsdatoen {born:%d.%m.%Y}.")
        self._used[key] = used + 1
        mixed = (self._seed * 2_654_435_761 + born.toordinal() * 40_503) % 2**32
        step = 101 + mixed % 97
        while gcd(step, there_are) > 1:
            step += 1
        return tenor_number(born, ((mixed >> 8) + used * step) % there_are, is_d_number=is_d_number)


def fictive_number(tenor: str) -> str:
    """Return a number as an admission office makes one: eleven digits whose last does not check."""
    return f"{tenor[:10]}{(int(tenor[10]) + 1) % 10}"


def organisation_number(serial: int) -> str | None:
    """Return the synthetic organisation number of a serial (they begin with 3), or None where none can be made."""
    eight = f"{31_000_000 + serial:08}"
    check = -sum(int(digit) * weight for digit, weight in zip(eight, _ORG_WEIGHTS, strict=True)) % 11
    return None if check == 10 else f"{eight}{check}"


def telephone_number(serial: int) -> str:
    """Return eight digits in the 59 series, which is not given to people."""
    return f"59{serial % 1_000_000:06}"
