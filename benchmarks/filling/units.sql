-- Counties other than Oslo have no schools of their own in the product's data: each gets twenty.
INSERT INTO organisations_unit (county_id, kind, also_kind, name, org_number, vigo_number, code, district_code, street,
  postcode, city, is_private, takes_responsibility, source, note, is_kept_locally)
SELECT c.id, 'upper_secondary', '', format('%%s videregående skole %%s', c.name, s), '', '', '', '', '', '', '', false, true,
  'Syntetisk', '', true
FROM organisations_county c, generate_series(1, 20) s WHERE c.last_day IS NULL AND c.id NOT IN (3, 99);

-- Who answers for whom: each place in a county is one holder, and the sizes below are counted in such places of forty.
-- In Oslo fifteen go to one district and two to one school, four to the county's own queue and the rest to all others.
CREATE TEMP TABLE place AS
WITH oslo AS (
  SELECT id, kind, row_number() OVER (PARTITION BY kind ORDER BY id) AS n FROM organisations_unit
  WHERE county_id = 3 AND last_day IS NULL
    AND (kind = 'district' OR kind = 'upper_secondary' AND takes_responsibility)
), other AS (
  SELECT id, row_number() OVER (ORDER BY kind, id) - 1 AS n, count(*) OVER () AS of FROM oslo WHERE n > 1
)
SELECT 3::smallint AS county_id, p AS place, round AS round, CASE
    WHEN p < 15 THEN (SELECT id FROM oslo WHERE kind = 'district' AND n = 1)
    WHEN p < 17 THEN (SELECT id FROM oslo WHERE kind = 'upper_secondary' AND n = 1)
    WHEN p < 21 THEN (SELECT id FROM organisations_unit WHERE county_id = 3 AND kind = 'education_admin')
    ELSE (SELECT id FROM other WHERE n = mod(round * 19 + p, of)) END AS unit_id
FROM generate_series(0, 39) p, generate_series(0, 99) round
UNION ALL
SELECT u.county_id, p, round, u.id
FROM generate_series(0, 39) p CROSS JOIN generate_series(0, 99) round
JOIN (
  SELECT id, county_id, row_number() OVER (PARTITION BY county_id ORDER BY kind, id) - 1 AS n,
         count(*) OVER (PARTITION BY county_id) AS of
  FROM organisations_unit
  WHERE county_id <> 3 AND last_day IS NULL AND kind IN ('education_admin', 'upper_secondary')) u
  ON u.n = mod(round * 7 + p, u.of);
CREATE UNIQUE INDEX ON place (county_id, place, round);

-- The four who are measured, and somebody with a role at every unit. The last one coordinates every county.
INSERT INTO access_user (subject, name, email, language, is_system, is_active)
SELECT 'bench:' || name, initcap(name) || ' Måling', '', 'nb', false, true
FROM unnest(ARRAY['counsellor', 'district', 'county', 'country']) name
UNION ALL
SELECT 'bench:unit-' || id, 'Ansatt ' || id, '', 'nb', false, true FROM organisations_unit WHERE last_day IS NULL;

INSERT INTO access_knowledge_confirmation (user_id, version, first_day, last_day, confirmed_at)
SELECT id, (SELECT version FROM access_knowledge_text ORDER BY first_day DESC LIMIT 1), date '2000-01-01',
  date '2100-01-01', now()
FROM access_user WHERE subject LIKE 'bench:%%';

INSERT INTO access_role_assignment (user_id, role, unit_id, first_day)
SELECT w.id, CASE u.kind WHEN 'district' THEN 'district_contact' WHEN 'education_admin' THEN 'education_admin'
  WHEN 'nav_office' THEN 'nav_responsible' ELSE 'counsellor' END, u.id, date '2020-01-01'
FROM organisations_unit u JOIN access_user w ON w.subject = 'bench:unit-' || u.id
UNION ALL
SELECT w.id, 'counsellor', p.unit_id, date '2020-01-01' FROM place p, access_user w
WHERE p.county_id = 3 AND p.place = 15 AND p.round = 0 AND w.subject = 'bench:counsellor'
UNION ALL
SELECT w.id, 'district_contact', p.unit_id, date '2020-01-01' FROM place p, access_user w
WHERE p.county_id = 3 AND p.place = 0 AND p.round = 0 AND w.subject = 'bench:district'
UNION ALL
SELECT w.id, 'education_admin', u.id, date '2020-01-01' FROM organisations_unit u, access_user w
WHERE u.kind = 'education_admin' AND u.last_day IS NULL AND u.county_id <> 99
  AND (w.subject = 'bench:country' OR w.subject = 'bench:county' AND u.county_id = 3);
