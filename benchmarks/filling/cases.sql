-- Open cases from the last four hundred days. The row's id is the youth's; a closed one of an earlier year has its own.
CREATE TEMP TABLE opened AS
SELECT y.*, %(on)s - mod(h / 53, 400)::int AS first_day,
  CASE WHEN mod(h / 59, 20) < 9 THEN 'OTUK' ELSE (ARRAY['OTOV', 'OTOA', 'OTAP', 'OTKO', 'OTAR', 'OTEV', 'OTVF', 'OTNO',
    'OTSY', 'OTIF', 'OTMI', 'OTFU_IM', 'OTAR_IM'])[mod(h / 61, 13) + 1] END AS wanted
FROM youth y WHERE is_open;
CREATE TEMP TABLE going AS
SELECT o.*, CASE WHEN first_day >= %(on)s - 1 THEN 'OTUK' ELSE wanted END AS code,
  first_day + 1 + mod(h / 67, greatest(1, least(120, %(on)s - first_day - 1)))::int AS known_from FROM opened o;
ANALYZE going;

INSERT INTO casework_registration (id, youth_id, county_id, unit_id, school_year, reason, raw_reason, first_day, end_reason,
  is_preventive, source, recorded_at, version, status_code, status_since, status_confirmed_on, attempts, district_code,
  counsellor_id, next_promise_on, born_year)
SELECT g.id, g.id, g.county_id, g.unit_id,
  extract(year FROM first_day)::int - CASE WHEN extract(month FROM first_day) < 8 THEN 1 ELSE 0 END,
  (ARRAY['quit_school', 'quit_school', 'not_applied', 'declined_place', 'did_not_start', 'waiting_list',
    'contract_terminated', 'moved_in', 'other'])[mod(h / 71, 9) + 1],
  '', first_day, '', false, 'VIGO OT', %(at)s, 1, code, first_day, first_day, 0,
  CASE WHEN protection <> 'none' THEN '' ELSE district_code END,
  CASE WHEN mod(h / 73, 3) = 0 THEN w.id END, CASE WHEN mod(h / 79, 4) = 0 THEN %(on)s - 20 + mod(h / 83, 60)::int END,
  extract(year FROM born)
FROM going g LEFT JOIN access_user w ON w.subject = 'bench:unit-' || g.unit_id ORDER BY g.id;

INSERT INTO casework_responsibility (youth_id, county_id, unit_id, holder_id, first_day, ground, rule, explanation_id,
  distance_metres, data_version, reason, decided_by_id, recorded_at)
SELECT g.id, g.county_id, g.unit_id, g.unit_id, first_day, 'rule', 'unit-vgs-former', e.id, NULL, '', '', w.id, %(at)s
FROM going g JOIN casework_explanation e ON e.kind = 'in_ot' JOIN access_user w ON w.subject = 'system:importer';

INSERT INTO casework_counsellor_period (youth_id, county_id, unit_id, counsellor_id, unit_then, first_day, ground, chosen_by_id, recorded_at)
SELECT youth_id, county_id, unit_id, counsellor_id, unit_id, first_day, 'chosen', counsellor_id, %(at)s
FROM casework_registration WHERE last_day IS NULL AND counsellor_id IS NOT NULL;

INSERT INTO casework_contact_attempt (id, youth_id, county_id, unit_id, registration_id, "on", channel, direction, result,
  answered_by, guardian_told, is_contact, note, registered_by_id, recorded_at)
SELECT g.id * 10 + i, g.id, g.county_id, g.unit_id, g.id,
  CASE WHEN i = 0 THEN known_from ELSE least(first_day + i * 3, CASE WHEN code = 'OTUK' THEN %(on)s ELSE known_from END) END,
  CASE WHEN i = 0 THEN 'call' ELSE (ARRAY['call', 'sms', 'letter', 'email'])[i] END, 'out',
  CASE WHEN i = 0 THEN 'answered' ELSE 'no_answer' END, CASE WHEN i = 0 THEN 'youth' ELSE '' END, '', i = 0, '', w.id, %(at)s
FROM going g JOIN access_user w ON w.subject = 'bench:unit-' || g.unit_id
CROSS JOIN generate_series(CASE WHEN code = 'OTUK' THEN 1 ELSE 0 END, mod(g.h / 89, 5)::int) i
WHERE first_day + i * 3 <= %(on)s;

INSERT INTO casework_status_event (youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day,
  last_day, recorded_at, basis, basis_text, contact_id, county_then, unit_then, set_by_id)
