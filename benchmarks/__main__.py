"""``make bench``: every benchmark there is, one after the other, and how each went at the end."""

import argparse
import sys

from benchmarks import intake, linkage, memory, pages, school_year, status_table, worklist
from benchmarks.pairs import TOLD, begin_anew

ALL = {
    "intake": intake.main,
    "worklist": worklist.main,
    "pages": pages.main,
    "status_table": status_table.main,
    "memory": memory.main,
    "linkage": linkage.main,
    "school_year": school_year.main,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure all of it, or what is named, and say which limits were missed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[[], *ALL], help="all of them when none is named")
    named = parser.parse_args(arguments).only
    if not named:
        begin_anew()
    worst = max(ALL[name]([]) for name in named or ALL)
    print("\n".join(["", *map(str, TOLD)]))
    return worst


if __name__ == "__main__":
    sys.exit(main())
