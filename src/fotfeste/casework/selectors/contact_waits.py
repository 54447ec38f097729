"""How long youths waited from being unknown to the first real contact."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fotfeste.casework.selectors.counting import EVERYBODY, Among, By, fetch, limits

_AT_START = {
    By.COUNTY: "e.county_then",
    By.UNIT: "e.unit_then",
    By.DISTRICT: "r.district_code",
    By.REASON: "r.reason",
}

# The first day unknown and who answered then; from which days something else was known; then contact, if any.
_WAITS = """
WITH begun AS (
  SELECT e.registration_id, e.youth_id, min(e.first_day) FILTER (WHERE e.code = 'OTUK') AS first_day,
    array_agg(e.first_day) FILTER (WHERE e.code <> 'OTUK') AS known_from,
    (array_agg(e.unit_then ORDER BY e.first_day) FILTER (WHERE e.code = 'OTUK'))[1] AS unit_then,
    (array_agg(e.county_then ORDER BY e.first_day) FILTER (WHERE e.code = 'OTUK'))[1] AS county_then
  FROM casework_status_event e
  WHERE e.superseded_at IS NULL AND e.first_day <= %(on)s {in_county}
    AND e.registration_id IN (SELECT g.id FROM casework_registration g
                              WHERE g.first_day <= %(on)s AND coalesce(g.last_day, %(on)s) >= %(since)s)
  GROUP BY e.registration_id, e.youth_id),
waits AS (
  SELECT {columns} e.first_day,
    (SELECT min(d) FROM unnest(e.known_from) AS d WHERE d > e.first_day) AS known_on,
    (SELECT min(a."on") FROM casework_contact_attempt a WHERE a.youth_id = e.youth_id AND a.is_contact
       AND a.superseded_at IS NULL AND a."on" BETWEEN e.first_day AND %(on)s) AS reached_on
  FROM begun e JOIN casework_registration r ON r.id = e.registration_id
  WHERE e.first_day >= %(since)s {narrowed}),
measured AS (
  SELECT {keys} least(reached_on, known_on, %(on)s) - first_day AS days,
    reached_on IS NOT NULL AND reached_on <= coalesce(known_on, reached_on) AS reached
  FROM waits)
SELECT {keys} days, reached, count(*) FROM measured GROUP BY {keys} days, reached ORDER BY {keys} days, reached
"""


@dataclass(frozen=True, slots=True)
class WaitCount:
    """
    How many youths waited so many days.

    :ivar reached: contact was made after those days. Otherwise they had waited so long, without contact, when they
        were last seen as unknown: they still are, or a register told what they do.
    """

    keys: tuple[Any, ...]
    days: int
    reached: bool
    count: int


def contact_waits(*, since: date, on: date, among: Among = EVERYBODY, by: tuple[By, ...] = ()) -> list[WaitCount]:
    """
    Count the days from unknown to first contact, for the youths who became unknown from ``since`` to ``on``.

    The wait begins the first day the registration has the code for unknown activity in the counties asked for, and
    belongs to the unit that answered for the youth then. Only what the contact rule counts as real contact ends it;
    attempts do not.
    """
    narrowed, values = limits(among)
    in_county, _ = limits(Among(county_ids=among.county_ids))
    columns = "".join(f"{_AT_START[each]} AS key{i}, " for i, each in enumerate(by))
    keys = "".join(f"key{i}, " for i in range(len(by)))
    statement = _WAITS.format(columns=columns, keys=keys, narrowed=narrowed, in_county=in_county)
    rows = fetch(statement, {**values, "since": since, "on": on})
    return [WaitCount(tuple(key), days, reached, count) for *key, days, reached, count in rows]
