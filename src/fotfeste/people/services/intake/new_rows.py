"""The statements of ``storing.add_new``: one pass over the rows for each table, and nothing looked up twice."""

_FROM = "FROM intake_person p JOIN intake_decision d USING (youth_id)"
_NEW = "p.is_new"
_HIDDEN = "coalesce(p.protection, 'none') IN ('confidential', 'strictly_confidential')"

_YOUTHS = f"""
INSERT INTO people_youth (id, county_id, unit_id, first_name, last_name, born, national_id, id_kind, protection,
                          has_completed, finished_compulsory, moved_in_on, version, recorded_at, known_on)
SELECT p.youth_id, %(county)s, d.unit_id, coalesce(p.first_name, ''), p.last_name, p.born, p.national_id,
       coalesce(p.id_kind, ''), coalesce(p.protection, 'none'), coalesce(p.completed, false), p.finished_compulsory,
       p.moved_in_on, 1, %(now)s, %(on)s
{_FROM} WHERE {_NEW}
"""

_CONTACTS = f"""
INSERT INTO people_contact_detail (youth_id, county_id, unit_id, kind, value, source, recorded_at)
SELECT p.youth_id, %(county)s, d.unit_id, v.kind, v.value, %(source)s, %(now)s
{_FROM} CROSS JOIN LATERAL (VALUES ('phone', p.phone), ('email', p.email)) v(kind, value)
WHERE {_NEW} AND v.value IS NOT NULL
"""

_ADDRESSES = f"""
INSERT INTO people_address (youth_id, county_id, unit_id, kind, street, postcode, city, municipality, district_code,
                            latitude, longitude, is_protected, source, recorded_at)
SELECT p.youth_id, %(county)s, d.unit_id, 'registered', coalesce(p.street, ''), coalesce(p.postcode, ''),
       coalesce(p.city, ''), coalesce(p.municipality, ''), p.district_code, p.lat, p.lon, {_HIDDEN}, %(source)s, %(now)s
{_FROM} WHERE {_NEW} AND (p.street IS NOT NULL OR p.district_code <> '')
UNION ALL
SELECT p.youth_id, %(county)s, d.unit_id, 'stay', coalesce(p.stay_street, ''), '', '', coalesce(p.stay_municipality, ''),
       p.stay_district_code, NULL, NULL, {_HIDDEN}, %(source)s, %(now)s
{_FROM} WHERE {_NEW} AND p.has_stay
UNION ALL
SELECT p.youth_id, %(county)s, d.unit_id, 'institution', coalesce(p.institution, ''), '', '',
       coalesce(p.institution_municipality, ''), '', p.institution_lat, p.institution_lon, {_HIDDEN}, %(source)s, %(now)s
{_FROM} WHERE {_NEW} AND p.has_institution
"""

_GUARDIANS = f"""
INSERT INTO people_guardian (youth_id, county_id, unit_id, name, phone, email, relation, source, recorded_at)
SELECT p.youth_id, %(county)s, d.unit_id, p.guardian_name, coalesce(p.guardian_phone, ''), '', '', %(source)s, %(now)s
{_FROM} WHERE {_NEW} AND p.guardian_name IS NOT NULL
"""

# The same stretch told twice is one; where the two differ, the later row counts. They are added in the order of the
# rows, which is the order the rules see stretches that began on the same day in.
_ENROLMENT = """
INSERT INTO people_enrolment (youth_id, county_id, unit_id, kind, school_id, school_name, programme, level, is_private,
                              end_reason, first_day, last_day, source, recorded_at)
SELECT e.youth_id, %(county)s, d.unit_id, e.kind, e.school_id, e.school_name, e.programme, e.level, e.is_private,
       e.end_reason, e.first_day, e.last_day, %(source)s, %(now)s
FROM {enrolments} e JOIN intake_decision d USING (youth_id) WHERE e.is_new {order}
"""
_ENROLMENTS_OF_ONE_ROW = _ENROLMENT.format(enrolments="intake_enrolment", order="AND e.is_only")
_ENROLMENTS_OF_SEVERAL = _ENROLMENT.format(
    enrolments="""(SELECT DISTINCT ON (youth_id, kind, school_id, school_name, first_day) * FROM intake_enrolment
        WHERE is_new AND NOT is_only
        ORDER BY youth_id, kind, school_id, school_name, first_day, row_no DESC)""",
    order="ORDER BY e.row_no",
)

STATEMENTS = (
    _YOUTHS,
    _CONTACTS,
    _ADDRESSES,
    _GUARDIANS,
    _ENROLMENTS_OF_ONE_ROW,
    _ENROLMENTS_OF_SEVERAL,
)
