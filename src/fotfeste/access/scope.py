"""Entering an actor's scope: the only way any row about a youth becomes visible."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date

import pghistory
from django.db import connection, transaction

from fotfeste.access.actor import Actor
from fotfeste.kernel import clock

_current: ContextVar[tuple[Actor, date] | None] = ContextVar("fotfeste_actor", default=None)


def current_actor() -> Actor | None:
    """Return whoever is acting in this context, for the log."""
    entered = _current.get()
    return entered[0] if entered else None


def _tell_database(entered: tuple[Actor, date] | None) -> None:
    with connection.cursor() as cursor:
        if entered is None:
            cursor.execute("SELECT access_leave()")
        elif entered[0].is_system:
            counties = list(entered[0].system_counties)
            cursor.execute(
                "SELECT access_enter_system(%s, %s::smallint[], %s)", [entered[0].user_id, counties, entered[1]]
            )
        else:
            cursor.execute("SELECT access_enter(%s, %s)", [entered[0].user_id, entered[1]])


@contextlib.contextmanager
def acting_as(actor: Actor, *, on: date | None = None) -> Iterator[Actor]:
    """
    Run a block as an actor, in one transaction whose settings the row policies read.

    The database works out from the role table which units and counties are open; they are local to the
    transaction, so a connection returned to a pool carries nothing over. Scopes nest: leaving restores the outer one.

    :param on: the day on which roles and grants must hold; today unless given.
    """
    before = _current.get()
    entered = (actor, on or clock.today())
    # The history of rows (django-pghistory) remembers on whose behalf each change was made.
    with transaction.atomic(), pghistory.context(user=actor.user_id):
        _tell_database(entered)
        token = _current.set(entered)
        try:
            yield actor
        finally:
            _current.reset(token)
            if connection.in_atomic_block and not connection.needs_rollback and connection.is_usable():
                _tell_database(before)
