"""The pages written from the specification: coverage and readings."""

from collections.abc import Iterable

from fotfeste.spec import catalogue
from fotfeste.spec.coverage import Report, Row

GENERATED = "Written by `fotfeste spec --write`; do not edit."


def coverage_page(report: Report) -> str:
    """Return the text of docs/coverage.md: totals per kind, then what implements and proves each item."""
    totals = report.totals()
    built = sum(each["implemented"] for each in totals.values())
    lines = [
        "# Coverage of the specification",
        "",
        GENERATED,
        "",
        "An item is implemented when code says so with `implements(...)` and a test with `pytest.mark.proves(...)`;",
        "partial when only one of them does. A duty and the statements that repeat it count as one.",
        "",
        f"{built} of {len(report.rows)} items are implemented.",
        "",
        "| Kind | All | Implemented | Partial | Not yet |",
        "|---|--:|--:|--:|--:|",
    ]
    for kind, total in totals.items():
        partial = sum(row.status == "partial" for row in report.of_kind(kind))
        rest = total["all"] - total["implemented"] - partial
        lines.append(f"| {kind} | {total['all']} | {total['implemented']} | {partial} | {rest} |")
    for kind in totals:
        lines += _section(kind, report.of_kind(kind))
    return "\n".join(lines) + "\n"


def readings_page() -> str:
    """Return the text of docs/readings.md: how what the documents leave open is read."""
    lines = [
        "# Readings",
        "",
        GENERATED,
        "",
        "Where the documents are silent or disagree: what they say, how Fotfeste reads it, and from which day.",
        "A reading with a setting can be chosen otherwise for a county; the others are fixed.",
        "",
        "| Id | About | The documents | Reading | Setting | From |",
        "|---|---|---|---|---|---|",
    ]
    for reading in catalogue.items("reading"):
        setting = f"`{reading.get('setting')}`" if reading.get("setting") else "–"
        setting = f"later: `{reading.get('setting_planned')}`" if reading.get("setting_planned") else setting
        lines.append(
            f"| {reading.id} | {reading.label_en} | {reading.get('says')} ({reading.source}) "
            f"| {reading.get('reading')} | {setting} | {reading.get('first_day')} |"
        )
    return "\n".join(lines) + "\n"


def _section(kind: str, rows: tuple[Row, ...]) -> Iterable[str]:
    yield from ("", f"## {kind}", "")
    begun = [row for row in rows if row.status != "not-yet"]
    if begun:
        yield from ("| Id | What | Status | Code | Tests |", "|---|---|---|---|---|")
    for row in begun:
        yield f"| {row.id} | {_cell(row.label)} | {row.status} | {_places(row.code)} | {_places(row.tests)} |"
    waiting = [row.id for row in rows if row.status == "not-yet"]
    if waiting:
        yield from (*([""] if begun else []), f"Not yet ({len(waiting)}): {', '.join(waiting)}.")


def _places(places: tuple[str, ...]) -> str:
    return "<br>".join(f"`{place}`" for place in places) or "–"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
