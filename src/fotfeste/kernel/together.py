"""
Rows of several tables in one round trip, by statements that are written once.

A page that shows a person reads two dozen small tables. Asked one by one, Django takes longer to write each statement
than the database to answer it, and most of the rest goes in waiting; and the database takes far longer to plan each,
with its row policies, than to find the rows. So they are sent together, and prepared on the connection that answers
(docs/adr/0022; performance of pages: benchmarks/pages.py).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from fotfeste.kernel.written import Written, text_of


@dataclass(frozen=True, slots=True)
class Rows:
    """
    Rows of one model, to be read together with others.

    :ivar where: SQL, in which the table is called ``t`` and values are named: ``t.id = %(id)s``.
    :ivar order: SQL, as in ``t.first_day DESC, t.id DESC``.
    :ivar related: foreign keys whose rows are fetched along.
    :ivar without: fields that are not read, such as the contents of a file; asked of an object, they are fetched then.
    :ivar is_open: whether the table has no row policies, so that nothing is won by preparing what reads it alone.
    """

    model: type[Model]
    where: str
    order: str
    related: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    is_open: bool = False


Asked = Rows | Written

#: No column of ours holds so large a number; whoever writes an address may.
_TOO_LARGE = 2**63


def read_together(*asked: Asked, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """
    Return the rows of each, in the order asked. Row policies decide what is among them, as ever.

    :param values: whole numbers, lists of them, days and moments. A number larger than any row's finds nothing, as when
        Django asks.
    """
    if not all(_may_be_there(value) for value in values.values() if isinstance(value, int)):
        return [() for _each in asked]
    values = {name: _those_that_may(value) if isinstance(value, list) else value for name, value in values.items()}
    found = []
    with connection.cursor() as cursor:
        if connection.in_atomic_block and not all(each.is_open for each in asked):
            cursor.execute(_prepared(asked, values), values)
            cursor.nextset()
        else:
            cursor.execute("; ".join(map(_statement, asked)), values)
        for each in asked:
            found.append(_reader(each)(cursor.fetchall()))
            cursor.nextset()
    return found


def _may_be_there(number: int) -> bool:
    return -_TOO_LARGE <= number < _TOO_LARGE


def _those_that_may(values: list[Any]) -> list[Any]:
    return [each for each in values if not isinstance(each, int) or _may_be_there(each)]


def names_of(model: type[Model], ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of some rows of a table that has names, by id."""
    wanted = [each for each in ids if each is not None]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, name FROM {model._meta.db_table} WHERE id = ANY (%s)", [wanted])
        return dict(cursor.fetchall())


def _prepared(asked: tuple[Asked, ...], values: Mapping[str, Any]) -> str:
    """
    Return what runs the prepared statements, having prepared those this connection of the database lacks.

    That it has them all is a setting of the connection, and asked for every time: a pooler may give another connection
    for each transaction. The setting goes if the transaction that set it is undone, the statements do not; so they are
    looked for before they are made. A plan made for any values is asked for, since the database holds a list of
    unknown length for dearer than it is, and would plan anew each time.
    """
    each_prepared = _preparations(asked, tuple((name, type(value)) for name, value in values.items()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [each_prepared.setting])
        if cursor.fetchone() != ("yes",):
            cursor.execute("SELECT name FROM pg_prepared_statements")
            has = {name for (name,) in cursor.fetchall()}
            for name, statement in each_prepared.statements.items():
                if name not in has:
                    cursor.execute(statement)
            cursor.execute("SELECT set_config(%s, 'yes', false)", [each_prepared.setting])
    return each_prepared.execute


_PLANS = "SET LOCAL plan_cache_mode"
_TYPES = {int: "bigint", list: "bigint[]", date: "date", datetime: "timestamptz"}


@dataclass(frozen=True, slots=True)
class _Prepared:
    """
    Statements that are prepared once on a connection.

    :ivar setting: says of a connection that it has them.
    :ivar statements: what prepares each, by name.
    """

    setting: str
    statements: Mapping[str, str]
    execute: str


@lru_cache(maxsize=256)
def _preparations(asked: tuple[Asked, ...], values: tuple[tuple[str, type], ...]) -> _Prepared:
    statements, executed = {}, []
    for rows in asked:
        each = _statement(rows)
        used = [(name, kind) for name, kind in values if f"%({name})s" in each]
        types = ", ".join(_TYPES[kind] for _name, kind in used)
        numbered = each % {name: f"${at}" for at, (name, _kind) in enumerate(used, 1)}
        name = f"together_{_digest(numbered + types + _columns(rows))}"
        statements[name] = f"PREPARE {name} ({types}) AS {numbered}"
        executed.append(f"EXECUTE {name} ({', '.join(f'%({name})s' for name, _kind in used)})")
    all_of_them = _digest("".join(sorted(statements)))
    return _Prepared(
        f"together.has_{all_of_them}",
        statements,
        "; ".join((f"{_PLANS} = force_generic_plan", *executed, f"{_PLANS} = auto")),
    )


def _columns(asked: Asked) -> str:
    """
    Return what type each column is of. A prepared statement whose columns have got another type is refused, and behind
    a pooler it outlives the program that prepared it: a release that makes a column wider asks by another name.
    """
    if isinstance(asked, Written):
        return ",".join(text_of(asked).columns)
    meta = asked.model._meta
    models = [meta, *(meta.get_field(name).related_model._meta for name in asked.related)]  # type: ignore[union-attr]
    return ",".join(str(field.db_type(connection)) for each in models for field in each.concrete_fields)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


@lru_cache(maxsize=256)
def _statement(asked: Asked) -> str:
    if isinstance(asked, Written):
        return text_of(asked).statement
    meta = asked.model._meta
    columns = [f't."{field.column}"' for field in meta.concrete_fields if field.name not in asked.without]
    joins = ""
    for name in asked.related:
        key: Any = meta.get_field(name)
        other = key.related_model._meta
        columns += [f'{name}."{field.column}"' for field in other.concrete_fields]
        joins += f" LEFT JOIN {other.db_table} {name} ON {name}.{other.pk.column} = t.{key.column}"
    return f"SELECT {', '.join(columns)} FROM {meta.db_table} t{joins} WHERE {asked.where} ORDER BY {asked.order}"


@lru_cache(maxsize=256)
def _reader(asked: Asked) -> Callable[[Iterable[tuple[Any, ...]]], tuple[Any, ...]]:
    """Return what makes of the rows of the database what was asked for: objects, with those that belong to them."""
    if isinstance(asked, Written):
        return text_of(asked).read
    make, width = _object_of(asked.model, asked.without)
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

    return lambda rows: tuple(map(made, rows))


def _object_of(model: type[Model], without: tuple[str, ...] = ()) -> tuple[Callable[[tuple[Any, ...]], Model], int]:
    """Return what makes an object of the values of a model's columns, and how many they are."""
    fields: list[Field[Any, Any]] = [each for each in model._meta.concrete_fields if each.name not in without]
    names = [field.attname for field in fields]
    read = [(at, convert) for at, field in enumerate(fields) for convert in field.get_db_converters(connection)]

    def make(values: tuple[Any, ...]) -> Model:
        kept = list(values[: len(names)])
        for at, convert in read:
            kept[at] = convert(kept[at], fields[at].cached_col, connection)
        return model.from_db(connection.alias, names, kept)

    return make, len(names)
