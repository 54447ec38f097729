"""What is known of each person of an import, old and new together, in the form the rules of law take it."""

# One row a person. The school history is one text ("kind|first|last|private|in county|takes responsibility|level|
# vocational|reason;…", oldest first) so that equal histories are recognised without being parsed; the schools
# themselves stand beside it in the same order.
FACTS = """
SELECT p.youth_id, p.is_new, p.born,
       coalesce(p.completed, false) OR coalesce(y.has_completed, false) AS has_completed,
       coalesce(p.finished_compulsory, y.finished_compulsory) AS finished_compulsory,
       h.history, h.schools,
       coalesce(nullif(p.district_code, ''), a.district_code, '') AS district_code,
       coalesce(p.lat, a.latitude) AS latitude, coalesce(p.lon, a.longitude) AS longitude,
       coalesce(s.district_code, '') AS stay_district, i.latitude AS institution_latitude,
       i.longitude AS institution_longitude, i.youth_id IS NOT NULL AS is_placed, p.national_id,
       p.school_org, p.school_year, p.reason_code_raw, p.status_code, p.unit_number, p.unit_name,
       p.municipality, y.known_on
FROM intake_person p
LEFT JOIN people_youth y ON y.id = p.youth_id AND NOT p.is_new
LEFT JOIN LATERAL (SELECT * FROM people_address x WHERE NOT p.is_new AND x.youth_id = p.youth_id
  AND x.kind = 'registered' AND x.last_day IS NULL AND x.superseded_at IS NULL ORDER BY x.id DESC LIMIT 1) a ON true
LEFT JOIN LATERAL (SELECT * FROM people_address x WHERE NOT p.is_new AND x.youth_id = p.youth_id
  AND x.kind = 'stay' AND x.last_day IS NULL AND x.superseded_at IS NULL ORDER BY x.id DESC LIMIT 1) s ON true
LEFT JOIN LATERAL (SELECT * FROM people_address x WHERE NOT p.is_new AND x.youth_id = p.youth_id
  AND x.kind = 'institution' AND x.last_day IS NULL AND x.superseded_at IS NULL ORDER BY x.id DESC LIMIT 1) i ON true
LEFT JOIN (
  SELECT youth_id, string_agg(concat_ws('|', kind, first_day, coalesce(last_day::text, ''), is_private::int,
             in_county::int, takes::int, level, vocational::int, end_reason), ';' ORDER BY first_day, school_id) AS history,
         array_agg(school_id ORDER BY first_day, school_id) AS schools
  FROM (
    SELECT e.*, (u.county_id IS NULL OR u.county_id = %(county)s) AS in_county,
           coalesce(u.takes_responsibility, false) AS takes,
           e.programme <> '' AND left(e.programme, 2) NOT IN ('ST', 'ID', 'MD', 'KD', 'ME') AS vocational
    FROM (
      SELECT youth_id, kind, school_id, first_day, last_day, is_private, level, programme, end_reason
      FROM intake_enrolment
      UNION ALL
      SELECT k.youth_id, k.kind, k.school_id, coalesce(k.first_day, '2000-01-01'), k.last_day, k.is_private, k.level,
             k.programme, k.end_reason
      FROM people_enrolment k JOIN intake_person p USING (youth_id)
      WHERE NOT p.is_new AND k.superseded_at IS NULL AND NOT EXISTS (
        SELECT FROM intake_enrolment n WHERE n.youth_id = k.youth_id AND n.kind = k.kind
          AND n.school_id IS NOT DISTINCT FROM k.school_id AND n.first_day = k.first_day)) e
    LEFT JOIN organisations_unit u ON u.id = e.school_id) all_of_it
  GROUP BY youth_id) h ON h.youth_id = p.youth_id
"""
