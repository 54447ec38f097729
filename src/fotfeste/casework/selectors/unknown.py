"""Who was unknown on a day, as it was known at a moment: the ground of an OTUK list."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from fotfeste.spec import implements

_UNKNOWN = """
SELECT e.youth_id, coalesce(known.last_day + 1, g.first_day) AS since, g.reason, r.holder_id, count(a.id)
FROM casework_status_event e
JOIN casework_registration g ON g.id = e.registration_id AND NOT g.is_preventive
LEFT JOIN LATERAL (
  SELECT max(x.last_day) AS last_day FROM casework_status_event x
  WHERE x.registration_id = e.registration_id AND x.code <> 'OTUK' AND x.last_day < e.first_day
    AND x.recorded_at <= %(known_at)s AND (x.superseded_at IS NULL OR x.superseded_at > %(known_at)s)) known ON true
LEFT JOIN LATERAL (
  SELECT x.holder_id FROM casework_responsibility x
  WHERE x.youth_id = e.youth_id AND x.first_day <= %(on)s AND x.recorded_at <= %(known_at)s
    AND CASE WHEN x.superseded_at IS NULL THEN x.last_day IS NULL OR x.last_day >= %(on)s
             ELSE x.superseded_at > %(known_at)s END
  ORDER BY x.first_day DESC, x.recorded_at DESC, x.id DESC LIMIT 1) r ON true
LEFT JOIN casework_contact_attempt a ON a.registration_id = e.registration_id AND a."on" <= %(on)s
  AND a.recorded_at <= %(known_at)s AND (a.superseded_at IS NULL OR a.superseded_at > %(known_at)s)
WHERE e.code = 'OTUK' AND e.county_then = %(county)s
  AND e.first_day <= %(on)s AND (e.last_day IS NULL OR e.last_day >= %(on)s)
  AND e.recorded_at <= %(known_at)s AND (e.superseded_at IS NULL OR e.superseded_at > %(known_at)s)
GROUP BY 1, 2, 3, 4 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class UnknownYouth:
    """One youth whose activity was unknown on the day."""

    youth_id: int
    since: date
    reason: str
    holder_id: int | None
    attempts: int


@implements("st-otuk")
def unknown_on(*, county_id: int, on: date, known_at: datetime) -> list[UnknownYouth]:
    """Return the youths with unknown activity in the county on a day, as the register knew it at a moment."""
    with connection.cursor() as cursor:
        cursor.execute(_UNKNOWN, {"county": county_id, "on": on, "known_at": known_at})
        return [UnknownYouth(*row) for row in cursor.fetchall()]
