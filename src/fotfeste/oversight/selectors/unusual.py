"""
Finding unusual reading in a week of the log, in sets.

Asked as the system actor ``overseer``, which sees the log and the youths of its counties. What is found are figures
and row numbers; names and addresses are compared in the database and not taken out of it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from fotfeste.audit.selectors import READING, REFUSED
from fotfeste.kernel.clock import OSLO
from fotfeste.oversight.enums import FlagKind
from fotfeste.oversight.flag_rules import FlagRules


@dataclass(frozen=True, slots=True)
class Unusual:
    """One user's unusual reading of one kind: how many, the figures behind it, and whom it was about."""

    user_id: int
    kind: FlagKind
    count: int
    reasons: Mapping[str, Any]
    youth_ids: list[int] = field(default_factory=list)


# Each person a user opened in the week, with whether it was outside the user's tasks: opened on a ground that gives
# none, and nothing done about it then or shortly before.
_OPENED = """
WITH read AS MATERIALIZED (
  SELECT e.user_id, e.youth_id, e.at, e.ground FROM audit_entry e
  JOIN access_user u ON u.id = e.user_id AND NOT u.is_system
  WHERE e.county_id = %(county)s AND e.verb = 'read' AND e.youth_id IS NOT NULL
    AND e.at >= %(begins)s AND e.at < %(ends)s),
acted AS MATERIALIZED (
  SELECT DISTINCT e.user_id, e.youth_id FROM audit_entry e
  WHERE e.county_id = %(county)s AND e.youth_id IS NOT NULL AND e.at >= %(acted_from)s AND e.at < %(ends)s
    AND e.verb <> ALL (%(looks)s)),
opened AS MATERIALIZED (
  SELECT r.user_id, r.youth_id, r.at, r.ground,
         r.ground <> ALL (%(tasks)s) AND NOT EXISTS (
           SELECT FROM acted a WHERE (a.user_id, a.youth_id) = (r.user_id, r.youth_id)) AS is_outside
  FROM read r)
"""

_OUTSIDE = f"""{_OPENED}
SELECT user_id, count(DISTINCT youth_id), array_agg(DISTINCT youth_id ORDER BY youth_id),
       jsonb_build_object('looks', count(*), 'grounds', jsonb_agg(DISTINCT ground), 'limit', %(outside_persons)s)
FROM opened WHERE is_outside GROUP BY user_id HAVING count(DISTINCT youth_id) >= %(outside_persons)s
"""

# The last word of a name, as it is compared: the user's with the youth's, and whole names with the guardians'.
_LAST = "lower((regexp_match({0}, '(\\S+)\\s*$'))[1])"
_OWN_NAME = f"""{_OPENED},
named AS (
  SELECT o.user_id, o.youth_id,
         bool_or(o.is_outside AND {_LAST.format("u.name")} = {_LAST.format("y.last_name")}) AS by_name,
         bool_or(EXISTS (SELECT FROM people_guardian g WHERE g.youth_id = y.id AND g.superseded_at IS NULL
                         AND lower(btrim(g.name)) = lower(btrim(u.name)))) AS by_guardian
  FROM opened o JOIN access_user u ON u.id = o.user_id JOIN people_youth y ON y.id = o.youth_id
  GROUP BY o.user_id, o.youth_id)
SELECT n.user_id, count(*), array_agg(n.youth_id ORDER BY n.youth_id),
       jsonb_build_object('by_name', count(*) FILTER (WHERE n.by_name),
         'by_guardian', count(*) FILTER (WHERE n.by_guardian),
         'namesakes', (SELECT count(*) FROM people_youth y JOIN access_user u ON u.id = n.user_id
                       WHERE y.county_id = %(county)s AND {_LAST.format("y.last_name")} = {_LAST.format("u.name")}))
FROM named n WHERE n.by_name OR n.by_guardian GROUP BY n.user_id
"""

