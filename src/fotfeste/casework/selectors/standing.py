"""
How a case stands today, worked out from its facts.

The columns of ``Registration`` hold the same, so that a worklist reads one table. The services write them after each
act through ``services.standing``, and ``fotfeste check`` compares the two.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

# A run is the same code without a gap, over a move to another unit and over a new school year. An episode is a chain of
# registrations without a gap: carrying over to a new school year does not forget who has been reached. Preventive
# work before somebody left is not part of the chain.
_STANDING = """
WITH chosen AS (
  SELECT * FROM casework_registration g WHERE {chosen}
), episode AS (
  SELECT id, youth_id, last_day, island
  FROM (SELECT *, sum(begins) OVER (PARTITION BY youth_id ORDER BY first_day, id) AS island
        FROM (SELECT id, youth_id, first_day, last_day,
                     CASE WHEN lag(last_day) OVER w + 1 = first_day AND NOT lag(is_preventive) OVER w THEN 0 ELSE 1 END
                       AS begins
              FROM chosen WINDOW w AS (PARTITION BY youth_id ORDER BY first_day, id)) marked) numbered
), run AS (
  SELECT e.*, min(first_day) OVER (PARTITION BY youth_id, run_no) AS run_start
  FROM (SELECT *, sum(begins) OVER (PARTITION BY youth_id ORDER BY first_day, id) AS run_no
        FROM (SELECT s.id, s.youth_id, s.registration_id, s.code, s.first_day,
                     CASE WHEN lag(s.code) OVER w = s.code AND lag(s.last_day) OVER w + 1 = s.first_day
                       THEN 0 ELSE 1 END AS begins
              FROM casework_status_event s
              WHERE s.superseded_at IS NULL AND s.youth_id IN (SELECT youth_id FROM chosen)
              WINDOW w AS (PARTITION BY s.youth_id ORDER BY s.first_day, s.id)) marked) e
), latest AS (
  SELECT DISTINCT ON (registration_id) registration_id, code, run_start FROM run
  ORDER BY registration_id, first_day DESC, id DESC
), contact AS (
  SELECT p.youth_id, p.island, min(t."on") FILTER (WHERE t.is_contact) AS first_contact_on,
         max(t."on") FILTER (WHERE t.is_contact) AS last_contact_on, max(t."on") AS last_attempt_on,
         count(*) AS attempts
  FROM casework_contact_attempt t JOIN episode p ON p.id = t.registration_id
  WHERE t.superseded_at IS NULL GROUP BY 1, 2
), confirmed AS (
  SELECT l.registration_id, max(c.confirmed_on) AS confirmed_on
  FROM latest l JOIN chosen g ON g.id = l.registration_id
  JOIN casework_status_confirmation c ON c.youth_id = g.youth_id AND c.code = l.code AND c.confirmed_on >= l.run_start
  GROUP BY 1
)
SELECT p.id, p.youth_id, l.code, l.run_start, k.first_contact_on, k.last_contact_on, k.last_attempt_on,
       coalesce(k.attempts, 0), c.confirmed_on
FROM episode p
LEFT JOIN latest l ON l.registration_id = p.id
LEFT JOIN contact k ON k.youth_id = p.youth_id AND k.island = p.island
LEFT JOIN confirmed c ON c.registration_id = p.id
WHERE p.last_day IS NULL
ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """
    One open registration as its facts have it.

    :ivar status_code: None when it has no status, which ``fotfeste check`` reports.
    :ivar confirmed_on: the last day somebody said that the status still holds; None when nobody has since it was set.
    """

    registration_id: int
    youth_id: int
    status_code: str | None
    status_since: date | None
    first_contact_on: date | None
    last_contact_on: date | None
    last_attempt_on: date | None
    attempts: int
    confirmed_on: date | None


def standings_of(*, youth_ids: Iterable[int]) -> list[Standing]:
    """Return how the open registrations of these youths stand."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING.format(chosen="g.youth_id = ANY (%s)"), [list(youth_ids)])
        return [Standing(*row) for row in cursor.fetchall()]


def all_standings() -> Iterator[Standing]:
    """Return how every open registration stands that the actor may see, read in portions."""
    chosen = "g.youth_id IN (SELECT youth_id FROM casework_registration WHERE last_day IS NULL)"
    with connection.connection.cursor(name="standings") as cursor:
        cursor.itersize = 5000
        cursor.execute(_STANDING.format(chosen=chosen))
        for row in cursor:
            yield Standing(*row)
