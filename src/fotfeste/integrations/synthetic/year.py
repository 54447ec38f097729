"""The days of the school year that the made-up world turns on."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

YOUNGEST, OLDEST = 16, 24


@cache
def school_starts(year: int) -> date:
    """Return the first school day of the autumn: the Monday in week 34 or just before."""
    return _monday_from(date(year, 8, 17))


@cache
def school_ends(year: int) -> date:
    """Return the last school day in June: the third Friday or the one after."""
    day = date(year, 6, 17)
    return day + timedelta(days=(4 - day.weekday()) % 7)


def next_monday(day: date) -> date:
    """Return the Monday after, when the leavers of the week are loaded."""
    return _monday_from(day + timedelta(days=1))


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


@dataclass(frozen=True, slots=True)
class SeenOn:
    """The day the world is seen, and the school year it lies in. Source: the annual wheel (Oslostandarden § 6.3.1)."""

    day: date

    @property
    def school_year(self) -> int:
        """The calendar year the school year starts in."""
        return self.day.year if self.day.month >= 8 else self.day.year - 1

    @property
    def year_starts(self) -> date:
        """1 August."""
        return date(self.school_year, 8, 1)

    @property
    def preventive_on(self) -> date:
        """The day preventive work is handed over."""
        return date(self.school_year, 8, 10)

    @property
    def without_place_on(self) -> date:
        """The day those without a place are registered."""
        return date(self.school_year, 9, 25)

    @property
    def birth_years(self) -> range:
        """Those who turn 16 to 24 in the year the school year starts; in spring the oldest are out of the service."""
        return range(self.school_year - OLDEST, self.school_year - YOUNGEST + 1)

    @property
    def member_ages(self) -> range:
        """Ages (in the year the school year starts) at which somebody can be with the service on the day."""
        return range(YOUNGEST + self.has_just_begun, OLDEST if self.day.month < 8 else OLDEST + 1)

    @property
    def has_just_begun(self) -> bool:
        """Whether the school year is so young that the newest leavers are those of last spring."""
        return self.year_starts <= self.day < date(self.school_year, 9, 15)

    def clamp(self, day: date) -> date:
        """Return the day, but never one that has not come yet."""
        return min(day, self.day - timedelta(days=1))

    def leaves_compulsory(self, born: date) -> date:
        """Return the last day in lower-secondary school."""
        return school_ends(born.year + YOUNGEST)


def working_day(day: date, *, at_latest: date) -> date:
    """Return the day, moved off the weekend: forward where there is room, else back to Friday."""
    late = day.weekday() - 4
    if late <= 0:
        return day
    forward = day + timedelta(days=3 - late)
    return forward if forward <= at_latest else day - timedelta(days=late)
