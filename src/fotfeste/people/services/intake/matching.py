"""Finding out which rows of an import are about whom."""

from dataclasses import dataclass
from datetime import date

from django.db.backends.utils import CursorWrapper

from fotfeste.people.name_key import SearchKey
from fotfeste.people.services.intake.staging import STATISTICS

NAME_KEY = SearchKey.template % {"expressions": "coalesce(last_name, '') || ' ' || coalesce(first_name, '')"}

# One who was found to be the same person as another is the other. A contested number is nobody's.
_KNOWN_BY_NUMBER = """
UPDATE intake i SET youth_id = coalesce(y.merged_into_id, y.id), is_new = false
FROM people_youth y WHERE y.national_id = i.national_id AND NOT y.is_number_contested
"""

# Another county knows of the youth from a later day than the file's, or this county's own later file is in: the youth is
# theirs, and what an older file says moves nobody there.
_KNOWN_ELSEWHERE = """
DELETE FROM intake i USING people_youth y
WHERE y.id = i.youth_id AND y.county_id <> %(county)s AND (%(older)s OR y.known_on > %(on)s)
"""

# Without a number: the only one in the county without one who has the same name and birth date. Of two, neither.
_KNOWN_BY_NAME = f"""
WITH nameless AS MATERIALIZED (
  SELECT row_no, born, {NAME_KEY} AS name_key FROM intake WHERE national_id IS NULL),
found AS (
  SELECT n.row_no, min(y.id) AS youth_id FROM nameless n
  JOIN people_youth y ON y.county_id = %(county)s AND y.name_key = n.name_key AND y.born = n.born
    AND y.national_id IS NULL AND y.merged_into_id IS NULL
  GROUP BY n.row_no HAVING count(*) = 1)
UPDATE intake i SET youth_id = f.youth_id, is_new = false FROM found f WHERE f.row_no = i.row_no
"""


def _several(among: str) -> str:
    """Return the statement for several rows about one person: they share its number, and the latest of them speaks."""
    return f"""
WITH told AS (
  SELECT row_no, youth_id, starts_on,
         CASE WHEN is_new THEN coalesce(national_id, {NAME_KEY} || '|' || born) ELSE '#' || youth_id END AS who
  FROM intake WHERE {among}),
several AS (SELECT who FROM told GROUP BY who HAVING count(*) > 1),
found AS (
  SELECT t.row_no, min(t.youth_id) OVER (PARTITION BY t.who) AS youth_id,
         row_number() OVER (PARTITION BY t.who ORDER BY t.starts_on DESC NULLS LAST, t.row_no DESC) = 1 AS is_last
  FROM told t JOIN several USING (who))
UPDATE intake i SET youth_id = f.youth_id, is_last = f.is_last, is_only = false FROM found f WHERE f.row_no = i.row_no
"""


# One row for each name, and known to be: who asks for no district does not look for one, and who does keeps this table
# in memory instead of the rows.
_DISTRICTS_TABLE = """
CREATE TEMP TABLE intake_district (district text PRIMARY KEY, district_code text) ON COMMIT DROP
"""
_DISTRICTS = """
INSERT INTO intake_district
SELECT DISTINCT ON (i.district) i.district, d.code AS district_code
FROM (SELECT DISTINCT v.district FROM (SELECT DISTINCT district, stay_district FROM intake) t
      CROSS JOIN LATERAL (VALUES (t.district), (t.stay_district)) v(district) WHERE v.district IS NOT NULL) i
JOIN organisations_unit d ON d.kind = 'district' AND d.county_id = %(county)s
  AND (d.code = i.district OR lower(d.name) IN (lower(i.district), 'bydel ' || lower(i.district)))
ORDER BY i.district, d.code = i.district DESC
"""

# Every unit with a number, and known to be few: so the rows are passed in the order they came, and whatever is written of
# them is written in the order of the youths, where an index takes what is next to what it took last.
_SCHOOLS_TABLE = """
CREATE TEMP TABLE intake_school (school_org text PRIMARY KEY, id bigint, name text, is_private boolean,
  takes_responsibility boolean, county_id smallint, first_day date, last_day date) ON COMMIT DROP
"""
_SCHOOLS = """
INSERT INTO intake_school
SELECT u.org_number, u.id, u.name, u.is_private, u.takes_responsibility, u.county_id, u.first_day, u.last_day
FROM organisations_unit u WHERE u.org_number <> ''
"""

_PEOPLE = """
CREATE TEMP VIEW intake_person AS
SELECT i.*, coalesce(d.district_code, '') AS district_code, coalesce(s.district_code, '') AS stay_district_code,
       i.stay_street IS NOT NULL OR i.stay_municipality IS NOT NULL OR s.district_code IS NOT NULL AS has_stay,
       coalesce(i.institution, i.institution_municipality) IS NOT NULL OR i.institution_lat IS NOT NULL AS has_institution
FROM intake i LEFT JOIN intake_district d USING (district) LEFT JOIN intake_district s ON s.district = i.stay_district
WHERE i.is_last
"""

