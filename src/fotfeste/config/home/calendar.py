"""The next dates of the year, from the agreement and the standard."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from fotfeste.law.annual_wheel import Recurrence, events
from fotfeste.law.wheel_days import days_of
from fotfeste.organisations.selectors.readings import readings_for

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Coming:
    """A date of the year that lies ahead: what is to be done by then, and where it is written."""

    id: str
    on: date
    label: str
    source: str


def next_dates(*, county_id: int, today: date, parties: tuple[str, ...], count: int = SHOWN) -> list[Coming]:
    """
    Return the next dates a party must keep, the nearest first. Older practice is never shown as a duty.

    :param parties: as the dates name them: ``uda``, ``school``, ``district`` …
    """
    own = [
        each
        for each in events()
        if each.party in parties and each.is_duty and each.recurrence in {Recurrence.DATE, Recurrence.WINDOW}
    ]
    readings = readings_for(county_id=county_id)
    found = []
    for each in own:
        ahead = [one.due for one in days_of((each.id,), around=today, readings=readings) if one.due >= today]
        if ahead:  # a county may have left it out of its wheel
            found.append(Coming(each.id, ahead[0], gettext(each.label_nb), each.source))
    return sorted(found, key=lambda each: (each.on, each.label))[:count]
