"""The set-based statements of ``recording``. Temporary tables: see people.services.intake and ``planning``."""

_TOUCHED = "INSERT INTO intake_touched SELECT"

MEMBERSHIPS_OF_NEW = """
INSERT INTO casework_membership_decision (youth_id, county_id, unit_id, decided_on, statutory, local, explanation_id,
                                          is_current, recorded_at)
SELECT d.youth_id, %(county)s, d.unit_id, %(on)s, d.statutory, d.local, d.explanation_id, true, %(now)s
FROM intake_decision d WHERE d.is_new
"""
MEMBERSHIPS_CLOSED = """
UPDATE casework_membership_decision m SET is_current = false FROM intake_decision d
WHERE NOT d.is_new AND m.youth_id = d.youth_id AND m.is_current AND m.decided_on <= %(on)s
  AND (m.statutory, m.local, m.explanation_id) IS DISTINCT FROM (d.statutory, d.local, d.explanation_id)
"""
MEMBERSHIPS_OF_KNOWN = """
INSERT INTO casework_membership_decision (youth_id, county_id, unit_id, decided_on, statutory, local, explanation_id,
                                          is_current, recorded_at)
SELECT d.youth_id, %(county)s, d.unit_id, %(on)s, d.statutory, d.local, d.explanation_id, true, %(now)s
FROM intake_decision d WHERE NOT d.is_new
  AND NOT EXISTS (SELECT FROM casework_membership_decision m WHERE m.youth_id = d.youth_id AND m.is_current)
"""

_COPIED = """youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day, last_day, recorded_at, basis,
    basis_text, contact_id, feedback_id, county_then, unit_then, set_by_id"""
_COPY = """youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day, {last_day}, %(now)s, basis,
       basis_text, contact_id, feedback_id, county_then, unit_then, set_by_id"""

# A pupil who was followed up preventively and now leaves is registered anew, as one who has left.
PREVENTIVE_ENDED = f"""
WITH ended AS (
  UPDATE casework_registration g SET last_day = c.told_day - 1, end_reason = 'left_education', version = g.version + 1,
         closed_by_id = %(actor)s, closed_at = %(now)s
  FROM intake_case c WHERE c.ends AND g.id = c.g_id
  RETURNING g.id, g.last_day),
closed AS (
  UPDATE casework_status_event e SET superseded_at = %(now)s FROM ended
  WHERE e.registration_id = ended.id AND e.last_day IS NULL AND e.superseded_at IS NULL
  RETURNING e.*, ended.last_day AS ends_on)
INSERT INTO casework_status_event ({_COPIED})
SELECT {_COPY.format(last_day="ends_on")} FROM closed WHERE first_day <= ends_on
"""

# One registered from the new school year who leaves before it begins is registered from then; so is one whose list came
# late. Why is what the earlier event says, which a picture of the register does not know.
FORWARDED = """
UPDATE casework_registration g SET first_day = c.told_day,
       reason = CASE WHEN %(snapshot)s THEN g.reason ELSE c.reason END,
       raw_reason = CASE WHEN %(snapshot)s THEN g.raw_reason ELSE c.raw_reason END,
       source = %(source)s, version = g.version + 1, school_year = extract(year FROM c.told_day)::int
         - CASE WHEN extract(month FROM c.told_day) < 8 THEN 1 ELSE 0 END
FROM intake_case c WHERE c.forwarded AND g.id = c.g_id
"""

REGISTRATIONS = f"""
WITH opened AS (
  INSERT INTO casework_registration (youth_id, county_id, unit_id, school_year, reason, raw_reason, first_day, end_reason,
      is_preventive, source, recorded_at, version, status_code, status_since, status_confirmed_on, status_confirm_by,
      unknown_since, attempts, district_code, born_year)
  SELECT c.youth_id, %(county)s, d.unit_id, extract(year FROM c.told_day)::int
           - CASE WHEN extract(month FROM c.told_day) < 8 THEN 1 ELSE 0 END,
         c.reason, c.raw_reason, c.told_day, '', %(preventive)s, %(source)s, %(now)s, 1, c.told_code, c.told_day,
         greatest(c.told_day, %(on)s), %(confirm_by)s, CASE WHEN c.told_code = 'OTUK' THEN c.told_day END, 0,
         d.district_shown, extract(year FROM y.born)::int
  FROM intake_case c JOIN intake_decision d USING (youth_id) JOIN people_youth y ON y.id = c.youth_id WHERE c.opens
  RETURNING youth_id)
{_TOUCHED} o.youth_id FROM opened o JOIN intake_decision d USING (youth_id) WHERE NOT d.is_new
"""

# Where a case is sorted under follows the address, and protection hides it.
DISTRICTS = """
UPDATE casework_registration g SET district_code = d.district_shown FROM intake_decision d
WHERE NOT d.is_new AND g.youth_id = d.youth_id AND g.last_day IS NULL AND g.district_code <> d.district_shown
  AND NOT %(is_older)s
"""

