"""
Taking in school history, from the command's start to its end, against the bare load of the same rows.

    python -m benchmarks.intake [--rows 500000] [--pairs 5]

Four lines with limits: the load, how it grows from 5 000 rows, the memory of the process, and a file that is known. The
multiple of a plain COPY is told beside them, so that a slower yardstick would be seen.
"""

import argparse
import statistics
from itertools import count

from benchmarks import bare, product
from benchmarks.pairs import Comparison, in_turn, table, tell
from benchmarks.rows import enrolment_file, refreshed_file, same_rows_again, unit_files
from benchmarks.server import running
from fotfeste.kernel.database import Server

LOAD_LIMIT, UNCHANGED_LIMIT = 2.5, 0.5
GROWTH_LIMIT = 1 / 0.9
"""Seconds a row, for many against few: at least 0.9 of the rows a second."""
PEAK_LIMIT = 1024**3
COPY_ALARM = 27
FEW = 5_000
_numbers = count(1)


class Measured:
    """One size: a template of the product's database, and the runs on copies of it."""

    def __init__(self, server: Server, rows: int) -> None:
        self.server, self.rows = server, rows
        self.template = f"intake_template_{rows}"
        self.peak = 0
        product.make_template(server, self.template, unit_files(rows))

    def bare_load(self) -> float:
        """Return the seconds of the bare load into empty tables."""
        name = f"bare_{next(_numbers)}"
        url = self.server.create_database(name).owner_url
        assert url
        bare.prepare(url)
        took = bare.load(url, enrolment_file(self.rows))
        self.server.drop_database(name)
        return took

    def plain_copy(self) -> float:
        """Return the seconds of a COPY into one table without indexes."""
        name = f"bare_{next(_numbers)}"
        url = self.server.create_database(name).owner_url
        assert url
        took = bare.plain_copy(url, enrolment_file(self.rows))
        self.server.drop_database(name)
        return took

    def intake(self) -> float:
        """Return the seconds of the product's import into an empty county."""
        return self.intake_and_again()[0]

    def intake_and_again(self, times: int = 0) -> tuple[float, float]:
        """Return the seconds of an import into an empty county, and the median of the same file again so many times."""
        name = f"intake_{next(_numbers)}"
        endpoint = self.server.create_database(name, template=self.template)
        ran = product.run_import(endpoint, enrolment_file(self.rows))
        self.peak = max(self.peak, ran.peak_bytes)
        again = [product.run_import(endpoint, enrolment_file(self.rows)).seconds for _ in range(times)]
        self.server.drop_database(name)
        return ran.seconds, statistics.median(again) if again else 0.0

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
            "The same file again → a bare refresh",
            refresh,
            lambda: product.run_import(known, enrolment_file(self.rows)).seconds,
            pairs=pairs,
            limit=UNCHANGED_LIMIT,
        )
        # A file with the same rows in another order is read and compared to the end: told, without a limit.
        other_took = product.run_import(known, same_rows_again(self.rows)).seconds
        other = Comparison("The same rows in another file → a bare refresh", (refresh(),), (other_took,))
        for name in ("bare_again", "intake_again"):
            self.server.drop_database(name)
        return [same, other]


def _net(few: Measured) -> tuple[float, float]:
    """Return what few rows take when the start is taken off, and the start: the same file again takes nothing else."""
    took, start = few.intake_and_again(times=3)
    return took - start, start


def load(many: Measured, few: Measured, pairs: int) -> list[Comparison]:
    """
    Compare the load with the bare one and with a plain COPY, and the seconds a row with those of a small file.

    The start of the process is taken off both sizes when they are compared; a small file would look slow by it alone.
    """
    runs = []
    for pair in range(pairs + 1):
        bare_took, took, (net, start) = many.bare_load(), many.intake(), _net(few)
        if pair:  # the first is to warm up
            runs.append((bare_took, took, many.plain_copy(), net / few.rows, (took - start) / many.rows, start))
    bares, intakes, copies, few_a_row, many_a_row, starts = zip(*runs, strict=True)
    milliseconds = 1000.0
    return [
        Comparison(f"{many.rows} rows → the bare load", bares, intakes, LOAD_LIMIT),
        Comparison(f"{many.rows} rows → a plain COPY", copies, intakes),
        Comparison(
            f"a thousand rows of {few.rows} → of {many.rows}",
            tuple(each * milliseconds for each in few_a_row),
            tuple(each * milliseconds for each in many_a_row),
            GROWTH_LIMIT,
        ),
        Comparison("the start alone → the bare load", bares, starts),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--pairs", type=int, default=5)
    chosen = parser.parse_args(arguments)
    with running() as server:
        many, few = Measured(server, chosen.rows), Measured(server, FEW)
        compared = [*load(many, few, chosen.pairs), *many.again(chosen.pairs)]
    copies = compared[1].ratio
    peak = Comparison("largest process → 1 GiB", (PEAK_LIMIT,), (many.peak,), 1)
    told = [
        table(compared, unit="s", scale=1),
        table([peak], unit="MiB", scale=1 / 2**20),
        f"At least 0.9 of the rows a second of a small file is at most {GROWTH_LIMIT:.2f} of its seconds a row; the "
        "start of the process is taken off both.",
        f"{copies:.0f} plain COPYs: {'ALARM: has the yardstick slowed?' if copies > COPY_ALARM else 'as it should be'} "
        f"(alarm at {COPY_ALARM}).",
    ]
    return tell(f"Intake of {chosen.rows} rows", told, [*compared, peak])


if __name__ == "__main__":
    raise SystemExit(main())
