"""Many at once through a pooler in transaction mode: nobody is ever let see by what the last one left behind."""

import random
import threading

import psycopg
import pytest

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.kernel.database import Endpoint
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.attack.pooler import pooled

pytestmark = pytest.mark.django_db(transaction=True)

REQUESTS, CLIENTS, SERVERS = 10_000, 8, 3
_SEEN = "SELECT coalesce(array_agg(DISTINCT unit_id), '{}') FROM people_youth"


class _Client(threading.Thread):
    """Somebody's browser after somebody else's, on one connection to the pooler: each request acts as another user."""

    def __init__(self, address: str, actors: list[tuple[Actor, set[int]]], count: int, seed: int) -> None:
        super().__init__()
        self._address, self._actors, self._count = address, actors, count
        self._dice = random.Random(seed)
        self.wrong: list[str] = []
        self.asked = 0

    def run(self) -> None:
        """Ask so many times; some requests fail in the middle, and some come without anybody having logged in."""
        with psycopg.connect(self._address, autocommit=True, prepare_threshold=None) as connection:
            for _ in range(self._count):
                self._request(connection)

    def _request(self, connection: psycopg.Connection) -> None:
        self.asked += 1
        if self._dice.random() < 0.2:  # nobody is logged in
            seen = connection.execute(_SEEN).fetchone()
            assert seen is not None
            if seen[0]:
                self.wrong.append(f"nobody saw {seen[0]}")
            return
        actor, may = self._dice.choice(self._actors)
        try:
            with connection.transaction():
                connection.execute("SELECT access_enter(%s, %s)", [actor.user_id, make.TODAY])
                seen = connection.execute(_SEEN).fetchone()
                assert seen is not None
                if set(seen[0]) != may:
                    self.wrong.append(f"{actor.name} saw {seen[0]}, not {may}")
                if self._dice.random() < 0.1:  # a page that breaks
                    connection.execute("SELECT 1/0")
        except psycopg.errors.DivisionByZero:
            pass


def test_ten_thousand_requests_through_a_pooler_leak_nothing_to_each_other(committed_database: Endpoint):
    # Given counsellors of five schools, a district without anybody, and the county's administration
    schools = [make.unit(name=f"Skole {number}") for number in range(5)]
    for school in schools:
        make.case(school)
    actors = [(make.actor(Role.COUNSELLOR, school), {school.pk}) for school in schools]
    actors.append((make.actor(Role.DISTRICT_CONTACT, make.unit(UnitKind.DISTRICT)), set()))
    everybody = {school.pk for school in schools}
    actors.append((make.actor(Role.EDUCATION_ADMIN, make.education_admin()), everybody))
    # When they all ask at once over fewer connections than there are clients
    with pooled(committed_database, size=SERVERS) as address:
        clients = [_Client(address, actors, REQUESTS // CLIENTS, seed) for seed in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    # Then each saw their own and no more
    assert sum(client.asked for client in clients) == REQUESTS
    assert [wrong for client in clients for wrong in client.wrong] == []
