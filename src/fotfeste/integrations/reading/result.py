"""What a reading gives: the rows, what was wrong with the others, and what is worth saying about the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from fotfeste.integrations.reading.errors import RowError
from fotfeste.integrations.reading.rejects import Rejects, Spill
from fotfeste.integrations.reading.staging import StagedRows
from fotfeste.integrations.sources import IntakeRow, RowDefinition


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about the file as a whole. Sentences are Norwegian and may be shown as they are."""

    file_format: str
    """``csv``, ``xlsx`` or ``json``."""
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    """The sender's headers, or the paths of a JSON element."""
    mapping: Mapping[str, str]
    """Canonical header to the sender's header, as it was used."""
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    size: int
    warnings: tuple[str, ...]
    sender_failed: bool = False
    """Whether the sender itself says that it could not give everything."""


@dataclass(slots=True)
class Reading:
    """
    A file read to the end. Use it as a context manager: it holds personal data in nameless temporary files.

    ``rows_seen`` = ``accepted`` + ``len(rejects)`` + ``repeated``.
    """

    definition: RowDefinition
    meta: Meta
    rows_seen: int
    accepted: int
    repeated: int
    """Rows wholly alike an earlier row, counted once."""
    one_row_a_number: bool
    """Whether no identity number stands in two rows, so far as is known."""
    rejects: Rejects
    """Iterates `RowError`; its length is the number of rejected rows."""
    remarks: Spill[RowError]
    """What a person should look at in rows that were taken in all the same, as a telephone number dropped."""
    staged: StagedRows = field(repr=False)

    def rows(self) -> Iterator[list[IntakeRow]]:
        """Yield the accepted rows in file order, in lists of some thousands; may be asked again."""
        return self.staged.rows()

    def copy_blocks(self) -> Iterator[bytes]:
        """Yield the same rows for ``COPY staging (INTAKE_FIELDS) FROM STDIN WITH (FORMAT text, NULL '')``."""
        return self.staged.copy_blocks()

    def close(self) -> None:
        """Delete what was kept of the rows."""
        self.staged.close()
        self.rejects.close()
        self.remarks.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
