"""Days and school years as Norwegian senders write them."""

import re
from datetime import date

from fotfeste.integrations.sources.parsers import parser

FIRST_YEAR, LAST_YEAR = 1900, 2100

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII)
_NORWEGIAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2}", re.ASCII)
_DAY_NUMBER = re.compile(r"\d{5}", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(\d{4})(?:\s?[-–—/]\s?(\d{4}|\d{2}))?", re.ASCII)


def _as_written(iso: str) -> str:
    return f"{iso[8:10]}.{iso[5:7]}.{iso[:4]}"


@parser(repeats=True, write=_as_written)
def norwegian_date(cell: str) -> str:
    """Read a day written d.m.yyyy or as ISO 8601 into ISO 8601."""
    if match := _NORWEGIAN.fullmatch(cell):
        day, month, year = match.groups()
    elif match := _ISO.fullmatch(cell):
        year, month, day = match.groups()
    else:
        raise ValueError(_why_no_date(cell))
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError("finnes ikke i kalenderen") from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise ValueError(f"er utenfor årene {FIRST_YEAR} til {LAST_YEAR}")
    return read.isoformat()


def _why_no_date(cell: str) -> str:
    if _SHORT_YEAR.fullmatch(cell):
        return "er en dato uten århundre: skriv årstallet med fire sifre"
    if _DAY_NUMBER.fullmatch(cell):
        return "er regnearkets eget dagnummer: formater kolonnen som dato"
    return "er ikke en dato: skriv dd.mm.åååå eller åååå-mm-dd"


def _as_school_year(first: str) -> str:
    return f"{first}–{(int(first) + 1) % 100:02d}"


@parser(repeats=True, write=_as_school_year)
def school_year(cell: str) -> str:
    """Read a school year (2026–27, 2026-2027, 2026/27 or 2026) into the year it starts in."""
    match = _SCHOOL_YEAR.fullmatch(cell)
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise ValueError("er ikke et skoleår: skriv for eksempel 2026–27")
    first, second = match[1], match[2]
    if second and not str(int(first) + 1).endswith(second):
        raise ValueError("er ikke et skoleår: det andre årstallet må være året etter det første")
    return first
