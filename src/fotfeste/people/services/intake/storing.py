"""Writing what came in: only what is new or newer, never over newer facts."""

from datetime import date, datetime
from typing import Any

from django.db.backends.utils import CursorWrapper

from fotfeste.people.services.intake import known_rows, new_rows


def update_known(
    cursor: CursorWrapper, *, source: str, on: date, now: datetime, is_older: bool, has_known: bool = True
) -> None:
    """
    Write what the file says of people who were known, where they stand, and note in ``intake_touched`` who changed.

    Also without any, it makes ``intake_touched`` and ``intake_moved``.

    :param on: the day the file speaks of; facts known from a later day are left alone.
    :param is_older: a later file from the same source is in already, so this one only adds what nobody knew.
    """
    for table in ("intake_touched", "intake_moved"):
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(f"CREATE TEMP TABLE {table} (youth_id bigint) ON COMMIT DROP")
    if has_known:
        values: dict[str, Any] = {"source": source, "on": on, "now": now, "older": is_older}
        for statement in known_rows.STATEMENTS:
            cursor.execute(statement, values)


def add_new(cursor: CursorWrapper, *, county_id: int, source: str, on: date, now: datetime, has_several: bool) -> None:
    """
    Write people nobody knew, with all the file says of them. What it says has no first day: it was so already.

    :param has_several: whether anybody has several rows.
    """
    values: dict[str, Any] = {"county": county_id, "source": source, "on": on, "now": now}
    cursor.execute(new_rows.PEOPLE, values)
    if has_several:
        cursor.execute(new_rows.EDUCATION_OF_SEVERAL_ROWS, values)


def move_known(cursor: CursorWrapper, *, county_id: int) -> None:
    """Let known people who belong elsewhere from now on be seen there, and note them in ``intake_moved``."""
    for statement in known_rows.MOVES:
        cursor.execute(statement, {"county": county_id})
