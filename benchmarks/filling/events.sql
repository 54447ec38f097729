-- Ten statuses for each person, one after the other from 2021 until the end of October, and nothing else of the case.
-- One in fifty moved to another county in the middle, and one status in fifty was corrected a month after it was set.
TRUNCATE casework_registration, casework_counsellor_period, casework_status_event, casework_responsibility, casework_contact_attempt,
  casework_status_confirmation, casework_journal_note, casework_feedback, access_grant CASCADE;

INSERT INTO casework_registration (id, youth_id, county_id, unit_id, school_year, reason, raw_reason, first_day, last_day,
  end_reason, is_preventive, source, recorded_at, version, status_code, status_since, status_confirmed_on, attempts, district_code,
  born_year)
SELECT id, id, county_id, unit_id, 2021, 'quit_school', '', date '2021-06-01' + mod(id, 180)::int, date '2026-10-31', 'other',
  false, 'VIGO OT', %(at)s, 1, 'OTUK', date '2021-06-01' + mod(id, 180)::int, date '2021-06-01' + mod(id, 180)::int, 0, '',
  extract(year FROM born)
FROM people_youth;

CREATE TEMP TABLE kept_index AS
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made FROM pg_index i
WHERE indrelid = 'casework_status_event'::regclass
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid);
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT * FROM kept_index LOOP EXECUTE 'DROP INDEX ' || each.name; END LOOP;
END $$;

-- In the order in which they were set, as a register grows, and not person by person.
INSERT INTO casework_status_event (youth_id, county_id, unit_id, registration_id, code_list, code, raw_code, first_day,
  last_day, recorded_at, superseded_at, basis, basis_text, county_then, unit_then, set_by_id)
WITH person AS (
  SELECT g.youth_id, g.county_id, g.unit_id, g.first_day AS start, (g.last_day - g.first_day) / 10 AS length, g.last_day AS stop,
    mod(g.youth_id * 2654435761, 4294967296) AS h,
    (SELECT array_agg(id ORDER BY id) FROM organisations_county WHERE last_day IS NULL AND id <> 99) AS counties,
    ARRAY['OTUK', 'OTUK', 'OTUK', 'OTOV', 'OTOA', 'OTAP', 'OTKO', 'OTAR', 'OTEV', 'OTVF', 'OTLL', 'OTNO', 'OTMI', 'OTBA', 'OTSY',
      'OTIF', 'ELGS_IM', 'ELVG_IM', 'OTFA_IM', 'OTFU_IM', 'Feil', 'OTAR_IM', 'OTEV_IM', 'OTVF_IM', 'OTLL_IM'] AS codes
  FROM casework_registration g
), event AS (
  SELECT p.*, i, start + i * length AS first_day, CASE WHEN i = 9 THEN stop ELSE start + (i + 1) * length - 1 END AS last_day,
    codes[mod(h / (i + 7), 25) + 1] AS code, codes[mod(h / (i + 31), 25) + 1] AS earlier_code,
    CASE WHEN mod(h / 5, 50) = 0 AND i < 5 THEN counties[mod(h / 3, array_length(counties, 1)) + 1] ELSE county_id END AS county_then
  FROM person p CROSS JOIN generate_series(0, 9) i
)
SELECT youth_id, county_id, unit_id, youth_id, 'current', v.code, '', first_day, last_day, recorded_at, superseded_at,
  'register', '', county_then, unit_id, w.id
FROM event JOIN access_user w ON w.subject = 'system:importer'
CROSS JOIN LATERAL (
  SELECT code, first_day + CASE WHEN mod(h / 11, 50) = i THEN interval '30 days' ELSE interval '1 day' END, NULL::timestamptz
  UNION ALL
  SELECT earlier_code, first_day + interval '1 day', first_day + interval '30 days' WHERE mod(h / 11, 50) = i
) v (code, recorded_at, superseded_at)
ORDER BY recorded_at;

DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT * FROM kept_index LOOP EXECUTE each.made; END LOOP;
END $$;

-- The yardstick of the table: nothing but what it reads, with the county on the event and one covering index.
CREATE TABLE bench_event AS
SELECT youth_id AS person, county_then AS county, code::text COLLATE "C" AS code, first_day, last_day FROM casework_status_event
WHERE superseded_at IS NULL;
CREATE INDEX bench_event_any_day ON bench_event (last_day, first_day) INCLUDE (county, code, person);
GRANT SELECT ON bench_event TO fotfeste_bench;
