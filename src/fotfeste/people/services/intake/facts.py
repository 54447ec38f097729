"""
What is known of each person of an import, in the form the rules of law take it: as ``selectors.for_law`` tells it.

New people's facts are the rows that came; known people's are what is stored by now. One row a person:

``person``
    year of birth, whether the birthday has been, completed, finished compulsory school, moved to the county, and where:
    texts and flags joined by ``|``.
``history``
    stretches of education, oldest first, joined by ``;``; so that equal histories are recognised without being read.
``schools``
    the schools of the history, place by place.

Of a youth under address protection, or shielded, no district and no point is given: neither a rule nor a distance may
show where they live.
"""

from fotfeste.people.services.intake.matching import STRETCH, TELLS_STRETCH

# A stretch without a first day is taken to have begun with the school year it ended in (or, with neither, long ago).
_STRETCH = """
  e.kind || '|' || coalesce(e.first_day, make_date(extract(year FROM e.ended)::int
    - CASE WHEN extract(month FROM e.ended) < 8 THEN 1 ELSE 0 END, 8, 1)) || '|' || coalesce(e.last_day::text, '')
  || CASE WHEN e.is_private THEN '|1' ELSE '|0' END
  || CASE WHEN e.school_county IS NULL OR e.school_county = %(county)s THEN '1' ELSE '0' END
  || CASE WHEN e.takes AND coalesce(e.school_opens <= %(on)s, true) AND coalesce(e.school_closes >= %(on)s, true)
          THEN '1' ELSE '0' END || CASE WHEN e.school_id IS NULL THEN '0' ELSE '1' END
  || CASE WHEN e.programme <> '' AND upper(left(e.programme, 2)) NOT IN ('ST', 'ID', 'MD', 'KD', 'ME')
          THEN '1|' ELSE '0|' END
  || lower(trim(e.level)) || '|' || translate(e.end_reason, ';#', ',.')
"""
_WHEN_ENDED = "coalesce(i.last_day, '2000-08-01'::date) AS ended"


def _person(y: str, *, completed: str, finished: str) -> str:
    """Return the text of who somebody is, but for where they live."""
    return f"""left({y}.born::text, 4) || CASE WHEN right({y}.born::text, 5) <= %(today)s THEN '|1' ELSE '|0' END
      || CASE WHEN {completed} THEN '1' ELSE '0' END
      || CASE {finished} WHEN true THEN '1' WHEN false THEN '0' ELSE '-' END
      || CASE WHEN {y}.moved_in_on <= %(on)s THEN '1' ELSE '0' END"""


_WHERE = """
  CASE WHEN w.district = '' THEN '0' ELSE '1' END || CASE WHEN w.stay = '' THEN '0' ELSE '1' END
  || CASE WHEN w.stay <> '' AND w.stay <> w.district THEN '1' ELSE '0' END
  || CASE WHEN w.latitude IS NULL THEN '0' ELSE '1' END
  || CASE WHEN w.municipality = '' OR left(w.municipality, 2) = %(county_code)s THEN '1' ELSE '0' END
"""

# Whether a municipality is the county's; nobody knows where none is given.
_IN_COUNTY = "CASE WHEN coalesce({0}, '') = '' THEN '-' WHEN left({0}, 2) = %(county_code)s THEN '1' ELSE '0' END"
_PLACED = f"CASE WHEN {_IN_COUNTY} = '0' THEN '2' ELSE '1' END"

# -- those nobody knew: what the file says is all there is

_NEW_WHERE = """CROSS JOIN LATERAL (
  SELECT CASE WHEN h.is_hidden THEN '' ELSE p.district_code END AS district,
         CASE WHEN h.is_hidden THEN '' ELSE p.stay_district_code END AS stay,
         CASE WHEN NOT h.is_hidden THEN p.lat END AS latitude, CASE WHEN NOT h.is_hidden THEN p.lon END AS longitude,
         CASE WHEN NOT h.is_hidden THEN p.institution_lat END AS institution_latitude,
         CASE WHEN NOT h.is_hidden THEN p.institution_lon END AS institution_longitude,
         CASE WHEN h.has_address THEN coalesce(p.municipality, '') ELSE '' END AS municipality
  FROM (SELECT coalesce(p.protection, 'none') <> 'none' AS is_hidden,
               p.street IS NOT NULL OR p.district_code <> '' AS has_address) h) w"""

_NEW = f"""
SELECT p.youth_id, true AS is_new,
       {_person("p", completed="p.completed", finished="p.finished_compulsory")} || '|' || {_WHERE}
         || CASE WHEN NOT p.has_institution THEN '00'
              ELSE {_PLACED.format("p.institution_municipality")}
                || CASE WHEN w.institution_latitude IS NULL THEN '0' ELSE '1' END END
         || CASE WHEN NOT p.has_stay THEN '-' ELSE {_IN_COUNTY.format("p.stay_municipality")} END AS person,
       {{history}} AS history, {{schools}} AS schools, w.district, w.stay, w.latitude, w.longitude,
       w.institution_latitude, w.institution_longitude
FROM intake_person p {_NEW_WHERE} {{joined}}
WHERE p.is_new AND {{which}}
"""

