"""The statements of ``storing.update_known``. New rows are put where the youth stands now; a move takes them along."""

_TOUCHED = "INSERT INTO intake_touched SELECT DISTINCT youth_id FROM"
_PROTECTING = "<> 'none'"

# A file that is older than what is known about a youth changes nothing about who it is. What the first file says of a
# youth has no first day: it was so already when we came to know of it.
_YOUTHS = f"""
WITH changed AS (
  UPDATE people_youth y SET
    first_name = coalesce(p.first_name, y.first_name), last_name = p.last_name, born = p.born,
    protection = coalesce(p.protection, y.protection),
    has_completed = y.has_completed OR coalesce(p.completed, false),
    finished_compulsory = coalesce(p.finished_compulsory, y.finished_compulsory),
    moved_in_on = coalesce(p.moved_in_on, y.moved_in_on),
    version = y.version + 1, known_on = %(on)s
  FROM intake_person p
  WHERE y.id = p.youth_id AND NOT p.is_new AND NOT %(older)s AND %(on)s >= coalesce(y.known_on, %(on)s)
    AND (y.last_name <> p.last_name OR y.born <> p.born OR coalesce(p.first_name, y.first_name) <> y.first_name
         OR coalesce(p.protection, y.protection) <> y.protection
         OR coalesce(p.completed, false) AND NOT y.has_completed
         OR p.finished_compulsory IS NOT NULL AND p.finished_compulsory IS DISTINCT FROM y.finished_compulsory
         OR p.moved_in_on IS NOT NULL AND p.moved_in_on IS DISTINCT FROM y.moved_in_on)
  RETURNING y.id AS youth_id)
{_TOUCHED} changed
"""

# The grade decides who may see every address there is, old ones too, also where the file gives no address.
_PROTECTION = f"""
UPDATE people_address a SET is_protected = y.protection {_PROTECTING}
FROM intake_touched t JOIN people_youth y ON y.id = t.youth_id
WHERE a.youth_id = y.id AND a.is_protected <> (y.protection {_PROTECTING})
"""

_CONTACTS = f"""
WITH came AS (
  SELECT p.youth_id, v.kind, v.value FROM intake_person p
  CROSS JOIN LATERAL (VALUES ('phone', p.phone), ('email', p.email)) v(kind, value)
  WHERE NOT p.is_new AND v.value IS NOT NULL),
better AS MATERIALIZED (
  SELECT c.* FROM came c WHERE NOT EXISTS (
    SELECT FROM people_contact_detail d WHERE d.youth_id = c.youth_id AND d.kind = c.kind AND d.superseded_at IS NULL
      AND (d.value = c.value OR d.last_day IS NULL AND (%(older)s OR d.first_day > %(on)s)))),
closed AS (
  UPDATE people_contact_detail d SET superseded_at = %(now)s FROM better b
  WHERE d.youth_id = b.youth_id AND d.kind = b.kind AND d.source = %(source)s
    AND d.last_day IS NULL AND d.superseded_at IS NULL
  RETURNING d.*),
kept AS (
  INSERT INTO people_contact_detail (youth_id, county_id, unit_id, kind, value, first_day, last_day, source, recorded_at)
  SELECT youth_id, county_id, unit_id, kind, value, first_day, %(on)s - 1, source, %(now)s FROM closed
  WHERE first_day IS NULL OR first_day < %(on)s),
added AS (
  INSERT INTO people_contact_detail (youth_id, county_id, unit_id, kind, value, first_day, source, recorded_at)
  SELECT b.youth_id, y.county_id, y.unit_id, b.kind, b.value, %(on)s, %(source)s, %(now)s
  FROM better b JOIN people_youth y ON y.id = b.youth_id
  RETURNING youth_id)
{_TOUCHED} added
"""

# Of a place of stay or an institution a file may say little. What it does not say is not compared.
_IS_TOLD = """c.street IN ('', a.street) AND c.district_code IN ('', a.district_code)
  AND c.municipality IN ('', a.municipality)
  AND (c.lat IS NULL OR (a.latitude, a.longitude) IS NOT DISTINCT FROM (c.lat, c.lon))"""
_ADDRESSES = f"""
WITH came AS (
  SELECT p.youth_id, 'registered' AS kind, coalesce(p.street, '') AS street, coalesce(p.postcode, '') AS postcode,
         coalesce(p.city, '') AS city, coalesce(p.municipality, '') AS municipality, p.district_code, p.lat, p.lon
  FROM intake_person p WHERE NOT p.is_new AND (p.street IS NOT NULL OR p.district_code <> '')
  UNION ALL
  SELECT p.youth_id, 'stay', coalesce(p.stay_street, ''), '', '', coalesce(p.stay_municipality, ''), p.stay_district_code,
         NULL, NULL
  FROM intake_person p WHERE NOT p.is_new AND p.has_stay
  UNION ALL
  SELECT p.youth_id, 'institution', coalesce(p.institution, ''), '', '', coalesce(p.institution_municipality, ''), '',
         p.institution_lat, p.institution_lon
  FROM intake_person p WHERE NOT p.is_new AND p.has_institution),
better AS MATERIALIZED (
  SELECT c.* FROM came c WHERE NOT EXISTS (
    SELECT FROM people_address a WHERE a.youth_id = c.youth_id AND a.kind = c.kind AND a.superseded_at IS NULL
      AND a.last_day IS NULL AND (%(older)s OR a.first_day > %(on)s
        OR CASE c.kind WHEN 'registered'
             THEN (a.street, a.postcode, a.district_code) = (c.street, c.postcode, c.district_code)
             ELSE {_IS_TOLD} END))),
closed AS (
  UPDATE people_address a SET superseded_at = %(now)s FROM better b
  WHERE a.youth_id = b.youth_id AND a.kind = b.kind AND a.last_day IS NULL AND a.superseded_at IS NULL
  RETURNING a.*),
kept AS (
  INSERT INTO people_address (youth_id, county_id, unit_id, kind, street, postcode, city, municipality, district_code,
                              latitude, longitude, is_protected, first_day, last_day, source, recorded_at)
  SELECT youth_id, county_id, unit_id, kind, street, postcode, city, municipality, district_code, latitude, longitude,
         is_protected, first_day, %(on)s - 1, source, %(now)s FROM closed WHERE first_day IS NULL OR first_day < %(on)s),
added AS (
  INSERT INTO people_address (youth_id, county_id, unit_id, kind, street, postcode, city, municipality, district_code,
                              latitude, longitude, is_protected, first_day, source, recorded_at)
  SELECT b.youth_id, y.county_id, y.unit_id, b.kind, b.street, b.postcode, b.city, b.municipality, b.district_code,
         b.lat, b.lon, y.protection {_PROTECTING}, %(on)s, %(source)s, %(now)s
  FROM better b JOIN people_youth y ON y.id = b.youth_id
  RETURNING youth_id)
{_TOUCHED} added
"""

