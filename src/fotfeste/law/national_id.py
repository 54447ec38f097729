"""Identity numbers: what kind a number is, whether it is valid, and where it may be used.

Neither sex nor age is ever read from a number: from 2032 the number says neither, so both are fields of their own.
The date in the number is only compared with the birth date that is already known.
Error texts never repeat the number.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fotfeste.law.decision import gettext_noop

GENDER_NEUTRAL_FROM = 2032

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_D_DAY = 40
_NAV_MONTH = 40
_TENOR_MONTH = 80
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class IdKind(StrEnum):
    """What kind of identity number it is."""

    ORDINARY = "ordinary"
    D_NUMBER = "d_number"
    TENOR = "tenor"
    TENOR_D = "tenor_d"
    NAV_SYNTHETIC = "nav_synthetic"
    H_NUMBER = "h_number"
    FICTIVE = "fictive"


class Environment(StrEnum):
    """Where the system runs. Real people only in production, synthetic people only outside it."""

    PRODUCTION = "production"
    TEST = "test"
    DEMO = "demo"


SYNTHETIC_KINDS = frozenset({IdKind.TENOR, IdKind.TENOR_D, IdKind.NAV_SYNTHETIC})
REAL_KINDS = frozenset({IdKind.ORDINARY, IdKind.D_NUMBER, IdKind.H_NUMBER})


class InvalidNationalId(ValueError):
    """Raised with a Norwegian sentence that says what is wrong without repeating the number."""


@dataclass(frozen=True, slots=True)
class NationalId:
    """A valid identity number, its kind, and the date printed in it (two-digit year)."""

    number: str
    kind: IdKind
    day: int
    month: int
    two_digit_year: int

    def is_consistent_with(self, born: date) -> bool:
        """Return whether the date in the number agrees with a known birth date. A fictive number says nothing."""
        if self.kind is IdKind.FICTIVE:
            return True
        return (self.day, self.month, self.two_digit_year) == (born.day, born.month, born.year % 100)


def read_national_id(
    number: str, *, year: int, environment: Environment = Environment.PRODUCTION, is_fictive: bool = False
) -> NationalId:
    """
    Return the number with its kind.

    ``year`` is the year of checking: from 2032 new numbers with another first check digit are accepted beside the
    old ones. ``environment`` settles the one clash: month + 40 is an H-number in production and Nav's synthetic
    number elsewhere. ``is_fictive`` says that the sender marked the number as made by the admission office.

    Source: Skatteetaten's rules for the number; Prop. 1 LS (2017-2018) ch. 39 for the numbers of 2032.

    :raises InvalidNationalId: the number is of no kind.
    """
    digits = _eleven_digits(number)
    if is_fictive:
        return NationalId(number, IdKind.FICTIVE, 0, 0, 0)
    day, month, two_digit_year = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3], digits[4] * 10 + digits[5])
    if day >= 80:
        raise InvalidNationalId(gettext_noop("Dette er et FH-nummer, som bare brukes i helsetjenesten."))
    has_d_day = day > _D_DAY
    kind, month = _kind_and_month(month, has_d_day=has_d_day, environment=environment)
    day -= _D_DAY if has_d_day else 0
    if not _is_date(day, month, two_digit_year):
        raise InvalidNationalId(gettext_noop("De seks første sifrene i fødselsnummeret er ikke en dato."))
    if not _has_check_digits(digits, year=year):
        raise InvalidNationalId(gettext_noop("Kontrollsifrene i fødselsnummeret stemmer ikke. Se etter en skrivefeil."))
    if kind in REAL_KINDS and year < GENDER_NEUTRAL_FROM and not _has_century(digits, two_digit_year):
        raise InvalidNationalId(
            gettext_noop("Fødselsnummeret finnes ikke: året og individnummeret passer ikke sammen.")
        )
    return NationalId(number, kind, day, month, two_digit_year)


def is_national_id(number: str, *, year: int, environment: Environment = Environment.PRODUCTION) -> bool:
    """Return whether the number is valid and may be used in the environment."""
    try:
        kind = read_national_id(number, year=year, environment=environment).kind
    except InvalidNationalId:
        return False
    return may_be_used(kind, environment)


def may_be_used(kind: IdKind, environment: Environment) -> bool:
    """Return whether the kind may be stored: production refuses synthetic numbers, test and demo refuse real ones."""
    return kind not in (SYNTHETIC_KINDS if environment is Environment.PRODUCTION else REAL_KINDS)


def why_not_used(kind: IdKind, environment: Environment) -> str | None:
    """Return the sentence that refuses a kind in an environment, or None when it may be used."""
    if may_be_used(kind, environment):
        return None
    if environment is Environment.PRODUCTION:
        return gettext_noop("Nummeret er syntetisk og kan ikke brukes i produksjon.")
    return gettext_noop("Nummeret kan tilhøre en virkelig person og kan bare brukes i produksjon.")


def _eleven_digits(number: str) -> tuple[int, ...]:
    if len(number) != 11 or not (number.isascii() and number.isdigit()):
        raise InvalidNationalId(gettext_noop("Fødselsnummeret må ha 11 siffer."))
    return tuple(map(int, number))


def _kind_and_month(month: int, *, has_d_day: bool, environment: Environment) -> tuple[IdKind, int]:
    if month > _TENOR_MONTH:
        return (IdKind.TENOR_D if has_d_day else IdKind.TENOR), month - _TENOR_MONTH
    if month > _NAV_MONTH:
        if environment is not Environment.PRODUCTION:
            return IdKind.NAV_SYNTHETIC, month - _NAV_MONTH
        if has_d_day:
            raise InvalidNationalId(gettext_noop("Nummeret er av en type som ikke brukes i produksjon."))
        return IdKind.H_NUMBER, month - _NAV_MONTH
    return (IdKind.D_NUMBER if has_d_day else IdKind.ORDINARY), month


def _is_date(day: int, month: int, two_digit_year: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]):
        return False
    return (day, month) != (29, 2) or two_digit_year % 4 == 0


def _has_check_digits(digits: tuple[int, ...], *, year: int) -> bool:
    first = sum(digit * weight for digit, weight in zip(digits, _FIRST_WEIGHTS, strict=False)) % 11
    second = sum(digit * weight for digit, weight in zip(digits, _SECOND_WEIGHTS, strict=True)) % 11
    return first <= (3 if year >= GENDER_NEUTRAL_FROM else 0) and second == 0


def _has_century(digits: tuple[int, ...], two_digit_year: int) -> bool:
    individual = digits[6] * 100 + digits[7] * 10 + digits[8]
    return (
        individual <= 499
        or (individual <= 749 and two_digit_year >= 54)
        or two_digit_year <= 39
        or (individual >= 900 and two_digit_year >= 40)
    )
