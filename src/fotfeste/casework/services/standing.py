"""Writing how a case stands, after each act, from its facts."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection

from fotfeste import codes
from fotfeste.casework.models import Registration
from fotfeste.casework.selectors.standing import Standing, standings_of
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.readings import Readings
from fotfeste.law.status_rules import reconfirmation_due
from fotfeste.organisations.selectors.readings import readings_of_each
from fotfeste.spec import implements

PORTION = 5000

# Column of a registration → its type, in the order of the statement's arrays.
_COLUMNS = {
    "status_code": "text",
    "status_since": "date",
    "status_confirmed_on": "date",
    "status_confirm_by": "date",
    "unknown_since": "date",
    "first_contact_on": "date",
    "last_contact_on": "date",
    "last_attempt_on": "date",
    "attempts": "smallint",
}
_WRITE = f"""
UPDATE casework_registration g SET {", ".join(f"{name} = v.{name}" for name in _COLUMNS)}
FROM unnest(%s::bigint[], {", ".join(f"%s::{kind}[]" for kind in _COLUMNS.values())}) v (id, {", ".join(_COLUMNS)})
WHERE g.id = v.id
"""


def refresh(*, youth_ids: Iterable[int], readings: Mapping[int, Readings] | None = None) -> None:
    """
    Bring the columns of these youths' open registrations in step with the facts, however many there are.

    :param readings: what their counties judge by, when it has been read.
    """
    ids = list(youth_ids)
    for start in range(0, len(ids), PORTION):
        _refresh(ids[start : start + PORTION], readings)


def _refresh(youth_ids: list[int], readings: Mapping[int, Readings] | None) -> None:
    standings = standings_of(youth_ids=youth_ids)
    registrations = Registration.objects.in_bulk([s.registration_id for s in standings])
    judged_by = readings or readings_of_each(county_ids=[row.county_id for row in registrations.values()])
    rows = [
        columns(standing, row, judged_by[row.county_id])
        for standing in standings
        for row in [registrations[standing.registration_id]]
    ]
    if not rows:
        return
    arrays = [[s.registration_id for s in standings], *([row[name] for row in rows] for name in _COLUMNS)]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, arrays)


def columns(standing: Standing, registration: Registration, readings: Readings) -> dict[str, Any]:
    """Return the columns that follow from the facts. When it was confirmed is only ever moved forward."""
    since = standing.status_since or registration.first_day
    was_confirmed = registration.status_confirmed_on
    known = [day for day in (standing.confirmed_on, was_confirmed) if day is not None and day >= since]
    confirmed_on = max(known, default=since)
    return {
        "status_code": standing.status_code or codes.UNKNOWN_CODE,
        "status_since": since,
        "status_confirmed_on": confirmed_on,
        "status_confirm_by": confirm_by(readings=readings, confirmed_on=confirmed_on),
        "unknown_since": since if standing.status_code == codes.UNKNOWN_ACTIVITY else None,
        "first_contact_on": standing.first_contact_on,
        "last_contact_on": standing.last_contact_on,
        "last_attempt_on": standing.last_attempt_on,
        "attempts": standing.attempts,
    }


@implements("rule-reconfirm")
@lru_cache(maxsize=4096)
def confirm_by(*, readings: Readings, confirmed_on: date) -> date | None:
    """Return until when a status stands that was confirmed on a day; None for a day before the oldest rule we hold."""
    try:
        return reconfirmation_due(confirmed_on, readings)
    except BeforeOurHorizon:
        return None