_GUARDIANS = f"""
WITH added AS (
  INSERT INTO people_guardian (youth_id, county_id, unit_id, name, phone, email, relation, first_day, source,
                               recorded_at)
  SELECT y.id, y.county_id, y.unit_id, p.guardian_name, coalesce(p.guardian_phone, ''), '', '', %(on)s, %(source)s,
         %(now)s
  FROM intake_person p JOIN people_youth y ON y.id = p.youth_id
  WHERE NOT p.is_new AND p.guardian_name IS NOT NULL AND NOT EXISTS (
    SELECT FROM people_guardian g WHERE g.youth_id = p.youth_id AND g.superseded_at IS NULL
      AND (g.name, g.phone) = (p.guardian_name, coalesce(p.guardian_phone, '')))
  RETURNING youth_id)
{_TOUCHED} added
"""

# An enrolment is the same when kind, school and first day are. An end that was not known before is added to it; a
# different end from a newer file replaces it (the old row stays, with the moment it was replaced). What was put
# together from less (a course without its school, a last school without its days) yields to the stretch itself. VIGO
# names a course without saying whether it was at a school or as an apprentice: it adds nothing to a stretch that began
# the same day, of whatever kind.
_SAME = """e.kind = {n}.kind AND e.school_id IS NOT DISTINCT FROM {n}.school_id AND e.first_day IS NOT DISTINCT FROM {n}.first_day
  AND (e.school_id IS NOT NULL OR e.school_name = {n}.school_name)"""
_LESS = """{n}.first_day IS NOT NULL AND (
       e.school_id IS NULL AND e.school_name = '' AND e.first_day = {n}.first_day
         AND ({n}.school_id IS NOT NULL OR e.kind = 'pupil' AND {n}.kind <> 'pupil')
       OR e.first_day IS NULL AND e.kind = {n}.kind AND e.school_id = {n}.school_id)"""
_ENROLMENTS = f"""
WITH latest AS (
  SELECT DISTINCT ON (youth_id, kind, school_id, school_name, first_day) * FROM intake_enrolment WHERE NOT is_new
  ORDER BY youth_id, kind, school_id, school_name, first_day, row_no DESC),
better AS MATERIALIZED (
  SELECT l.* FROM latest l WHERE NOT EXISTS (
    SELECT FROM people_enrolment e WHERE e.youth_id = l.youth_id AND e.superseded_at IS NULL AND {_SAME.format(n="l")}
      AND (e.last_day IS NOT DISTINCT FROM l.last_day OR l.last_day IS NULL
           OR e.last_day IS NOT NULL AND %(older)s))
    AND (l.school_id IS NOT NULL OR l.school_name <> '' OR NOT EXISTS (
      SELECT FROM people_enrolment e WHERE e.youth_id = l.youth_id AND e.superseded_at IS NULL
        AND (e.school_id IS NOT NULL OR l.kind = 'pupil' AND e.kind <> 'pupil') AND e.first_day = l.first_day))),
closed AS (
  UPDATE people_enrolment e SET superseded_at = %(now)s FROM better b
  WHERE e.youth_id = b.youth_id AND e.superseded_at IS NULL AND ({_SAME.format(n="b")} OR {_LESS.format(n="b")})),
added AS (
  INSERT INTO people_enrolment (youth_id, county_id, unit_id, kind, school_id, school_name, programme, level,
                                is_private, end_reason, first_day, last_day, source, recorded_at)
  SELECT b.youth_id, y.county_id, y.unit_id, b.kind, b.school_id, b.school_name, b.programme, b.level, b.is_private,
         b.end_reason, b.first_day, b.last_day, %(source)s, %(now)s
  FROM better b JOIN people_youth y ON y.id = b.youth_id ORDER BY b.row_no
  RETURNING youth_id)
{_TOUCHED} added
"""

# Registrations that were merged into a youth are seen by whoever sees the youth. All rows about them follow.
_MOVED = """
UPDATE people_youth y SET county_id = %(county)s, unit_id = d.unit_id FROM intake_decision d
WHERE NOT d.is_new AND y.{which} = d.youth_id
  AND (y.county_id, y.unit_id) IS DISTINCT FROM (%(county)s::smallint, d.unit_id)
"""
MOVES = (
    _MOVED.format(which="merged_into_id"),
    f"WITH moved AS ({_MOVED.format(which='id')} RETURNING y.id) INSERT INTO intake_moved SELECT id FROM moved",
)

STATEMENTS = (_YOUTHS, _PROTECTION, _CONTACTS, _ADDRESSES, _GUARDIANS, _ENROLMENTS)
