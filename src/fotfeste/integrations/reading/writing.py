"""Write intake rows in the form a source sends them: for synthetic files, round trips and replacing VIGO OT."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import BinaryIO

import xlsxwriter

from fotfeste.integrations.reading.cells import escape_cell
from fotfeste.integrations.reading.vigo_json import COUNT, LIST, MESSAGE
from fotfeste.integrations.sources import INTAKE_FIELDS, SOURCES, IntakeRow, RowDefinition
from fotfeste.integrations.sources.parse.numbers import FICTIVE
from fotfeste.law.national_id import IdKind

_NOT_VIGOS = (["person", "idtype"],)
_SHEET = "Rader"
_ROWS_PER_SHEET = 1_048_575


def write_csv(
    source: str, rows: Iterable[IntakeRow], out: BinaryIO, *, delimiter: str = ";", encoding: str = "utf-8-sig"
) -> int:
    """Write the rows as a CSV file of the source with canonical headers and return how many there were."""
    definition = SOURCES[source]
    return write_table_csv(definition.headers, _written_rows(definition, rows), out, delimiter, encoding)


def write_xlsx(source: str, rows: Iterable[IntakeRow], out: BinaryIO) -> int:
    """Write the rows as a workbook of the source with canonical headers and return how many there were."""
    definition = SOURCES[source]
    return write_table_xlsx(definition.headers, _written_rows(definition, rows), out)


def write_vigo_ot(rows: Iterable[IntakeRow], out: BinaryIO, *, error_message: str = "") -> int:
    """
    Write the rows as VIGO OT answers them, and return how many there were.

    Every value is text, never null: the county sector's adapter demands it.
    """
    definition = SOURCES["vigo-ot"]
    paths = [header.split(".") for header in definition.headers]
    elements = (_element(paths, cells) for cells in _written_rows(definition, rows))
    return write_document(elements, out, error_message=error_message)


def write_document(elements: Iterable[object], out: BinaryIO, *, error_message: str = "") -> int:
    """Write elements as a VIGO OT document, one to a line, and return how many there were."""
    count = 0
    told = f'"{MESSAGE}": {json.dumps(error_message, ensure_ascii=False)}, ' if error_message else ""
    out.write(f'{{{told}"{LIST}": ['.encode())
    for element in elements:
        text = json.dumps(element, ensure_ascii=False, separators=(",", ":"))
        out.write((",\n" if count else "\n").encode() + text.encode("utf-8", "replace"))
        count += 1
    out.write(f'\n], "{COUNT}": {count}}}\n'.encode())
    return count


def write_table_csv(
    headers: Sequence[str], rows: Iterable[Sequence[str]], out: BinaryIO, delimiter: str, encoding: str
) -> int:
    """Write a table as CSV with every cell a spreadsheet could run escaped, and return how many rows there were."""
    text = io.TextIOWrapper(out, encoding=encoding, errors="replace", newline="", write_through=False)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headers)
    count = 0
    for cells in rows:
        writer.writerow(map(escape_cell, cells))
        count += 1
    text.detach()
    return count


def write_table_xlsx(headers: Sequence[str], rows: Iterable[Sequence[str]], out: BinaryIO) -> int:
    """Write a table as a workbook where every cell is text, whatever it begins with; return the number of rows."""
    workbook = xlsxwriter.Workbook(
        out,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    as_text = workbook.add_format({"num_format": "@", "quote_prefix": True})
    sheet = workbook.add_worksheet(_SHEET)
    sheet.freeze_panes(1, 0)
    count = 0
    for place, header in enumerate(headers):
        sheet.write_string(0, place, header)
    for count, cells in enumerate(rows, start=1):
        if count > _ROWS_PER_SHEET:
            raise ValueError("Et regneark har ikke plass til så mange rader. Bruk CSV.")
        for place, cell in enumerate(cells):
            if cell:
                sheet.write_string(count, place, cell, as_text)
    workbook.close()
    return count


def _written_rows(definition: RowDefinition, rows: Iterable[IntakeRow]) -> Iterator[list[str]]:
    """Turn each row into the cells a sender would have written, in the order of the definition's headers."""
    writers = [_cell_writer(name, definition) for name in definition.columns]
    for row in rows:
        yield [write(row) for write in writers]


def _cell_writer(name: str, definition: RowDefinition) -> Callable[[IntakeRow], str]:
    write = definition.columns[name].parser.write
    if name == "id_type":
        return lambda row: write(FICTIVE) if row.id_kind == IdKind.FICTIVE else ""
    place = INTAKE_FIELDS.index(name)

    def written(row: IntakeRow) -> str:
        value = row[place]
        return "" if value is None else write(_normalised(value))

    return written


def _normalised(value: object) -> str:
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.isoformat() if isinstance(value, date) else str(value)


def _element(paths: Sequence[Sequence[str]], cells: Sequence[str]) -> dict[str, dict[str, str]]:
    element: dict[str, dict[str, str]] = {}
    for (group, name), cell in zip(paths, cells, strict=True):
        if cell or [group, name] not in _NOT_VIGOS:
            element.setdefault(group, {})[name] = cell
    return element
