"""Rows of a model that are added and changed by many small acts, and written at once."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connection, models

Row = TypeVar("Row", bound=models.Model)


class ToWrite(Generic[Row]):
    """
    What is to be written of a model. A row has its id from the moment it is added, so that others can name it.

    Whoever adds and changes decides when what was changed is written, and when what was added.
    """

    def __init__(self, model: type[Row], *, ids_at_once: int) -> None:
        """:param ids_at_once: how many rows are likely to be added."""
        self._model, self._ids_at_once = model, ids_at_once
        self._ids: Iterator[int] = iter(())
        self._added: dict[int, Row] = {}
        self._changed: dict[int, Row] = {}
        self._fields: set[str] = set()

    def add(self, **given: Any) -> Row:
        """Return a row that is to be added."""
        pk = next(self._ids, None)
        if pk is None:
            self._ids = _take_ids(self._model, self._ids_at_once)
            pk = next(self._ids)
        row = self._added[pk] = self._model(pk=pk, **given)
        return row

    def change(self, row: Row, fields: Iterable[str]) -> None:
        """Take note that some fields of a row were changed."""
        if row.pk not in self._added:
            self._changed[row.pk] = row
            self._fields.update(fields)

    def write_changed(self) -> None:
        """Write those that were changed."""
        write_fields(self._changed.values(), sorted(self._fields))
        self._changed, self._fields = {}, set()

    def write_added(self) -> None:
        """Write those that were added."""
        self._model._default_manager.bulk_create(self._added.values())
        self._added = {}


def write_fields(rows: Iterable[models.Model], fields: Iterable[str]) -> None:
    """
    Write some fields of rows of one model, each row once, with one statement.

    Django's ``bulk_update`` writes a case for each row and field, and spends most of its time on making them.

    :raises DatabaseError: a row is not there, or may not be written here.
    """
    to_write = list(rows)
    if not to_write:
        return
    meta = type(to_write[0])._meta
    written = [meta.get_field(name) for name in fields]
    assert all(isinstance(field, models.Field) for field in written)
    columns: list[models.Field[Any, Any]] = [meta.pk, *written]  # type: ignore[list-item]
    quote = connection.ops.quote_name
    names = [quote(str(field.column)) for field in columns]
    table, given = quote(meta.db_table), ", ".join(f"%s::{_kind(field)}[]" for field in columns)
    change = ", ".join(f"{name} = given.{name}" for name in names[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS stood SET {change} FROM unnest({given}) AS given({', '.join(names)})"
            f" WHERE stood.{names[0]} = given.{names[0]}",
            [[_value(field, row) for row in to_write] for field in columns],
        )
        if cursor.rowcount != len(to_write):
            raise DatabaseError("Not all rows that were changed could be written.")


def _kind(field: "models.Field[Any, Any]") -> str:
    """Return the type of a field's column; without its length, which a cast would cut to instead of refusing."""
    return str(field.db_type(connection)).partition("(")[0]


def _value(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    value = field.get_db_prep_save(getattr(row, field.attname), connection)
    return value.value if isinstance(value, Enum) else value


def _take_ids(model: type[models.Model], count: int) -> Iterator[int]:
    """Return so many ids that nobody else gets. One that is not used is never used."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
        )
        return iter([int(found) for (found,) in cursor.fetchall()])
