"""
How many open registrations pass each of many conditions, in one statement.

Django writes a condition anew each time it is asked, which takes longer than counting; so those that are the same for
everybody are written once a day, by whoever keeps them (docs/adr/0022).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from fotfeste.casework.models import Registration


@dataclass(frozen=True, slots=True)
class Written:
    """A condition on a registration as SQL, with its values."""

    text: str
    values: tuple[Any, ...] = ()

    @property
    def condition(self) -> Q:
        """Return it as part of a query of registrations."""
        return Q(RawSQL(self.text, self.values, output_field=BooleanField()))  # noqa: S611  written by Django, below

    def __and__(self, other: "Written") -> "Written":
        return Written(f"({self.text}) AND ({other.text})", (*self.values, *other.values))


ALL = Written("true")


def written(asked: Q) -> Written:
    """
    Write what is asked of a registration: its own columns, or ``Exists`` of other rows.

    :raises ValueError: it asks of another table by a join, for which there is no room in a condition.
    """
    query = Registration.objects.filter(asked).query
    if sum(map(bool, query.alias_refcount.values())) > 1:
        raise ValueError("a condition that is counted asks of the registration itself")
    try:
        text, values = query.where.as_sql(query.get_compiler(connection=connection), connection)
    except EmptyResultSet:
        return Written("false")
    except FullResultSet:
        return ALL
    return Written(text, tuple(values))


def answered_at(unit_ids: list[int], county_ids: list[int]) -> Written:
    """Write that a registration stands at one of the units, or in one of the counties."""
    table = Registration._meta.db_table
    return Written(f"{table}.unit_id = ANY (%s) OR {table}.county_id = ANY (%s)", (unit_ids, county_ids))


def count_by(rows: QuerySet[Registration], asked: Mapping[str, Written]) -> dict[str, int]:
    """Return how many of the registrations pass each condition."""
    columns = ", ".join(f"count(*) FILTER (WHERE {each.text})" for each in asked.values())
    values = [value for each in asked.values() for value in each.values]
    array = RawSQL(f"ARRAY[{columns}]", values)  # noqa: S611  written by Django, above
    counted = rows.order_by().values_list(array, flat=True)
    found = next(iter(counted), None) or [0] * len(asked)
    return dict(zip(asked, found, strict=True))