# In former cases too: where somebody lived the last time is near where they live.
DISTRICTS_HIDDEN = """
UPDATE casework_registration g SET district_code = '' FROM intake_touched t
JOIN people_youth y ON y.id = t.youth_id AND y.protection <> 'none'
WHERE g.youth_id = y.id AND g.district_code <> ''
"""

# Whoever answered first in a registration that begins earlier now answers from then. What is replaced keeps its first day.
RESPONSIBILITIES_FORWARDED = """
WITH first AS (
  UPDATE casework_responsibility r SET superseded_at = %(now)s, last_day = coalesce(r.last_day, r.first_day)
  FROM intake_case c JOIN casework_responsibility was USING (youth_id)
  WHERE c.forwarded AND r.id = was.id AND r.first_day = c.g_first_day AND r.superseded_at IS NULL
  RETURNING r.*, c.told_day, was.last_day AS stands_until)
INSERT INTO casework_responsibility (youth_id, county_id, unit_id, holder_id, first_day, last_day, ground, rule,
    explanation_id, distance_metres, data_version, reason, decided_by_id, recorded_at, ended_at)
SELECT youth_id, county_id, unit_id, holder_id, told_day, stands_until, ground, rule, explanation_id, distance_metres,
       data_version, reason, decided_by_id, %(now)s, ended_at
FROM first
"""

# The open responsibility ends when the youth belongs to another unit from now on. One that would have no day left is
# superseded.
RESPONSIBILITIES_CLOSED = f"""
WITH closed AS (
  UPDATE casework_responsibility r SET last_day = greatest(r.first_day, %(on)s - 1), ended_at = %(now)s,
         superseded_at = CASE WHEN r.first_day > %(on)s - 1 THEN %(now)s::timestamptz END
  FROM intake_decision d
  WHERE NOT d.is_new AND r.youth_id = d.youth_id AND r.last_day IS NULL AND r.holder_id <> d.unit_id
  RETURNING r.youth_id)
{_TOUCHED} youth_id FROM closed
"""

# Somebody answers from the first day of a registration; after another unit, from the day of the file.
RESPONSIBILITIES = """
INSERT INTO casework_responsibility (youth_id, county_id, unit_id, holder_id, first_day, ground, rule, explanation_id,
    distance_metres, data_version, reason, decided_by_id, recorded_at)
SELECT d.youth_id, %(county)s, d.unit_id, d.unit_id,
       greatest(CASE WHEN c.opens OR c.forwarded THEN g.first_day ELSE greatest(g.first_day, %(on)s) END,
                (SELECT max(r.last_day) + 1 FROM casework_responsibility r
                 WHERE NOT d.is_new AND r.youth_id = d.youth_id AND r.superseded_at IS NULL)),
       d.ground, d.rule, d.explanation_id, d.distance_metres, d.data_version, '', %(actor)s, %(now)s
FROM intake_case c JOIN intake_decision d USING (youth_id)
JOIN casework_registration g ON g.youth_id = d.youth_id AND g.last_day IS NULL
WHERE d.is_new OR NOT EXISTS (
  SELECT FROM casework_responsibility r WHERE r.youth_id = d.youth_id AND r.last_day IS NULL)
"""

# One row for each open registration whose status is to become another, or whose youth now belongs elsewhere: a move
# is an event of its own, so that a report for any day needs the status events alone. And one for the days a registration
# that begins earlier has got, up to what is known already.
WANTED_STATUSES = """
CREATE TEMP TABLE intake_status ON COMMIT DROP AS
SELECT c.youth_id, c.is_new, g.id AS registration_id, CASE WHEN NOT c.opens THEN c.e_id END AS event_id, d.unit_id,
       CASE WHEN c.is_news THEN c.told_code ELSE c.e_code END AS code,
       CASE WHEN c.is_news THEN c.told_raw ELSE c.e_raw END AS raw_code,
       CASE WHEN c.is_news THEN %(list)s ELSE c.e_list END AS code_list,
       CASE WHEN c.is_news THEN %(basis)s ELSE c.e_basis END AS basis,
       CASE WHEN c.is_news THEN greatest(c.told_day, g.first_day) ELSE greatest(%(on)s, c.e_first_day) END AS first_day,
       NULL::date AS last_day, c.is_news, d.unit_id AS unit_then
FROM intake_case c JOIN intake_decision d USING (youth_id)
JOIN casework_registration g ON g.youth_id = c.youth_id AND g.last_day IS NULL
WHERE c.is_news
   OR c.e_id IS NOT NULL AND (c.e_county, c.e_unit) IS DISTINCT FROM (%(county)s::smallint, d.unit_id)
UNION ALL
SELECT c.youth_id, c.is_new, c.g_id, NULL, d.unit_id, c.told_code, c.told_raw, %(list)s, %(basis)s, c.told_day,
       c.g_first_day - 1, true, coalesce((
         SELECT r.holder_id FROM casework_responsibility r
         WHERE r.youth_id = c.youth_id AND r.first_day = c.told_day AND r.superseded_at IS NULL), d.unit_id)
FROM intake_case c JOIN intake_decision d USING (youth_id) WHERE c.forwarded
"""

