"""Give rejected rows back to the sender: the same format, with row number and what is wrong."""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from fotfeste.integrations.reading.rejects import RejectedRow
from fotfeste.integrations.reading.result import Reading
from fotfeste.integrations.reading.writing import write_document, write_table_csv, write_table_xlsx

ROW_HEADER, ERROR_HEADER = "rad", "feil"


def write_rejects(reading: Reading, out: str | os.PathLike[str] | BinaryIO) -> int:
    """
    Write the rejected rows as the sender wrote them, with ``rad`` and ``feil`` added, and return how many.

    CSV keeps its delimiter and encoding, XLSX stays a workbook, JSON keeps its shape. Corrected, the file can be
    read again: the two columns are left unread.
    """
    if isinstance(out, str | os.PathLike):
        with Path(out).open("wb") as file:
            return write_rejects(reading, file)
    if reading.meta.file_format == "json":
        return write_document(_elements(reading), out)
    kept = [place for place, header in enumerate(reading.meta.columns) if header.strip().casefold() not in _ADDED]
    headers = [*(reading.meta.columns[place] for place in kept), ROW_HEADER, ERROR_HEADER]
    rows = (_cells(row, kept, len(reading.meta.columns)) for row in reading.rejects.rows())
    if reading.meta.file_format == "xlsx":
        return write_table_xlsx(headers, rows, out)
    return write_table_csv(headers, rows, out, reading.meta.delimiter, reading.meta.encoding)


_ADDED = frozenset({ROW_HEADER, ERROR_HEADER})


def _cells(row: RejectedRow, kept: Sequence[int], width: int) -> list[str]:
    """Return the row's cells under the header, number and reason; cells beyond the header come last."""
    cells = row.original if isinstance(row.original, tuple) else (json.dumps(row.original, ensure_ascii=False),)
    return [
        *(cells[place] if place < len(cells) else "" for place in kept),
        str(row.row_no),
        row.sentences,
        *cells[width:],
    ]


def _elements(reading: Reading) -> Iterator[dict[str, object]]:
    for row in reading.rejects.rows():
        original = row.original if isinstance(row.original, dict) else {"element": row.original}
        yield {**original, ROW_HEADER: row.row_no, ERROR_HEADER: row.sentences}
