"""What closes the events nothing else in the product holds: that somebody has written down what shows them done."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from fotfeste.annualwheel.recorded import BY_COUNTY, BY_UNITS
from fotfeste.annualwheel.selectors.closing import Answer, Asked, closes
from fotfeste.annualwheel.selectors.records import days_recorded, units_recording
from fotfeste.collaboration.selectors.networks import network_days
from fotfeste.collaboration.selectors.year import unit_records_made
from fotfeste.law.wheel_days import held_in_halves
from fotfeste.spec import implements

_BY = gettext_noop("Den som svarer for det, har ført når det er gjort, av hvem, og hva som viser det.")


@implements("std-couns-network", "avt-dc-network-meetings", "std-dc-network-meetings")
@closes(*BY_UNITS, by=_BY)
def _by_units(asked: Asked) -> Iterator[Answer]:
    days = _recorded(asked)
    # The minutes of a network meeting show it as well, and need not be written down once more.
    shown = network_days(county_id=asked.county_id) if asked.event_id == "dl-network-meetings" else {}
    for unit_id, name in units_recording(county_id=asked.county_id, event_id=asked.event_id, on=asked.last_day):
        every = sorted({*days.get(unit_id, ()), *shown.get(unit_id, ())})
        if asked.event_id == "dl-network-meetings":
            yield from (Answer(due, done_on, unit_id, name) for due, done_on in held_in_halves(asked.times, every))
        else:
            yield from (Answer(each.due, each.done_on, unit_id, name) for each in asked.first_within(every))


@closes(*BY_COUNTY, by=_BY)
def _by_county(asked: Asked) -> Iterator[Answer]:
    days = _recorded(asked).get(None, [])
    if asked.times:
        yield from asked.first_within(days)
    else:
        yield from (Answer(day, day) for day in days if day in asked.year)


@closes("dl-agreement-revision", by=gettext_noop("Den reviderte avtalen er ført, etter at det ble bestemt å revidere."))
def _agreement_revised(asked: Asked) -> Iterator[Answer]:
    """Answer for each decision to revise, and for each revision nobody had decided on here."""
    days = _recorded(asked).get(None, [])
    answered = set()
    for on, said in _decisions(asked):
        if said.get("decision") == "revise":
            done = next((day for day in days if day >= on), None)
            answered.add(done)
            yield Answer(date.fromisoformat(said["by"]) if said.get("by") else on, done)
    yield from (Answer(day, day) for day in days if day in asked.year and day not in answered)


def _decisions(asked: Asked) -> list[tuple[date, dict[str, str]]]:
    first = min((time.opens for time in asked.times), default=asked.year.first_day)
    asking: dict[str, Any] = {"county_id": asked.county_id, "first_day": first, "last_day": asked.today}
    return unit_records_made(kind="revision-decision", **asking)


def _recorded(asked: Asked) -> dict[int | None, list[date]]:
    """Return the days the event was written down as done, by unit; None for the county as one."""
    return asked.once("records", lambda: days_recorded(county_id=asked.county_id)).get(asked.event_id, {})
