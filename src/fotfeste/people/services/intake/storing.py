"""Writing what came in: only what is new or newer, never over newer facts."""

from datetime import date, datetime

from django.db.backends.utils import CursorWrapper

# ``intake_unit`` (youth_id, unit_id) is made by casework before this: whom the youth belongs to from now on.
_NEW_YOUTHS = """
INSERT INTO people_youth (id, county_id, unit_id, first_name, last_name, born, national_id, id_kind, protection,
                          has_completed, finished_compulsory, version, recorded_at, known_on)
SELECT p.youth_id, %(county)s, u.unit_id, coalesce(p.first_name, ''), p.last_name, p.born, p.national_id,
       coalesce(p.id_kind, ''), coalesce(p.protection, 'none'), coalesce(p.completed, false), p.finished_compulsory, 1,
       %(now)s, %(on)s
FROM intake_person p JOIN intake_unit u USING (youth_id) WHERE p.is_new
"""

# A file that is older than what is known about a youth changes nothing about who it is. What the first file says of a
# youth has no first day: it was so already when we came to know of it.
_CHANGED_YOUTHS = """
WITH changed AS (
  UPDATE people_youth y SET
    first_name = coalesce(p.first_name, y.first_name), last_name = p.last_name, born = p.born,
    protection = coalesce(p.protection, y.protection),
    has_completed = y.has_completed OR coalesce(p.completed, false),
    finished_compulsory = coalesce(p.finished_compulsory, y.finished_compulsory),
    version = y.version + 1, known_on = %(on)s
  FROM intake_person p
  WHERE y.id = p.youth_id AND NOT p.is_new AND NOT %(older)s AND %(on)s >= coalesce(y.known_on, %(on)s)
    AND (y.last_name <> p.last_name OR y.born <> p.born OR coalesce(p.first_name, y.first_name) <> y.first_name
         OR coalesce(p.protection, y.protection) <> y.protection
         OR coalesce(p.completed, false) AND NOT y.has_completed
         OR p.finished_compulsory IS NOT NULL AND p.finished_compulsory IS DISTINCT FROM y.finished_compulsory)
  RETURNING y.id)
INSERT INTO intake_touched SELECT id FROM changed
"""

_PLACE = "%(county)s, u.unit_id"

_CONTACTS = f"""
WITH came AS (
  SELECT p.youth_id, p.is_new, v.kind, v.value FROM intake_person p
  CROSS JOIN LATERAL (VALUES ('phone', p.phone), ('email', p.email)) v(kind, value) WHERE v.value IS NOT NULL),
better AS (
  SELECT c.* FROM came c WHERE c.is_new OR NOT EXISTS (
    SELECT FROM people_contact_detail d WHERE d.youth_id = c.youth_id AND d.kind = c.kind AND d.superseded_at IS NULL
      AND (d.value = c.value OR d.last_day IS NULL AND (%(older)s OR d.first_day > %(on)s)))),
closed AS (
  UPDATE people_contact_detail d SET superseded_at = %(now)s FROM better b
  WHERE NOT b.is_new AND d.youth_id = b.youth_id AND d.kind = b.kind AND d.source = %(source)s
    AND d.last_day IS NULL AND d.superseded_at IS NULL
  RETURNING d.*),
kept AS (
  INSERT INTO people_contact_detail (youth_id, county_id, unit_id, kind, value, first_day, last_day, source, recorded_at)
  SELECT youth_id, county_id, unit_id, kind, value, first_day, %(on)s - 1, source, %(now)s FROM closed
  WHERE first_day IS NULL OR first_day < %(on)s),
added AS (
  INSERT INTO people_contact_detail (youth_id, county_id, unit_id, kind, value, first_day, source, recorded_at)
  SELECT b.youth_id, {_PLACE}, b.kind, b.value, CASE WHEN NOT b.is_new THEN %(on)s END, %(source)s, %(now)s
  FROM better b JOIN intake_unit u USING (youth_id)
  RETURNING youth_id)
INSERT INTO intake_touched SELECT a.youth_id FROM added a JOIN intake_person p USING (youth_id) WHERE NOT p.is_new
"""

_ADDRESSES = f"""
WITH came AS (
  SELECT p.youth_id, p.is_new, 'registered' AS kind, p.street, coalesce(p.postcode, '') AS postcode,
         coalesce(p.city, '') AS city, coalesce(p.municipality, '') AS municipality, p.district_code, p.lat, p.lon,
         coalesce(p.protection, 'none') IN ('confidential', 'strictly_confidential') AS is_protected
  FROM intake_person p WHERE p.street IS NOT NULL OR p.district_code <> ''
  UNION ALL
  SELECT p.youth_id, p.is_new, 'stay', p.stay_street, '', '', '', '', NULL, NULL,
         coalesce(p.protection, 'none') IN ('confidential', 'strictly_confidential')
  FROM intake_person p WHERE p.stay_street IS NOT NULL),
better AS (
  SELECT c.* FROM came c WHERE c.is_new OR NOT EXISTS (
    SELECT FROM people_address a WHERE a.youth_id = c.youth_id AND a.kind = c.kind AND a.superseded_at IS NULL
      AND a.last_day IS NULL
      AND (%(older)s OR a.first_day > %(on)s OR (a.street, a.postcode, a.district_code, a.is_protected)
                                   = (coalesce(c.street, ''), c.postcode, c.district_code, c.is_protected)))),
closed AS (
  UPDATE people_address a SET superseded_at = %(now)s FROM better b
  WHERE NOT b.is_new AND a.youth_id = b.youth_id AND a.kind = b.kind AND a.last_day IS NULL AND a.superseded_at IS NULL
  RETURNING a.*),
kept AS (
  INSERT INTO people_address (youth_id, county_id, unit_id, kind, street, postcode, city, municipality, district_code,
                              latitude, longitude, is_protected, first_day, last_day, source, recorded_at)
  SELECT youth_id, county_id, unit_id, kind, street, postcode, city, municipality, district_code, latitude, longitude,
         is_protected, first_day, %(on)s - 1, source, %(now)s FROM closed WHERE first_day IS NULL OR first_day < %(on)s),
added AS (
  INSERT INTO people_address (youth_id, county_id, unit_id, kind, street, postcode, city, municipality, district_code,
                              latitude, longitude, is_protected, first_day, source, recorded_at)
  SELECT b.youth_id, {_PLACE}, b.kind, coalesce(b.street, ''), b.postcode, b.city, b.municipality, b.district_code,
         b.lat, b.lon, b.is_protected, CASE WHEN NOT b.is_new THEN %(on)s END, %(source)s, %(now)s
  FROM better b JOIN intake_unit u USING (youth_id)
  RETURNING youth_id)
INSERT INTO intake_touched SELECT a.youth_id FROM added a JOIN intake_person p USING (youth_id) WHERE NOT p.is_new
"""

