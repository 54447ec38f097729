"""How a county reads what the documents leave open."""

from collections.abc import Iterable
from datetime import date

from fotfeste.kernel.together import Rows, read_together
from fotfeste.law.readings import PROPOSED, Override, Readings, ReadingsOnDay, all_readings
from fotfeste.law.wheel_changes import WheelLine
from fotfeste.law.working_days import WeekendRule
from fotfeste.organisations.models import CountyReading

#: The value of a line of the wheel whose event is kept, and of one whose event is not.
WHEEL_ON, WHEEL_OFF = "on", "off"


def in_force(county_id: str) -> Rows:
    """Return what reads the lines of one county that stand, for ``read_together``; the county is SQL."""
    where = f"t.county_id = {county_id} AND t.superseded_at IS NULL"
    return Rows(CountyReading, where, "t.first_day, t.id", is_open=True)


_IN_FORCE = in_force("ANY (%(county_ids)s)")
#: The lines of one county that stand, for ``read_together`` with ``county_id``, and ``readings_of``.
LINES_IN_FORCE = in_force("%(county_id)s")


def readings_for(*, county_id: int) -> Readings:
    """Return the readings a county judges by; the proposed ones where it has not chosen otherwise."""
    return readings_of_each(county_ids=[county_id])[county_id]


def readings_of_each(*, county_ids: Iterable[int]) -> dict[int, Readings]:
    """Return the readings each of some counties judges by, in one statement."""
    lines: dict[int, list[CountyReading]] = {county_id: [] for county_id in county_ids}
    [rows] = read_together(_IN_FORCE, values={"county_ids": list(lines)})
    for row in rows:
        lines[row.county_id].append(row)
    return {county_id: readings_of(mine, county_id=county_id) for county_id, mine in lines.items()}


def readings_of(rows: Iterable[CountyReading], *, county_id: int) -> Readings:
    """Return the readings of a county whose lines that stand have been read."""
    county = f"{county_id:02}"
    known = all_readings()
    chosen, wheel = [], []
    for row in rows:
        if row.reading in known:
            chosen.append(Override(row.reading, row.value, row.first_day, county))
        else:
            wheel.append(wheel_line(row))
    return Readings(tuple(chosen), county, tuple(wheel)) if chosen or wheel else PROPOSED.for_county(county)


def wheel_line(row: CountyReading) -> WheelLine:
    """Return what a county does otherwise with an event of the year, as a line of it says."""
    told = row.told
    month, day = told.get("day") or (0, 0)
    return WheelLine(
        event_id=row.reading,
        first_day=row.first_day,
        is_on=row.value == WHEEL_ON,
        day=(month, day) if month else None,
        weekend=WeekendRule(told["weekend"]) if told.get("weekend") else None,
        lead=told.get("lead"),
        recipients=tuple(told.get("recipients", ())),
        label=told.get("label", ""),
        text=told.get("text", ""),
        party=told.get("party", ""),
    )


def readings_on(*, county_id: int, on: date) -> ReadingsOnDay:
    """
    Return the county's readings on a day.

    :raises BeforeOurHorizon: the day is before the oldest law we hold.
    """
    return readings_for(county_id=county_id).on(on)


def lines_of(*, county_id: int, reading: str = "") -> list[CountyReading]:
    """Return all a county has chosen, or all of one reading, the newest first; also what was replaced."""
    rows = CountyReading.objects.filter(county_id=county_id).select_related("chosen_by")
    rows = rows.filter(reading=reading) if reading else rows.filter(reading__in=list(all_readings()))
    return list(rows.order_by("-first_day", "-pk"))


def wheel_lines_of(*, county_id: int) -> list[CountyReading]:
    """Return all a county has chosen about its wheel of the year, the newest first; also what was replaced."""
    rows = CountyReading.objects.filter(county_id=county_id).exclude(reading__in=list(all_readings()))
    return list(rows.select_related("chosen_by").order_by("-first_day", "-pk"))


def counties_choosing_from(day: date) -> list[int]:
    """Return the counties for which another reading begins on the day."""
    rows = CountyReading.objects.filter(first_day=day, superseded_at=None, reading__in=list(all_readings()))
    return list(rows.order_by("county_id").values_list("county_id", flat=True).distinct())
