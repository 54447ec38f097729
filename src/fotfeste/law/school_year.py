"""The school year: 1 August to 31 July, its count date and its weeks."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.spec import implements

implements("amb-51")

_LABEL = re.compile(r"(\d{4})\s*[–/-]\s*(\d{2}|\d{4})")


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """The school year that starts on 1 August of ``start_year``."""

    start_year: int

    @property
    def first_day(self) -> date:
        """Return 1 August."""
        return date(self.start_year, 8, 1)

    @property
    def last_day(self) -> date:
        """Return 31 July of the year after."""
        return date(self.start_year + 1, 7, 31)

    @property
    def count_date(self) -> date:
        """
        Return the count date, 1 October. It never moves, whatever weekday it is.

        Source: Samarbeidsavtalen kap. 4 Skole; Oslostandarden kap. 4.2.
        """
        return date(self.start_year, 10, 1)

    @property
    def label(self) -> str:
        """Return the school year as people write it: "2026–27"."""
        return f"{self.start_year}–{(self.start_year + 1) % 100:02d}"

    @property
    def next(self) -> "SchoolYear":
        """Return the school year after this one."""
        return SchoolYear(self.start_year + 1)

    @property
    def previous(self) -> "SchoolYear":
        """Return the school year before this one."""
        return SchoolYear(self.start_year - 1)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def weeks(self) -> tuple[tuple[int, int], ...]:
        """Return the ISO weeks of the school year as (year, week), the first and last possibly shared."""
        monday = self.first_day - timedelta(days=self.first_day.weekday())
        found = []
        while monday <= self.last_day:
            iso = monday.isocalendar()
            found.append((iso.year, iso.week))
            monday += timedelta(days=7)
        return tuple(found)

    @classmethod
    def parse(cls, label: str) -> "SchoolYear":
        """
        Return the school year written as "2026–27", "2026-27", "2026/27" or "2026-2027".

        :raises ValueError: with a Norwegian sentence when the text is not a school year.
        """
        match = _LABEL.fullmatch(label.strip())
        if match is None or int(match[2]) % 100 != (int(match[1]) + 1) % 100:
            raise ValueError(f"«{label}» er ikke et skoleår. Skriv det som 2026–27.")
        if len(match[2]) == 4 and int(match[2]) != int(match[1]) + 1:
            raise ValueError(f"«{label}» er ikke et skoleår. Skriv det som 2026–27.")
        return cls(int(match[1]))


def school_year_of(day: date) -> SchoolYear:
    """Return the school year ``day`` lies in."""
    return SchoolYear(day.year if day.month >= 8 else day.year - 1)


def week_number(day: date) -> tuple[int, int]:
    """Return the ISO year and week of ``day``."""
    iso = day.isocalendar()
    return iso.year, iso.week
