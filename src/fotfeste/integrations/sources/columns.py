"""How a source describes its rows: one annotated class per source, read once into a `RowDefinition`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import get_type_hints

from fotfeste.integrations.sources.intake import INTAKE_FIELDS
from fotfeste.integrations.sources.parsers import Parser


class Shape(StrEnum):
    """The form a source arrives in."""

    TABLE = "table"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Column:
    """
    Where a field stands in the sender's file and how its text is read.

    ``header`` is the canonical Norwegian column header, or the path inside an element of a JSON list.
    ``required`` asks for the column to be there and the value to be given; ``may_be_blank`` lifts the second.
    ``forgiving`` keeps the row when the value is bad: the value is dropped and noted. It is for contact and
    address, where losing the whole youth would be worse than losing a telephone number.
    ``when_blank`` replaces the ordinary words about a missing value.
    """

    header: str
    parser: Parser
    required: bool = False
    may_be_blank: bool = False
    forgiving: bool = False
    aliases: tuple[str, ...] = ()
    when_blank: str = ""

    @property
    def needs_value(self) -> bool:
        """Whether a row without this value is rejected."""
        return self.required and not self.may_be_blank


@dataclass(frozen=True, slots=True)
class RowDefinition:
    """One import source: what it is called, what its rows hold, and when two of its rows disagree."""

    source: str
    title: str
    shape: Shape
    row_class: type
    columns: Mapping[str, Column]
    """Normalised field name to column, in the order a file is written."""
    one_row_per_person: bool
    """Whether a second row for a person is a contradiction; school history has many rows for each."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Fields the source itself answers, in normalised text."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The canonical headers in writing order."""
        return tuple(column.header for column in self.columns.values())

    @property
    def required_headers(self) -> tuple[str, ...]:
        """The canonical headers a file must have."""
        return tuple(column.header for column in self.columns.values() if column.required)


def define(
    row_class: type,
    *,
    source: str,
    title: str,
    shape: Shape = Shape.TABLE,
    one_row_per_person: bool = True,
    constants: Mapping[str, str] | None = None,
) -> RowDefinition:
    """
    Read the annotated row class of a source into its definition.

    :raises TypeError: the class names a field `IntakeRow` does not have, or one without a `Column`.
    """
    columns: dict[str, Column] = {}
    for name, hint in get_type_hints(row_class, include_extras=True).items():
        found = [note for note in getattr(hint, "__metadata__", ()) if isinstance(note, Column)]
        if len(found) != 1 or (name not in INTAKE_FIELDS and name != "id_type"):
            raise TypeError(f"{row_class.__name__}.{name} is not a column of an intake row.")
        columns[name] = found[0]
    return RowDefinition(source, title, shape, row_class, columns, one_row_per_person, dict(constants or {}))
