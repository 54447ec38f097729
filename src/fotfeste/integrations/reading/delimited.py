"""CSV: delimiter by what the header says, quoted line breaks, row numbers as a spreadsheet shows them."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from fotfeste.integrations.reading.blocks import Block, Malformed
from fotfeste.integrations.reading.cells import holds_escaped, unescape_cell
from fotfeste.integrations.reading.errors import UnreadableFile, refuse_endless
from fotfeste.integrations.reading.layout import spelled

DELIMITERS = (";", ",", "\t", "|")
ROWS_TO_HEADER = 10
_STEP = 1 << 18
_SAMPLE = 1 << 18
_LONGEST_LINE = 4 << 20
_BETWEEN = "\x1f"
"""Stands between the cells of rows whose quotes are taken off; a row that holds one is read another way."""
_DECLARED = re.compile(r"sep=(.)(?:\r\n|\n|\r)", re.IGNORECASE)


class _Header(NamedTuple):
    cells: tuple[str, ...]
    delimiter: str
    rows_above: int
    is_declared: bool
    """Whether the first line says ``sep=;``, which a spreadsheet hides and does not count as a row."""


class DelimitedFile:
    """
    A text table whose header is the row among the first ten that holds most of the known spellings.

    :raises UnreadableFile: the rows cannot be told apart, because the quoting is broken or it is no table.
    """

    def __init__(self, file: BinaryIO, *, encoding: str, known_spellings: frozenset[str]) -> None:
        self._file = file
        self.encoding = encoding
        self.warnings: list[str] = []
        with self._text() as text:
            self._header = _find_header(text.read(_SAMPLE), known_spellings)
        self.header: Sequence[str] = self._header.cells
        self.delimiter = self._header.delimiter
        if above := self._header.rows_above:
            self.warnings.append(f"Kolonneoverskriftene ble funnet på rad {above + 1}. Radene over er ikke lest.")

    def blocks(self) -> Iterator[Block]:
        """Go through the rows below the header, some thousand at a time."""
        with self._text() as text:
            row_no = self._pass_header(text)
            while step := text.read(_STEP):
                step += next(_lines(text), "")
                block = self._plain(step, row_no) or self._row_a_line(step, row_no)
                if block is None:
                    block, row_no = self._quoted(step, text, row_no)
                else:
                    row_no += len(block.row_nos)
                refuse_endless(row_no)
                yield block

    @contextmanager
    def _text(self) -> Iterator[io.TextIOWrapper]:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self.encoding, newline="")
        try:
            yield text
        finally:
            text.detach()

    def _pass_header(self, text: io.TextIOWrapper) -> int:
        """Move past the header and return the number of the first row below it."""
        if self._header.is_declared:
            text.readline()
        above = csv.reader(_lines(text), delimiter=self.delimiter)
        for _ in islice(above, self._header.rows_above + 1):
            pass
        return self._header.rows_above + 2

    def _plain(self, step: str, row_no: int) -> Block | None:
        """Split text all at once; ``None`` when some row is not simply one line as wide as the header."""
        body = step.replace("\r\n", "\n") if "\r" in step else step
        body += "" if body.endswith("\n") else "\n"
        width, between = len(self.header), self.delimiter
        if "\r" in body:
            return None
        if '"' in body:
            unquoted = self._unquoted(body)
            if unquoted is None:
                return None
            body, between = unquoted, _BETWEEN
        if f"\n{between * (width - 1)}\n" in "\n" + body:
            return None
        cells = body.replace("\n", f"{between}\n{between}").split(between)
        rows = body.count("\n")
        # every row must end exactly where the header does, so that no cell has slipped into another column
        if len(cells) != rows * (width + 1) + 1 or cells[width :: width + 1].count("\n") != rows:
            return None
        columns: list[Sequence[str]] = [cells[place : -1 : width + 1] for place in range(width)]
        return Block(range(row_no, row_no + rows), _unescaped(columns, body))

    def _unquoted(self, body: str) -> str | None:
        """Take the quotes off the few lines that have some; ``None`` when they are many, or a row is not one line."""
        lines = body.split("\n")
        quoted = [place for place, line in enumerate(lines) if '"' in line]
        if _BETWEEN in body or len(quoted) * 2 > len(lines):
            return None
        try:
            rows = list(csv.reader([lines[place] + "\n" for place in quoted], delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        if len(rows) != len(quoted):
            return None
        lines = body.replace(self.delimiter, _BETWEEN).split("\n")
        for place, cells in zip(quoted, rows, strict=True):
            lines[place] = _BETWEEN.join(cells)
        return "\n".join(lines)

    def _row_a_line(self, step: str, row_no: int) -> Block | None:
        """Split text with quotes all at once; ``None`` when some row is not one line as wide as the header."""
        lines = list(io.StringIO(step, newline=""))
        try:
            rows = list(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        if len(rows) != len(lines) or set(map(len, rows)) != {len(self.header)} or not all(map(any, rows)):
            return None
        columns: list[Sequence[str]] = list(zip(*rows, strict=True))
        return Block(range(row_no, row_no + len(rows)), _unescaped(columns, step))

    def _quoted(self, step: str, text: io.TextIOWrapper, row_no: int) -> tuple[Block, int]:
        """Read row by row; a row that goes on past the step is read to its end."""
        lines = list(io.StringIO(step, newline=""))
        taken: list[str] = []
        reader = csv.reader(_noted(chain(lines, _lines(text)), taken), delimiter=self.delimiter, strict=True)
        row_nos: list[int] = []
        rows: list[list[str]] = []
        malformed: list[Malformed] = []
        while reader.line_num < len(lines):
            taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                malformed.append(self._misquoted(error, taken, row_no))
            else:
                if len(cells) == len(self.header) and any(cells):
                    row_nos.append(row_no)
                    rows.append(cells)
                elif any(cells):
                    self._fit(cells, row_no, row_nos, rows, malformed)
            row_no += 1
        columns: list[Sequence[str]] = list(zip(*rows, strict=True)) if rows else [()] * len(self.header)
        return Block(row_nos, _unescaped(columns, step), malformed), row_no

    def _fit(
        self, cells: list[str], row_no: int, row_nos: list[int], rows: list[list[str]], malformed: list[Malformed]
    ) -> None:
        """Take a row that only has empty cells too many; refuse one where cells may have slipped sideways."""
        width = len(self.header)
        if len(cells) > width and not any(cells[width:]):
            row_nos.append(row_no)
            rows.append(cells[:width])
            return
        malformed.append(
            Malformed(
                row_no,
                tuple(cells),
                f"Rad {row_no} har {len(cells)} celler, men overskriften har {width}. "
                "Står det et skilletegn eller et linjeskift i en celle uten anførselstegn?",
            )
        )

    def _misquoted(self, error: csv.Error, taken: list[str], row_no: int) -> Malformed:
        if "expected after" not in str(error):
            raise UnreadableFile(
                f"Rad {row_no} har et anførselstegn som aldri lukkes, så resten av filen kan ikke deles i rader."
            )
        cells = next(csv.reader(taken, delimiter=self.delimiter), [])
        return Malformed(
            row_no,
            tuple(cells),
            f"Rad {row_no} har et anførselstegn midt i en celle. Skriv det to ganger, eller ta det bort.",
        )


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise UnreadableFile("Filen er ikke en tabell: en linje er over fire millioner tegn lang.")
        yield line


def _noted(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _unescaped(columns: list[Sequence[str]], text: str) -> list[Sequence[str]]:
    return [list(map(unescape_cell, column)) for column in columns] if holds_escaped(text) else columns


def _find_header(sample: str, known_spellings: frozenset[str]) -> _Header:
    """Return the row that holds most known headers; where none does, the first row, split so that it has most cells."""
    declared = _DECLARED.match(sample)
    body = sample[declared.end() :] if declared else sample
    best = _Header((), declared[1] if declared else DELIMITERS[0], 0, bool(declared))
    most = (-1, 0, 0)
    for delimiter in (declared[1],) if declared else DELIMITERS:
        for place, cells in enumerate(_first_rows(body, delimiter)):
            if not any(map(spelled, cells)):
                continue
            known = len({spelled(cell) for cell in cells} & known_spellings)
            weight = (known, -place, len(cells))
            if weight > most:
                header = tuple(unescape_cell(cell.strip()) for cell in cells)
                best, most = _Header(header, delimiter, place, bool(declared)), weight
    if not best.cells:
        raise UnreadableFile("Filen er tom: den har verken kolonneoverskrifter eller rader.")
    return best


def _first_rows(body: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for cells in islice(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter), ROWS_TO_HEADER):
            rows.append(cells)  # those before a broken one are wanted too
    except csv.Error:
        pass
    return rows
