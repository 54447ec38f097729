"""How a county reads what the documents leave open."""

from collections.abc import Iterable
from datetime import date

from fotfeste.kernel.together import Rows, read_together
from fotfeste.law.readings import PROPOSED, Override, Readings, ReadingsOnDay
from fotfeste.organisations.models import CountyReading


def in_force(county_id: str) -> Rows:
    """Return what reads the lines of one county that stand, for ``read_together``; the county is SQL."""
    return Rows(CountyReading, f"t.county_id = {county_id} AND t.superseded_at IS NULL", "t.first_day, t.id")


_IN_FORCE = in_force("%(county_id)s")


def readings_for(*, county_id: int) -> Readings:
    """Return the readings a county judges by; the proposed ones where it has not chosen otherwise."""
    [rows] = read_together(_IN_FORCE, values={"county_id": county_id})
    return readings_of(rows, county_id=county_id)


def readings_of(rows: Iterable[CountyReading], *, county_id: int) -> Readings:
    """Return the readings of a county whose lines that stand have been read."""
    county = f"{county_id:02}"
    chosen = tuple(Override(row.reading, row.value, row.first_day, county) for row in rows)
    return Readings(chosen, county) if chosen else PROPOSED.for_county(county)


def readings_on(*, county_id: int, on: date) -> ReadingsOnDay:
    """
    Return the county's readings on a day.

    :raises BeforeOurHorizon: the day is before the oldest law we hold.
    """
    return readings_for(county_id=county_id).on(on)


def lines_of(*, county_id: int, reading: str = "") -> list[CountyReading]:
    """Return all a county has chosen, or all of one reading, the newest first; also what was replaced."""
    rows = CountyReading.objects.filter(county_id=county_id).select_related("chosen_by")
    if reading:
        rows = rows.filter(reading=reading)
    return list(rows.order_by("-first_day", "-pk"))


def counties_choosing_from(day: date) -> list[int]:
    """Return the counties for which another reading begins on the day."""
    rows = CountyReading.objects.filter(first_day=day, superseded_at=None)
    return list(rows.order_by("county_id").values_list("county_id", flat=True).distinct())