SELECT g.id, g.county_id, g.unit_id, g.id, 'current', 'OTUK', '', first_day,
  CASE WHEN code <> 'OTUK' THEN known_from - 1 END, %(at)s, 'intake', '', NULL::bigint, g.county_id, g.unit_id, w.id
FROM going g JOIN access_user w ON w.subject = 'system:importer'
UNION ALL
SELECT g.id, g.county_id, g.unit_id, g.id, 'current', code, '', known_from, NULL, %(at)s, 'contact', '', g.id * 10,
  g.county_id, g.unit_id, w.id
FROM going g JOIN access_user w ON w.subject = 'bench:unit-' || g.unit_id WHERE code <> 'OTUK';

INSERT INTO casework_status_confirmation (youth_id, county_id, unit_id, registration_id, code, confirmed_on, confirmed_by_id, recorded_at)
SELECT g.id, g.county_id, g.unit_id, g.id, code, %(on)s, w.id, %(at)s
FROM going g JOIN access_user w ON w.subject = 'bench:unit-' || g.unit_id
WHERE code <> 'OTUK' AND mod(g.h / 97, 4) = 0;

INSERT INTO casework_journal_note (youth_id, county_id, unit_id, text, written_on, written_by_id, recorded_at)
SELECT g.id, g.county_id, g.unit_id, 'Snakket om hva ungdommen vil videre, og avtalt en ny samtale.', %(on)s - i * 2, w.id, %(at)s
FROM going g JOIN access_user w ON w.subject = 'bench:unit-' || g.unit_id CROSS JOIN generate_series(1, 3) i;

INSERT INTO casework_feedback (youth_id, county_id, unit_id, from_unit_id, category, activity_code, "on", told_by, next_step,
  next_owner, state, question, sent_by_id, sent_at, version)
SELECT g.id, g.county_id, g.unit_id, d.id, 'still_unknown', '', %(on)s - 5, '', '', '', 'new', '', w.id, %(at)s, 1
FROM going g JOIN organisations_unit d ON d.kind = 'district' AND d.code = g.district_code
JOIN access_user w ON w.subject = 'bench:unit-' || d.id WHERE mod(g.h / 101, 5) = 0;

-- Every fifth of the others was in the service in an earlier school year and is back in education.
CREATE TEMP TABLE former AS
SELECT y.*, date '2024-09-01' + mod(h / 53, 100)::int AS first_day, date '2025-06-20' AS last_day FROM youth y
WHERE NOT is_open AND mod(k, 5) = 0;
INSERT INTO casework_registration (id, youth_id, county_id, unit_id, school_year, reason, raw_reason, first_day, last_day,
  end_reason, is_preventive, source, recorded_at, version, status_code, status_since, status_confirmed_on, attempts, district_code,
  born_year)
SELECT id + 10000000, id, county_id, unit_id, 2024, 'quit_school', '', first_day, last_day, 'back_in_education', false,
  'VIGO OT', %(at)s, 2, 'OTUK', first_day, first_day, 0, '', extract(year FROM born) FROM former;
INSERT INTO casework_responsibility (youth_id, county_id, unit_id, holder_id, first_day, last_day, ground, rule,
  data_version, reason, decided_by_id, recorded_at)
SELECT f.id, f.county_id, f.unit_id, f.unit_id, first_day, last_day, 'undecided', '', '', '', w.id, %(at)s
FROM former f JOIN access_user w ON w.subject = 'system:importer';
INSERT INTO casework_status_event (youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day,
  last_day, recorded_at, basis, basis_text, county_then, unit_then, set_by_id)
SELECT f.id, f.county_id, f.unit_id, f.id + 10000000, 'current', 'OTUK', '', first_day, last_day, %(at)s, 'intake', '',
  f.county_id, f.unit_id, w.id
FROM former f JOIN access_user w ON w.subject = 'system:importer';

-- Rounds of questions to districts and Nav: the one that runs, and five that have ended.
INSERT INTO access_grant (youth_id, county_id, holder_id, unit_id, topic, ground, source, first_day, last_day, recorded_at)
SELECT g.id, g.county_id, g.unit_id, to_id, topic, CASE WHEN topic = 'status' THEN 'release' ELSE 'otuk_list' END, 'runde', date '2026-11-01' - 60 * round, date '2026-12-31' - 60 * round, %(at)s
FROM (SELECT *, row_number() OVER (PARTITION BY county_id, code ORDER BY h) AS r FROM going) g
JOIN organisations_unit d ON d.kind = 'district' AND d.code = g.district_code
CROSS JOIN generate_series(0, 5) round
CROSS JOIN LATERAL (VALUES (d.id, ARRAY['list_row', 'identity', 'contact', 'address', 'status', 'feedback']),
  (d.nav_office_id, ARRAY['list_row', 'identity', 'feedback'])) t (to_id, topics)
