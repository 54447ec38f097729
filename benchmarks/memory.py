"""Memory of two web workers before and after ten thousand requests for lists and persons. Limit: a tenth more."""

import argparse
import sys
from pathlib import Path

from benchmarks import database
from benchmarks.pages import addresses
from benchmarks.pairs import Comparison, table, tell
from benchmarks.server import running
from benchmarks.sites import Site, serving

LIMIT = 1.1
WARM_UP = 2000


def workers_of(pid: int) -> list[int]:
    """Return the processes a server has started, however deep."""
    children = [int(each) for path in Path(f"/proc/{pid}/task").glob("*/children") for each in path.read_text().split()]
    return [*children, *(deeper for child in children for deeper in workers_of(child))]


def memory(pid: int, name: str) -> float:
    """Return the bytes of a server with its workers: ``Pss`` shares what several use, ``Rss`` counts it for each."""
    total = 0
    for each in (pid, *workers_of(pid)):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{name}:"):
                total += int(line.split()[1]) * 1024
    return float(total)


def grow(site: Site, paths: tuple[str, ...], requests: int) -> list[Comparison]:
    """Ask so many times and return what the memory became of what it was once both workers were warm in all threads."""
    site.p95_of_eight(paths, WARM_UP // 8)
    before = {name: memory(site.pid, name) for name in ("Pss", "Rss")}
    for _ in range(max(requests // 8 // 500, 1)):
        site.p95_of_eight(paths, min(500, requests // 8))
    return [
        Comparison(f"{name.upper()} of server and workers", (before[name],), (memory(site.pid, name),), LIMIT)
        for name in before
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--tiny", action="store_true", help="a small database, to try whether it runs")
    chosen = parser.parse_args(arguments)
    with running("lists-server") as server:
        endpoint = database.people(server, database.TINY if chosen.tiny else database.COUNTRY)
        where = addresses(endpoint)
        mixed = tuple(path for person in where.product_persons for path in (where.product_list[0], person))
        with serving(endpoint, where.session) as site:
            grown = grow(site, mixed, chosen.requests)
    told = [
        f"Two workers, warm after {WARM_UP} requests of eight clients, then {chosen.requests} more: lists and persons.",
        table(grown, unit="MiB", scale=1 / 2**20),
    ]
    return tell("Memory of the web workers", told, grown, keep=not chosen.tiny)


if __name__ == "__main__":
    sys.exit(main())
