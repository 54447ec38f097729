"""The statements of ``storing.add_new``: one pass over the rows, and another for those who have several."""

from fotfeste.people.services.intake.matching import STRETCH, TELLS_STRETCH

# Who came in and where each belongs is put together once, and every table takes its part of it. Triggers run when all
# of it is done, so a table may speak of youths written by the same statement.
_CAME = f"""
SELECT p.youth_id, d.unit_id, p.first_name, p.last_name, p.born, p.national_id, p.id_kind, p.protection, p.completed,
       p.finished_compulsory, p.moved_in_on, p.phone, p.email, p.street, p.postcode, p.city, p.municipality,
       p.district_code, p.lat, p.lon, p.has_stay, p.stay_street, p.stay_municipality, p.stay_district_code,
       p.has_institution, p.institution, p.institution_municipality, p.institution_lat, p.institution_lon,
       p.guardian_name, p.guardian_phone,
       coalesce(p.protection, 'none') <> 'none' AS is_hidden, p.is_only AND {TELLS_STRETCH.format(row="p")} AS is_told,
       e.kind, e.school_id, e.school_name, e.programme, e.level, e.is_private, e.end_reason, e.first_day, e.last_day
FROM intake_person p JOIN intake_decision d USING (youth_id) LEFT JOIN intake_school u USING (school_org)
CROSS JOIN LATERAL (SELECT {STRETCH.format(row="p")}) e WHERE p.is_new
"""

_YOUTHS = """
INSERT INTO people_youth (id, county_id, unit_id, first_name, last_name, born, national_id, id_kind, protection,
                          has_completed, finished_compulsory, moved_in_on, version, recorded_at, known_on)
SELECT c.youth_id, %(county)s, c.unit_id, coalesce(c.first_name, ''), c.last_name, c.born, c.national_id,
       coalesce(c.id_kind, ''), coalesce(c.protection, 'none'), coalesce(c.completed, false), c.finished_compulsory,
       c.moved_in_on, 1, %(now)s, %(on)s
FROM came c
"""

_CONTACTS = """
INSERT INTO people_contact_detail (youth_id, county_id, unit_id, kind, value, source, recorded_at)
SELECT c.youth_id, %(county)s, c.unit_id, v.kind, v.value, %(source)s, %(now)s
FROM came c CROSS JOIN LATERAL (VALUES ('phone', c.phone), ('email', c.email)) v(kind, value) WHERE v.value IS NOT NULL
"""

_ADDRESSES = """
INSERT INTO people_address (youth_id, county_id, unit_id, kind, street, postcode, city, municipality, district_code,
                            latitude, longitude, is_protected, source, recorded_at)
SELECT c.youth_id, %(county)s, c.unit_id, 'registered', coalesce(c.street, ''), coalesce(c.postcode, ''),
       coalesce(c.city, ''), coalesce(c.municipality, ''), c.district_code, c.lat, c.lon, c.is_hidden, %(source)s, %(now)s
FROM came c WHERE c.street IS NOT NULL OR c.district_code <> ''
UNION ALL
SELECT c.youth_id, %(county)s, c.unit_id, 'stay', coalesce(c.stay_street, ''), '', '', coalesce(c.stay_municipality, ''),
       c.stay_district_code, NULL, NULL, c.is_hidden, %(source)s, %(now)s
FROM came c WHERE c.has_stay
UNION ALL
SELECT c.youth_id, %(county)s, c.unit_id, 'institution', coalesce(c.institution, ''), '', '',
       coalesce(c.institution_municipality, ''), '', c.institution_lat, c.institution_lon, c.is_hidden, %(source)s, %(now)s
FROM came c WHERE c.has_institution
"""

_GUARDIANS = """
INSERT INTO people_guardian (youth_id, county_id, unit_id, name, phone, email, relation, source, recorded_at)
SELECT c.youth_id, %(county)s, c.unit_id, c.guardian_name, coalesce(c.guardian_phone, ''), '', '', %(source)s, %(now)s
FROM came c WHERE c.guardian_name IS NOT NULL
"""

_ENROLMENT = """
INSERT INTO people_enrolment (youth_id, county_id, unit_id, kind, school_id, school_name, programme, level, is_private,
                              end_reason, first_day, last_day, source, recorded_at)
SELECT e.youth_id, %(county)s, e.unit_id, e.kind, e.school_id, e.school_name, e.programme, e.level, e.is_private,
       e.end_reason, e.first_day, e.last_day, %(source)s, %(now)s
FROM {told}
"""

PEOPLE = f"""
WITH came AS MATERIALIZED ({_CAME}), youths AS ({_YOUTHS}), contacts AS ({_CONTACTS}), addresses AS ({_ADDRESSES}),
enrolments AS ({_ENROLMENT.format(told="came e WHERE e.is_told")})
{_GUARDIANS}
"""
"""Everything of people with one row, and of others who they are."""

# The same stretch told twice is one; where the two differ, the later row counts. They are added in the order of the
# rows, which is the order the rules see stretches that began on the same day in.
EDUCATION_OF_SEVERAL_ROWS = _ENROLMENT.format(
    told="""(
  SELECT i.*, d.unit_id FROM intake_decision d JOIN (
    SELECT DISTINCT ON (youth_id, kind, school_id, school_name, first_day) * FROM intake_enrolment
    WHERE is_new AND NOT is_only ORDER BY youth_id, kind, school_id, school_name, first_day, row_no DESC) i
  USING (youth_id)) e ORDER BY e.row_no"""
)
"""Education is of people who are there: this comes after them."""
