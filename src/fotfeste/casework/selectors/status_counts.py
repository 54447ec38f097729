"""How many have each status: on any day, as known at any moment, and over time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from fotfeste.casework.selectors.counting import (
    EVERYBODY,
    LISTS,
    Among,
    By,
    columns_of,
    fetch,
    joined,
    known,
    limits,
)
from fotfeste.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many youths had a status. ``keys`` are the values of what the count is cut by, in the order asked."""

    keys: tuple[Any, ...]
    code_list: str
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class StatusSeries:
    """How many youths had a status on each of some days."""

    keys: tuple[Any, ...]
    code_list: str
    code: str
    counts: tuple[int, ...]


def status_counts(
    *, on: date, known_at: datetime | None = None, among: Among = EVERYBODY, by: tuple[By, ...] = (By.COUNTY,)
) -> list[StatusCount]:
    """
    Count youths by status on a day, in one statement.

    County and unit are where the youth belonged on that day; district and reason are the registration's, as it stands.
    A youth merged into another has no open status and is not counted.

    :param known_at: count what was known at that moment; None counts what is known now, from the index alone.
    """
    narrowed, values = limits(among)
    parts = [
        f"""SELECT {columns_of(by)} '{name}' AS code_list, e.code, count(*)
            FROM casework_status_event e {joined(by, among)}
            WHERE {known(known_at)} AND e.code_list = '{name}'
              AND e.first_day <= %(on)s AND e.until >= %(on)s {narrowed}
            GROUP BY {columns_of(by)} e.code"""
        for name in LISTS
    ]
    rows = fetch(" UNION ALL ".join(parts), {**values, "on": on, "known_at": known_at})
    return [StatusCount(tuple(keys), code_list, code, count) for *keys, code_list, code, count in rows]


def status_series(
    *, days: Sequence[date], among: Among = EVERYBODY, by: tuple[By, ...] = (By.COUNTY,)
) -> list[StatusSeries]:
    """
    Count youths by status on each of some days, as known now, in one statement.

    Each event is read once, whatever the number of days: it counts from the first day at or after its own first, to
    the last at or before its own last. Only how many begin and end at each day leaves the database.

    :param days: in rising order, each once.
    """
    if not days:
        return []
    narrowed, values = limits(among)
    parts = [
        f"""SELECT {columns_of(by)} '{name}' AS code_list, e.code,
              width_bucket(e.first_day - 1, %(days)s::date[]) AS begins,
              width_bucket(e.until, %(days)s::date[]) AS ends
            FROM casework_status_event e {joined(by, among)}
            WHERE e.superseded_at IS NULL AND e.code_list = '{name}'
              AND e.first_day <= %(last)s AND e.until >= %(first)s {narrowed}"""
        for name in LISTS
    ]
    key = ", ".join(f"x{i}" for i in range(len(by) + 2))
    statement = f"""SELECT {key}, begins, ends, count(*) FROM ({" UNION ALL ".join(parts)}) AS x ({key}, begins, ends)
        WHERE begins < ends GROUP BY GROUPING SETS (({key}, begins), ({key}, ends))"""
    rows = fetch(statement, {**values, "days": list(days), "first": days[0], "last": days[-1]})
    return _added_up(rows, length=len(days))


def _added_up(rows: Iterable[tuple[Any, ...]], *, length: int) -> list[StatusSeries]:
    """Turn how many begin and end at each day into how many there are."""
    changes: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * (length + 1))
    for *key, begins, ends, count in rows:
        if begins is not None:
            changes[tuple(key)][begins] += count
        else:
            changes[tuple(key)][ends] -= count
    series = []
    for (*keys, code_list, code), change in changes.items():
        running, counts = 0, []
        for step in change[:length]:
            running += step
            counts.append(running)
        series.append(StatusSeries(tuple(keys), code_list, code, tuple(counts)))
    return series


def hold_status_still(*, seconds: int = 10) -> None:
    """
    Wait until nobody is writing statuses, and keep others from it until the transaction ends.

    What is frozen as known at a moment must not lack something recorded before it but not yet committed.

    :raises Refused: somebody writes for longer than we will wait.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])
            cursor.execute("LOCK TABLE casework_status_event IN SHARE MODE")
            cursor.execute("SELECT set_config('lock_timeout', '0', true)")
    except OperationalError as waited:
        raise Refused(_("Det skrives statuser i registeret akkurat nå. Prøv igjen om litt.")) from waited
