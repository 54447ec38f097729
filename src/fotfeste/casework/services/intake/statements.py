"""The set-based statements of ``recording``. Temporary tables: see people.services.intake."""

MEMBERSHIPS_CLOSED = """
UPDATE casework_membership_decision m SET is_current = false
FROM intake_decision d JOIN intake_person p USING (youth_id)
WHERE NOT p.is_new AND m.youth_id = d.youth_id AND m.is_current AND m.decided_on <= %(on)s
  AND (m.statutory, m.local, m.explanation_id) IS DISTINCT FROM (d.statutory, d.local, d.explanation_id)
"""

MEMBERSHIPS = """
INSERT INTO casework_membership_decision (youth_id, county_id, unit_id, decided_on, statutory, local, explanation_id,
                                          is_current, recorded_at)
SELECT d.youth_id, %(county)s, u.unit_id, %(on)s, d.statutory, d.local, d.explanation_id, true, %(now)s
FROM intake_decision d JOIN intake_unit u USING (youth_id) JOIN intake_person p USING (youth_id)
WHERE p.is_new OR NOT EXISTS (SELECT FROM casework_membership_decision m WHERE m.youth_id = d.youth_id AND m.is_current)
"""

# A pupil who was followed up preventively and now leaves is registered anew, as one who has left. One the register
# still shows as followed up preventively has not left.
PREVENTIVE_CLOSED = """
WITH ended AS (
  UPDATE casework_registration g SET last_day = greatest(g.first_day, {first_day} - 1), end_reason = 'left_education',
         version = g.version + 1
  FROM intake_person p LEFT JOIN intake_raw_reason m ON m.raw = p.reason_code_raw
  WHERE NOT p.is_new AND NOT %(preventive)s AND g.youth_id = p.youth_id AND g.last_day IS NULL AND g.is_preventive
    AND lower(coalesce({status}, '')) NOT IN ('elvg_im', 'elgs_im', 'elev')
  RETURNING g.id, g.last_day),
closed AS (
  UPDATE casework_status_event e SET superseded_at = %(now)s FROM ended
  WHERE e.registration_id = ended.id AND e.last_day IS NULL AND e.superseded_at IS NULL
  RETURNING e.*, ended.last_day AS ends_on)
INSERT INTO casework_status_event (youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day,
    last_day, recorded_at, basis, basis_text, contact_id, feedback_id, county_then, unit_then, set_by_id)
SELECT youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day, ends_on, %(now)s, basis,
       basis_text, contact_id, feedback_id, county_then, unit_then, set_by_id
FROM closed WHERE first_day <= ends_on
"""

REGISTRATIONS = """
WITH opened AS (
  INSERT INTO casework_registration (youth_id, county_id, unit_id, school_year, reason, raw_reason, first_day, end_reason,
      is_preventive, source, recorded_at, version, status_code, status_since, status_confirmed_on, status_confirm_by,
      unknown_since, attempts, district_code)
  SELECT p.youth_id, %(county)s, u.unit_id,
         extract(year FROM x.first_day)::int - CASE WHEN extract(month FROM x.first_day) < 8 THEN 1 ELSE 0 END,
         {reason}, left(coalesce(p.reason_code_raw, ''), 20), x.first_day, '', %(preventive)s, %(source)s, %(now)s, 1,
         coalesce(c.code, '?'), x.first_day, greatest(x.first_day, %(on)s), %(confirm_by)s,
         CASE WHEN c.code = 'OTUK' THEN x.first_day END, 0,
         CASE WHEN coalesce(p.protection, 'none') IN ('confidential', 'strictly_confidential') OR EXISTS (
                SELECT FROM people_youth y WHERE NOT p.is_new AND y.id = p.youth_id
                  AND y.protection IN ('confidential', 'strictly_confidential')) THEN '' ELSE p.district_code END
  FROM intake_person p JOIN intake_unit u USING (youth_id)
  LEFT JOIN intake_raw_reason m ON m.raw = p.reason_code_raw
  CROSS JOIN LATERAL (SELECT {first_day} AS first_day) x
  LEFT JOIN intake_code c ON c.lowered = lower({status})
  WHERE x.first_day IS NOT NULL AND (p.is_new OR NOT EXISTS (
    SELECT FROM casework_registration g WHERE g.youth_id = p.youth_id AND g.last_day IS NULL)
    AND NOT EXISTS (SELECT FROM casework_registration g WHERE g.youth_id = p.youth_id AND g.first_day >= x.first_day))
  RETURNING youth_id)
INSERT INTO intake_touched SELECT o.youth_id FROM opened o JOIN intake_person p USING (youth_id) WHERE NOT p.is_new
"""

# The open responsibility ends when the youth belongs to another unit from now on. It lasts at least one day, so two
# files on the same day leave the newest answer standing from the day after.
RESPONSIBILITIES_CLOSED = """
UPDATE casework_responsibility r SET last_day = greatest(r.first_day, %(on)s - 1)
FROM intake_unit u JOIN intake_person p USING (youth_id)
WHERE NOT p.is_new AND r.youth_id = u.youth_id AND r.last_day IS NULL AND r.holder_id <> u.unit_id
"""

