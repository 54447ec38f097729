"""Entering an actor's scope: the only way any row about a youth becomes visible."""

import contextlib
import json
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Q
from psycopg.pq import TransactionStatus

from fotfeste.access import bounds
from fotfeste.access.actor import Actor
from fotfeste.access.topics import Topic
from fotfeste.kernel import clock

_current: ContextVar[tuple[Actor, date] | None] = ContextVar("fotfeste_actor", default=None)
_bounds: ContextVar[bounds.Bounds] = ContextVar("fotfeste_bounds", default=bounds.NONE)


def current_actor() -> Actor | None:
    """Return whoever is acting in this context, for the log."""
    entered = _current.get()
    return entered[0] if entered else None


def within(topic: Topic) -> Q:
    """Return a condition that holds for all rows the one acting sees of a topic; empty when there is none to say."""
    bound = _bounds.get().get(topic)
    return bound.condition() if bound else Q()


# The history of rows (django-pghistory's triggers) reads on whose behalf a change is made from these two settings. They
# are set once for the scope: the library's own context adds a statement to every query and cannot take executemany.
_HISTORY = "set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"


def _tell_database(entered: tuple[Actor, date] | None) -> bounds.Bounds:
    """Enter in the database, and return within what the actor's rows lie."""
    entering = "access_leave()"
    values: list[Any] = []
    metadata: dict[str, int] = {}
    if entered is not None:
        actor, on = entered
        metadata = {"user": actor.user_id}
        if actor.is_system:
            entering = "access_enter_system(%s, %s::smallint[], %s)"
            values = [actor.user_id, list(actor.system_counties), on]
        else:
            entering, values = "access_enter(%s, %s)", [actor.user_id, on]
    with connection.cursor() as cursor:
        asked = f"SELECT {entering}, {_HISTORY}, {bounds.ASKED}"
        cursor.execute(asked, [*values, str(uuid4()), json.dumps(metadata)])
        told = cursor.fetchone()[3:]
    return bounds.read(entered[0], told) if entered else bounds.NONE


@contextlib.contextmanager
def because(code: str) -> Iterator[None]:
    """
    Say why rows are changed in a block, for their history: a code, never a text somebody has written.

    Does nothing outside a scope, and for an empty code.
    """
    entered = _current.get()
    if entered is None or not code:
        yield
        return
    _tell_history({"user": entered[0].user_id, "why": code})
    try:
        yield
    finally:
        if _can_be_told():
            _tell_history({"user": entered[0].user_id})


def _tell_history(metadata: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_HISTORY}", [str(uuid4()), json.dumps(metadata)])


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
    ends_with_transaction = not connection.in_atomic_block
    with transaction.atomic():
        bound = _bounds.set(_tell_database(entered))
        token = _current.set(entered)
        try:
            yield actor
        finally:
            _current.reset(token)
            _bounds.reset(bound)
            if not ends_with_transaction and _can_be_told():
                # What was granted inside may lie outside of what the outer scope was told when it was entered.
                _bounds.set(_tell_database(before))


def _can_be_told() -> bool:
    """Say whether the transaction is whole. The connection knows, without asking the database."""
    if not connection.in_atomic_block or connection.needs_rollback or connection.connection is None:
        return False
    return connection.connection.info.transaction_status == TransactionStatus.INTRANS
