-- Synthetic numbers of the Tenor series (month + 80) with valid check digits, for birth dates from 2002 to 2010.
CREATE TEMP TABLE number AS
WITH stem AS (
  SELECT born::date AS born, individual, to_char(born, 'DD') || (extract(month FROM born)::int + 80)
    || to_char(born, 'YY') || individual AS s
  FROM generate_series(date '2002-01-01', date '2010-12-31', interval '1 day') born,
       generate_series(500, 500 + %(people)s / 2500) individual
), first AS (
  SELECT *, mod(11 - mod(3 * substr(s, 1, 1)::int + 7 * substr(s, 2, 1)::int + 6 * substr(s, 3, 1)::int
    + substr(s, 4, 1)::int + 8 * substr(s, 5, 1)::int + 9 * substr(s, 6, 1)::int + 4 * substr(s, 7, 1)::int
    + 5 * substr(s, 8, 1)::int + 2 * substr(s, 9, 1)::int, 11), 11) AS k1 FROM stem
), second AS (
  SELECT *, mod(11 - mod(5 * substr(s, 1, 1)::int + 4 * substr(s, 2, 1)::int + 3 * substr(s, 3, 1)::int
    + 2 * substr(s, 4, 1)::int + 7 * substr(s, 5, 1)::int + 6 * substr(s, 6, 1)::int + 5 * substr(s, 7, 1)::int
    + 4 * substr(s, 8, 1)::int + 3 * substr(s, 9, 1)::int + 2 * k1, 11), 11) AS k2 FROM first WHERE k1 < 10
)
SELECT row_number() OVER (ORDER BY individual, mod(born - date '2000-01-01', 97), born) AS n, born, s || k1 || k2 AS national_id
FROM second WHERE k2 < 10;

-- h is as good as drawn by lot, and the same each time.
CREATE TEMP TABLE person AS
SELECT n + 1000 AS id, born, national_id, county_id, row_number() OVER (PARTITION BY county_id ORDER BY n) AS k,
       mod(n * 2654435761, 4294967296) AS h
FROM (SELECT *, CASE WHEN NOT %(is_country)s OR mod(n * 37, 100) < 16 THEN 3
          ELSE (SELECT (array_agg(id ORDER BY id))[(mod(n * 37, 100) - 16) / 6 + 1] FROM organisations_county
                WHERE last_day IS NULL AND id NOT IN (3, 99)) END::smallint AS county_id
      FROM number WHERE n <= %(people)s) numbered;

-- An even share of each county's people has an open case; j counts them, and decides who answers for whom.
CREATE TEMP TABLE youth AS
WITH sized AS (
  SELECT p.*, least(CASE p.county_id WHEN 3 THEN 4000 ELSE 1500 END, count(*) OVER (PARTITION BY county_id)) AS cases,
         count(*) OVER (PARTITION BY county_id) AS of FROM person p
), counted AS (
  SELECT *, k * cases / of AS j, k * cases / of > (k - 1) * cases / of AS is_open FROM sized
)
SELECT c.id, c.born, c.national_id, c.county_id, c.k, c.h, c.j, c.is_open,
       CASE WHEN c.is_open THEN p.unit_id ELSE a.id END AS unit_id,
       CASE mod(c.h / 7, 250) WHEN 0 THEN 'confidential' WHEN 1 THEN 'strictly_confidential' WHEN 2 THEN 'shielded'
         ELSE 'none' END AS protection,
       CASE WHEN c.county_id = 3 THEN (SELECT (array_agg(code ORDER BY code))[mod(c.h / 11, 15) + 1]
         FROM organisations_unit WHERE kind = 'district' AND code <> '') ELSE '' END AS district_code
FROM counted c
JOIN organisations_unit a ON a.county_id = c.county_id AND a.kind = 'education_admin'
JOIN place p ON p.county_id = c.county_id AND p.place = mod(c.j, 40) AND p.round = mod(c.j / 40, 100);
CREATE UNIQUE INDEX ON youth (id);
ANALYZE youth;

INSERT INTO people_youth (id, county_id, unit_id, first_name, last_name, born, national_id, id_kind, protection,
  has_completed, finished_compulsory, version, recorded_at, known_on)
