"""The rows that passed, spilled to a temporary file as PostgreSQL's COPY text; typed rows are made on demand."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import methodcaller
from typing import NamedTuple, get_args, get_type_hints

import numpy as np
import numpy.typing as npt

from fotfeste.integrations.sources import INTAKE_FIELDS, IntakeRow

_IN_MEMORY = 8 << 20


class _Span(NamedTuple):
    offset: int
    length: int
    first: int
    last: int


class StagedRows:
    """
    Accepted rows in file order. The file is nameless and gone when it is closed: it holds personal data.

    Text of the fields has neither tabs nor line breaks, so only the backslash is escaped; empty means NULL.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close()
        self._spans: list[_Span] = []
        self._withdrawn = np.zeros(0, dtype=np.int64)
        self._end = 0

    def append(self, row_nos: Sequence[int], bodies: Sequence[str]) -> None:
        """Add rows: number, and the other fields joined by tabs."""
        if not row_nos:
            return
        text = "\n".join(map("\t".join, zip(map(str, row_nos), bodies, strict=True))) + "\n"
        data = (text.replace("\\", "\\\\") if "\\" in text else text).encode()
        self._file.write(data)
        self._spans.append(_Span(self._end, len(data), row_nos[0], row_nos[-1]))
        self._end += len(data)

    def withdraw(self, row_nos: npt.NDArray[np.int64]) -> None:
        """Leave rows out after all: a later row contradicts or repeats them."""
        self._withdrawn = np.union1d(self._withdrawn, row_nos)

    def copy_blocks(self) -> Iterator[bytes]:
        """Yield text for ``COPY … (INTAKE_FIELDS) FROM STDIN WITH (FORMAT text, NULL '')``."""
        for span in self._spans:
            data = self._read(span)
            first, last = np.searchsorted(self._withdrawn, (span.first, span.last + 1))
            if first < last:
                left_out = set(self._withdrawn[first:last].tolist())
                data = b"".join(line for line in data.splitlines(keepends=True) if _row_no(line) not in left_out)
            if data:
                yield data

    def rows(self) -> Iterator[list[IntakeRow]]:
        """Yield the same rows typed, in lists of some thousands."""
        for data in self.copy_blocks():
            lines = data.decode().replace("\\\\", "\\").split("\n")[:-1]
            columns = zip(*map(methodcaller("split", "\t"), lines), strict=True)
            typed = [list(map(kind, column)) for kind, column in zip(_typed(), columns, strict=True)]
            yield list(map(IntakeRow._make, zip(*typed, strict=True)))

    def close(self) -> None:
        """Forget everything."""
        self._file.close()

    def _read(self, span: _Span) -> bytes:
        self._file.seek(span.offset)
        return self._file.read(span.length)


def _row_no(line: bytes) -> int:
    return int(line[: line.index(b"\t")])


class _Remembered(dict[str, object]):
    """Text to typed value, ``None`` where nothing is said; days, years and answers repeat."""

    def __init__(self, convert: Callable[[str], object]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, text: str) -> object:
        value = self._convert(text) if text else None
        if len(self) < 100_000:
            self[text] = value
        return value


def _typed() -> list[Callable[[str], object]]:
    """Return a converter per field of `IntakeRow`, by its annotation."""
    converters: dict[type, Callable[[str], object]] = {
        date: _Remembered(date.fromisoformat).__getitem__,
        int: _Remembered(int).__getitem__,
        bool: _Remembered("t".__eq__).__getitem__,
        float: _Remembered(float).__getitem__,
        str: lambda text: text or None,
    }
    hints = get_type_hints(IntakeRow)
    kinds = [
        next(kind for kind in (get_args(hints[name]) or (hints[name],)) if kind in converters) for name in INTAKE_FIELDS
    ]
    return [converters[kind] for kind in kinds]
