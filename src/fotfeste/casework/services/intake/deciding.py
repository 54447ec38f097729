"""Deciding, for all who came in, whether they belong to the service and who answers for them."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from django.db.backends.utils import CursorWrapper

from fotfeste import codes
from fotfeste.casework.services.intake.effects import Effect
from fotfeste.casework.services.intake.forms import SEPARATOR, decided_for
from fotfeste.law.nearest import SchoolLevel, nearest_many
from fotfeste.law.outcomes import By, UnitChoice, UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.nearest import nearest_schools
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.people.services.intake import facts_sql
from fotfeste.spec import implements

# The case as it will stand on the file's day. One to be registered later is not registered yet.
_CASE = """
CASE WHEN c.youth_id IS NULL OR s.first_day > %(on)s THEN '|||' ELSE
  CASE WHEN c.opens OR c.forwarded THEN c.reason || '|' || extract(year FROM c.told_day)::int
         - CASE WHEN extract(month FROM c.told_day) < 8 THEN 1 ELSE 0 END || '|' || %(preventive)s::boolean::int
       ELSE c.g_reason || '|' || c.g_school_year || '|' || c.g_is_preventive::int END || '|' END
|| CASE WHEN c.youth_id IS NULL OR s.status_day > %(on)s THEN '|'
        WHEN s.has_news THEN c.told_code || '|' || %(list)s ELSE c.e_code || '|' || c.e_list END
|| CASE WHEN EXISTS (
     SELECT FROM casework_status_event x
     WHERE NOT f.is_new AND x.youth_id = f.youth_id AND x.superseded_at IS NULL AND x.first_day <= %(on)s
       AND (x.code_list, x.code) IN (SELECT * FROM intake_target)
       AND CASE WHEN x.id <> c.e_id OR c.e_id IS NULL THEN coalesce(x.last_day, %(on)s) >= %(year_first)s
                WHEN s.has_news THEN c.told_day - 1 >= greatest(x.first_day, %(year_first)s) END)
     OR c.forwarded AND NOT s.has_news AND c.g_first_day > %(year_first)s AND c.told_day <= %(on)s
       AND (%(list)s, c.told_code) IN (SELECT * FROM intake_target)
   THEN '|1' ELSE '|0' END
"""

_FACTS = f"""
CREATE TEMP TABLE intake_fact ON COMMIT DROP AS
SELECT f.youth_id, f.is_new, f.person || '{SEPARATOR}' || {{case}} || '{SEPARATOR}' || f.history AS form, f.schools,
       f.district, f.stay, f.latitude, f.longitude, f.institution_latitude, f.institution_longitude, {{told}} AS told_unit
FROM ({{facts}}) f {{joined}}
"""
_JOIN_CASE = """
LEFT JOIN intake_case c ON c.youth_id = f.youth_id
CROSS JOIN LATERAL (
  SELECT CASE WHEN c.opens OR c.forwarded THEN c.told_day ELSE c.g_first_day END AS first_day,
         CASE WHEN c.is_news OR n.is_first THEN c.told_day ELSE c.e_first_day END AS status_day,
         (c.is_news OR n.is_first AND c.told_code IS NOT NULL) AND c.told_day <= %(on)s AS has_news
  FROM (SELECT c.forwarded AND %(on)s < c.g_first_day AS is_first) n) s
"""
_JOIN_TOLD = " JOIN intake_person p ON p.youth_id = f.youth_id"
_NO_CASE = "'|||||0'"

_OUTCOMES = """
CREATE TEMP TABLE intake_outcome (form text, statutory text, local text, explanation_id bigint, by text, position integer,
                                  rule text, level text, registrar integer) ON COMMIT DROP
"""
_FOUND = """
CREATE TEMP TABLE intake_nearest (youth_id bigint, unit_id bigint, metres integer, data_version text) ON COMMIT DROP;
CREATE TEMP TABLE intake_told (told_unit text, unit_id bigint) ON COMMIT DROP;
CREATE TEMP TABLE intake_held (code text, unit_id bigint) ON COMMIT DROP;
CREATE TEMP TABLE intake_target (code_list text, code text) ON COMMIT DROP
"""
_TO_MEASURE = """
SELECT o.by, o.level, f.youth_id, f.latitude, f.longitude, f.institution_latitude, f.institution_longitude
FROM intake_fact f JOIN intake_outcome o USING (form) WHERE f.told_unit IS NULL AND o.by = ANY (%s)
"""

# A unit somebody chose by hand stays until somebody chooses again, and so does the one the register names until it names
# another, as long as the youth is in the unit's county and the unit is open; a file older than what is known moves nobody.
# Without a unit it is the education administration's queue.
_DECISIONS = """
CREATE TEMP TABLE intake_decision ON COMMIT DROP AS
SELECT f.youth_id, f.is_new, o.statutory, o.local, o.explanation_id, coalesce(x.holder, %(admin)s) AS holder_id,
       CASE WHEN x.holder IS NULL THEN 'undecided' WHEN f.told_unit IS NOT NULL THEN 'register' ELSE 'rule' END AS ground,
       CASE WHEN f.told_unit IS NULL THEN o.rule ELSE '' END AS rule, n.metres AS distance_metres,
       coalesce(n.data_version, '') AS data_version, coalesce(nullif(f.stay, ''), f.district) AS district_shown,
       {unit} AS unit_id