SELECT id, county_id, unit_id,
  (ARRAY['Nora', 'Emma', 'Amina', 'Ingrid', 'Sofie', 'Fatima', 'Elle', 'Thea', 'Aurora', 'Hodan', 'Jakob', 'Emil', 'Noah',
    'Mohammed', 'Oskar', 'Ánte', 'Kasper', 'Ali', 'Sander', 'Yusuf', 'Åse', 'Øystein', 'Linh', 'Zofia', 'Mikkel'])[mod(h / 13, 25) + 1],
  (ARRAY['Hansen', 'Johansen', 'Olsen', 'Larsen', 'Andersen', 'Nilsen', 'Ahmed', 'Pedersen', 'Kristiansen', 'Nguyen',
    'Karlsen', 'Ali', 'Eriksen', 'Berg', 'Haugen', 'Hagen', 'Sara', 'Kowalska', 'Øverland', 'Ås', 'Hussein', 'Dahl',
    'Lund', 'Moen', 'Strand', 'Solberg', 'Utsi', 'Bakken', 'Khan', 'Ødegård'])[mod(h / 17, 30) + 1]
    || (ARRAY['', '', '', '', ' Prøve', '-Vik', ' Lie', ' Sand'])[mod(h / 19, 8) + 1],
  born, national_id, 'tenor', protection, NOT is_open AND born < '2006-01-01', true, 1, %(at)s, %(on)s
FROM youth ORDER BY id;

INSERT INTO people_contact_detail (youth_id, county_id, unit_id, kind, value, first_day, source, recorded_at)
SELECT id, county_id, unit_id, 'phone', '+4759' || lpad(mod(h, 1000000)::text, 6, '0'), date '2025-08-15', 'VIGO', %(at)s FROM youth
UNION ALL
SELECT id, county_id, unit_id, 'email', format('person%%s@example.no', id), date '2025-08-15', 'VIGO', %(at)s FROM youth WHERE mod(h / 23, 5) < 3;

INSERT INTO people_address (youth_id, county_id, unit_id, kind, street, postcode, city, municipality, district_code,
  latitude, longitude, is_protected, first_day, source, recorded_at)
SELECT id, county_id, unit_id, kind, format('Prøveveien %%s', mod(h / 29, 200) + 1), '0' || (mod(h / 31, 800) + 150), 'Prøveby',
  CASE county_id WHEN 3 THEN '0301' ELSE lpad(county_id::text, 2, '0') || '01' END, district_code,
  59.8 + mod(h, 1000) / 5000.0, 10.6 + mod(h / 37, 1000) / 4000.0, protection <> 'none',
  date '2024-08-15', 'VIGO', %(at)s
FROM youth, unnest(CASE WHEN mod(h / 41, 50) = 0 THEN ARRAY['registered', 'stay'] ELSE ARRAY['registered'] END) kind;

INSERT INTO people_guardian (youth_id, county_id, unit_id, name, phone, email, relation, first_day, source, recorded_at)
SELECT id, county_id, unit_id, format('Forelder %%s Prøve', id), '+4759' || lpad(mod(h / 3, 1000000)::text, 6, '0'), '', 'mor',
  date '2024-08-15', 'VIGO', %(at)s
FROM youth WHERE born > date '2008-11-23';

INSERT INTO people_enrolment (youth_id, county_id, unit_id, kind, school_id, school_name, programme, level, is_private,
  end_reason, first_day, last_day, source, recorded_at)
SELECT y.id, y.county_id, y.unit_id, 'pupil', p.unit_id, '', 'STSSP', 'vg' || year, false,
  CASE WHEN y.is_open AND year = 2 THEN 'quit' ELSE 'year_ended' END, make_date(2023 + year, 8, 18),
  CASE WHEN y.is_open OR year < 2 THEN make_date(2024 + year, 2, 1) END, 'VIGO', %(at)s
FROM youth y CROSS JOIN generate_series(1, 2) year
JOIN place p ON p.county_id = y.county_id AND p.place = 15 + mod(y.h / 43, 25) AND p.round = mod(y.h / 47, 100);

INSERT INTO casework_membership_decision (youth_id, county_id, unit_id, decided_on, statutory, local, explanation_id, is_current, recorded_at)
SELECT y.id, y.county_id, y.unit_id, %(on)s, e.kind, e.kind, e.id, true, %(at)s
FROM youth y JOIN casework_explanation e ON e.kind = CASE WHEN y.is_open THEN 'in_ot' ELSE 'not_in_ot' END;
