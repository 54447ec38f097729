"""Programmes of upper secondary education, told from the first two places of a programme area's code."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from fotfeste.codes.tables import day_or_none, rows


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme in the three languages, with the days it was called so; an empty end is open."""

    code: str
    name_nb: str
    name_nn: str
    name_en: str
    first_day: date | None
    last_day: date | None


@cache
def _programmes() -> dict[str, tuple[Programme, ...]]:
    found: dict[str, list[Programme]] = {}
    for row in rows("programmes"):
        names = (row["name_nb"], row["name_nn"], row["name_en"])
        days = (day_or_none(row["first_day"]), day_or_none(row["last_day"]))
        found.setdefault(row["code"], []).append(Programme(row["code"], *names, *days))
    return {code: tuple(lines) for code, lines in found.items()}


def programme_on(area: str, on: date | None) -> Programme | None:
    """
    Return the programme an area's code (``STUSP1----``) belongs to, as it was called on a day.

    Without a day, or on one the list says nothing of, it is what it is called now. None when nobody knows the code.
    """
    lines = _programmes().get(area.strip()[:2].upper(), ())
    held = [line for line in lines if on is not None and _holds(line, on)]
    return next(iter([*held, *reversed(lines)]), None)


def _holds(line: Programme, on: date) -> bool:
    return (line.first_day is None or line.first_day <= on) and (line.last_day is None or on <= line.last_day)
