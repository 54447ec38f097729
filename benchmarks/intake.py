"""
Taking in school history, from the command's start to its end, against the bare load of the same rows.

    python -m benchmarks.intake [--rows 500000] [--pairs 5]
"""

import argparse
from itertools import count

from benchmarks import bare, product
from benchmarks.pairs import Comparison, in_turn, table, tell
from benchmarks.rows import enrolment_file, refreshed_file, same_rows_again, units_file
from benchmarks.server import running
from fotfeste.kernel.database import Server

LOAD_LIMIT, UNCHANGED_LIMIT = 2.5, 0.5
PEAK_LIMIT = 1024**3
_numbers = count(1)


class Measured:
    """One size: a template of the product's database, and the runs on copies of it."""

    def __init__(self, server: Server, rows: int) -> None:
        self.server, self.rows = server, rows
        self.template = f"intake_template_{rows}"
        self.peak = 0
        product.make_template(server, self.template, units_file(rows))

    def bare_load(self) -> float:
        """Return the seconds of the bare load into empty tables."""
        name = f"bare_{next(_numbers)}"
        url = self.server.create_database(name).owner_url
        assert url
        bare.prepare(url)
        took = bare.load(url, enrolment_file(self.rows))
        self.server.drop_database(name)
        return took

    def intake(self) -> float:
        """Return the seconds of the product's import into an empty county."""
        name = f"intake_{next(_numbers)}"
        ran = product.run_import(self.server.create_database(name, template=self.template), enrolment_file(self.rows))
        self.peak = max(self.peak, ran.peak_bytes)
        self.server.drop_database(name)
        return ran.seconds

    def again(self, pairs: int) -> list[Comparison]:
        """Compare the same file, and the same rows in another file, with a bare refresh in which 15 % changed."""
        bare_url = self.server.create_database("bare_again").owner_url
        assert bare_url
        bare.prepare(bare_url)
        bare.load(bare_url, enrolment_file(self.rows))
        known = self.server.create_database("intake_again", template=self.template)
        product.run_import(known, enrolment_file(self.rows))
        files = (refreshed_file(self.rows), enrolment_file(self.rows))
        turn = count()

        def refresh() -> float:
            return bare.load(bare_url, files[next(turn) % 2])

        same = in_turn(
            "The same file again",
            refresh,
            lambda: product.run_import(known, enrolment_file(self.rows)).seconds,
            pairs=pairs,
            limit=UNCHANGED_LIMIT,
        )
        # A file with the same rows in another order is read and compared to the end: told, without a limit.
        other_took = product.run_import(known, same_rows_again(self.rows)).seconds
        other = Comparison("The same rows in another file", (refresh(),), (other_took,))
        for name in ("bare_again", "intake_again"):
            self.server.drop_database(name)
        return [same, other]


def main(arguments: list[str] | None = None) -> int:
    """Measure and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--pairs", type=int, default=5)
    chosen = parser.parse_args(arguments)
    with running() as server:
        size = Measured(server, chosen.rows)
        name = f"Intake of {chosen.rows} rows"
        load = in_turn(name, size.bare_load, size.intake, pairs=chosen.pairs, limit=LOAD_LIMIT)
        again = size.again(max(2, chosen.pairs // 2))
    verdict = "PASS" if size.peak < PEAK_LIMIT else "FAIL"
    peak = f"Largest process: {size.peak / 1024**2:.0f} MiB ({verdict}, limit 1024)."
    return tell(f"{name}", [table([load, *again], unit="s", scale=1), peak], [load, *again])


if __name__ == "__main__":
    raise SystemExit(main())