CROSS JOIN LATERAL unnest(topics) topic
WHERE g.code = 'OTUK' AND mod(g.h / 103 + round, 4) < 3 AND to_id IS NOT NULL;

-- What the lists made ready ask for: a third have a plan, some were sent to Nav or offered to the district, some have
-- released something, some stand on a round, and every fourth was in the service the school year before.
INSERT INTO collaboration_plan (youth_id, county_id, unit_id, coordinator_id, coordinator_unit_id, first_day, last_day,
  review_on, main_goal, goals, roles, transitions, no_transitions, learning_goals, other_plans, information_flow,
  youth_words, version, number, made_by_id, made_at, result, result_text)
SELECT g.id, g.county_id, g.unit_id, w.id, g.unit_id, %(on)s - 60, %(on)s + 5 + mod(g.h / 107, 200)::int, %(on)s,
  'education', '[]', '[]', '[]', true, '[]', '[]', 'Vi ringes.', '', 1, 0, w.id, %(at)s, '', ''
FROM going g JOIN access_user w ON w.subject = 'bench:unit-' || g.unit_id WHERE mod(g.h / 109, 3) = 0;

INSERT INTO collaboration_record (youth_id, county_id, unit_id, kind, "on", said, by_unit_id, made_by_id, made_at,
  to_unit_id, answer, answer_text, version)
SELECT g.id, g.county_id, g.unit_id, CASE WHEN mod(g.h / 113, 2) = 0 THEN 'handover' ELSE 'nav-referral' END,
  %(on)s - 3, '{}', g.unit_id, w.id, %(at)s, CASE WHEN mod(g.h / 113, 2) = 0 THEN d.id ELSE d.nav_office_id END, '', '', 1
FROM going g JOIN organisations_unit d ON d.kind = 'district' AND d.code = g.district_code AND d.nav_office_id IS NOT NULL
JOIN access_user w ON w.subject = 'bench:unit-' || g.unit_id WHERE mod(g.h / 127, 6) = 0;

INSERT INTO consent_release (youth_id, county_id, unit_id, purpose, answer, how, present, exceptions, first_day, last_day,
  age_then, guardians, text_version, language, recorded_by_id, recorded_at_unit_id, recorded_at)
SELECT g.id, g.county_id, g.unit_id, 'cooperation', 'yes', 'in_meeting', '', '', %(on)s - 60,
  %(on)s + mod(g.h / 131, 150)::int, 18, 'none', '1', 'nb', w.id, g.unit_id, %(at)s
FROM going g JOIN access_user w ON w.subject = 'bench:unit-' || g.unit_id WHERE mod(g.h / 137, 3) = 0;

INSERT INTO casework_registration (id, youth_id, county_id, unit_id, school_year, reason, raw_reason, first_day, last_day,
  end_reason, is_preventive, source, recorded_at, version, status_code, status_since, status_confirmed_on, attempts,
  district_code, born_year)
SELECT g.id + 20000000, g.id, g.county_id, g.unit_id, r.school_year - 1, 'quit_school', '', r.first_day - 200,
  r.first_day - 100, 'back_in_education', false, 'VIGO OT', %(at)s, 1, 'OTUK', r.first_day - 200, r.first_day - 200, 0, '',
  extract(year FROM g.born)
FROM going g JOIN casework_registration r ON r.id = g.id WHERE mod(g.h / 139, 4) = 0;
INSERT INTO casework_responsibility (youth_id, county_id, unit_id, holder_id, first_day, last_day, ground, rule,
  data_version, reason, decided_by_id, recorded_at)
SELECT r.youth_id, r.county_id, r.unit_id, r.unit_id, r.first_day, r.last_day, 'undecided', '', '', '', w.id, %(at)s
FROM casework_registration r JOIN access_user w ON w.subject = 'system:importer' WHERE r.id > 20000000;
INSERT INTO casework_status_event (youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day,
  last_day, recorded_at, basis, basis_text, county_then, unit_then, set_by_id)
SELECT r.youth_id, r.county_id, r.unit_id, r.id, 'current', 'OTUK', '', r.first_day, r.last_day, %(at)s, 'intake', '',
  r.county_id, r.unit_id, w.id
FROM casework_registration r JOIN access_user w ON w.subject = 'system:importer' WHERE r.id > 20000000;
