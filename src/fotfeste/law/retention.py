"""How long what stands about a youth is kept after the service has ended. No act says it for the whole country."""

from collections.abc import Iterable
from datetime import date

from fotfeste.law.end_dates import last_day_of_service
from fotfeste.law.readings import ReadingsOnDay

KEEP_CASE = "rule-keep-case"
KEEP_REACH = "rule-keep-reach"

_YEARS = {"at_once": 0, "years_1": 1, "years_5": 5, "years_10": 10, "years_25": 25}


def service_ended_on(*, born: date, registered_until: Iterable[date], as_of: date) -> date:
    """
    Return the day the service ended for somebody: by age, or with the last registration when that ended later.

    One who left early may come back until then, and what stood is needed if so.

    Source: opplæringslova § 9-4.

    :param registered_until: the last day of each registration; whoever has an open one is still in the service.
    """
    return max((last_day_of_service(born=born, as_of=as_of), *registered_until))


def kept_until(*, ended_on: date, readings: ReadingsOnDay, reading: str) -> date | None:
    """
    Return the last day something is kept, or None when the county has not decided, or keeps it for good.

    Source: arkivforskrifta § 3 (the body decides its own periods); personvernforordningen art. 5 nr. 1 e.

    :param reading: ``KEEP_CASE`` or ``KEEP_REACH``.
    """
    years = _YEARS.get(readings[reading])
    if years is None:
        return None
    return ended_on if years == 0 else _years_after(ended_on, years)


def _years_after(day: date, years: int) -> date:
    last_of_february = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if last_of_february else day.day)
