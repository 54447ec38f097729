"""
Rows of several tables in one round trip, by statements that are written once.

A page that shows a person reads a dozen small tables. Asked one by one, Django takes longer to write each statement
than the database to answer it, and most of the rest goes in waiting (performance of pages: benchmarks/pages.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


@dataclass(frozen=True, slots=True)
class Rows:
    """
    Rows of one model, to be read together with others.

    :ivar where: SQL, in which the table is called ``t`` and values are named: ``t.id = %(id)s``.
    :ivar order: SQL, as in ``t.first_day DESC, t.id DESC``.
    :ivar related: foreign keys whose rows are fetched along.
    """

    model: type[Model]
    where: str
    order: str
    related: tuple[str, ...] = ()


def read_together(*asked: Rows, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of each, in the order asked. Row policies decide what is among them, as ever."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("; ".join(map(_statement, asked)), values)
        for each in asked:
            make = _maker(each)
            found.append(tuple(make(row) for row in cursor.fetchall()))
            cursor.nextset()
    return found


@lru_cache(maxsize=256)
def _statement(asked: Rows) -> str:
    meta = asked.model._meta
    columns = [f't."{field.column}"' for field in meta.concrete_fields]
    joins = ""
    for name in asked.related:
        key: Any = meta.get_field(name)
        other = key.related_model._meta
        columns += [f'{name}."{field.column}"' for field in other.concrete_fields]
        joins += f" LEFT JOIN {other.db_table} {name} ON {name}.{other.pk.column} = t.{key.column}"
    return f"SELECT {', '.join(columns)} FROM {meta.db_table} t{joins} WHERE {asked.where} ORDER BY {asked.order}"


@lru_cache(maxsize=256)
def _maker(asked: Rows) -> Callable[[tuple[Any, ...]], Model]:
    """Return what makes an object, with those that belong to it, of a row."""
    make, width = _object_of(asked.model)
    parts = []
    for name in asked.related:
        key: Any = asked.model._meta.get_field(name)
        other, its_width = _object_of(key.related_model)
        parts.append((key, other, width, width + its_width))
        width += its_width

    def made(row: tuple[Any, ...]) -> Model:
        instance = make(row)
        for key, other, start, stop in parts:
            key.set_cached_value(instance, other(row[start:stop]) if row[start] is not None else None)
        return instance

    return made


def _object_of(model: type[Model]) -> tuple[Callable[[tuple[Any, ...]], Model], int]:
    """Return what makes an object of the values of a model's columns, and how many they are."""
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
    names = [field.attname for field in fields]
    read = [(at, convert) for at, field in enumerate(fields) for convert in field.get_db_converters(connection)]

    def make(values: tuple[Any, ...]) -> Model:
        kept = list(values[: len(names)])
        for at, convert in read:
            kept[at] = convert(kept[at], fields[at].cached_col, connection)
        return model.from_db(connection.alias, names, kept)

    return make, len(names)
