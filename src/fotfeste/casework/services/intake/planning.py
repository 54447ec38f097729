"""
What an import means for each case, before anybody is decided about: made once, used by the decisions and by the writing.

``intake_case`` has a row for each person who is to be registered or is so already. A row tells the open registration
(``g_…``) and status (``e_…``) as they are, what the source says (``told_…``), and what follows: the registration
``opens``, an earlier preventive one ``ends``, the status ``is_news``. One that began later than what the source tells is
``forwarded``: it begins earlier now, and what is known from its first day on stays.
"""

from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper

from fotfeste import codes
from fotfeste.casework.services.intake.effects import CONTRADICTED, PREVENTIVE, Effect
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.school_year import school_year_of
from fotfeste.organisations.selectors.readings import readings_on
from fotfeste.spec import implements

_CODES = "CREATE TEMP TABLE intake_code (lowered text, code text) ON COMMIT DROP"
_REASONS = "CREATE TEMP TABLE intake_raw_reason (raw text, reason text) ON COMMIT DROP"
_RAW_REASONS = "SELECT DISTINCT reason_code_raw FROM intake_person WHERE reason_code_raw IS NOT NULL"

# News from the same day as what is known counts only over what an import said: somebody's own work of that day stays. A list
# about a school year says nothing against what was cleared up in that year; of a pupil, or a mistake, it does. Of two days
# somebody has been outside school since, the earlier one stands, whichever file is the later, unless they were at school in
# between. A picture of the register that is older than what is known of a youth forwards nothing.
_CASES = """
CREATE TEMP TABLE intake_case ON COMMIT DROP AS
SELECT w.*, w.opens OR NOT w.forwarded AND w.told_code IS NOT NULL AND (w.e_id IS NULL OR NOT %(older)s
         AND NOT (w.about_year IS NOT NULL AND w.e_code <> ALL (%(contradicted)s)
                  AND greatest(w.e_first_day, w.g_confirmed_on) >= w.about_year)
         AND (w.told_code <> w.e_code OR w.told_code = '?' AND w.told_raw <> w.e_raw)
         AND (w.told_day > w.e_first_day OR w.told_day = w.e_first_day AND w.e_basis IN ('intake', 'register'))
         AND NOT (%(snapshot)s AND coalesce(w.told_raw = (
           SELECT l.raw_code FROM casework_status_event l
           WHERE l.youth_id = w.youth_id AND l.basis = 'register' AND l.raw_code <> ''
           ORDER BY l.first_day DESC, l.id DESC LIMIT 1), false))) AS is_news
FROM (
  SELECT p.youth_id, p.is_new, {reason} AS reason, left(coalesce(p.reason_code_raw, ''), 20) AS raw_reason,
         g.id AS g_id, g.first_day AS g_first_day, g.school_year AS g_school_year, g.reason AS g_reason,
         g.is_preventive AS g_is_preventive, g.status_confirmed_on AS g_confirmed_on,
         CASE WHEN %(about_year)s THEN make_date(p.school_year, 8, 1) END AS about_year,
         e.id AS e_id, e.code AS e_code, e.code_list AS e_list, e.raw_code AS e_raw, e.first_day AS e_first_day, e.basis AS e_basis, e.county_then AS e_county, e.unit_then AS e_unit,
         CASE WHEN %(snapshot)s THEN left(t.status, 20) ELSE '' END AS told_raw,
         CASE WHEN t.status IS NULL THEN NULL ELSE coalesce(c.code, '?') END AS told_code,
         CASE WHEN f.ends THEN greatest(t.day, g.first_day + 1) ELSE t.day END AS told_day, f.ends,
         f.ends OR f.may_open AND g.id IS NULL AND NOT EXISTS (
           SELECT FROM casework_registration r WHERE NOT p.is_new AND r.youth_id = p.youth_id
             AND coalesce(r.last_day, 'infinity') >= t.day) AS opens,
         f.may_open AND NOT f.ends AND t.day < g.first_day AND NOT EXISTS (
           SELECT FROM casework_registration r WHERE r.youth_id = p.youth_id AND r.last_day >= t.day)
           AND NOT EXISTS (
             SELECT FROM people_enrolment s WHERE s.youth_id = p.youth_id AND s.superseded_at IS NULL
               AND s.first_day < g.first_day
               AND (s.first_day >= t.day OR s.last_day >= t.day AND s.last_day < g.first_day))
           AND NOT (%(snapshot)s AND (%(older)s OR EXISTS (
             SELECT FROM people_youth y WHERE y.id = p.youth_id AND y.known_on > %(on)s))) AS forwarded
  FROM intake_person p
  LEFT JOIN intake_raw_reason m ON m.raw = p.reason_code_raw
  LEFT JOIN casework_registration g ON NOT p.is_new AND g.youth_id = p.youth_id AND g.last_day IS NULL
  LEFT JOIN casework_status_event e ON NOT p.is_new AND e.youth_id = p.youth_id AND e.last_day IS NULL
    AND e.superseded_at IS NULL
  CROSS JOIN LATERAL (SELECT {status} AS status, {first_day} AS day) t
  LEFT JOIN intake_code c ON c.lowered = lower(t.status)
  CROSS JOIN LATERAL (
    SELECT %(registers)s AND t.day IS NOT NULL AS may_open,
           t.day IS NOT NULL AND NOT %(preventive)s AND coalesce(g.is_preventive, false)
             AND CASE WHEN %(registers)s THEN coalesce(c.code, '?') <> ALL (%(preventive_codes)s)
                      ELSE %(ends_preventive)s AND c.code = %(unknown)s AND e.first_day <= %(on)s END AS ends) f
  WHERE f.may_open OR g.id IS NOT NULL) w
WHERE w.opens OR w.g_id IS NOT NULL
"""