# Lists of those without a place name the last school and no days. Where nothing else is known of a youth's education,
# that school is what the rules go by: to the end of compulsory school, or of the school year before the one it is about.
_LAST_SCHOOL = """
UPDATE intake i SET end_reason = 'skoleåret slutt', enrolment_kind = w.kind,
       ends_on = make_date(CASE WHEN w.kind = 'pupil' THEN i.school_year
                                ELSE least(i.school_year, extract(year FROM i.born)::int + 16) END, 7, 31)
FROM organisations_unit u CROSS JOIN LATERAL (
  SELECT CASE WHEN 'lower_secondary' IN (u.kind, u.also_kind) THEN 'lower_secondary' ELSE 'pupil' END AS kind) w
WHERE u.org_number = i.school_org AND ('lower_secondary' IN (u.kind, u.also_kind) OR u.kind = 'upper_secondary')
  AND i.school_year IS NOT NULL AND i.starts_on IS NULL AND i.ends_on IS NULL
  AND (i.is_new OR NOT EXISTS (
    SELECT FROM people_enrolment e WHERE e.youth_id = i.youth_id AND e.superseded_at IS NULL))
"""

TELLS_STRETCH = "({row}.starts_on IS NOT NULL OR {row}.ends_on IS NOT NULL AND {row}.school_org IS NOT NULL)"
"""SQL for whether a row of ``intake`` tells of a stretch of education."""
STRETCH = """
  coalesce({row}.enrolment_kind, 'pupil') AS kind, u.id AS school_id, coalesce(u.name, {row}.school_name, '') AS school_name,
  left(coalesce({row}.programme, ''), 20) AS programme, left(coalesce({row}.level, ''), 10) AS level,
  coalesce(u.is_private, false) AS is_private, {row}.starts_on AS first_day, {row}.ends_on AS last_day,
  left(coalesce({row}.end_reason, ''), 60) AS end_reason, coalesce(u.takes_responsibility, false) AS takes,
  u.county_id AS school_county, u.first_day AS school_opens, u.last_day AS school_closes
"""
"""SQL for the stretch such a row tells of, ``u`` being its ``intake_school``."""
_ENROLMENTS = f"""
CREATE TEMP VIEW intake_enrolment AS
SELECT i.youth_id, i.is_new, i.is_only, i.row_no, {STRETCH.format(row="i")}
FROM intake i LEFT JOIN intake_school u USING (school_org) WHERE {TELLS_STRETCH.format(row="i")}
"""

_COUNTS = """
SELECT count(*) FILTER (WHERE is_last AND is_new), count(*) FILTER (WHERE is_last AND NOT is_new),
       count(*) FILTER (WHERE starts_on IS NULL AND ends_on IS NULL AND school_year IS NOT NULL)
FROM intake
"""


@dataclass(frozen=True, slots=True)
class Matched:
    """
    How many people came in whom nobody knew, how many who were known, and how many rows are another county's.

    :ivar has_several: whether anybody has several rows; most files have one for each, and nothing more to look for.
    """

    new: int
    known: int
    elsewhere: int = 0
    has_several: bool = False


def match(
    cursor: CursorWrapper,
    *,
    county_id: int,
    one_row_a_number: bool = False,
    on: date | None = None,
    is_older: bool = False,
) -> Matched:
    """
    Find the youth of each row, new or known, and make ``intake_person`` and ``intake_enrolment``.

    A person is known by identity number; without one, by being the only one in the county without a number who has
    the same name and birth date. A person with a number is never matched by name: that becomes a possible duplicate.

    :param one_row_a_number: no identity number stands in two rows; then only those without one are compared.
    :param on: the day the file speaks of, and ``is_older`` that a later one is in: then who is another county's since is
        left out. None for those who are judged where they stand.
    """
    values = {"county": county_id}
    cursor.execute("DROP TABLE IF EXISTS pg_temp.intake_district, pg_temp.intake_school CASCADE")
    is_changed = _note_known(cursor, values)
    elsewhere = 0
    if is_changed and on is not None:
        cursor.execute(_KNOWN_ELSEWHERE, {**values, "on": on, "older": is_older})
        elsewhere = cursor.rowcount
    among = "national_id IS NULL" if one_row_a_number and not is_changed else "true"
    has_several = _changes(cursor, _several(among))
    tables = (_DISTRICTS_TABLE, _DISTRICTS, _SCHOOLS_TABLE, _SCHOOLS, "ANALYZE intake_district, intake_school")
    for statement in (*tables, _PEOPLE, _ENROLMENTS, _COUNTS):
        cursor.execute(statement, values)
    new, known, without_days = cursor.fetchone()
    if without_days:
        cursor.execute(_LAST_SCHOOL)
    if is_changed or has_several:
        cursor.execute(STATISTICS)
    return Matched(new, known, elsewhere, has_several)


def _note_known(cursor: CursorWrapper, values: dict[str, int]) -> bool:
    """Find those known before, by number first; say whether there are any."""
    by_number = _changes(cursor, _KNOWN_BY_NUMBER)
    return _changes(cursor, _KNOWN_BY_NAME, values) or by_number


def _changes(cursor: CursorWrapper, statement: str, values: dict[str, int] | None = None) -> bool:
    cursor.execute(statement, values)
    return bool(cursor.rowcount > 0)
