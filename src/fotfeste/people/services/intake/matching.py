"""Finding out which rows of an import are about whom."""

from datetime import date

from django.db.backends.utils import CursorWrapper

from fotfeste.people.models import SearchKey

NAME_KEY = SearchKey.template % {"expressions": "coalesce(last_name, '') || ' ' || coalesce(first_name, '')"}

# Rows about the same person are one person: by number, else by name and birth date. The latest row speaks.
_PERSON = f"""
CREATE TEMP TABLE intake_row ON COMMIT DROP AS
SELECT row_no, coalesce(national_id, {NAME_KEY} || '|' || born) AS person_key,
       starts_on, ends_on, enrolment_kind, school_org, school_name, programme, level, end_reason, to_school_org
FROM intake
"""

_PEOPLE = f"""
CREATE TEMP TABLE intake_person ON COMMIT DROP AS
WITH person AS (
  SELECT DISTINCT ON (person_key) * FROM (
    SELECT coalesce(national_id, {NAME_KEY} || '|' || born) AS person_key, {NAME_KEY} AS name_key, i.*
    FROM intake i) keyed
  ORDER BY person_key, starts_on DESC NULLS LAST, row_no DESC)
SELECT coalesce(known.id, alike.id, nextval('people_youth_id_seq')) AS youth_id,
       known.id IS NULL AND alike.id IS NULL AS is_new,
       coalesce(known.county_id, alike.county_id) AS old_county,
       coalesce(known.unit_id, alike.unit_id) AS old_unit,
       coalesce(d.code, '') AS district_code,
       p.*
FROM person p
LEFT JOIN people_youth known ON known.national_id = p.national_id
LEFT JOIN people_youth alike ON p.national_id IS NULL AND alike.national_id IS NULL AND alike.county_id = %(county)s
  AND alike.name_key = p.name_key AND alike.born = p.born AND alike.merged_into_id IS NULL
LEFT JOIN organisations_unit d ON d.kind = 'district' AND d.county_id = %(county)s
  AND (d.code = p.district OR lower(d.name) IN (lower(p.district), 'bydel ' || lower(p.district)))
"""

# The school history that came in, with the school looked up. Programme stands beside an enrolment, not in its key.
_ENROLMENTS = """
CREATE TEMP TABLE intake_enrolment ON COMMIT DROP AS
SELECT p.youth_id, p.is_new, r.row_no, coalesce(r.enrolment_kind, 'pupil') AS kind, u.id AS school_id,
       coalesce(u.name, r.school_name, '') AS school_name, coalesce(r.programme, '') AS programme,
       coalesce(r.level, '') AS level, coalesce(u.is_private, false) AS is_private, r.starts_on AS first_day,
       r.ends_on AS last_day, left(coalesce(r.end_reason, ''), 60) AS end_reason
FROM intake_row r JOIN intake_person p USING (person_key)
LEFT JOIN organisations_unit u ON u.org_number = r.school_org
WHERE r.starts_on IS NOT NULL
"""

_DUPLICATES = """
INSERT INTO people_duplicate_pair (county_id, first_id, second_id, signs, state, found_at)
SELECT %(county)s, least(p.youth_id, y.id), greatest(p.youth_id, y.id), '["same_name_and_birth_date"]', 'open', %(now)s
FROM intake_person p
JOIN people_youth y ON y.county_id = %(county)s AND y.born = p.born AND y.name_key = p.name_key AND y.id <> p.youth_id
WHERE p.is_new AND y.merged_into_id IS NULL
  AND (p.national_id IS NULL OR y.national_id IS NULL OR p.id_kind <> y.id_kind)
ON CONFLICT DO NOTHING
RETURNING first_id
"""


def match(cursor: CursorWrapper, *, county_id: int) -> None:
    """
    Make ``intake_person`` (one row a person, with the youth's id, new or known) and ``intake_enrolment``.

    A person is known by identity number; without one, by being the only one in the county without a number who has
    the same name and birth date. A person with a number is never matched by name: that becomes a possible duplicate.
    """
    cursor.execute("DROP TABLE IF EXISTS pg_temp.intake_row, pg_temp.intake_person, pg_temp.intake_enrolment")
    cursor.execute(_PERSON)
    cursor.execute(_PEOPLE, {"county": county_id})
    cursor.execute("CREATE UNIQUE INDEX ON intake_person (youth_id)")
    cursor.execute("ANALYZE intake_person")
    cursor.execute(_ENROLMENTS)
    cursor.execute("CREATE INDEX ON intake_enrolment (youth_id)")
    cursor.execute("ANALYZE intake_enrolment")


def find_duplicates(cursor: CursorWrapper, *, county_id: int, now: date) -> int:
    """Note new youths who may be somebody already known, for a person to decide; return how many pairs."""
    cursor.execute(_DUPLICATES, {"county": county_id, "now": now})
    return len(cursor.fetchall())
