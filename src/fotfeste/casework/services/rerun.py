"""
Judging everybody in a county anew by the rules of the day: after another reading, and after the count date.

The same steps as an import takes (docs/adr/0013), with rows that tell nothing: what is stored is judged, memberships
and responsible units follow, and those who were placed by hand or by the register stay where they are.
"""

import json
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from fotfeste.access import selectors as access
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Ground
from fotfeste.casework.models import Registration
from fotfeste.casework.services import intake, standing
from fotfeste.casework.services.intake.effects import Effect
from fotfeste.kernel import clock
from fotfeste.people.services import intake as people

_TELLS_NOTHING = Effect(registers=False)

_BEFORE = """
DROP TABLE IF EXISTS pg_temp.rerun_before;
CREATE TEMP TABLE rerun_before ON COMMIT DROP AS
SELECT y.id AS youth_id, y.unit_id, m.statutory, m.local, g.status_confirm_by
FROM people_youth y LEFT JOIN casework_membership_decision m ON m.youth_id = y.id AND m.is_current
LEFT JOIN casework_registration g ON g.youth_id = y.id AND g.last_day IS NULL
WHERE y.county_id = %s AND y.merged_into_id IS NULL AND (%s::bigint[] IS NULL OR y.id = ANY (%s))
"""
# Those under protection are judged and follow, and are counted nowhere: whoever tries out one choice after the other
# could else work out from a single figure where somebody is.
_NOW = """
FROM rerun_before b JOIN people_youth y ON y.id = b.youth_id
LEFT JOIN casework_membership_decision m ON m.youth_id = y.id AND m.is_current
LEFT JOIN casework_registration g ON g.youth_id = y.id AND g.last_day IS NULL
"""
_MEMBERSHIPS = f"""
SELECT coalesce(b.{{which}}, ''), m.{{which}}, count(*) {_NOW}
WHERE y.protection = 'none' AND b.{{which}} IS DISTINCT FROM m.{{which}} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
_UNITS = f"""
SELECT b.unit_id, y.unit_id, count(*) {_NOW} WHERE b.unit_id <> y.unit_id AND y.protection = 'none'
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
_TALLY = f"""
SELECT count(*), count(*) FILTER (
         WHERE (b.statutory, b.local) IS DISTINCT FROM (m.statutory, m.local) OR b.unit_id <> y.unit_id),
       count(*) FILTER (WHERE b.status_confirm_by IS DISTINCT FROM g.status_confirm_by),
       count(*) FILTER (WHERE b.unit_id <> y.unit_id) {_NOW} WHERE y.protection = 'none'
"""
# What only the membership changed for; those who belong to another unit have been logged with that.
_AUDITED = f"""
INSERT INTO audit_entry (at, user_id, verb, youth_id, county_id, screen, ground, details)
SELECT %s, %s, 'rules.changed', y.id, y.county_id, '', 'system', %s::jsonb {_NOW}
WHERE (b.statutory, b.local) IS DISTINCT FROM (m.statutory, m.local)
  AND NOT EXISTS (SELECT FROM intake_touched t WHERE t.youth_id = y.id)
"""

Line = tuple[str, str, int]
Move = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Rerun:
    """
    What judging anew changed: how many were judged, how many of them got another membership or unit, and which.

    Those under protection are in none of the figures.

    :ivar statutory: from, to and how many, for the Act's target group; ``local`` for the county's own.
    :ivar units: the unit before, the one after, and how many.
    :ivar confirm: for how many the day changed by which the status must be confirmed.
    :ivar moved: how many belong to another unit.
    :ivar opened: for how many a school may now register the status though another unit answers; ``closed`` no longer.
    """

    judged: int = 0
    changed: int = 0
    statutory: tuple[Line, ...] = ()
    local: tuple[Line, ...] = ()
    units: tuple[Move, ...] = ()
    confirm: int = 0
    opened: int = 0
    closed: int = 0
    moved: int = 0


@transaction.atomic
def rerun_county(*, county_id: int, on: date, details: dict[str, object], youth_ids: list[int] | None = None) -> Rerun:
    """
    Judge everybody known in a county by the facts that are stored and the readings of a day, and let the cases follow.

    Judging the same county again on the same day changes nothing. Waits for an import that is under way.

    :param details: why, for the log.
    :param youth_ids: of the county, those to judge; None judges all.
    """
    actor = access.system_actor("scheduler", county_ids=(county_id,))
    with acting_as(actor, on=on), connection.cursor() as cursor:
        intake.wait_for_turn(county_id)
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(_BEFORE, [county_id, youth_ids, youth_ids])
        open_before = access.youths_open_to(ground=Ground.STATUS_REGISTRAR, on=on)
        _judge(cursor, county_id, youth_ids, on, actor.user_id, details)
        open_now = access.youths_open_to(ground=Ground.STATUS_REGISTRAR, on=on)
        standing.refresh(youth_ids=_registered(county_id, youth_ids))
        cursor.execute(_AUDITED, [clock.now(), actor.user_id, json.dumps(details)])
        return _tally(cursor, opened=len(open_now - open_before), closed=len(open_before - open_now))


def _judge(
    cursor: CursorWrapper,
    county_id: int,
    youth_ids: list[int] | None,
    on: date,
    actor_id: int,
    details: dict[str, object],
) -> None:
    now, known = clock.now(), {"is_older": False, "has_known": True}
    people.open_table(cursor)
    people.copy_known(cursor, county_id=county_id, youth_ids=youth_ids)
    people.match(cursor, county_id=county_id)
    people.update_known(cursor, source="", on=on, now=now, is_older=False, has_known=False)
    values = intake.plan_cases(cursor, effect=_TELLS_NOTHING, county_id=county_id, on=on, **known)
    intake.decide(cursor, effect=_TELLS_NOTHING, values=values, has_new=False, has_several=False, **known)
    people.move_known(cursor, county_id=county_id)
    intake.record(
        cursor,
        effect=_TELLS_NOTHING,
        values=values,
        source="",
        now=now,
        actor_id=actor_id,
        details=details,
        act="rules",
        **known,
    )


def _registered(county_id: int, youth_ids: list[int] | None) -> list[int]:
    rows = Registration.objects.filter(county_id=county_id, last_day=None)
    if youth_ids is not None:
        rows = rows.filter(youth_id__in=youth_ids)
    return list(rows.order_by("youth_id").values_list("youth_id", flat=True))


def _tally(cursor: CursorWrapper, *, opened: int, closed: int) -> Rerun:
    cursor.execute(_TALLY)
    judged, changed, confirm, moved = cursor.fetchone()
    told = {}
    for which in ("statutory", "local"):
        cursor.execute(_MEMBERSHIPS.format(which=which))
        told[which] = tuple(cursor.fetchall())
    cursor.execute(_UNITS)
    units = tuple(cursor.fetchall())
    return Rerun(judged, changed, told["statutory"], told["local"], units, confirm, opened, closed, moved)
