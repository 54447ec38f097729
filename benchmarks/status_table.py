"""
The country's status table on any day over five million statuses, against the best plain layout.

The product counts as it does in a report: its own selector, as the named reporter, through the row policies. Limit 2.
The table as known at a moment, and a series of thirteen months against one day (limit 15), are told beside it.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg

from benchmarks import database
from benchmarks.pairs import Comparison, in_turn, seconds, table, tell
from benchmarks.product import settings_for
from benchmarks.server import running
from fotfeste.kernel.database import Endpoint

DAYS = (date(2022, 3, 1), date(2024, 10, 1), date(2026, 9, 15))
KNOWN_AT = datetime(2024, 10, 12, 8, tzinfo=ZoneInfo("Europe/Oslo"))
LIMIT = 2.0
SERIES_LIMIT = 15.0

# FROZEN 2026-11-23. The county stands on the event, two plain days, one index that covers all that is read.
BEST_LAYOUT = """SELECT county, code, count(*) FROM bench_event
    WHERE last_day >= %s AND first_day <= %s GROUP BY county, code"""


def measure(endpoint: Endpoint, *, pairs: int) -> tuple[list[Comparison], int]:
    """Measure each day against the best layout, the rest against one day; return them, and how many statuses."""
    os.environ.update(settings_for(endpoint))
    import django

    django.setup()
    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import system_actor
    from fotfeste.casework.selectors.status_counts import status_counts, status_series
    from fotfeste.organisations.selectors.counties import county_names

    actor = system_actor("reporter", county_ids=tuple(county_names()))
    with psycopg.connect(database.unfenced_url(endpoint)) as free, acting_as(actor):
        count = free.execute("SELECT count(*) FROM casework_status_event").fetchone()
        compared = [_day(free, day, status_counts, pairs=pairs) for day in DAYS]
        day = DAYS[1]
        one_day = lambda: seconds(lambda: status_counts(on=day))  # noqa: E731
        months = [day - timedelta(days=30 * back) for back in range(12, -1, -1)]
        compared.append(
            in_turn(
                "one day → as it was known eleven days later",
                one_day,
                lambda: seconds(lambda: status_counts(on=day, known_at=KNOWN_AT)),
                pairs=pairs,
                limit=None,
            )
        )
        compared.append(
            in_turn(
                "one day → thirteen months",
                one_day,
                lambda: seconds(lambda: status_series(days=months)),
                pairs=pairs,
                limit=SERIES_LIMIT,
            )
        )
    return compared, count[0] if count else 0


def _day(free: psycopg.Connection, day: date, status_counts: Callable, *, pairs: int) -> Comparison:
    def plain() -> Counter:
        return Counter({(county, code): n for county, code, n in free.execute(BEST_LAYOUT, [day, day]).fetchall()})

    def product() -> Counter:
        return Counter({(each.keys[0], each.code): each.count for each in status_counts(on=day)})

    if plain() != product():
        raise SystemExit(f"{day}: the two do not count the same, so they cannot be compared.")
    return in_turn(f"the country on {day}", lambda: seconds(plain), lambda: seconds(product), pairs=pairs, limit=LIMIT)


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def main(arguments: list[str] | None = None) -> int:
    """Measure and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--tiny", action="store_true", help="a small database, to try whether it runs")
    chosen = parser.parse_args(arguments)
    size = database.TINY if chosen.tiny else database.COUNTRY
    with running("lists-server") as server:
        compared, count = measure(database.events(server, size), pairs=chosen.pairs)
    parts = [
        f"{_thousands(count)} statuses of {_thousands(size.people)} people, as the reporter, through the row policies. "
        "The last two lines are the product against itself.",
        table(compared),
    ]
    return tell("The country's status table on any day", parts, compared, keep=not chosen.tiny)


if __name__ == "__main__":
    sys.exit(main())
