"""The shape every file format is turned into: blocks of rows, held column by column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Original = tuple[str, ...] | dict[str, object] | str
"""A row as the sender sent it: the cells of a table, the element of a JSON list, or what stood there instead."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A row that has no cells to judge, with what is wrong as a whole sentence."""

    row_no: int
    original: Original
    sentence: str


@dataclass(slots=True)
class Block:
    """Some rows of a file. ``cells`` has one sequence per column of the file, all as long as ``row_nos``."""

    row_nos: Sequence[int]
    cells: Sequence[Sequence[str]]
    malformed: list[Malformed] = field(default_factory=list)
    elements: Sequence[dict[str, object]] | None = None

    def original(self, place: int) -> Original:
        """Return the row at the place as the sender sent it."""
        if self.elements is not None:
            return self.elements[place]
        return tuple(column[place] for column in self.cells)


class Format(Protocol):
    """A file whose header is known and whose rows can be gone through, again if need be."""

    header: Sequence[str]
    """The sender's column headers, or the paths inside an element."""
    warnings: list[str]
    """Sentences about the file as a whole; complete once the blocks are read."""

    def blocks(self) -> Iterator[Block]:
        """Go through the rows from the first."""
        ...
