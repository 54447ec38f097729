"""Rows that were not taken in: kept as sent, with what is wrong, and spilled to disk when there are many."""

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from fotfeste.integrations.reading.blocks import Original
from fotfeste.integrations.reading.errors import RowError

_IN_MEMORY = 4 << 20
Item = TypeVar("Item")


class RejectedRow(NamedTuple):
    """One row as the sender sent it, and everything that is wrong with it."""

    row_no: int
    original: Original
    errors: tuple[RowError, ...]

    @property
    def sentences(self) -> str:
        """All that is wrong, for one cell."""
        return " ".join(error.sentence for error in self.errors)


class Spill(Generic[Item]):
    """A list that is only added to and gone through; beyond some megabytes it lives in a nameless file."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close()
        self._count = 0

    def extend(self, items: Iterable[Item]) -> None:
        """Add the items at the end."""
        self._file.seek(0, 2)
        for item in items:
            pickle.dump(item, self._file, protocol=5)
            self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Item]:
        place = 0
        for _ in range(self._count):
            self._file.seek(place)
            item = pickle.load(self._file)  # noqa: S301 - our own nameless file, written a moment ago
            place = self._file.tell()
            yield item

    def close(self) -> None:
        """Forget everything."""
        self._file.close()


class Rejects:
    """The rejected rows in row order: those found on the way, and those later rows contradicted."""

    def __init__(self) -> None:
        self._on_the_way: Spill[RejectedRow] = Spill()
        self._afterwards: Spill[RejectedRow] = Spill()

    def add(self, rows: Iterable[RejectedRow]) -> None:
        """Add rows of one block; blocks come in row order."""
        self._on_the_way.extend(sorted(rows, key=_row_no))

    def add_afterwards(self, rows: Iterable[RejectedRow]) -> None:
        """Add rows found when the whole file was seen, in row order."""
        self._afterwards.extend(rows)

    def rows(self) -> Iterator[RejectedRow]:
        """Go through the rejected rows by row number."""
        return heapq.merge(self._on_the_way, self._afterwards, key=_row_no)

    def __iter__(self) -> Iterator[RowError]:
        """Go through every single thing that is wrong, by row number."""
        return (error for row in self.rows() for error in row.errors)

    def __len__(self) -> int:
        """Return how many rows are rejected."""
        return len(self._on_the_way) + len(self._afterwards)

    def close(self) -> None:
        """Forget everything."""
        self._on_the_way.close()
        self._afterwards.close()


def _row_no(row: RejectedRow) -> int:
    return row.row_no
