"""A list of youths as CSV and as a workbook, marked on every row with who took it out and when."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO

import xlsxwriter

from fotfeste.kernel.cells import escape_cell

MARK = "Tatt ut"


def write_rows_as_csv(out: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, fetched: str) -> None:
    """
    Write rows as CSV: semicolon and UTF-8 with a mark, as Norwegian spreadsheets open it.

    :param fetched: who took it out and when. It stands on every row, since a CSV has nowhere else to bear it.
    """
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow((*headers, MARK))
    writer.writerows([*(_text(cell) for cell in row), escape_cell(fetched)] for row in rows)
    text.detach()


def _text(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return escape_cell(cell) if isinstance(cell, str) else str(cell)


def write_rows_as_workbook(
    out: BinaryIO,
    headers: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    title: str,
    sheet_name: str,
    cover: Iterable[str],
    first_width: int,
    fetched: str,
    offered: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """
    Write rows as a workbook with a cover sheet that says what it is and how it must be kept.

    :param offered: what is chosen between in a column that is to be filled in; nothing else can be written there.
    :param fetched: who took it out and when, so that a file gone astray tells where it came from. It stands on the
        cover, on every row, at the foot of every printed page and among what the file tells of itself.
    """
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        heading, head, day = (book.add_format(f) for f in _FORMATS)
        book.set_properties({"title": title, "comments": fetched})
        front = book.add_worksheet("Om listen")
        front.set_column(0, 0, 110)
        for line, text in enumerate((*cover, fetched)):
            front.write_string(line, 0, text, heading if line == 0 else None)
        sheet = book.add_worksheet(sheet_name)
        sheet.set_footer("&L" + fetched.replace("&", "&&"))
        sheet.write_row(0, 0, (*headers, MARK), head)
        sheet.set_column(0, 0, first_width)
        sheet.set_column(1, len(headers), 24)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate((*row, fetched)):
                if isinstance(cell, date):
                    sheet.write_datetime(line, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(line, column, cell)  # a string cell is never run as a formula
                else:
                    sheet.write_number(line, column, cell)
        for header, words in (offered or {}).items():
            at = headers.index(header)
            sheet.data_validation(1, at, max(1, len(rows)), at, {"validate": "list", "source": list(words)})
        sheet.autofilter(0, 0, max(1, len(rows)), len(headers))
        sheet.freeze_panes(1, 2)


_FORMATS = ({"bold": True, "font_size": 14}, {"bold": True, "bottom": 1}, {"num_format": "dd.mm.yyyy"})
