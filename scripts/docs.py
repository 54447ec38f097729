#!/usr/bin/env python3
"""Write the documents that are generated from the code; ``--check`` only says which are out of date."""

import sys
from pathlib import Path

from fotfeste.spec import coverage, generated

REPOSITORY = Path(__file__).resolve().parent.parent


def main() -> int:
    """Return 0 when all is current or now written, 1 when ``--check`` found something out of date."""
    report = coverage.current_report()
    if "--check" in sys.argv[1:]:
        outdated = generated.outdated(REPOSITORY, report)
        for path in outdated:
            print(f"{path} is out of date: run «make docs».")
        return 1 if outdated else 0
    for path in generated.write(REPOSITORY, report):
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
