"""
Unpacks a workbook in a process of its own, which has little memory, little time and no secrets.

A file of a kilobyte may hold a sheet that fills any memory (two cells at opposite corners, one long text said a million
times), and the library below then ends the whole process. So it is started as a program, and reads nothing of ours:
``python -I sheet_process.py BOOK ROWS LIMITS``, two open files by number. On the way out it says what sheets there are
and how they begin; on the way in it is told which to write to ROWS, a line of JSON for some thousand rows.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

ROWS_IN_LINE = 5_000
LETTERS_IN_LINE = 4_000_000
FIRST_ROWS = 10
FIRST_LETTERS = 300
WIDEST = 1_000
MOST_SHEETS = 20
BROKEN, TOO_LARGE = 3, 4


class TooLargeError(Exception):
    """More rows, columns or text than anybody has use for."""


def as_text(cell: Any) -> str:
    """Return a cell as a sender would have typed it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def is_number(cell: Any) -> bool:
    """Say whether the cell is a number, which may have lost a zero in front."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def first_rows(sheet: Any) -> list[list[str]]:
    """Return how a sheet begins; long texts, which no heading is, are cut."""
    rows = list(islice(sheet.iter_rows(), FIRST_ROWS))
    if rows and len(rows[0]) > WIDEST:
        raise TooLargeError
    return [[as_text(cell)[:FIRST_LETTERS] for cell in row] for row in rows]


def lines(sheet: Any, *, skip: int) -> Iterator[dict[str, list[Any]]]:
    """Give the rows below those skipped: their numbers, their cells column by column, and which cells are numbers."""
    row_nos: list[int] = []
    rows: list[list[str]] = []
    numbers: list[list[int]] = []
    letters = 0
    for row_no, row in islice(enumerate(sheet.iter_rows(), start=1), skip, None):
        if all(cell == "" for cell in row):
            continue
        texts = [as_text(cell) for cell in row]
        row_nos.append(row_no)
        rows.append(texts)
        numbers.append([place for place, cell in enumerate(row) if is_number(cell)])
        letters += sum(map(len, texts))
        if len(rows) == ROWS_IN_LINE or letters > LETTERS_IN_LINE:
            yield {"at": row_nos, "rows": rows, "numbers": numbers}
            row_nos, rows, numbers, letters = [], [], [], 0
    if rows:
        yield {"at": row_nos, "rows": rows, "numbers": numbers}


def visible_sheets(book: Any) -> list[str]:
    """Return the names of the worksheets to look at."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return (visible or [sheet.name for sheet in sheets])[:MOST_SHEETS]


def work(book_file: int, rows_file: int, largest: int) -> None:
    """Tell of the sheets, be told which to read, and write its rows."""
    from python_calamine import load_workbook

    with os.fdopen(book_file, "rb") as file:
        book = load_workbook(file)
    sheets = {name: book.get_sheet_by_name(name) for name in visible_sheets(book)}
    print(json.dumps([[name, first_rows(sheet)] for name, sheet in sheets.items()]), flush=True)
    name, skip = json.loads(sys.stdin.readline())
    written = 0
    with os.fdopen(rows_file, "w", encoding="utf-8") as out:
        for line in lines(sheets[name], skip=skip):
            written += out.write(json.dumps(line) + "\n")
            if written > largest:
                raise TooLargeError


def main(book_file: int, rows_file: int, limits: dict[str, int]) -> int:
    """Work within the limits and return the exit code."""
    for what, limit in ((resource.RLIMIT_AS, limits["memory"]), (resource.RLIMIT_CPU, limits["seconds"])):
        resource.setrlimit(what, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        work(book_file, rows_file, limits["written"])
    except (TooLargeError, MemoryError):
        return TOO_LARGE
    except BaseException:  # the library panics on some broken files, with what is no ordinary exception
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])))
