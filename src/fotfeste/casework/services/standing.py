"""Writing how a case stands, after each act, from its facts."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from fotfeste import codes
from fotfeste.casework.models import Registration
from fotfeste.casework.selectors.readings import readings_for
from fotfeste.casework.selectors.standing import Standing, standings_of
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.status_rules import reconfirmation_due
from fotfeste.spec import implements


def refresh(*, youth_ids: Iterable[int]) -> None:
    """Bring the columns of these youths' open registrations in step with the facts."""
    standings = standings_of(youth_ids=youth_ids)
    registrations = Registration.objects.in_bulk([s.registration_id for s in standings])
    for standing in standings:
        registration = registrations[standing.registration_id]
        Registration.objects.filter(pk=registration.pk).update(**columns(standing, registration))


def columns(standing: Standing, registration: Registration) -> dict[str, object]:
    """Return the columns that follow from the facts. When it was confirmed is only ever moved forward."""
    since = standing.status_since or registration.first_day
    was_confirmed = registration.status_confirmed_on
    known = [day for day in (standing.confirmed_on, was_confirmed) if day is not None and day >= since]
    confirmed_on = max(known, default=since)
    return {
        "status_code": standing.status_code or codes.UNKNOWN_CODE,
        "status_since": since,
        "status_confirmed_on": confirmed_on,
        "status_confirm_by": confirm_by(county_id=registration.county_id, confirmed_on=confirmed_on),
        "unknown_since": since if standing.status_code == codes.UNKNOWN_ACTIVITY else None,
        "first_contact_on": standing.first_contact_on,
        "last_contact_on": standing.last_contact_on,
        "last_attempt_on": standing.last_attempt_on,
        "attempts": standing.attempts,
    }


@implements("rule-reconfirm")
@cache
def confirm_by(*, county_id: int, confirmed_on: date) -> date | None:
    """Return until when a status stands that was confirmed on a day; None for a day before the oldest rule we hold."""
    try:
        return reconfirmation_due(confirmed_on, readings_for(county_id=county_id))
    except BeforeOurHorizon:
        return None
