"""``fotfeste report``: a report for a county or all of them, on any day, as known at any moment."""

import argparse
import sys
from pathlib import Path

from fotfeste.config.commands.arguments import day, moment
from fotfeste.kernel.errors import Invalid, reason_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which report, for whom, for which day, and in what form."""
    parser.add_argument("report", choices=["status-table"], metavar="RAPPORT", help="status-table: status per fylke")
    parser.add_argument("--county", required=True, metavar="FYLKE", help="fylkesnummer, eller «all» for alle")
    parser.add_argument("--on", required=True, metavar="DATO", help="dagen det telles for, som 2026-11-15")
    parser.add_argument("--known-at", metavar="TIDSPUNKT", help="slik det var kjent da, som 2026-11-15T12:00")
    parser.add_argument("--codes", choices=["2011", "current"], help="kodeverk (ellers det som gjaldt dagen)")
    parser.add_argument("--format", choices=["csv", "json", "xlsx"], default="csv", help="filformat (ellers csv)")
    parser.add_argument("--out", type=Path, metavar="FIL", help="filen det skrives til (ellers skjermen)")


def run(arguments: argparse.Namespace) -> int:
    """Make the report and write it."""
    from fotfeste.kernel import clock
    from fotfeste.reporting.enums import ReportFormat
    from fotfeste.reporting.returns import status_table_files
    from fotfeste.reporting.returns.status_table import status_table

    form = ReportFormat(arguments.format)
    if form is ReportFormat.XLSX and arguments.out is None:
        raise Invalid("Et regneark kan ikke skrives til skjermen. Si hvor med --out FIL.")
    table = status_table(
        county_id=_county(arguments.county),
        on=day(arguments.on),
        known_at=moment(arguments.known_at) if arguments.known_at else None,
        code_list=arguments.codes,
    )
    content = status_table_files.rendered(table, form, made_at=clock.now())
    if arguments.out is None:
        sys.stdout.write(content.decode())
    else:
        _write(arguments.out, content)
    # Beside a table on the screen, what it means goes where it does not end up in the table; JSON has it inside.
    if arguments.out is not None or form is not ReportFormat.JSON:
        for sentence in status_table_files.summary(table):
            print(sentence, file=sys.stdout if arguments.out else sys.stderr)
    return 0


def _county(text: str) -> int | None:
    from fotfeste.config.commands.counties import county_number

    return None if text == "all" else county_number(text)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise Invalid(f"Kan ikke skrive til {path}: {reason_of(problem)}.") from None
