"""One at a time in a county: imports, and judging everybody again."""

from django.db import connection

COUNTY_LOCK = 0x0F07


def wait_for_turn(county_id: int) -> None:
    """Let one at a time into a county, until its transaction ends: two at once could each undo the other's work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [COUNTY_LOCK, county_id])
