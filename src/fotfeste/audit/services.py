"""Writing the log, setting its seals, and checking that they hold."""

import json
from typing import Any

from django.db import OperationalError, connection, transaction

from fotfeste.kernel import clock

# One statement, no RETURNING: whoever writes the log may not read it. An act about no county is read where the one who
# did it works; without that nobody could read of refusals.
_INSERT = """
INSERT INTO audit_entry (at, user_id, verb, youth_id, county_id, screen, ground, details)
VALUES (%s, %s, %s, %s, coalesce(%s::smallint, (
  SELECT min(u.county_id) FROM public.organisations_unit u
  WHERE u.id = ANY (nullif(current_setting('app.my_units', true), '')::bigint[]))), %s, %s, %s)
"""

# The ground of a reading is worked out from the same facts as the row policies use.
_INSERT_READ = """
INSERT INTO audit_entry (at, user_id, verb, youth_id, county_id, screen, ground, details)
SELECT %s, %s, 'read', y.id, y.county_id, %s,
  CASE WHEN y.unit_id = ANY (coalesce(nullif(current_setting('app.unit_identity', true), '')::bigint[], '{}')) THEN 'responsible_unit'
       WHEN y.county_id = ANY (coalesce(nullif(current_setting('app.county_identity', true), '')::smallint[], '{}')) THEN 'county_coordination'
       ELSE coalesce((SELECT min(g.ground) FROM access_grant g
                      WHERE g.youth_id = y.id AND g.topic = 'identity' AND g.closed_at IS NULL
                        AND (g.unit_id || ':' || g.ground
                               = ANY (coalesce(nullif(current_setting('app.granted_identity', true), '')::text[], '{}'))
                             OR g.user_id = nullif(current_setting('app.user_id', true), '')::bigint)
                        AND nullif(current_setting('app.today', true), '')::date
                          BETWEEN g.first_day AND coalesce(g.last_day, 'infinity')), 'unknown') END,
  '{}'
FROM people_youth y WHERE y.id = %s
"""


def record(
    verb: str,
    *,
    by: int,
    about: int | None = None,
    county: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """
    Add an act to the log.

    :param verb: what was done, such as ``status.set``; details hold codes and ids, never names or free text.
    :param by: id of the user or system actor.
    :param about: id of the youth, when it is about one.
    :param county: whose privacy officer reads it; where the one who acts works, unless told.
    """
    values: list[Any] = [clock.now(), by, verb, about, county, "", "", json.dumps(details or {})]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)


def record_read(*, by: int, about: int, screen: str) -> None:
    """Add to the log that a person was shown on a screen, with the ground that opened it."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_READ, [clock.now(), by, screen, about])


def seal() -> int | None:
    """
    Chain the entries since the last seal; return how many, or None when the log was busy and it must be tried again.

    Called by a job every minute and by ``fotfeste check``.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT audit_set_seal()")
            return int(cursor.fetchone()[0])
    except OperationalError:
        return None


def first_broken_seal() -> int | None:
    """Return the number of the first seal whose entries were changed or removed, or None when all hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_first_broken_seal()")
        row = cursor.fetchone()
    return row[0] if row else None
