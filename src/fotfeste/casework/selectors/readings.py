"""How a county reads what the documents leave open."""

from datetime import date

from fotfeste.law.readings import PROPOSED, Readings, ReadingsOnDay


def readings_for(*, county_id: int) -> Readings:
    """Return the readings a county judges by; the proposed ones where it has not chosen otherwise."""
    return PROPOSED.for_county(f"{county_id:02}")


def readings_on(*, county_id: int, on: date) -> ReadingsOnDay:
    """
    Return the county's readings on a day.

    :raises BeforeOurHorizon: the day is before the oldest law we hold.
    """
    return readings_for(county_id=county_id).on(on)