RESPONSIBILITIES = """
INSERT INTO casework_responsibility (youth_id, county_id, unit_id, holder_id, first_day, ground, rule, explanation_id,
    distance_metres, data_version, reason, decided_by_id, recorded_at)
SELECT u.youth_id, %(county)s, u.unit_id, u.unit_id,
       greatest(g.first_day, %(on)s, coalesce((SELECT max(r.last_day) + 1 FROM casework_responsibility r
                                               WHERE r.youth_id = u.youth_id), '-infinity')),
       d.ground, d.rule, d.explanation_id, d.distance_metres, d.data_version, '', %(actor)s, %(now)s
FROM intake_unit u JOIN intake_decision d USING (youth_id) JOIN intake_person p USING (youth_id)
JOIN casework_registration g ON g.youth_id = u.youth_id AND g.last_day IS NULL
WHERE p.is_new OR NOT EXISTS (
  SELECT FROM casework_responsibility r WHERE r.youth_id = u.youth_id AND r.last_day IS NULL)
"""

# One row for each open registration whose status is to become another, or whose youth now belongs elsewhere: a move
# is an event of its own, so that a report for any day needs the status events alone.
WANTED_STATUSES = """
CREATE TEMP TABLE intake_status ON COMMIT DROP AS
SELECT g.youth_id, g.id AS registration_id, e.id AS event_id, e.first_day AS event_first_day,
       coalesce(c.code, CASE WHEN w.raw IS NULL THEN e.code ELSE '?' END) AS code,
       CASE WHEN w.raw IS NULL THEN coalesce(e.raw_code, '') ELSE left(w.raw, 20) END AS raw_code,
       CASE WHEN w.raw IS NULL AND e.id IS NOT NULL THEN e.code_list ELSE %(list)s END AS code_list,
       CASE WHEN w.raw IS NULL AND e.id IS NOT NULL THEN e.basis ELSE %(basis)s END AS basis,
       greatest(w.first_day, g.first_day) AS first_day, u.unit_id, e.id IS NULL OR w.raw IS NOT NULL AND
       coalesce(c.code, '?') <> e.code AS is_new_code
FROM intake_person p JOIN intake_unit u USING (youth_id)
JOIN casework_registration g ON g.youth_id = p.youth_id AND g.last_day IS NULL
LEFT JOIN intake_raw_reason m ON m.raw = p.reason_code_raw
CROSS JOIN LATERAL (SELECT {status} AS raw, coalesce({first_day}, %(on)s) AS first_day) w
LEFT JOIN intake_code c ON c.lowered = lower(w.raw)
LEFT JOIN casework_status_event e ON NOT p.is_new AND e.youth_id = p.youth_id AND e.last_day IS NULL
  AND e.superseded_at IS NULL
WHERE e.id IS NULL
   OR NOT %(older)s AND w.first_day >= e.first_day
      AND (w.raw IS NOT NULL AND coalesce(c.code, '?') <> e.code
           OR (e.county_then, e.unit_then) IS DISTINCT FROM (%(county)s::smallint, u.unit_id))
"""

STATUSES_CLOSED = """
WITH closed AS (
  UPDATE casework_status_event e SET superseded_at = %(now)s FROM intake_status s
  WHERE e.id = s.event_id
  RETURNING e.*, s.first_day AS ends_before)
INSERT INTO casework_status_event (youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day,
    last_day, recorded_at, basis, basis_text, contact_id, feedback_id, county_then, unit_then, set_by_id)
SELECT youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day, ends_before - 1, %(now)s, basis,
       basis_text, contact_id, feedback_id, county_then, unit_then, set_by_id
FROM closed WHERE first_day < ends_before
"""

STATUSES = """
WITH added AS (
  INSERT INTO casework_status_event (youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day,
      recorded_at, basis, basis_text, county_then, unit_then, set_by_id)
  SELECT youth_id, %(county)s, unit_id, registration_id, code_list, code, raw_code, first_day, %(now)s, basis, '',
         %(county)s, unit_id, %(actor)s
  FROM intake_status
  RETURNING youth_id)
INSERT INTO intake_touched SELECT a.youth_id FROM added a JOIN intake_person p USING (youth_id) WHERE NOT p.is_new
"""

STANDING = """
UPDATE casework_registration g SET status_code = s.code, status_since = s.first_day,
       status_confirmed_on = greatest(s.first_day, %(on)s), status_confirm_by = %(confirm_by)s, version = g.version + 1,
       unknown_since = CASE WHEN s.code = 'OTUK' THEN s.first_day END
FROM intake_status s
WHERE g.id = s.registration_id AND s.event_id IS NOT NULL AND s.is_new_code
"""

# Those whose case cannot be told from this file alone: a status that goes on from one before it, and a registration
# from a later day than the file's, whose status stands until a day that follows from that.
GOES_ON = """
SELECT s.youth_id FROM intake_status s
JOIN casework_status_event e ON e.youth_id = s.youth_id AND e.superseded_at IS NULL AND e.last_day = s.first_day - 1
  AND e.code = s.code
WHERE s.event_id IS NOT NULL AND s.is_new_code
"""

AHEAD = """
SELECT g.youth_id FROM casework_registration g JOIN intake_person p USING (youth_id)
WHERE g.last_day IS NULL AND g.status_since > %(on)s
"""

AUDITED = """
INSERT INTO audit_entry (at, user_id, verb, youth_id, county_id, screen, ground, details)
SELECT %(now)s, %(actor)s, CASE WHEN p.is_new THEN 'import.new' ELSE 'import.changed' END, p.youth_id, %(county)s, '',
       'system', jsonb_build_object('import', %(import)s::bigint)
FROM intake_person p
WHERE p.is_new OR EXISTS (SELECT FROM intake_touched t WHERE t.youth_id = p.youth_id)
"""
