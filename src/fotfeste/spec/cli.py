"""What `fotfeste spec` prints."""

import sys
from json import dumps

from fotfeste.spec import coverage, generated
from fotfeste.spec.floor import fallen_below, floor


def run(json: bool, write_docs: bool) -> int:
    """
    Print the coverage of the specification, as a table or as JSON, and write the generated files when asked.

    Return 0; 1 when a mark is wrong or the coverage has fallen below its floor; 2 when there is nowhere to write.
    """
    report = coverage.current_report()
    fallen = fallen_below(report, floor())
    if write_docs:
        repository = coverage.repository()
        if repository is None or report.tests_from != "tests":
            _complain("Det går bare an å skrive filene fra en utsjekk av kildekoden, med testene.")
            return 2
        for path in generated.write(repository, report):
            _complain(f"Skrev {path}.")
    if report.tests_from == "snapshot":
        _complain("Testene følger ikke med her; navnene er fra listen som ble pakket sammen med programmet.")
    print(dumps(report.as_json(), ensure_ascii=False, indent=2) if json else as_table(report))
    for problem in (*report.problems, *fallen):
        _complain(problem)
    return 1 if report.problems or fallen else 0


def as_table(report: coverage.Report) -> str:
    """Return the totals per kind as a table for a terminal."""
    lines = [f"{'Type':<22}{'Alle':>6}{'Ferdig':>8}{'Delvis':>8}{'Ikke ennå':>11}"]
    for kind, total in report.totals().items():
        partial = sum(row.status == "partial" for row in report.of_kind(kind))
        lines.append(_line(kind, total["all"], total["implemented"], partial))
    partial = sum(row.status == "partial" for row in report.rows)
    built = sum(row.status == "implemented" for row in report.rows)
    lines.append(_line("I alt", len(report.rows), built, partial))
    return "\n".join(lines)


def _line(name: str, everything: int, built: int, partial: int) -> str:
    return f"{name:<22}{everything:>6}{built:>8}{partial:>8}{everything - built - partial:>11}"


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)
