"""The dates of the year on which units go through who has access there, as data (``review_rounds.yaml``)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

import yaml
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ReviewRound:
    """One going-through. It is the current one until the next opens, also when its due day has passed."""

    term: str
    opens: date
    due: date
    remind: tuple[int, ...]

    @property
    def key(self) -> str:
        """What it is kept under."""
        return f"{self.opens.year}-{self.term}"

    @property
    def label(self) -> str:
        """What people call it."""
        name = _("Våren %(year)s") if self.term == "spring" else _("Høsten %(year)s")
        return name % {"year": self.opens.year}

    def is_overdue(self, on: date) -> bool:
        """Say whether the due day has passed."""
        return on > self.due

    def last_reminder_before(self, on: date) -> date | None:
        """Return the latest day up to and with this one on which units that are not done are reminded."""
        days = (self.due + timedelta(days) for days in self.remind)
        return max((day for day in days if self.opens <= day <= on), default=None)


@dataclass(frozen=True, slots=True)
class _Line:
    term: str
    first_day: date
    opens: str
    due: str
    remind: tuple[int, ...]

    def in_year(self, year: int) -> ReviewRound:
        opens, due = (date(year, *map(int, each.split("-"))) for each in (self.opens, self.due))
        return ReviewRound(self.term, opens, due if due > opens else due.replace(year=year + 1), self.remind)


@cache
def _lines() -> tuple[_Line, ...]:
    text = resources.files("fotfeste.organisations").joinpath("review_rounds.yaml").read_text(encoding="utf-8")
    return tuple(_Line(**{**each, "remind": tuple(each["remind"])}) for each in yaml.safe_load(text))


def round_on(day: date) -> ReviewRound | None:
    """Return the round that has opened last on the day; None before the first one."""
    return max(_opened(day), key=lambda each: each.opens, default=None)


def round_of(key: str) -> ReviewRound | None:
    """Return the round that is kept under a key, as its dates were told for that year; None when there is none."""
    year, _dash, term = key.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and int(year)):
        return None
    of_term = [line for line in _lines() if line.term == term]
    told = [line for line in of_term if line.first_day <= line.in_year(int(year)).opens]
    return max(told, key=lambda line: line.first_day).in_year(int(year)) if told else None


def _opened(day: date) -> Iterator[ReviewRound]:
    for term in {line.term for line in _lines()}:
        for year in (day.year - 1, day.year):
            of_term = [line for line in _lines() if line.term == term]
            told = [line for line in of_term if line.first_day <= line.in_year(year).opens <= day]
            if told:
                yield max(told, key=lambda line: line.first_day).in_year(year)