_GUARDIANS = f"""
WITH added AS (
  INSERT INTO people_guardian (youth_id, county_id, unit_id, name, phone, email, relation, first_day, source, recorded_at)
  SELECT p.youth_id, {_PLACE}, p.guardian_name, coalesce(p.guardian_phone, ''), '', '', CASE WHEN NOT p.is_new THEN %(on)s END, %(source)s, %(now)s
  FROM intake_person p JOIN intake_unit u USING (youth_id)
  WHERE p.guardian_name IS NOT NULL AND (p.is_new OR NOT EXISTS (
    SELECT FROM people_guardian g WHERE g.youth_id = p.youth_id AND g.superseded_at IS NULL
      AND (g.name, g.phone) = (p.guardian_name, coalesce(p.guardian_phone, ''))))
  RETURNING youth_id)
INSERT INTO intake_touched SELECT a.youth_id FROM added a JOIN intake_person p USING (youth_id) WHERE NOT p.is_new
"""

# An enrolment is the same when kind, school and first day are. An end that was not known before is added to it;
# a different end from a newer file replaces it (the old row stays, with the moment it was replaced).
_ENROLMENTS = f"""
WITH latest AS (
  SELECT DISTINCT ON (youth_id, kind, school_id, school_name, first_day) * FROM intake_enrolment
  ORDER BY youth_id, kind, school_id, school_name, first_day, row_no DESC),
better AS (
  SELECT l.* FROM latest l WHERE l.is_new OR NOT EXISTS (
    SELECT FROM people_enrolment e WHERE e.youth_id = l.youth_id AND e.kind = l.kind AND e.superseded_at IS NULL
      AND e.school_id IS NOT DISTINCT FROM l.school_id AND e.first_day = l.first_day
      AND (e.last_day IS NOT DISTINCT FROM l.last_day OR l.last_day IS NULL
           OR e.last_day IS NOT NULL AND %(older)s))),
closed AS (
  UPDATE people_enrolment e SET superseded_at = %(now)s FROM better b
  WHERE NOT b.is_new AND e.youth_id = b.youth_id AND e.kind = b.kind AND e.superseded_at IS NULL
    AND e.school_id IS NOT DISTINCT FROM b.school_id AND e.first_day = b.first_day),
added AS (
  INSERT INTO people_enrolment (youth_id, county_id, unit_id, kind, school_id, school_name, programme, level, is_private,
                                end_reason, first_day, last_day, source, recorded_at)
  SELECT b.youth_id, {_PLACE}, b.kind, b.school_id, b.school_name, left(b.programme, 20), left(b.level, 10), b.is_private,
         b.end_reason, b.first_day, b.last_day, %(source)s, %(now)s
  FROM better b JOIN intake_unit u USING (youth_id)
  RETURNING youth_id)
INSERT INTO intake_touched SELECT a.youth_id FROM added a JOIN intake_person p USING (youth_id) WHERE NOT p.is_new
"""

_MOVED = """
UPDATE people_youth y SET county_id = %(county)s, unit_id = u.unit_id
FROM intake_unit u JOIN intake_person p USING (youth_id)
WHERE y.id = u.youth_id AND NOT p.is_new AND (y.county_id, y.unit_id) IS DISTINCT FROM (%(county)s::smallint, u.unit_id)
"""


def store(cursor: CursorWrapper, *, county_id: int, source: str, on: date, now: datetime, is_older: bool) -> None:
    """
    Write youths, contact details, addresses, guardians and enrolments, and note in ``intake_touched`` who changed.

    :param on: the day the file speaks of; facts known from a later day are left alone.
    :param is_older: a later file from the same source is in already, so this one only adds what nobody knew.
    """
    values = {"county": county_id, "source": source, "on": on, "now": now, "older": is_older}
    cursor.execute("DROP TABLE IF EXISTS pg_temp.intake_touched")
    cursor.execute("CREATE TEMP TABLE intake_touched (youth_id bigint) ON COMMIT DROP")
    for statement in (_NEW_YOUTHS, _MOVED, _CHANGED_YOUTHS, _CONTACTS, _ADDRESSES, _GUARDIANS, _ENROLMENTS):
        cursor.execute(statement, values)
