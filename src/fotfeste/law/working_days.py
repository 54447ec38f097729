"""Norwegian public holidays and working days, and how a deadline moves when it falls on a day off."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from fotfeste.spec import implements

_ONE_DAY = timedelta(days=1)


class WeekendRule(StrEnum):
    """What happens to a date that falls on a Saturday, Sunday or public holiday."""

    NEXT_WORKING_DAY = "next-working-day"
    PREVIOUS_WORKING_DAY = "previous-working-day"
    LAST_WORKING_DAY_OF_WINDOW = "last-working-day-of-window"
    NO_SHIFT = "no-shift"


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a year in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    quarter, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - quarter - correction + 15) % 30
    leap, leap_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leap - epact - leap_rest) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def public_holidays(year: int) -> Mapping[date, str]:
    """
    Return the public holidays of a year with their names, in order. Christmas Eve is not one.

    Source: lov om helligdager og helligdagsfred § 2 and lov om 1. og 17. mai som høytidsdager § 1 (general knowledge).
    """
    easter = easter_sunday(year)
    days = [
        (date(year, 1, 1), "Første nyttårsdag"),
        (easter - timedelta(days=3), "Skjærtorsdag"),
        (easter - timedelta(days=2), "Langfredag"),
        (easter, "Første påskedag"),
        (easter + timedelta(days=1), "Andre påskedag"),
        (date(year, 5, 1), "Arbeidernes dag"),
        (date(year, 5, 17), "Grunnlovsdag"),
        (easter + timedelta(days=39), "Kristi himmelfartsdag"),
        (easter + timedelta(days=49), "Første pinsedag"),
        (easter + timedelta(days=50), "Andre pinsedag"),
        (date(year, 12, 25), "Første juledag"),
        (date(year, 12, 26), "Andre juledag"),
    ]
    names: dict[date, str] = {}
    for day, name in sorted(days):
        names[day] = f"{names[day]}; {name}" if day in names else name
    return MappingProxyType(names)


def is_working_day(day: date) -> bool:
    """Return whether ``day`` is Monday to Friday and no public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def next_working_day(day: date) -> date:
    """Return ``day`` when it is a working day, otherwise the first working day after it."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def previous_working_day(day: date) -> date:
    """Return ``day`` when it is a working day, otherwise the last working day before it."""
    while not is_working_day(day):
        day -= _ONE_DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """Return the working day ``count`` working days after ``day`` (before it when negative; 0 keeps the day)."""
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


@implements("amb-47")
def shift(day: date, rule: WeekendRule) -> date:
    """
    Return the day a deadline is kept on. No document says it; the rule is a setting for each deadline.

    For a window the last day is given, and the last working day of the window returned.
    """
    if rule is WeekendRule.NEXT_WORKING_DAY:
        return next_working_day(day)
    if rule is WeekendRule.NO_SHIFT:
        return day
    return previous_working_day(day)