FROM intake_fact f JOIN intake_outcome o USING (form) {known}
LEFT JOIN intake_told t ON t.told_unit = f.told_unit
LEFT JOIN intake_nearest n ON n.youth_id = f.youth_id
LEFT JOIN intake_held registered ON registered.code = f.district
LEFT JOIN intake_held stay ON stay.code = f.stay
CROSS JOIN LATERAL (SELECT CASE
  WHEN f.told_unit IS NOT NULL THEN t.unit_id WHEN n.unit_id IS NOT NULL THEN n.unit_id
  WHEN o.position IS NOT NULL AND o.by IN ('current_school', 'latest_enrolment', 'left_lower_secondary')
    THEN f.schools[o.position + 1]
  WHEN o.by = 'apprenticeship_department' THEN %(apprenticeship)s
  WHEN o.by = 'district_of_registered_address' THEN registered.unit_id
  WHEN o.by = 'district_of_stay' THEN stay.unit_id END AS holder) x
"""
_UNIT_OF_NEW = "coalesce(x.holder, %(admin)s)"
_UNIT = f"""CASE WHEN f.is_new THEN {_UNIT_OF_NEW}
  WHEN %(is_older)s OR y.known_on > %(on)s THEN y.unit_id
  WHEN y.county_id = %(county)s AND coalesce(held_by.last_day >= %(on)s, true)
    AND (r.ground IN ('manual', 'taken_over') OR r.ground = 'register' AND f.told_unit IS NULL)
    THEN r.holder_id
  ELSE {_UNIT_OF_NEW} END"""
_JOIN_KNOWN = """
LEFT JOIN people_youth y ON NOT f.is_new AND y.id = f.youth_id
LEFT JOIN casework_responsibility r ON NOT f.is_new AND r.youth_id = f.youth_id AND r.last_day IS NULL
LEFT JOIN organisations_unit held_by ON held_by.id = r.holder_id
"""
_UNITS = "CREATE TEMP VIEW intake_unit AS SELECT youth_id, unit_id FROM intake_decision"


def decide(
    cursor: CursorWrapper,
    *,
    effect: Effect,
    values: dict[str, Any],
    is_older: bool,
    has_new: bool,
    has_known: bool,
    has_several: bool,
) -> None:
    """
    Make ``intake_decision`` and ``intake_unit``: for each youth the memberships, the unit, why, and how far it is.

    The law is asked once for each form the facts take; half a million youths have some thousand forms.

    :param values: those ``planning.plan_cases`` returned.
    :param has_several: whether anybody has several rows.
    """
    county_id, on = values["county"], values["on"]
    tables = ("fact", "outcome", "nearest", "told", "held", "target", "decision")
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.intake_{table}' for table in tables)} CASCADE")
    cursor.execute(_OUTCOMES)
    cursor.execute(_FOUND)
    _name_units(cursor, county_id, on)
    facts = facts_sql(has_new=has_new, has_known=has_known, has_several=has_several)
    _gather_facts(cursor, effect, values, facts, has_cases=effect.registers or has_known)
    _ask_the_law(cursor, county_id, on)
    if effect.told_unit:
        _look_up_told(cursor, county_id, on)
    _measure(cursor, county_id, on)
    department = units.apprenticeship_department_of(county_id=county_id, on=on)
    places = {
        "admin": units.education_admin_of(county_id=county_id).pk,
        "apprenticeship": department.pk if department else None,
    }
    decisions = _DECISIONS.format(unit=_UNIT if has_known else _UNIT_OF_NEW, known=_JOIN_KNOWN if has_known else "")
    # Small tables are known to be small, so that they are looked up in memory and the youths are passed once.
    cursor.execute("ANALYZE intake_nearest, intake_told, intake_held")
    cursor.execute(decisions, {**values, **places, "is_older": is_older})
    cursor.execute("ANALYZE intake_decision (youth_id, unit_id)")
    cursor.execute(_UNITS)


def _name_units(cursor: CursorWrapper, county_id: int, on: date) -> None:
    """Note the districts that take responsibility, and the codes that make one a member."""
    districts = [(d.code, d.unit_id) for d in units.districts(county_id=county_id, on=on) if d.takes_responsibility]
    cursor.executemany("INSERT INTO intake_held VALUES (%s, %s)", districts)
    members = [
        (name, status.code)
        for name in (codes.CURRENT, codes.LIST_2011)
        for status in codes.codes_in_order(name)
        if codes.is_in_target_group(name, status.code)
    ]
    cursor.executemany("INSERT INTO intake_target VALUES (%s, %s)", members)


def _gather_facts(
    cursor: CursorWrapper, effect: Effect, values: dict[str, Any], facts: str, *, has_cases: bool
) -> None:
    gathered = _FACTS.format(
        case=f"({_CASE})" if has_cases else _NO_CASE,
        told=effect.told_unit or "NULL::text",
        facts=facts,
        joined=(_JOIN_CASE if has_cases else "") + (_JOIN_TOLD if effect.told_unit else ""),
    )
    cursor.execute(gathered, values)
    cursor.execute("ANALYZE intake_fact (youth_id, form)")


@implements("amb-07")
def _ask_the_law(cursor: CursorWrapper, county_id: int, on: date) -> None:
    """Decide once for each form, and keep the reasons, which equal decisions share."""
    cursor.execute("SELECT DISTINCT form FROM intake_fact")
    forms, readings = cursor.fetchall(), readings_for(county_id=county_id)
    decided = {form: decided_for(form, county_id=county_id, on=on, readings=readings) for (form,) in forms}
    bodies = {id(each): json.dumps(each.to_dict(), ensure_ascii=False, sort_keys=True) for each in decided.values()}
    numbers = _keep_explanations(cursor, set(bodies.values()))
    with cursor.copy("COPY intake_outcome FROM STDIN") as copy:
        for form, each in decided.items():
            choice = each.unit.outcome
            copy.write_row(
                (
                    form,
                    each.statutory.outcome.value,
                    each.local.outcome.value,
                    numbers[bodies[id(each)]],
                    choice.by.value,
                    choice.enrolment_index,
                    choice.rule or "",
                    _level(choice).value,
                    each.registering_school,
                )
            )
    cursor.execute("ANALYZE intake_outcome")


def _level(choice: UnitChoice) -> SchoolLevel:
    is_lower = choice.unit_kind is UnitKind.LOWER_SECONDARY
    return SchoolLevel.LOWER_SECONDARY if is_lower else SchoolLevel.UPPER_SECONDARY


def _keep_explanations(cursor: CursorWrapper, bodies: Iterable[str]) -> dict[str, int]:
    """Keep the explanations that are new, and return the ids of all."""
    by_digest = {hashlib.sha256(body.encode()).hexdigest(): body for body in bodies}
    cursor.executemany(
        "INSERT INTO casework_explanation (digest, kind, body) VALUES (%s, 'case', %s) ON CONFLICT DO NOTHING",
        list(by_digest.items()),
    )
    cursor.execute("SELECT digest, id FROM casework_explanation WHERE digest = ANY (%s)", [list(by_digest)])
    return {by_digest[digest]: number for digest, number in cursor.fetchall()}


def _look_up_told(cursor: CursorWrapper, county_id: int, on: date) -> None:
    """Note which unit each number the source names is; one nobody has, or of a unit that is closed, has none."""
    cursor.execute("SELECT DISTINCT told_unit FROM intake_fact WHERE told_unit IS NOT NULL")
    references = units.unit_references(county_id=county_id, on=on)
    rows = [(number, references.responsible(number)) for (number,) in cursor.fetchall()]
    cursor.executemany("INSERT INTO intake_told VALUES (%s, %s)", rows)


def _measure(cursor: CursorWrapper, county_id: int, on: date) -> None:
    """Find the nearest school for all who wait for one, in one go for each kind of school."""
    cursor.execute(_TO_MEASURE, [[By.NEAREST_TO_REGISTERED_ADDRESS.value, By.NEAREST_TO_INSTITUTION.value]])
    waiting: dict[SchoolLevel, list[tuple[int, float, float]]] = {level: [] for level in SchoolLevel}
    for by, level, youth_id, *points in cursor.fetchall():
        latitude, longitude = points[:2] if by == By.NEAREST_TO_REGISTERED_ADDRESS else points[2:]
        if latitude is not None:
            waiting[SchoolLevel(level)].append((youth_id, latitude, longitude))
    for level, rows in waiting.items():
        schools = nearest_schools(level=level, county_id=county_id, on=on) if rows else None
        if not schools or not len(schools.candidates):
            continue
        where = np.array([row[1:] for row in rows])
        chosen, metres = nearest_many(where[:, 0], where[:, 1], schools.candidates)
        with cursor.copy("COPY intake_nearest FROM STDIN") as copy:
            for row, unit_id, distance in zip(rows, schools.unit_ids[chosen].tolist(), metres.tolist(), strict=True):
                copy.write_row((row[0], unit_id, round(distance), schools.candidates.data_version))