STATUSES_CLOSED = f"""
WITH closed AS (
  UPDATE casework_status_event e SET superseded_at = %(now)s FROM intake_status s
  WHERE e.id = s.event_id
  RETURNING e.*, s.first_day AS ends_before)
INSERT INTO casework_status_event ({_COPIED})
SELECT {_COPY.format(last_day="ends_before - 1")} FROM closed WHERE first_day < ends_before
"""

STATUSES = f"""
WITH added AS (
  INSERT INTO casework_status_event (youth_id, county_id, unit_id, registration_id, code_list, code, raw_code,
      first_day, last_day, recorded_at, basis, basis_text, contact_id, feedback_id, county_then, unit_then, set_by_id)
  SELECT s.youth_id, %(county)s, s.unit_id, s.registration_id, s.code_list, s.code, s.raw_code, s.first_day,
         s.last_day, %(now)s, s.basis, CASE WHEN s.is_news THEN '' ELSE e.basis_text END,
         CASE WHEN NOT s.is_news THEN e.contact_id END, CASE WHEN NOT s.is_news THEN e.feedback_id END,
         %(county)s, s.unit_then, CASE WHEN s.is_news THEN %(actor)s ELSE e.set_by_id END
  FROM intake_status s LEFT JOIN casework_status_event e ON e.id = s.event_id
  RETURNING youth_id)
{_TOUCHED} a.youth_id FROM added a JOIN intake_decision d USING (youth_id) WHERE NOT d.is_new
"""

# Nobody at the new unit has been given a case that moved there, nor a case that was registered anew.
COUNSELLORS_LEFT = """
CREATE TEMP TABLE intake_left ON COMMIT DROP AS
SELECT p.youth_id, d.unit_id, CASE WHEN c.ends THEN c.told_day ELSE s.first_day END AS first_day,
       CASE WHEN c.ends THEN 'closed' ELSE 'moved' END AS ground
FROM casework_counsellor_period p JOIN intake_case c USING (youth_id) JOIN intake_decision d USING (youth_id)
LEFT JOIN intake_status s ON s.youth_id = p.youth_id AND s.last_day IS NULL
WHERE p.superseded_at IS NULL AND p.last_day IS NULL AND p.counsellor_id IS NOT NULL
  AND (c.ends OR NOT c.opens AND s.first_day IS NOT NULL
       AND (c.e_county, c.e_unit) IS DISTINCT FROM (%(county)s::smallint, d.unit_id))
"""
COUNSELLORS_CLOSED = """
UPDATE casework_counsellor_period p SET superseded_at = %(now)s FROM intake_left l
WHERE p.youth_id = l.youth_id AND p.superseded_at IS NULL AND coalesce(p.last_day, 'infinity') >= l.first_day
"""
COUNSELLORS = """
INSERT INTO casework_counsellor_period (youth_id, county_id, unit_id, counsellor_id, unit_then, first_day, last_day,
    ground, replaces_id, chosen_by_id, recorded_at)
SELECT p.youth_id, %(county)s, l.unit_id, p.counsellor_id, p.unit_then, p.first_day, l.first_day - 1, p.ground, p.id,
       p.chosen_by_id, %(now)s
FROM casework_counsellor_period p JOIN intake_left l USING (youth_id)
WHERE p.superseded_at = %(now)s AND p.first_day < l.first_day
UNION ALL
SELECT p.youth_id, %(county)s, l.unit_id, NULL, l.unit_id, l.first_day, NULL, l.ground, p.id, %(actor)s, %(now)s
FROM casework_counsellor_period p JOIN intake_left l USING (youth_id)
WHERE p.superseded_at = %(now)s AND p.last_day IS NULL
"""
MOVED = """
UPDATE casework_registration g SET counsellor_id = NULL, version = g.version + 1
FROM intake_status s JOIN intake_case c USING (youth_id)
WHERE g.id = s.registration_id AND NOT c.opens AND (c.e_county, c.e_unit) IS DISTINCT FROM (%(county)s::smallint, s.unit_id)
"""
CONFIRMED = """
UPDATE casework_registration g SET status_confirmed_on = greatest(s.first_day, %(on)s), version = g.version + 1
FROM intake_status s WHERE g.id = s.registration_id AND s.event_id IS NOT NULL AND s.is_news
"""
# How a case stands follows from its facts. For those just registered from a day that has been, it was said at once.
STANDING_CHANGED = """
SELECT s.youth_id FROM intake_status s WHERE s.event_id IS NOT NULL OR NOT s.is_new OR s.first_day > %(on)s
"""

AUDITED = """
INSERT INTO audit_entry (at, user_id, verb, youth_id, county_id, screen, ground, details)
SELECT %(now)s, %(actor)s, %(act)s || '.new', d.youth_id, %(county)s, '', 'system', %(details)s::jsonb
FROM intake_decision d WHERE d.is_new
UNION ALL
SELECT %(now)s, %(actor)s, %(act)s || '.changed', t.youth_id, %(county)s, '', 'system', %(details)s::jsonb
FROM (SELECT DISTINCT youth_id FROM intake_touched) t
"""
