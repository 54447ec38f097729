"""The next dates of the year, from the agreement and the standard."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from fotfeste.law.working_days import WeekendRule, shift
from fotfeste.spec import catalogue

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Coming:
    """A date of the year that lies ahead: what is to be done by then, and where it is written."""

    id: str
    on: date
    label: str
    source: str


def next_dates(*, today: date, parties: tuple[str, ...], count: int = SHOWN) -> list[Coming]:
    """
    Return the next dates a party must keep, the nearest first. Older practice is never shown as a duty.

    :param parties: as the dates name them: ``uda``, ``school``, ``district`` …
    """
    found = [
        Coming(item.id, on, gettext(item.label_nb), item.source)
        for item in catalogue.items("deadline")
        if item.get("party") in parties
        for on in _days(item, today)
    ]
    return sorted(found, key=lambda each: (each.on, each.label))[:count]


def _days(item: catalogue.Item, today: date) -> Iterator[date]:
    """Yield the first day of this year or the next that lies ahead."""
    for year in (today.year, today.year + 1):
        nominal = _nominal(item, year)
        if nominal is None:
            return
        on = shift(nominal, WeekendRule(item.get("weekend", WeekendRule.NO_SHIFT)))
        if on >= today:
            yield on
            return


def _nominal(item: catalogue.Item, year: int) -> date | None:
    if item.get("type") == "date":
        month, day = item.get("day").split("-")
        return date(year, int(month), int(day))
    if item.get("type") == "window":
        return date(year, item.get("month"), monthrange(year, item.get("month"))[1])
    return None