# Most people have one row, which tells who they are and of their stretch: it is read once, and nothing sorted.
_NEW_WITH_ONE_ROW = _NEW.format(
    history=f"CASE WHEN {TELLS_STRETCH.format(row='p')} THEN {_STRETCH} ELSE '' END",
    schools=f"CASE WHEN {TELLS_STRETCH.format(row='p')} THEN ARRAY[e.school_id] ELSE '{{}}' END",
    joined=f"""LEFT JOIN intake_school u USING (school_org)
    CROSS JOIN LATERAL (SELECT i.*, {_WHEN_ENDED} FROM (SELECT {STRETCH.format(row="p")}) i) e""",
    which="p.is_only",
)
_NEW_WITH_SEVERAL = _NEW.format(
    history="coalesce(h.history, '')",
    schools="coalesce(h.schools, '{}')",
    joined=f"""LEFT JOIN (
      SELECT e.youth_id, string_agg({_STRETCH}, ';' ORDER BY e.first_day NULLS FIRST, e.row_no) AS history,
             array_agg(e.school_id ORDER BY e.first_day NULLS FIRST, e.row_no) AS schools
      FROM (SELECT DISTINCT ON (youth_id, kind, school_id, school_name, first_day) i.*, {_WHEN_ENDED}
            FROM intake_enrolment i WHERE i.is_new AND NOT i.is_only
            ORDER BY youth_id, kind, school_id, school_name, first_day, row_no DESC) e
      GROUP BY e.youth_id) h ON h.youth_id = p.youth_id""",
    which="NOT p.is_only",
)

# -- those known: what is stored, the file's own news among it

_ADDRESS = """(
  SELECT DISTINCT ON (x.youth_id) x.youth_id, x.district_code, x.municipality, x.latitude, x.longitude
  FROM people_address x JOIN intake_person p ON p.youth_id = x.youth_id AND NOT p.is_new
  WHERE x.kind = '{kind}' AND x.superseded_at IS NULL AND (x.first_day IS NULL OR x.first_day <= %(on)s)
    AND (x.last_day IS NULL OR x.last_day >= %(on)s)
  ORDER BY x.youth_id, x.first_day DESC NULLS LAST, x.recorded_at DESC, x.id DESC)"""

_KNOWN_WHERE = """CROSS JOIN LATERAL (
  SELECT CASE WHEN y.protection <> 'none' THEN '' ELSE coalesce(a.district_code, '') END AS district,
         CASE WHEN y.protection <> 'none' THEN '' ELSE coalesce(s.district_code, '') END AS stay,
         CASE WHEN y.protection = 'none' THEN a.latitude END AS latitude,
         CASE WHEN y.protection = 'none' THEN a.longitude END AS longitude,
         CASE WHEN y.protection = 'none' THEN n.latitude END AS institution_latitude,
         CASE WHEN y.protection = 'none' THEN n.longitude END AS institution_longitude,
         coalesce(a.municipality, '') AS municipality) w"""

_KNOWN = f"""
SELECT y.id AS youth_id, false AS is_new,
       {_person("y", completed="y.has_completed", finished="y.finished_compulsory")} || '|' || {_WHERE}
         || CASE WHEN n.youth_id IS NULL THEN '0' ELSE {_PLACED.format("n.municipality")} END
         || CASE WHEN w.institution_latitude IS NULL THEN '0' ELSE '1' END
         || CASE WHEN s.youth_id IS NULL THEN '-' ELSE {_IN_COUNTY.format("s.municipality")} END AS person,
       coalesce(h.history, '') AS history, coalesce(h.schools, '{{}}') AS schools, w.district, w.stay, w.latitude, w.longitude,
       w.institution_latitude, w.institution_longitude
FROM intake_person p JOIN people_youth y ON y.id = p.youth_id
LEFT JOIN {_ADDRESS.format(kind="registered")} a ON a.youth_id = y.id
LEFT JOIN {_ADDRESS.format(kind="stay")} s ON s.youth_id = y.id
LEFT JOIN {_ADDRESS.format(kind="institution")} n ON n.youth_id = y.id
LEFT JOIN (
  SELECT e.youth_id, string_agg({_STRETCH}, ';' ORDER BY e.first_day NULLS FIRST, e.id) AS history,
         array_agg(e.school_id ORDER BY e.first_day NULLS FIRST, e.id) AS schools
  FROM (SELECT i.id, i.youth_id, i.kind, i.first_day, i.last_day, i.school_id, i.programme, i.level, i.end_reason,
               i.is_private OR coalesce(u.is_private, false) AS is_private,
               coalesce(u.takes_responsibility, false) AS takes, u.county_id AS school_county,
               u.first_day AS school_opens, u.last_day AS school_closes, {_WHEN_ENDED}
        FROM people_enrolment i JOIN intake_person p ON p.youth_id = i.youth_id AND NOT p.is_new
        LEFT JOIN organisations_unit u ON u.id = i.school_id WHERE i.superseded_at IS NULL) e
  GROUP BY e.youth_id) h ON h.youth_id = y.id
{_KNOWN_WHERE}
WHERE NOT p.is_new
"""


def facts_sql(*, has_new: bool, has_known: bool, has_several: bool) -> str:
    """
    Return the query for the facts; its values are ``county``, ``county_code``, ``on`` and ``today`` (MM-DD of the day).

    :param has_known: whether anybody came in who was known; asking for nobody would still cost time.
    :param has_several: whether anybody has several rows, likewise.
    """
    parts = [_NEW_WITH_ONE_ROW] if has_new or not has_known else []
    parts += [_NEW_WITH_SEVERAL] if parts and has_several else []
    return " UNION ALL ".join([*parts, *([_KNOWN] if has_known else [])])