def plan_cases(
    cursor: CursorWrapper, *, effect: Effect, county_id: int, on: date, is_older: bool, has_known: bool
) -> dict[str, Any]:
    """Make ``intake_case`` and return the values that the statements after it share."""
    status_list = codes.list_on(on).name
    values: dict[str, Any] = {
        "county": county_id,
        "county_code": f"{county_id:02}",
        "on": on,
        "today": f"{on:%m-%d}",
        "year": school_year_of(on).start_year,
        "year_first": school_year_of(on).first_day,
        "older": is_older and effect.is_snapshot,
        "registers": effect.registers,
        "snapshot": effect.is_snapshot,
        "about_year": effect.is_about_school_year,
        "contradicted": list(CONTRADICTED),
        "preventive": effect.is_preventive,
        "preventive_codes": list(PREVENTIVE),
        "ends_preventive": effect.ends_preventive and not is_older,
        "unknown": codes.UNKNOWN_ACTIVITY,
        "basis": effect.basis,
        "list": status_list,
        "next_year_at_once": _counts_next_year_at_once(county_id, on),
    }
    tables = ("intake_case", "intake_code", "intake_raw_reason")
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{table}' for table in tables)} CASCADE")
    cursor.execute(_CODES)
    known_codes = codes.codes_in_order(status_list)
    cursor.executemany("INSERT INTO intake_code VALUES (%s, %s)", [(s.code.lower(), s.code) for s in known_codes])
    cursor.execute(_REASONS)
    if effect.reads_raw_reason:
        cursor.execute(_RAW_REASONS)
        raws = [(raw, codes.read_vigo_reason(raw).reason.value) for (raw,) in cursor.fetchall()]
        cursor.executemany("INSERT INTO intake_raw_reason VALUES (%s, %s)", raws)
    said = {"reason": effect.reason, "status": effect.status, "first_day": effect.first_day}
    if effect.registers or has_known:
        cursor.execute(_CASES.format(**said), values)
    else:  # nobody to register and nobody registered
        cursor.execute(_CASES.format(**said) + " LIMIT 0", values)
    cursor.execute("ANALYZE intake_case")
    return values


@implements("amb-53")
def _counts_next_year_at_once(county_id: int, on: date) -> bool:
    try:
        return readings_on(county_id=county_id, on=on)["amb-53"] == "at_once"
    except BeforeOurHorizon:
        return False
