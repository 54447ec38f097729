"""Keeping what a county chooses to read otherwise: rows are added, never changed."""

from datetime import date
from typing import Any

from django.db import connection, transaction

from fotfeste.access.actor import Actor
from fotfeste.kernel import clock
from fotfeste.organisations.models import CountyReading

__all__ = ["CountyReading", "add_reading", "wait_for_readings"]

_ONE_AT_A_TIME = 0x0F08


def wait_for_readings(*, county_id: int) -> None:
    """Let one at a time choose for a county, until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, county_id])


@transaction.atomic
def add_reading(
    *,
    actor: Actor,
    county_id: int,
    reading: str,
    value: str,
    first_day: date,
    reason: str,
    told: dict[str, Any] | None = None,
) -> CountyReading:
    """Add a line; one that began on the very day is kept as what was replaced. Whoever calls has checked it."""
    now = clock.now()
    CountyReading.objects.filter(county_id=county_id, reading=reading, first_day=first_day, superseded_at=None).update(
        superseded_at=now
    )
    return CountyReading.objects.create(
        county_id=county_id,
        reading=reading,
        value=value,
        first_day=first_day,
        told=told or {},
        reason=reason.strip(),
        chosen_by_id=actor.user_id,
        recorded_at=now,
    )
