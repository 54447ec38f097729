"""
A county's own wheel of the year: what it does otherwise with an event, and events of its own, from a day on.

Lines are added and never changed, and none begins before today: what has been stays as it was.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.annualwheel import policies, words
from fotfeste.annualwheel.services.tasks import keep_tasks
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.law.annual_wheel import Event, event_on, events_of
from fotfeste.law.readings import Readings
from fotfeste.law.school_year import school_year_of
from fotfeste.law.wheel_changes import OWN, WheelLine
from fotfeste.law.wheel_days import occurrences
from fotfeste.law.wheel_tasks import MOST_LEAD, proposed_lead
from fotfeste.law.working_days import WeekendRule
from fotfeste.organisations.selectors.readings import WHEEL_OFF, WHEEL_ON, readings_for, wheel_lines_of
from fotfeste.organisations.services import readings as kept

AHEAD = timedelta(days=2 * 366)
_LONGEST = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


@dataclass(frozen=True, slots=True)
class Change:
    """
    How a county wants an event from a day on. What is as the documents have it may be told or left out.

    :ivar event_id: empty for a new event of the county's own, which needs a day, a name and who answers for it.
    """

    event_id: str
    first_day: date
    reason: str
    is_on: bool = True
    day: tuple[int, int] | None = None
    weekend: WeekendRule | None = None
    lead: int | None = None
    recipients: tuple[str, ...] = ()
    label: str = ""
    text: str = ""
    party: str = ""


def version_of(*, county_id: int, event_id: str) -> int:
    """Return what tells whether somebody has changed an event since."""
    return max((row.pk for row in wheel_lines_of(county_id=county_id) if row.reading == event_id), default=0)


@transaction.atomic
def change_wheel(*, actor: Actor, county_id: int, change: Change, version: int = 0) -> str:
    """
    Let a county keep an event otherwise from a day on, or put in one of its own; return the event's id.

    :param version: ``version_of`` the event as the user was shown it.
    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has changed the event in between.
    :raises Invalid: the day, the rule, the time ahead or the words cannot be right, or nothing is changed.
    """
    policies.may_edit_wheel(actor=actor, county_id=county_id).require()
    kept.wait_for_readings(county_id=county_id)
    readings = readings_for(county_id=county_id)
    known = {each.id: each for each in events_of(readings)}
    if change.event_id and change.event_id not in known:
        raise Invalid(_("Hendelsen finnes ikke."))
    event_id = change.event_id or _new_id(county_id)
    if change.event_id and version_of(county_id=county_id, event_id=event_id) != version:
        raise _conflict(known[event_id], change, readings)
    line = _line(event_id, change, known.get(event_id))
    _check(line, change, readings, known.get(event_id))
    kept.add_reading(
        actor=actor,
        county_id=county_id,
        reading=event_id,
        value=WHEEL_ON if line.is_on else WHEEL_OFF,
        first_day=line.first_day,
        reason=change.reason,
        told=_told(line),
    )
    details = {"event": event_id, "from": line.first_day.isoformat(), "is_on": line.is_on}
    audit.record("wheel.changed", by=actor.user_id, county=county_id, details=details)
    keep_tasks(county_id=county_id, by_id=actor.user_id, on=clock.today(), only=event_id)
    return event_id


def _new_id(county_id: int) -> str:
    own = {row.reading for row in wheel_lines_of(county_id=county_id) if row.reading.startswith(OWN)}
    return f"{OWN}{len(own) + 1}"


def _line(event_id: str, change: Change, each: Event | None) -> WheelLine:
    """Return the line of a change, without what is as the documents have it."""
    if each is None or each.is_own:
        label, text = " ".join(change.label.split()), change.text.strip()
        return WheelLine(
            event_id,
            change.first_day,
            change.is_on,
            change.day,
            change.weekend,
            change.lead,
            change.recipients,
            label,
            text,
            change.party,
        )
    return WheelLine(
        event_id,
        change.first_day,
        change.is_on,
        day=None if change.day == each.day else change.day,
        weekend=None if change.weekend == each.weekend else change.weekend,
        lead=None if change.lead == proposed_lead(each) else change.lead,
        recipients=() if set(change.recipients) == set(each.recipients) else change.recipients,
    )


def _told(line: WheelLine) -> dict[str, Any]:
    told = {
        "day": list(line.day) if line.day else None,
        "weekend": line.weekend.value if line.weekend else None,
        "lead": line.lead,
        "recipients": list(line.recipients),
        "label": line.label,
        "text": line.text,
        "party": line.party,
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _check(line: WheelLine, change: Change, readings: Readings, each: Event | None) -> None:
    today = clock.today()
    if not change.reason.strip():
        raise Invalid(_("Skriv hvorfor fylket endrer dette."))
    if not today <= line.first_day <= today + AHEAD:
        raise Invalid(_("Velg en dag fra i dag og høyst to år fram i tid. Det som har vært, blir stående."))
    lines = readings.lines_of(line.event_id)
    if lines and line.first_day < lines[-1].first_day:
        day = formats.day(lines[-1].first_day)
        raise Invalid(_("Fylket har alt bestemt noe fra {day}. Velg den dagen eller en senere.").format(day=day))
    _check_day(line, each)
    if line.lead is not None and not 0 <= line.lead <= MOST_LEAD:
        raise Invalid(_("Velg fra 0 til {most} dager.").format(most=MOST_LEAD))
    if not set(line.recipients) <= set(words.all_parties()) or (line.is_own and line.party not in words.all_parties()):
        raise Invalid(_("Velg noe fra listen."))
    if line.is_own and not line.label:
        raise Invalid(_("Skriv hva hendelsen heter."))
    if _is_as_before(line, lines[-1] if lines else None):
        raise Invalid(_("Det er slik allerede. Endre noe, eller gå tilbake."))
    _check_order(line, readings, each)


def _check_day(line: WheelLine, each: Event | None) -> None:
    if line.is_own and line.day is None:
        raise Invalid(_("Skriv hvilken dag det er, som 10.10."))
    if line.day is not None and not 1 <= line.day[1] <= _LONGEST.get(line.day[0], 0):
        raise Invalid(_("Den dagen finnes ikke. Skriv dag og måned, som 10.10."))
    if each is not None and not each.has_own_day and (line.day or line.weekend):
        raise Invalid(_("Dagen for dette ligger fast, eller følger av noe annet. Den kan ikke flyttes her."))


def _is_as_before(line: WheelLine, before: WheelLine | None) -> bool:
    return line.is_as_proposed if before is None else _told(line) == _told(before) and line.is_on == before.is_on


def _check_order(line: WheelLine, readings: Readings, each: Event | None) -> None:
    """Refuse a day that comes after the next time has begun: what is done by then would be counted as that one."""
    if each is None or each.is_own or not line.is_on:
        return
    tried, year = Readings(readings.overrides, readings.county, (*readings.wheel, line)), school_year_of(line.first_day)
    for one in (one for it in (year, year.next, year.next.next) for one in occurrences(each, it, tried)):
        if not one.opens <= one.due <= one.closes:
            raise Invalid(_("Da ville den komme etter at den neste har begynt. Velg en tidligere dag."))


def _conflict(each: Event, change: Change, readings: Readings) -> EditConflict:
    now = readings.line_on(each.id, date.max)
    theirs = event_on(each, date.max, readings)
    return EditConflict(
        _("Noen har endret hendelsen mens du holdt på. Ingenting er lagret."),
        theirs={_("Dag"): words.day_of_year(now.day if now and now.day else theirs.day)},
        yours={_("Dag"): words.day_of_year(change.day)},
    )
