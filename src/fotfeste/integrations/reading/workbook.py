"""XLSX: values only, never formulas; dates as dates; the leading zero a number has lost put back when it must be so."""

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, cast

from fotfeste.integrations.reading.blocks import Block
from fotfeste.integrations.reading.cells import unescape_cell
from fotfeste.integrations.reading.errors import UnreadableFile, listed
from fotfeste.integrations.reading.layout import spelled
from fotfeste.integrations.reading.sheet_process import BROKEN

LARGEST_UNPACKED = 400 * 1024 * 1024
LIMITS = {"memory": 2 * 1024**3, "seconds": 120, "written": LARGEST_UNPACKED}
"""What unpacking one workbook may take: address space in bytes, time on the processor, bytes of rows."""

_PROGRAM = Path(__file__).with_name("sheet_process.py")
_NOT_A_WORKBOOK = (
    "Filen er en zip-fil, ikke et Excel-regneark, selv om den kan hete .xlsx. Pakk den ut, eller send regnearket."
)
_BROKEN = "Regnearket er ødelagt og kan ikke åpnes. Åpne det i Excel og lagre det på nytt som .xlsx."
_TOO_LARGE = "Regnearket tar for mye plass når det pakkes ut, og leses ikke. Lagre det som CSV UTF-8."

_FirstRows = tuple[str, list[list[str]]]


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
        self._rows, chosen = _unpacked(file, known_spellings)
        self.sheet_name: str = chosen.name
        self.header: Sequence[str] = chosen.header
        if chosen.others:
            self.warnings.append(
                f"Arket «{self.sheet_name}» er lest. Disse arkene er ikke lest: {listed(chosen.others)}."
            )
        if chosen.rows_above:
            self.warnings.append(
                f"Kolonneoverskriftene ble funnet på rad {chosen.rows_above + 1}. Radene over er ikke lest."
            )

    def restore_numbers(self, place: int, restored: Callable[[str], str]) -> None:
        """Pass cells of a column that are stored as numbers, not text, through `restored`."""
        self._numbers[place] = restored

    def blocks(self) -> Iterator[Block]:
        """Go through the rows below the header."""
        self._rows.seek(0)
        for line in self._rows:
            told = json.loads(line)
            for row, numbers in zip(told["rows"], told["numbers"], strict=True):
                for place in self._numbers.keys() & numbers:
                    row[place] = self._numbers[place](row[place])
            columns = [list(map(unescape_cell, column)) for column in zip(*told["rows"], strict=True)]
            yield Block(told["at"], columns)

    def close(self) -> None:
        """Delete the rows."""
        self._rows.close()


class _Chosen:
    """The sheet to read: its name, the rows above its header, the header, and the other sheets with rows."""

    def __init__(self, sheets: Sequence[_FirstRows], known_spellings: frozenset[str]) -> None:
        found: list[tuple[int, str, int, tuple[str, ...]]] = []
        for name, first in sheets:
            rows = [(place, tuple(map(unescape_cell, cells))) for place, cells in enumerate(first) if any(cells)]
            if rows:
                known, place, cells = _likeliest(rows, known_spellings)
                found.append((known, name, place, cells))
        if not found:
            raise UnreadableFile("Regnearket er tomt: ingen av arkene har rader.")
        _, self.name, self.rows_above, cells = max(found, key=lambda candidate: candidate[0])
        self.header = tuple(cell.strip() for cell in cells)
        self.others = [other for _, other, _, _ in found if other != self.name]


def _unpacked(file: BinaryIO, known_spellings: frozenset[str]) -> tuple[BinaryIO, _Chosen]:
    """Return the rows of the likeliest sheet as a nameless file, and which sheet it is."""
    rows = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - whoever asked closes it
    try:
        with _on_disk(file) as book, _started(book, rows) as process:
            told = cast(IO[str], process.stdout).readline()
            chosen = _Chosen(json.loads(told), known_spellings) if told else None
            process.communicate(json.dumps([chosen.name, chosen.rows_above + 1]) + "\n" if chosen else None)
        if process.returncode or chosen is None:
            raise UnreadableFile(_BROKEN if process.returncode == BROKEN else _TOO_LARGE)
    except BaseException:
        rows.close()
        raise
    return rows, chosen


def _started(book: IO[bytes], rows: IO[bytes]) -> subprocess.Popen[str]:
    numbers = (book.fileno(), rows.fileno())
    return subprocess.Popen(
        [sys.executable, "-I", str(_PROGRAM), *map(str, numbers), json.dumps(LIMITS)],
        pass_fds=numbers,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the library quotes what it could not read
        env={},
        text=True,
    )


def _on_disk(file: BinaryIO) -> IO[bytes]:
    """Return the file as one another process may be handed."""
    book = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    file.seek(0)
    shutil.copyfileobj(file, book, 1 << 20)
    book.seek(0)
    return cast(IO[bytes], book)


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


def _likeliest(
    rows: list[tuple[int, tuple[str, ...]]], known_spellings: frozenset[str]
) -> tuple[int, int, tuple[str, ...]]:
    weighed: list[tuple[int, int, tuple[str, ...]]] = [
        (len({spelled(cell) for cell in cells} & known_spellings), place, cells) for place, cells in rows
    ]
    return max(weighed, key=lambda candidate: (candidate[0], -candidate[1]))
