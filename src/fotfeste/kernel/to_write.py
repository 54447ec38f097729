"""Rows of a model that are added and changed by many small acts, and written at once."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from django.db import connection, models

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
        if self._changed:
            self._model._default_manager.bulk_update(self._changed.values(), sorted(self._fields))
            self._changed, self._fields = {}, set()

    def write_added(self) -> None:
        """Write those that were added."""
        self._model._default_manager.bulk_create(self._added.values())
        self._added = {}


def _take_ids(model: type[models.Model], count: int) -> Iterator[int]:
    """Return so many ids that nobody else gets. One that is not used is never used."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
        )
        return iter([int(found) for (found,) in cursor.fetchall()])
