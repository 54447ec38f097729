"""``fotfeste synth``: synthetic people in the import formats."""

import argparse
from pathlib import Path

from fotfeste.config.commands.arguments import a_day, counted
from fotfeste.kernel.errors import Invalid, reason_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to make, for where and when, and the folder."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--table", choices=["ot-2011"], help="departementets tabell per 1.1.2011, én fil per fylke")
    what.add_argument("--people", metavar="N", help="antall, eller oslo, county, national")
    parser.add_argument("--county", metavar="FYLKE")
    parser.add_argument("--on", type=a_day, metavar="DATO", help="dagen verden ses")
    parser.add_argument("--seed", type=int, metavar="N")
    parser.add_argument("--out", required=True, type=Path, metavar="MAPPE")


def run(arguments: argparse.Namespace) -> int:
    """
    Write the files and say what was written.

    :raises Invalid: the size cannot be made, or the folder cannot be written to.
    """
    from fotfeste.integrations.synthetic import cli

    try:
        report = cli.run(
            out=arguments.out,
            table=arguments.table,
            people=arguments.people,
            county=arguments.county,
            on=arguments.on,
            seed=arguments.seed,
        )
    except ValueError as problem:
        raise Invalid(str(problem)) from problem
    except OSError as problem:
        raise Invalid(f"Kan ikke skrive til {arguments.out}: {reason_of(problem)}.") from problem
    print(report.summary)
    for name, rows in sorted(report.files.items()):
        print(f"  {name}: {counted(rows, 'rad', 'rader')}")
    return 0
