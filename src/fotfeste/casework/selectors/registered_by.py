"""Whether the schools have registered by a deadline, and whether anybody too old still stands open."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from fotfeste.casework.models import Registration

# A status set and one confirmed both serve the deadline, also when another has taken its place after the deadline.
# Those under protection are counted nowhere.
_BY_UNIT = """
SELECT g.unit_id, u.name, count(*), count(done.first_on), max(done.first_on)
FROM casework_registration g
JOIN people_youth y ON y.id = g.youth_id AND y.protection = 'none'
JOIN organisations_unit u ON u.id = g.unit_id AND u.kind IN ('upper_secondary', 'lower_secondary')
LEFT JOIN LATERAL (
  SELECT min(x.on_day) AS first_on FROM (
    SELECT c.confirmed_on AS on_day FROM casework_status_confirmation c
    WHERE c.registration_id = g.id AND c.confirmed_on >= %(since)s
    UNION ALL
    SELECT (e.recorded_at AT TIME ZONE 'Europe/Oslo')::date FROM casework_status_event e
    WHERE e.registration_id = g.id AND (e.recorded_at AT TIME ZONE 'Europe/Oslo')::date >= %(since)s
      AND (e.superseded_at IS NULL OR (e.superseded_at AT TIME ZONE 'Europe/Oslo')::date > %(by)s)) x) done ON true
WHERE g.county_id = %(county)s AND (%(unit)s::bigint IS NULL OR g.unit_id = %(unit)s)
  AND g.first_day <= %(by)s AND (g.last_day IS NULL OR g.last_day >= %(by)s)
GROUP BY 1, 2 ORDER BY 2, 1
"""


@dataclass(frozen=True, slots=True)
class SchoolRegistered:
    """A school with youths on a deadline, and the day the last of them had a status for it; None when one lacks it."""

    unit_id: int
    name: str
    done_on: date | None


def registered_by(*, county_id: int, since: date, by: date, unit_id: int | None = None) -> list[SchoolRegistered]:
    """
    Return the schools that had youths registered on a day, and when each had given all of them a status since another.

    A youth is counted where it belongs now.

    :param unit_id: of this school only.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BY_UNIT, {"county": county_id, "since": since, "by": by, "unit": unit_id})
        rows = cursor.fetchall()
    return [SchoolRegistered(pk, name, last if done == of else None) for pk, name, of, done, last in rows]


def still_open_after(*, county_id: int, last_day: date) -> bool:
    """Say whether a registration is open for somebody who reached the upper age by a year's last day."""
    born = last_day.year - 24
    rows = Registration.objects.filter(county_id=county_id, born_year__lte=born, first_day__lte=last_day)
    return rows.filter(last_day=None).exists() or rows.filter(last_day__gt=last_day).exists()
