"""Many made-up youths at once, straight into the tables: for counts, where who they are does not matter."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import connection

from fotfeste.access.scope import acting_as
from tests import factories as make

_YOUTHS = """
INSERT INTO people_youth (county_id, unit_id, first_name, last_name, born, id_kind, protection, has_completed, version,
  recorded_at)
SELECT %(county)s, %(unit)s, 'Prøve', %(batch)s, date '2008-05-14', '', 'none', false, 1, %(recorded_at)s
FROM generate_series(1, %(count)s)
RETURNING id
"""

_REGISTRATIONS = """
INSERT INTO casework_registration (youth_id, school_year, reason, raw_reason, first_day, end_reason, is_preventive,
  source, recorded_at, version, status_code, status_since, status_confirmed_on, attempts, district_code)
SELECT y, extract(year FROM %(first_day)s::date), %(reason)s, '', %(first_day)s, '', false, 'test', %(recorded_at)s, 1,
  %(code)s, %(first_day)s, %(first_day)s, 0, %(district)s
FROM unnest(%(youths)s::bigint[]) y
RETURNING id, youth_id
"""

_EVENTS = """
INSERT INTO casework_status_event (youth_id, registration_id, code_list, code, raw_code, first_day, last_day,
  recorded_at, basis, basis_text, county_then, unit_then, set_by_id)
SELECT r.youth_id, r.id, %(list)s, %(code)s, '', %(first_day)s, %(last_day)s, %(recorded_at)s, 'intake', '',
  r.county_id, r.unit_id, %(by)s
FROM casework_registration r WHERE r.id = ANY(%(registrations)s)
"""


def register(
    cells: Mapping[tuple[int, str], int],
    *,
    code_list: str = "current",
    first_day: date = date(2026, 9, 1),
    last_day: date | None = None,
    recorded_at: datetime | None = None,
    unit_ids: Mapping[int, int] | None = None,
    district: str = "",
    reason: str = "quit_school",
) -> None:
    """Register so many youths in each county with each code, in the county's administration unless a unit is given."""
    recorded_at = recorded_at or datetime(first_day.year, first_day.month, first_day.day, 9, tzinfo=make.clock.OSLO)
    worker = make.system(*sorted({county for county, _ in cells}))
    with acting_as(worker), connection.cursor() as cursor:
        for (county, code), count in cells.items():
            values = {
                "county": county,
                "unit": (unit_ids or {}).get(county) or make.education_admin(county).pk,
                "batch": f"{code_list} {code}",
                "count": count,
                "list": code_list,
                "code": code,
                "first_day": first_day,
                "last_day": last_day,
                "recorded_at": recorded_at,
                "by": worker.user_id,
                "district": district,
                "reason": reason,
            }
            cursor.execute(_YOUTHS, values)
            cursor.execute(_REGISTRATIONS, {**values, "youths": [row[0] for row in cursor.fetchall()]})
            cursor.execute(_EVENTS, {**values, "registrations": [row[0] for row in cursor.fetchall()]})
