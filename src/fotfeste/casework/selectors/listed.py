"""Open registrations as a list shows them: who the youth is, whose, and how the case stands, in one statement."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, QuerySet, Subquery, When
from django.db.models.expressions import OrderBy

from fotfeste.access import selectors as access
from fotfeste.casework.models import Registration
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.organisations.selectors import units


def _unless_protected(field: str) -> OrderBy:
    """Order by where the youths are; a place in the order must not tell where a protected one is."""
    return Case(When(youth__protection="none", then=F(field)), default=None).asc(nulls_last=True)


# Each order ends with the key, so that pages never overlap.
ORDERS = {
    "promise": (F("next_promise_on").asc(nulls_last=True), F("status_confirm_by").asc(nulls_last=True), "pk"),
    "unknown": (F("unknown_since").asc(nulls_last=True), F("status_confirm_by").asc(nulls_last=True), "pk"),
    "name": ("youth__name_key", "pk"),
    "status": ("status_code", "status_since", "pk"),
    "since": ("status_since", "pk"),
    "contact": (F("last_contact_on").asc(nulls_first=True), "pk"),
    "attempt": (F("last_attempt_on").asc(nulls_first=True), "pk"),
    "confirm": (F("status_confirm_by").asc(nulls_last=True), "pk"),
    "born": ("youth__born", "pk"),
    "attempts": ("attempts", "pk"),
    "reason": ("reason", "first_day", "pk"),
    "unit": (_unless_protected("youth__unit__name"), F("counsellor__name").asc(nulls_last=True), "pk"),
    "district": (_unless_protected("district_code"), "pk"),
}


class ListedCase(NamedTuple):
    """What a list shows of an open registration, of a case that has three times as much."""

    registration_id: int
    youth_id: int
    county_id: int
    unit_id: int
    version: int
    status_code: str
    status_since: date
    status_confirm_by: date | None
    unknown_since: date | None
    last_contact_on: date | None
    last_attempt_on: date | None
    attempts: int
    next_promise_on: date | None
    reason: str
    district_code: str
    is_preventive: bool
    first_name: str
    last_name: str
    born: date
    protection: str
    unit_name: str
    counsellor_name: str | None


_OF_REGISTRATION = ("pk", *ListedCase._fields[1:16])
_OF_YOUTH = ("youth__first_name", "youth__last_name", "youth__born", "youth__protection")
# Looked up for those few shown, not joined with everybody who is put in order.
_NAMES = {
    "unit_name": Subquery(units.name_of("youth__unit_id")),
    "counsellor_name": Subquery(access.name_of("counsellor_id")),
}


def listed(
    *, found: QuerySet[Registration], order: str = "promise", descending: bool = False, start: int = 0, count: int
) -> list[ListedCase]:
    """
    Return a portion of the registrations in one of ``ORDERS``.

    In most orders which they are is settled first, by the registrations alone; only those few are joined with the rest.
    """
    terms = ORDERS.get(order, ORDERS["promise"])
    terms = tuple(map(_turned, terms)) if descending else terms
    columns = [_column_of(term) for term in terms]
    if all(columns):
        return _of_few(found.order_by(*terms), tuple(filter(None, columns)), terms, start, count)
    rows = found.order_by(*terms).annotate(**_NAMES).values_list(*_OF_REGISTRATION, *_OF_YOUTH, *_NAMES)
    return [ListedCase(*row) for row in rows[start : start + count]]


def listed_by_youth(*, youth_ids: Sequence[int]) -> dict[int, ListedCase]:
    """Return the open registration of each youth that has one, by youth."""
    found = open_registrations().filter(youth_id__in=youth_ids)
    rows = found.order_by("pk").annotate(**_NAMES).values_list(*_OF_REGISTRATION, *_OF_YOUTH, *_NAMES)
    return {row.youth_id: row for row in (ListedCase(*each) for each in rows)}


def _turned(term: str | OrderBy) -> OrderBy:
    """Turn one part of an order round; what is blank and last stays last."""
    if isinstance(term, str):
        return F(term).desc()
    return term.expression.desc(nulls_last=True)


def _column_of(term: str | OrderBy) -> str:
    """Return the registration's own column an order goes by; empty when it goes by something else."""
    name = term if isinstance(term, str) else getattr(term.expression, "name", "")
    return name if "__" not in name else ""


def _of_few(
    found: QuerySet[Registration],
    columns: tuple[str, ...],
    terms: tuple[str | OrderBy, ...],
    start: int,
    count: int,
) -> list[ListedCase]:
    few = found.values(*dict.fromkeys((*_OF_REGISTRATION, "counsellor_id", *columns)))[start : start + count]
    try:
        those, values = few.query.sql_with_params()
    except EmptyResultSet:
        return []
    order = ", ".join(_written(column, term) for column, term in zip(columns, terms, strict=True))
    statement = f"""SELECT {", ".join(f"r.{name}" for name in _OF_REGISTRATION)},
        y.first_name, y.last_name, y.born, y.protection, u.name, w.name
        FROM ({those}) r JOIN people_youth y ON y.id = r.youth_id JOIN organisations_unit u ON u.id = y.unit_id
        LEFT JOIN access_user w ON w.id = r.counsellor_id ORDER BY {order}"""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [ListedCase(*row) for row in cursor.fetchall()]


def _written(column: str, term: str | OrderBy) -> str:
    """Write one part of an order again for those few."""
    if isinstance(term, str):
        return f"r.{column}"
    blanks = "LAST" if term.nulls_last else "FIRST" if term.nulls_first else ""
    return f"r.{column} {'DESC' if term.descending else 'ASC'}{f' NULLS {blanks}' if blanks else ''}"
