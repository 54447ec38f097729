"""The status table as a workbook: a cover that says what it is, the table, and how codes were translated."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from fotfeste import codes
from fotfeste.kernel import clock, formats
from fotfeste.reporting.returns.code_translation import How
from fotfeste.reporting.returns.status_table import StatusTable

HOW_WORDS = {
    How.SURELY: "Sikkert",
    How.LIKELY: "Trolig",
    How.AMBIGUOUSLY: "Flertydig",
    How.NOT: "Ikke oversatt",
}


def workbook(table: StatusTable, *, made_at: datetime) -> bytes:
    """Return the workbook. Nothing in it is a formula or a link, whatever a text looks like."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "Statustabell", "created": made_at.astimezone(clock.OSLO).replace(tzinfo=None)})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "bold": book.add_format({"bold": True}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "number": book.add_format({"num_format": "#,##0"}),
            "sum": book.add_format({"num_format": "#,##0", "bold": True, "top": 1}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "percent": book.add_format({"num_format": "0.0 %"}),
        }
        _cover(book, table, styles, made_at)
        _cells(book, table, styles)
        if table.translated:
            _translation(book, table, styles)
    return file.getvalue()


def _cover(book: Any, table: StatusTable, styles: dict[str, Any], made_at: datetime) -> None:
    sheet = book.add_worksheet("Om tabellen")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, "Ungdom i Oppfølgingstjenesten etter status", styles["title"])
    for line, (label, value) in enumerate(facts(table, made_at=made_at), start=2):
        sheet.write_string(line, 0, label, styles["bold"])
        sheet.write_string(line, 1, value, styles["wrap"])


def facts(table: StatusTable, *, made_at: datetime) -> list[tuple[str, str]]:
    """Return what must be known to read the table, as pairs of label and text."""
    in_force = codes.status_list(table.code_list)
    unknown = table.unknown()
    where = "Alle fylker med registrerte" if table.county_id is None else table.county_names[table.county_id]
    share = formats.percent(unknown.value, 1) if unknown.of else "ingen"
    said = [
        ("Hva", "Antall ungdommer med hver status, en kolonne for hvert fylke"),
        ("Område", where),
        ("Dag", formats.day(table.on)),
        ("Slik det var kjent", formats.moment(table.known_at or made_at)),
        ("Kodeverk", f"{in_force.name_nb} ({in_force.source})"),
        ("Nevner i andeler", f"Målgruppen: {table.target_groups_text}, {formats.number(unknown.of)} ungdommer"),
        ("Ukjent aktivitet", f"{formats.number(unknown.count)} av {formats.number(unknown.of)}: {share}"),
        *[
            (f"Gruppe {group.group}: {group.name_nb}", formats.number(count) + _not_counted(group))
            for group, count in table.by_group()
        ],
    ]
    if table.rounded_to > 1:
        said.append(("Avrunding", f"Hvert tall er avrundet til nærmeste {table.rounded_to}: ingen skal kjennes igjen"))
    if table.without_data:
        names = ", ".join(table.county_names[county] for county in table.without_data)
        said.append(("Fylker uten registrerte", names))
    said += [
        (f"Oversatt: {HOW_WORDS[how].lower()}", formats.number(count)) for how, count in table.by_certainty().items()
    ]
    return said


def _not_counted(group: codes.StatusGroup) -> str:
    return "" if group.in_target_group else " (ikke i målgruppen)"


def _cells(book: Any, table: StatusTable, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Status per fylke")
    sheet.set_column(0, 1, 9)
    sheet.set_column(2, 2, 48)
    sheet.set_column(3, 3 + len(table.columns), 11)
    sheet.freeze_panes(1, 4)
    heads = [f"{county:02} {table.county_names.get(county, '')}".strip() for county in table.columns]
    for column, text in enumerate(["Nr.", "Kode", "Status", "I alt", *heads]):
        sheet.write_string(0, column, text, styles["head"])
    for line, row in enumerate((*table.rows, table.sums), start=1):
        style = styles["sum" if row.group is None and row.code == table.sums.code else "number"]
        sheet.write_string(line, 0, "" if row.code == table.sums.code else row.number, style)
        sheet.write_string(line, 1, row.code, style)
        sheet.write_string(line, 2, row.text, style)
        for column, count in enumerate([row.total, *(row.counts.get(c, 0) for c in table.columns)], start=3):
            sheet.write_number(line, column, count, style)
    line = len(table.rows) + 3
    for label, values in _shares(table):
        sheet.write_string(line, 2, label, styles["bold"])
        for column, (value, style) in enumerate(values, start=3):
            if value is not None:
                sheet.write_number(line, column, value, styles[style])
        line += 1


def _shares(table: StatusTable) -> list[tuple[str, list[tuple[float | None, str]]]]:
    counties = [None, *table.columns]
    shares = [table.unknown(county) for county in counties]
    return [
        (f"I målgruppen ({table.target_groups_text})", [(share.of, "number") for share in shares]),
        ("Andel ukjent av målgruppen", [(share.value, "percent") for share in shares]),
    ]


def _translation(book: Any, table: StatusTable, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Oversatte koder")
    sheet.set_column(0, 3, 18)
    for column, text in enumerate(
        ["Kode slik den er registrert", "Telt som", "Kunne også vært", "Hvor sikkert", "Antall"]
    ):
        sheet.write_string(0, column, text, styles["head"])
    for line, each in enumerate(table.translated, start=1):
        texts = [each.code, each.counted_as, ", ".join(each.could_also_be), HOW_WORDS[each.how]]
        for column, text in enumerate(texts):
            sheet.write_string(line, column, text)
        sheet.write_number(line, 4, each.count, styles["number"])
