"""XLSX: values only, never formulas; dates as dates; the leading zero a number has lost put back when it must be so."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

import python_calamine

from fotfeste.integrations.reading.blocks import Block
from fotfeste.integrations.reading.cells import unescape_cell
from fotfeste.integrations.reading.delimited import ROWS_TO_HEADER
from fotfeste.integrations.reading.errors import UnreadableFile, listed
from fotfeste.integrations.reading.layout import spelled

LARGEST_UNPACKED = 400 * 1024 * 1024
_ROWS_IN_BLOCK = 5_000
_NOT_A_WORKBOOK = (
    "Filen er en zip-fil, ikke et Excel-regneark, selv om den kan hete .xlsx. Pakk den ut, eller send regnearket."
)
_BROKEN = "Regnearket er ødelagt og kan ikke åpnes. Åpne det i Excel og lagre det på nytt som .xlsx."
_CellReader = Callable[[Any], str]


class WorkbookFile:
    """
    One sheet of a workbook: the one whose first ten rows hold most of the known spellings.

    :raises UnreadableFile: it is no workbook, it is broken, protected or too large unpacked.
    """

    encoding = ""
    delimiter = ""

    def __init__(self, file: BinaryIO, *, known_spellings: frozenset[str]) -> None:
        _refuse_what_is_no_workbook(file)
        self.warnings: list[str] = []
        self._numbers: dict[int, Callable[[str], str]] = {}
        self.header: Sequence[str]
        self._sheet, self._rows_above, self.header, others = _find_sheet(_load(file), known_spellings)
        self.sheet_name: str = self._sheet.name
        if others:
            self.warnings.append(f"Arket «{self.sheet_name}» er lest. Disse arkene er ikke lest: {listed(others)}.")
        if self._rows_above:
            self.warnings.append(
                f"Kolonneoverskriftene ble funnet på rad {self._rows_above + 1}. Radene over er ikke lest."
            )

    def restore_numbers(self, place: int, restored: Callable[[str], str]) -> None:
        """Pass cells of a column that are stored as numbers, not text, through `restored`."""
        self._numbers[place] = restored

    def blocks(self) -> Iterator[Block]:
        """Go through the rows below the header."""
        rows = enumerate(self._sheet.iter_rows(), start=1)
        below = islice(rows, self._rows_above + 1, None)
        width = len(self.header)
        while batch := list(islice(below, _ROWS_IN_BLOCK)):
            filled = [(row_no, cells) for row_no, cells in batch if any(cell != "" for cell in cells)]
            columns = zip(*(cells for _, cells in filled), strict=True) if filled else [()] * width
            read = [self._column(place, cells) for place, cells in enumerate(columns)]
            yield Block([row_no for row_no, _ in filled], read)

    def _column(self, place: int, cells: Sequence[Any]) -> Sequence[str]:
        restored = self._numbers.get(place)
        if restored is None:
            return list(map(_as_text, cells))
        return [restored(_as_text(cell)) if isinstance(cell, int | float) else _as_text(cell) for cell in cells]


def _as_text(cell: Any) -> str:
    """Return a cell as a sender would have typed it."""
    if isinstance(cell, str):
        return unescape_cell(cell)
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _refuse_what_is_no_workbook(file: BinaryIO) -> None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise UnreadableFile(_BROKEN) from None
    if "xl/workbook.xml" not in names:
        if "xl/workbook.bin" in names or "content.xml" in names:
            raise UnreadableFile(
                "Regnearket er lagret i et format som ikke leses (.xlsb eller .ods). Lagre det som .xlsx."
            )
        raise UnreadableFile(_NOT_A_WORKBOOK)
    if unpacked > LARGEST_UNPACKED:
        raise UnreadableFile(
            f"Regnearket er større enn {LARGEST_UNPACKED // (1024 * 1024)} MB utpakket. Lagre det som CSV UTF-8."
        )


def _load(file: BinaryIO) -> python_calamine.CalamineWorkbook:
    file.seek(0)
    try:
        return python_calamine.load_workbook(file)
    except BaseException as error:
        raise _broken(error) from None


def _broken(error: BaseException) -> BaseException:
    """Return what to raise: the reader below panics on some broken files, with what is no ordinary exception."""
    return error if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError) else UnreadableFile(_BROKEN)


def _find_sheet(
    workbook: python_calamine.CalamineWorkbook, known_spellings: frozenset[str]
) -> tuple[python_calamine.CalamineSheet, int, tuple[str, ...], list[str]]:
    """Return the sheet to read, the rows above its header, the header, and the names of other sheets with rows."""
    found: list[tuple[int, python_calamine.CalamineSheet, int, tuple[str, ...]]] = []
    for name in _worksheet_names(workbook):
        try:
            sheet = workbook.get_sheet_by_name(name)
            first = [tuple(map(_as_text, row)) for row in islice(sheet.iter_rows(), ROWS_TO_HEADER)]
        except BaseException as error:
            raise _broken(error) from None
        rows = [(place, cells) for place, cells in enumerate(first) if any(cells)]
        if rows:
            known, place, cells = _likeliest(rows, known_spellings)
            found.append((known, sheet, place, tuple(cell.strip() for cell in cells)))
    if not found:
        raise UnreadableFile("Regnearket er tomt: ingen av arkene har rader.")
    _, sheet, place, header = max(found, key=lambda candidate: candidate[0])
    return sheet, place, header, [other.name for _, other, _, _ in found if other is not sheet]


def _likeliest(
    rows: list[tuple[int, tuple[str, ...]]], known_spellings: frozenset[str]
) -> tuple[int, int, tuple[str, ...]]:
    weighed = [(len({spelled(cell) for cell in cells} & known_spellings), place, cells) for place, cells in rows]
    return max(weighed, key=lambda candidate: (candidate[0], -candidate[1]))


def _worksheet_names(workbook: python_calamine.CalamineWorkbook) -> list[str]:
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == python_calamine.SheetVisibleEnum.Visible]
    return visible or [sheet.name for sheet in sheets]
