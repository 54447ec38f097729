"""
Queries Django writes once.

For a small query Django takes several times longer to write it than the database to answer it. One whose words are
always the same, and only its values others, is written the first time it is asked; ``kernel.together`` reads it with
others.
"""

from collections.abc import Callable, Iterable
from contextvars import Context
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet
from django.db.models.expressions import BaseExpression
from django.db.models.query import FlatValuesListIterable
from django.db.models.sql.compiler import SQLCompiler
from psycopg.sql import Literal


class Named(Expression):
    """
    A value that is told when the query is asked, where a condition would have the value itself.

    :ivar each: whether it is many whole numbers, for ``…__in``.
    """

    def __init__(self, name: str, *, each: bool = False) -> None:
        super().__init__()
        self.name, self.each = name, each

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        """Return a place for the value, and itself to be found by."""
        return "(SELECT unnest(%s::bigint[]))" if self.each else "%s", [self]


#: What conditions take, told now or when the query is asked. The types of Django know of no expression for a row's id.
Number = Any
Day = date | BaseExpression
Moment = datetime | BaseExpression


@dataclass(frozen=True, slots=True)
class Written:
    """
    A query by ``values_list`` that is the same whoever asks it, but for some values.

    :ivar ask: makes the query; what stands for the values are ``Named``. It is asked outside every scope, so that
        nothing of the one who happens to ask first is written into it; row policies decide what is found, as ever.
    :ivar is_open: whether it reads no table with row policies, so that nothing is won by preparing it alone.
    """

    ask: Callable[[], QuerySet[Any, Any]]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """
    What Django wrote.

    :ivar statement: the SQL, in which values are named: ``%(county_id)s``.
    :ivar columns: the type of each column.
    :ivar read: makes of the rows of the database what the query would have given.
    """

    statement: str
    columns: tuple[str, ...]
    read: Callable[[Iterable[tuple[Any, ...]]], tuple[Any, ...]]


@lru_cache(maxsize=256)
def text_of(written: Written) -> Text:
    """
    Return what Django writes of a query.

    :raises ValueError: the query gives objects, which Django makes otherwise.
    """
    return Context().run(_text_of, written)


def _text_of(written: Written) -> Text:
    rows = written.ask()
    if not rows._fields:  # type: ignore[attr-defined]
        raise ValueError(rows.model)
    compiler = rows.query.get_compiler(connection.alias)
    statement, values = compiler.as_sql()
    expressions = [expression for expression, *_rest in compiler.select]
    converters = compiler.get_converters(expressions)
    is_flat = issubclass(rows._iterable_class, FlatValuesListIterable)  # type: ignore[attr-defined]

    def read(found: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
        converted = compiler.apply_converters(found, converters) if converters else found
        return tuple(row[0] if is_flat else tuple(row) for row in converted)

    types = tuple(str(each.output_field.db_type(connection)) for each in expressions)
    return Text(statement.replace("%%", "%%%%") % tuple(map(_placed, values)), types, read)


def _placed(value: Any) -> str:
    if isinstance(value, Named):
        return f"%({value.name})s"
    return Literal(value).as_string(connection.connection).replace("%", "%%")
