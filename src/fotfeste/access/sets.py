"""Doing work about many youths in sets that each stand alone, so that whatever stops it loses no more than one."""

from collections.abc import Callable

from django.db import connection

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.kernel import clock

#: How many youths one transaction sees to.
SET = 50
_ONE_AT_A_TIME = 0x0F17


def in_sets(county_id: int, work: Callable[..., int]) -> None:
    """
    Do some work for a county set by set, each in a transaction of its own, until there is no more.

    Sets of a county wait for each other, whichever job they are of: two that began at once would both see to the same.

    :param work: sees to so many as ``limit`` says, of those that are left, and returns how many it saw to.
    """
    worker = system_actor("scheduler", county_ids=(county_id,))
    seen = SET
    while seen:
        with acting_as(worker), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, county_id])
            seen = work(county_id=county_id, by_id=worker.user_id, on=clock.today(), limit=SET)