# Protected addresses are never compared: that two share one would tell something of where they are.
_SAME_ADDRESS = f"""{_OPENED},
lives AS MATERIALIZED (
  SELECT DISTINCT a.youth_id, lower(btrim(a.street)) AS street, a.postcode
  FROM people_address a JOIN people_youth y ON y.id = a.youth_id AND y.protection = 'none'
  WHERE a.superseded_at IS NULL AND NOT a.is_protected AND a.street <> ''
    AND (a.last_day IS NULL OR a.last_day >= %(monday)s) AND a.youth_id IN (SELECT youth_id FROM opened)),
met AS (
  SELECT DISTINCT o.user_id, o.youth_id AS one, p.youth_id AS other
  FROM opened o JOIN lives l ON l.youth_id = o.youth_id
  JOIN lives m ON m.street = l.street AND m.postcode = l.postcode AND m.youth_id > l.youth_id
  JOIN opened p ON p.user_id = o.user_id AND p.youth_id = m.youth_id
   AND p.at BETWEEN o.at - %(within)s AND o.at + %(within)s
  WHERE o.is_outside OR p.is_outside)
SELECT user_id, count(*), ARRAY(SELECT DISTINCT unnest(array_agg(one) || array_agg(other)) ORDER BY 1),
       jsonb_build_object('minutes', %(address_minutes)s)
FROM met GROUP BY user_id
"""

_AT_NIGHT = """
WITH looked AS (
  SELECT e.user_id, e.youth_id, (e.at AT TIME ZONE 'Europe/Oslo')::time AS clock FROM audit_entry e
  JOIN access_user u ON u.id = e.user_id AND NOT u.is_system
  WHERE e.county_id = %(county)s AND e.verb = ANY (%(readings)s) AND e.at >= %(begins)s AND e.at < %(ends)s)
SELECT user_id, count(*),
       coalesce(array_agg(DISTINCT youth_id ORDER BY youth_id) FILTER (WHERE youth_id IS NOT NULL), '{}'),
       jsonb_build_object('from', %(night_from)s, 'until', %(night_until)s, 'limit', %(night_looks)s)
FROM looked WHERE extract(hour FROM clock) >= %(night_from)s OR extract(hour FROM clock) < %(night_until)s
GROUP BY user_id HAVING count(*) >= %(night_looks)s
"""

_REFUSED = """
SELECT e.user_id, count(DISTINCT e.youth_id), array_agg(DISTINCT e.youth_id ORDER BY e.youth_id),
       jsonb_build_object('times', count(*), 'limit', %(refused_persons)s)
FROM audit_entry e JOIN access_user u ON u.id = e.user_id AND NOT u.is_system
WHERE e.county_id = %(county)s AND e.verb = 'refused' AND e.youth_id IS NOT NULL
  AND e.at >= %(begins)s AND e.at < %(ends)s
GROUP BY e.user_id HAVING count(DISTINCT e.youth_id) >= %(refused_persons)s
"""

_STATEMENTS: Mapping[FlagKind, str] = {
    FlagKind.OUTSIDE_CASELOAD: _OUTSIDE,
    FlagKind.OWN_NAME: _OWN_NAME,
    FlagKind.SAME_ADDRESS: _SAME_ADDRESS,
    FlagKind.AT_NIGHT: _AT_NIGHT,
    FlagKind.REFUSED: _REFUSED,
}


def unusual_in(*, week: date, county_id: int, rules: FlagRules) -> list[Unusual]:
    """
    Return what was unusual in a county in a week, by user and kind.

    :param week: its Monday.
    """
    values = _values(week, county_id, rules)
    return [
        Unusual(user, kind, count, json.loads(reasons), ids)
        for kind, statement in _STATEMENTS.items()
        for user, count, ids, reasons in _asked(statement, values)
    ]


def _values(week: date, county_id: int, rules: FlagRules) -> dict[str, Any]:
    return {
        **rules.model_dump(exclude={"first_day", "tasks", "acted_within_days"}),
        "county": county_id,
        "monday": week,
        "begins": _midnight(week),
        "ends": _midnight(week + timedelta(days=7)),
        "acted_from": _midnight(week - timedelta(days=rules.acted_within_days)),
        "within": timedelta(minutes=rules.address_minutes),
        "tasks": list(rules.tasks),
        "readings": list(READING),
        "looks": [*READING, REFUSED],
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OSLO)


def _asked(statement: str, values: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
