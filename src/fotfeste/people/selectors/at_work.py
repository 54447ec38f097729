"""Which counties there is anything to do for."""

from django.db import connection

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import all_counties, system_actor

# One row of each county is looked for, however many youths there are.
_AT_WORK = """
SELECT c.id FROM organisations_county c
WHERE EXISTS (SELECT FROM people_youth y WHERE y.county_id = c.id)
   OR EXISTS (SELECT FROM organisations_unit u JOIN access_role_assignment a ON a.unit_id = u.id
              WHERE u.county_id = c.id)
ORDER BY c.id
"""


def counties_at_work() -> tuple[int, ...]:
    """
    Return the numbers of the counties that have a youth, or where somebody has or has had a role.

    What jobs do county by county is done for these; in the others there is nothing to find.
    """
    with acting_as(system_actor("scheduler", county_ids=all_counties())), connection.cursor() as cursor:
        cursor.execute(_AT_WORK)
        return tuple(number for (number,) in cursor.fetchall())
