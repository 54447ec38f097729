"""A file of ours that comes back filled in: the columns it left with, and nothing else."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fotfeste.integrations.reading.blocks import Format
from fotfeste.integrations.reading.delimited import DelimitedFile
from fotfeste.integrations.reading.errors import UnreadableFile, listed
from fotfeste.integrations.reading.layout import spelled
from fotfeste.integrations.reading.survey import FileKind, survey
from fotfeste.integrations.reading.workbook import WorkbookFile

_AS_IT_WAS = "Bruk filen slik den ble tatt ut, og skriv bare svarene."


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """
    One row, by the headings the file left with.

    :ivar fault: why its cells cannot be told apart; the cells are then empty.
    """

    row_no: int
    cells: dict[str, str]
    fault: str = ""


def read_returned(file: BinaryIO, *, headers: Sequence[str], largest: int, most_rows: int) -> list[ReturnedRow]:
    """
    Read a table that left the product with these headings.

    :param largest: bytes of the file. ``most_rows`` is how many rows one may have.
    :raises UnreadableFile: it is no table, it is too large, or its columns are not those it left with.
    """
    looked_at = survey(file, largest=largest)
    spellings = frozenset(map(spelled, headers))
    if looked_at.kind is FileKind.ZIP:
        book = WorkbookFile(file, known_spellings=spellings)
        try:
            return list(_rows(book, headers, most_rows))
        finally:
            book.close()
    return list(_rows(DelimitedFile(file, encoding=looked_at.encoding, known_spellings=spellings), headers, most_rows))


def _rows(content: Format, headers: Sequence[str], most_rows: int) -> Iterator[ReturnedRow]:
    places = _places(content.header, headers)
    seen = 0
    for block in content.blocks():
        seen += len(block.row_nos) + len(block.malformed)
        if seen > most_rows:
            raise UnreadableFile(f"Filen har flere enn {most_rows} rader og leses ikke. {_AS_IT_WAS}")
        for each in block.malformed:
            yield ReturnedRow(each.row_no, {}, each.sentence)
        for at, row_no in enumerate(block.row_nos):
            yield ReturnedRow(row_no, {name: block.cells[place][at].strip() for name, place in places.items()})


def _places(found: Sequence[str], headers: Sequence[str]) -> dict[str, int]:
    """Return where each heading stands."""
    wanted = {spelled(name): name for name in headers}
    counts = Counter(spelled(cell) for cell in found if cell)
    missing = [name for key, name in wanted.items() if not counts[key]]
    if missing:
        raise UnreadableFile(f"Filen mangler {listed(missing)} i overskriften. {_AS_IT_WAS}")
    twice = [name for key, name in wanted.items() if counts[key] > 1]
    if twice:
        raise UnreadableFile(f"{listed(twice)} står flere ganger i overskriften. {_AS_IT_WAS}")
    added = [cell for cell in found if cell and spelled(cell) not in wanted]
    if added:
        raise UnreadableFile(f"Filen har fått {listed(added)} i overskriften. Ta det bort. {_AS_IT_WAS}")
    return {wanted[spelled(cell)]: place for place, cell in enumerate(found) if cell}
