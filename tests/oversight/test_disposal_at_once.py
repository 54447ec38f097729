"""Two who approve the same disposal at once, and a connection that is cut while it goes: with real commits."""

import contextvars
import select
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import Error, connections
from psycopg.conninfo import conninfo_to_dict

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel.database import Endpoint
from fotfeste.kernel.errors import EditConflict
from fotfeste.law.retention import KEEP_CASE
from fotfeste.oversight.models import Disposal
from tests import factories as make
from tests.oversight.disposal.cases import approve, choose, former, make_proposal, rows_about, told_to_go

_PATIENCE = 30
_WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
def outside(committed_database: Endpoint) -> Iterator[psycopg.Connection]:
    """A connection of the database's keeper, who holds rows so that others wait, and cuts connections."""
    assert committed_database.superuser_url
    name = conninfo_to_dict(committed_database.app_url)["dbname"]
    with psycopg.connect(committed_database.superuser_url, dbname=name) as connection:
        yield connection


@pytest.fixture
def proposal(outside) -> Disposal:
    """Somebody who is due, with rows of several kinds, whom the county's administration has proposed."""
    choose(KEEP_CASE, "years_5")
    told_to_go(former(make.unit()))
    return make_proposal(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))


@pytest.fixture
def officers(outside):
    """Two who may approve it."""
    return [make.actor(Role.PRIVACY_OFFICER, make.education_admin()) for _ in range(2)]


class _Act(threading.Thread):
    """Does something over a connection of its own, and keeps what came of it."""

    def __init__(self, act: Callable[[], Any]) -> None:
        super().__init__()
        self._act, self._context = act, contextvars.copy_context()
        self.came: Any = None

    def run(self) -> None:
        try:
            self.came = self._context.run(self._act)
        except (EditConflict, Error) as problem:
            self.came = problem
        finally:
            connections.close_all()


def _wait_for(outside: psycopg.Connection, count: int) -> list[int]:
    """Return who waits for a lock, when there are so many."""
    last = time.monotonic() + _PATIENCE
    while len(pids := [pid for (pid,) in outside.execute(_WAITING)]) < count:
        assert time.monotonic() < last, "nobody waits"
        outside.execute("SELECT pg_stat_clear_snapshot()")
        select.select([], [], [], 0.02)
    return pids


def _state(actor) -> tuple[str, list[str]]:
    with acting_as(actor):
        logged = AuditEntry.objects.filter(verb__startswith="disposal.").order_by("id")
        return Disposal.objects.get().state, list(logged.values_list("verb", flat=True))


def test_of_two_who_approve_at_once_one_does_and_the_other_is_told(outside, proposal, officers):
    # Given two who press at the same time, the one in the middle of it while the other comes
    youth_ids = list(proposal.youth_ids)
    outside.execute("SELECT FROM people_youth WHERE id = ANY (%s) FOR UPDATE", [youth_ids])
    acts = [_Act(lambda actor=actor: approve(actor, proposal)) for actor in officers]
    for act in acts:
        act.start()
    _wait_for(outside, 2)
    # When they go on
    outside.rollback()
    for act in acts:
        act.join(_PATIENCE)
    # Then it is done once, by one of them, and the other sees who
    (done,) = [act.came for act in acts if isinstance(act.came, Disposal)]
    (late,) = [act.came for act in acts if isinstance(act.came, EditConflict)]
    assert done.decided_by.name in late.theirs.values()
    assert rows_about(*youth_ids) == {}
    assert _state(officers[0]) == ("done", ["disposal.proposed", "disposal.approved", "disposal.done"])


def test_a_connection_cut_while_it_goes_leaves_everything_and_it_can_be_approved_again(outside, proposal, officers):
    # Given a disposal that has taken several tables, and waits at the registrations
    youth_ids, standing = list(proposal.youth_ids), rows_about(*proposal.youth_ids)
    outside.execute("SELECT FROM casework_registration WHERE youth_id = ANY (%s) FOR UPDATE", [youth_ids])
    act = _Act(lambda: approve(officers[0], proposal))
    act.start()
    (pid,) = _wait_for(outside, 1)
    told = outside.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()
    assert told is not None
    assert "oversight_dispose" in told[0]
    # When its connection is cut
    outside.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
    act.join(_PATIENCE)
    outside.rollback()
    # Then nothing has gone and the proposal waits, and the other one approves it
    assert isinstance(act.came, Error)
    assert rows_about(*youth_ids) == standing
    assert _state(officers[0]) == ("proposed", ["disposal.proposed"])
    approve(officers[1], proposal)
    assert rows_about(*youth_ids) == {}
