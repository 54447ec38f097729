"""
A school year of a county, day by day, with all that is due in it done: 1 600 youths, and a few for yardstick.

What is run is the test of the year (``tests/annualwheel/test_school_year.py``), so that what it measures is known to be
right. The days of a year cost the same whoever comes; the ratio says what the youths cost beside them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.pairs import Comparison, table, tell

FEW, MANY = 40, 1_600
#: The youths of a county may cost so many times what its days do, and all of it two minutes.
LIMIT, SECONDS = 3.0, 120.0
YEAR = Path(__file__).parent.parent / "tests" / "annualwheel" / "test_school_year.py"
TITLE = "A school year"


def main(arguments: list[str] | None = None, *, few: int = FEW, many: int = MANY) -> int:
    """Measure and say how it went."""
    parser = argparse.ArgumentParser(prog="benchmarks.school_year", description=__doc__)
    parser.add_argument("--pairs", type=int, default=1)
    pairs = parser.parse_args(arguments).pairs
    runs = [(year_of(few), year_of(many)) for _ in range(pairs)]
    yardstick, measured = zip(*runs, strict=True)
    compared = [
        Comparison(f"a year of {many} → of {few} youths", yardstick, measured, LIMIT),
        Comparison(f"a year of {many} youths → two minutes", (SECONDS,) * pairs, measured, 1),
    ]
    return tell(TITLE, [table(compared, unit="s", scale=1)], compared)


def year_of(youths: int) -> float:
    """
    Return how many seconds a year of so many youths takes, without the making of its database.

    :raises RuntimeError: something in the year was not as it should be.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        told = (f"--junitxml={report}", "-o", "junit_duration_report=call", "-p", "no:xdist")
        run = [sys.executable, "-m", "pytest", *told, str(YEAR)]
        done = subprocess.run(run, env={**os.environ, "FOTFESTE_YEAR_YOUTHS": str(youths)}, check=False)
        if done.returncode:
            raise RuntimeError(f"The year of {youths} youths did not end well.")
        (case,) = ElementTree.parse(report).iter("testcase")
        return float(case.get("time", ""))


if __name__ == "__main__":
    raise SystemExit(main())
