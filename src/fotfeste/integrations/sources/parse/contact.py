"""How a person is reached and where they live."""

import re
from collections.abc import Sequence

from fotfeste.integrations.sources.parse.text import one_line, plain_column
from fotfeste.integrations.sources.parsers import Parser, parser

_EMAIL = re.compile(r"(?:[^\s@,;<>\"]+@[^\s@,;<>\".]+(?:\.[^\s@,;<>\".]+)+)?")
_NORWEGIAN_PHONE = re.compile(r"(?:[2-9]\d{7})?", re.ASCII)
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_PUNCTUATION = re.compile(r"\(0\)|[\s().\-–/]")


def _emails(cells: Sequence[str]) -> list[str] | None:
    stripped = plain_column(cells)
    return stripped if stripped is not None and None not in map(_EMAIL.fullmatch, stripped) else None


@parser(many=_emails)
def email(cell: str) -> str:
    """Read an e-mail address; only its shape is judged."""
    address = one_line(cell)
    if not _EMAIL.fullmatch(address):
        raise ValueError("er ikke en e-postadresse")
    return address


def _phones(cells: Sequence[str]) -> list[str] | None:
    stripped = list(map(str.strip, cells))
    if None in map(_NORWEGIAN_PHONE.fullmatch, stripped):
        return None
    return ["+47" + number if number else "" for number in stripped]


def _as_dialled(number: str) -> str:
    return number.removeprefix("+47")


@parser(many=_phones, write=_as_dialled)
def phone(cell: str) -> str:
    """Read a telephone number into E.164; eight digits are Norwegian."""
    number = _PUNCTUATION.sub("", cell)
    if number.startswith("00"):
        number = "+" + number[2:]
    elif len(number) == 10 and number.startswith("47"):
        number = "+" + number
    elif _NORWEGIAN_PHONE.fullmatch(number):
        number = "+47" + number
    if not _E164.fullmatch(number) or (number.startswith("+47") and not _is_norwegian(number[3:])):
        raise ValueError("er ikke et telefonnummer (åtte sifre, eller landkode med + foran)")
    return number


def _is_norwegian(number: str) -> bool:
    return bool(number and _NORWEGIAN_PHONE.fullmatch(number))


def _four_digits(called: str) -> Parser:
    @parser(repeats=True)
    def four_digits(cell: str) -> str:
        digits = "".join(cell.split())
        if not (digits.isascii() and digits.isdecimal() and len(digits) in (3, 4)):
            raise ValueError(f"er ikke et {called} på fire sifre")
        return digits.zfill(4)  # three digits have lost their leading zero in a spreadsheet

    return four_digits


postcode = _four_digits("postnummer")
municipality = _four_digits("kommunenummer")


def _coordinate(called: str, *, low: float, high: float, whole_degrees: str) -> Parser:
    # Cells written just as they are read: nothing else of a column is looked at when all of it is so.
    as_read = re.compile(rf"(?:(?:(?:{whole_degrees})\.\d{{0,9}}[1-9])?\|)*", re.ASCII)

    def one(cell: str) -> str:
        try:
            degrees = float(cell.replace(",", "."))
        except ValueError:
            raise ValueError(f"er ikke en {called} i desimalgrader") from None
        if degrees == 0:
            return ""  # registers write 0 for "not known"
        if not low <= degrees <= high:
            raise ValueError(f"er ikke en {called} i Norge ({low} til {high} grader)")
        return repr(degrees)

    def many(cells: Sequence[str]) -> list[str] | None:
        if as_read.fullmatch("|".join((*cells, ""))):
            return list(cells)
        try:
            degrees = list(map(float, cells))
        except ValueError:
            return None
        inside = all(low <= value <= high for value in degrees)
        return list(map(repr, degrees)) if inside else None

    return Parser(one, many=many)


latitude = _coordinate("breddegrad", low=57, high=82, whole_degrees=r"5[7-9]|[67]\d|8[01]")
longitude = _coordinate("lengdegrad", low=-10, high=35, whole_degrees=r"[1-9]|[12]\d|3[0-4]")
