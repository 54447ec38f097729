"""The life of an embedded server: started, shared, killed, started again, stopped."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from fotfeste.kernel.database import DatabaseProblem, Server, endpoint_for
from fotfeste.kernel.database.place import LONGEST_SOCKET_PATH


def _ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_first_start_gives_a_norwegian_utf8_database_owned_by_the_owner_role(make_server, binaries):
    endpoint = make_server(binaries=binaries).ensure_running()

    assert _ask(endpoint.app_url, "SELECT current_user::text") == "fotfeste_app"
    assert _ask(endpoint.owner_url, "SELECT current_user::text") == "fotfeste_owner"
    assert _ask(endpoint.app_url, "SHOW server_version_num")[:2] == str(binaries.major)
    assert _ask(endpoint.app_url, "SHOW server_encoding") == "UTF8"
    assert _ask(endpoint.app_url, "SELECT upper('blåbærsyltetøy')") == "BLÅBÆRSYLTETØY"
    assert _ask(endpoint.app_url, "SELECT '2026-07-01T12:00Z'::timestamptz::text") == "2026-07-01 14:00:00+02"
    assert _ask(endpoint.app_url, "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname='fotfeste'") == (
        "fotfeste_owner"
    )


def test_the_socket_is_the_only_way_in_and_only_its_owner_may_walk_there(running):
    endpoint = running.ensure_running()

    assert _ask(endpoint.superuser_url, "SHOW listen_addresses") == ""
    assert _mode(endpoint.socket_dir) == 0o700


def test_folders_are_private_and_the_ones_above_keep_their_mode(make_server, wheel, tmp_path):
    # Given folders above of which one is private and one is open
    private, ours_to_be = tmp_path / "private", tmp_path / "private" / "open" / "base"
    ours_to_be.parent.mkdir(parents=True)
    private.chmod(0o700)
    ours_to_be.parent.chmod(0o751)
    # When the server has been started and stopped and started
    server = make_server(ours_to_be, binaries=wheel)
    server.ensure_running()
    server.stop()
    endpoint = server.ensure_running()
    # Then only our own folders are ours, and they are closed
    assert (_mode(private), _mode(ours_to_be.parent)) == (0o700, 0o751)
    home = ours_to_be / "postgres"
    assert {_mode(folder) for folder in (ours_to_be, home, home / "data", endpoint.socket_dir)} == {0o700}
    assert {_mode(file) for file in (home / "lock", home / "server.log")} == {0o600}


def test_a_folder_that_was_open_before_keeps_its_mode_while_the_data_are_closed(make_server, wheel, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)

    make_server(shared, binaries=wheel).ensure_running()

    assert (_mode(shared), _mode(shared / "postgres")) == (0o755, 0o700)


def test_rows_are_there_after_a_stop_and_a_start(make_server, wheel):
    server = make_server(binaries=wheel)
    with psycopg.connect(server.ensure_running().owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Ærlig' AS word")
    server.stop()

    assert _ask(server.ensure_running().owner_url, "SELECT word FROM kept") == "Ærlig"


def test_a_second_call_attaches_to_the_running_server(running, wheel):
    endpoint, pid = running.ensure_running(), running.status().pid

    again = Server(running.place.data_dir, binaries=wheel)

    assert (again.ensure_running(), again.status().pid) == (endpoint, pid)


def test_four_processes_starting_at_once_get_one_server(make_server, binaries, tmp_path):
    # Given four processes about to start the same server
    code = (
        "import sys; from fotfeste.kernel.database import Server; s = Server(sys.argv[1], fast=True);"
        "print(s.ensure_running().app_url, s.status().pid)"
    )
    environment = {**os.environ, "FOTFESTE_PG_BIN": str(binaries.bin_dir)}
    command = [sys.executable, "-c", code, str(tmp_path / "base")]
    # When they all do
    starters = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = {starter.communicate(timeout=60)[0] for starter in starters}
    # Then each succeeded, and they speak of the same server, which works
    server = make_server(binaries=binaries)
    assert [starter.returncode for starter in starters] == [0, 0, 0, 0]
    assert answers == {f"{server.ensure_running().app_url} {server.status().pid}\n"}


def test_a_killed_server_starts_again_at_once_with_its_rows(make_server, binaries):
    # Given a server with a committed row, killed without a chance to tidy up
    server = make_server(binaries=binaries, fast=False)
    with psycopg.connect(server.ensure_running().owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    killed = server.status().pid
    os.kill(killed, signal.SIGKILL)
    # When it is wanted again straight away
    endpoint = server.ensure_running()
    # Then another process has the rows
    assert _ask(endpoint.owner_url, "SELECT n FROM kept") == 1
    assert server.status().pid != killed


def test_a_process_number_used_again_after_a_reboot_does_not_pass_for_a_server(make_server, wheel):
    # Given a killed server whose number now belongs to something else of the same user's
    server = make_server(binaries=wheel)
    server.ensure_running()
    os.kill(server.status().pid, signal.SIGKILL)
    account = server.place.prepare()
    as_user = {"user": account.uid, "group": account.gid, "extra_groups": []} if account.dropped else {}
    with subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, **as_user) as stranger:
        pid_file = server.place.cluster / "postmaster.pid"
        _, *rest = pid_file.read_text().splitlines(keepends=True)
        pid_file.write_text("".join([f"{stranger.pid}\n", *rest]))
        # When the server is wanted again
        was_running = server.status().running
        endpoint = server.ensure_running()
        # Then it is started, and the stranger is left alone by both start and stop
        assert not was_running
        assert _ask(endpoint.app_url, "SELECT 1") == 1
        server.stop()
        assert stranger.poll() is None


def test_a_first_start_cut_short_is_made_again(make_server, wheel, tmp_path):
    unfinished = tmp_path / "base" / "postgres" / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")

    endpoint = make_server(binaries=wheel).ensure_running()

    assert _ask(endpoint.app_url, "SELECT 1") == 1
    assert not unfinished.exists()


def test_a_database_left_without_its_rights_by_an_interrupted_start_gets_them(make_server, wheel):
    # Given a first start that was cut off after the database was made
    server = make_server(binaries=wheel)
    superuser_url = server.ensure_running().superuser_url
    with psycopg.connect(superuser_url, autocommit=True) as superuser:
        superuser.execute("DROP DATABASE fotfeste")
        superuser.execute("CREATE DATABASE fotfeste OWNER fotfeste_owner")
    # When it is wanted again
    endpoint = server.ensure_running()
    # Then strangers to the database are kept out again, as after an ordinary start
    assert _ask(endpoint.app_url, "SELECT has_database_privilege('public', 'fotfeste', 'CONNECT')") is False


def test_a_data_path_too_long_for_a_socket_gets_one_in_a_private_folder_elsewhere(make_server, wheel, tmp_path):
    # Given a path with letters of two bytes, too long for a socket
    long = tmp_path / ("å" * 60) / ("lang mappe" * 5)
    server = make_server(long, binaries=wheel)
    # When the server is started
    endpoint = server.ensure_running()
    # Then the socket is short, private and works, the data are where they were asked for, and nothing is left behind
    assert len(os.fsencode(endpoint.socket_dir / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH
    assert _mode(endpoint.socket_dir) == 0o700
    assert _ask(endpoint.app_url, "SELECT 1") == 1
    assert (long / "postgres" / "data" / "PG_VERSION").is_file()
    server.stop()
    assert not endpoint.socket_dir.exists()


def test_a_path_with_spaces_quotes_and_percent_signs_works(make_server, wheel, tmp_path):
    endpoint = make_server(tmp_path / 'O\'Brien & co 100% "rå"', binaries=wheel).ensure_running()

    assert _ask(endpoint.app_url, "SELECT 1") == 1


def test_a_folder_moved_while_the_server_runs_still_leads_to_the_same_server(make_server, wheel, tmp_path):
    server = make_server(binaries=wheel)
    server.ensure_running()
    shutil.move(tmp_path / "base", tmp_path / "away")  # as long a path: a socket's may be at most 107 bytes

    moved = make_server(tmp_path / "away", binaries=wheel)

    assert moved.status().running
    assert _ask(moved.ensure_running().app_url, "SELECT 1") == 1


def test_stopping_twice_or_before_any_start_is_fine_and_makes_no_folder(make_server, wheel, tmp_path):
    never_started = make_server(tmp_path / "never", binaries=wheel)
    never_started.stop()
    server = make_server(binaries=wheel)
    server.ensure_running()

    server.stop()
    server.stop()

    assert not server.status().running
    assert not never_started.status().running
    assert not (tmp_path / "never").exists()


def test_the_servers_log_never_quotes_a_failed_statement(make_server, wheel):
    server = make_server(binaries=wheel)
    with psycopg.connect(server.ensure_running().owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE person (number text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('Synthetic Name')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('Synthetic Name')")
    server.stop()

    assert "Synthetic Name" not in server.place.log.read_text()


def test_a_data_folder_that_is_a_file_is_refused_in_plain_words(make_server, wheel, tmp_path):
    (tmp_path / "base").write_text("")

    with pytest.raises(DatabaseProblem, match="kan ikke brukes"):
        make_server(binaries=wheel).ensure_running()
    (tmp_path / "base").unlink()


def test_database_url_is_used_and_nothing_is_started(tmp_path):
    environ = {"DATABASE_URL": "postgresql://app@db/x", "DATABASE_OWNER_URL": "postgresql://owner@db/x"}

    endpoint = endpoint_for(tmp_path / "base", environ=environ)

    assert (endpoint.app_url, endpoint.owner_url) == (environ["DATABASE_URL"], environ["DATABASE_OWNER_URL"])
    assert endpoint.socket_dir is None
    assert not (tmp_path / "base").exists()


def test_without_database_url_the_embedded_server_is_started(make_server, wheel, tmp_path):
    server = make_server(binaries=wheel)

    endpoint = endpoint_for(tmp_path / "base", fast=True, environ={"FOTFESTE_PG_BIN": str(wheel.bin_dir)})

    assert server.status().running
    assert _ask(endpoint.app_url, "SELECT 1") == 1
