"""The set-based statements of ``takeover``."""

TABLES = (
    """CREATE TEMP TABLE past_case (youth_id bigint, holder_id bigint, rule text, confirmed_on date)
       ON COMMIT DROP""",
    """CREATE TEMP TABLE past_registration (youth_id bigint, number integer, school_year integer, reason text,
       raw_reason text, first_day date, last_day date, end_reason text) ON COMMIT DROP""",
    """CREATE TEMP TABLE past_status (youth_id bigint, number integer, code text, first_day date, until date,
       closed_on date, basis text, told text, recorded_at timestamptz) ON COMMIT DROP""",
    """CREATE TEMP TABLE past_attempt (youth_id bigint, on_day date, channel text, direction text, result text,
       answered_by text, is_contact boolean, recorded_at timestamptz) ON COMMIT DROP""",
)

ALREADY_HERE = """
DELETE FROM past_case c WHERE EXISTS (SELECT FROM casework_registration g WHERE g.youth_id = c.youth_id)
"""

MOVED = """
UPDATE people_youth y SET unit_id = c.holder_id FROM past_case c WHERE y.id = c.youth_id AND y.unit_id <> c.holder_id
"""

REGISTRATIONS = """
INSERT INTO casework_registration (youth_id, county_id, unit_id, school_year, reason, raw_reason, first_day, last_day,
    end_reason, closed_by_id, closed_at, is_preventive, source, recorded_at, version, status_code, status_since, status_confirmed_on, attempts,
    district_code)
SELECT p.youth_id, %(county)s, c.holder_id, p.school_year, p.reason, p.raw_reason, p.first_day, p.last_day, p.end_reason,
       CASE WHEN p.last_day IS NOT NULL THEN %(actor)s END,
       (p.last_day + time '09:00') AT TIME ZONE 'Europe/Oslo',
       p.reason = 'preventive', 'takeover', (p.first_day + time '09:00') AT TIME ZONE 'Europe/Oslo', 1, 'OTUK',
       p.first_day, p.first_day, 0, ''
FROM past_registration p JOIN past_case c USING (youth_id) ORDER BY p.youth_id, p.number
"""

RESPONSIBILITIES = """
INSERT INTO casework_responsibility (youth_id, county_id, unit_id, holder_id, first_day, last_day, ground, rule, data_version,
    reason, decided_by_id, recorded_at)
SELECT c.youth_id, %(county)s, c.holder_id, c.holder_id, min(p.first_day),
       CASE WHEN bool_or(p.last_day IS NULL) THEN NULL ELSE max(p.last_day) END,
       CASE WHEN c.rule = '' OR u.kind = 'education_admin' THEN 'undecided' ELSE 'rule' END, c.rule, '', '', %(actor)s,
       (min(p.first_day) + time '09:00') AT TIME ZONE 'Europe/Oslo'
FROM past_case c JOIN past_registration p USING (youth_id) JOIN organisations_unit u ON u.id = c.holder_id
GROUP BY c.youth_id, c.holder_id, c.rule, u.kind
"""

STATUSES = """
INSERT INTO casework_status_event (youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day,
    last_day, recorded_at, basis, basis_text, county_then, unit_then, set_by_id)
SELECT s.youth_id, %(county)s, c.holder_id, g.id, 'current', s.code, '', s.first_day, coalesce(s.until - 1, s.closed_on),
       s.recorded_at, s.basis, s.told, %(county)s, c.holder_id, %(actor)s
FROM past_status s JOIN past_case c USING (youth_id)
JOIN past_registration p ON p.youth_id = s.youth_id AND p.number = s.number
JOIN casework_registration g ON g.youth_id = s.youth_id AND g.first_day = p.first_day
WHERE s.until IS NULL OR s.until > s.first_day
"""

ATTEMPTS = """
INSERT INTO casework_contact_attempt (youth_id, county_id, unit_id, registration_id, "on", channel, direction, result,
    answered_by, guardian_told, is_contact, note, registered_by_id, recorded_at)
SELECT a.youth_id, %(county)s, c.holder_id,
       (SELECT g.id FROM casework_registration g WHERE g.youth_id = a.youth_id AND g.first_day <= a.on_day
        ORDER BY g.first_day DESC LIMIT 1),
       a.on_day, a.channel, a.direction, a.result, a.answered_by, '', a.is_contact, '', %(actor)s, a.recorded_at
FROM past_attempt a JOIN past_case c USING (youth_id)
"""

# What the facts above do not say: when the status was last confirmed, and the district of those whose address is not
# protected. The rest of how a case stands follows from the facts (services.standing).
CONFIRMED = """
UPDATE casework_registration g SET status_confirmed_on = coalesce(c.confirmed_on, g.status_confirmed_on),
  district_code = CASE WHEN y.protection <> 'none' THEN ''
                       ELSE coalesce(s.district_code, a.district_code, '') END
FROM past_case c JOIN people_youth y ON y.id = c.youth_id
LEFT JOIN people_address a ON a.youth_id = c.youth_id AND a.kind = 'registered' AND a.last_day IS NULL
  AND a.superseded_at IS NULL
LEFT JOIN people_address s ON s.youth_id = c.youth_id AND s.kind = 'stay' AND s.last_day IS NULL
  AND s.superseded_at IS NULL AND s.district_code <> ''
WHERE g.youth_id = c.youth_id AND g.last_day IS NULL
"""

STATEMENTS = (MOVED, REGISTRATIONS, RESPONSIBILITIES, STATUSES, ATTEMPTS, CONFIRMED)
