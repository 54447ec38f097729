"""What the two roles may do, and that preparing a server may be repeated."""

import shutil
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from fotfeste.kernel.database import Endpoint, Server, available_binaries, bootstrap_roles


@pytest.fixture(scope="module", params=list(available_binaries()), ids=lambda server: f"PostgreSQL {server.major}")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("roles"), binaries=request.param, fast=True)
    yield server
    server.stop()
    shutil.rmtree(server.place.home)


@pytest.fixture(scope="module")
def endpoint(server: Server) -> Endpoint:
    """A database with one table under a row policy that lets nobody see anything."""
    endpoint = server.create_database("trial")
    with psycopg.connect(endpoint.owner_url) as owner:
        owner.execute("CREATE TABLE secret AS SELECT 1 AS n")
        owner.execute("ALTER TABLE secret ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE secret FORCE ROW LEVEL SECURITY")
        owner.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON secret TO fotfeste_app")
    return endpoint


@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE TABLE mine (n int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "ALTER TABLE secret DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE secret NO FORCE ROW LEVEL SECURITY",
        "CREATE POLICY open ON secret USING (true)",
        "ALTER TABLE secret OWNER TO fotfeste_app",
        "ALTER ROLE fotfeste_app BYPASSRLS",
        "SET ROLE fotfeste_owner",
        "SET SESSION AUTHORIZATION postgres",
        "TRUNCATE secret",
        "COPY secret TO PROGRAM 'cat'",
        "SET row_security = off; SELECT * FROM secret",
    ],
)
def test_the_app_role_is_refused(endpoint, attempt):
    with psycopg.connect(endpoint.app_url, autocommit=True) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(attempt)


def test_a_row_policy_hides_rows_from_the_app_role_and_from_the_owner(endpoint):
    for url in (endpoint.app_url, endpoint.owner_url):
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT count(*) FROM secret").fetchone() == (0,)


def test_the_app_role_may_stage_a_bulk_load_in_a_temporary_table(endpoint):
    with psycopg.connect(endpoint.app_url) as app:
        app.execute("CREATE TEMPORARY TABLE staged (n int)")


def test_the_owner_may_migrate_but_is_no_superuser_and_steps_around_nothing(endpoint):
    with psycopg.connect(endpoint.owner_url) as owner:
        held = owner.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles "
            "WHERE rolname IN ('fotfeste_owner', 'fotfeste_app')"
        ).fetchall()
    assert held == [(False,) * 5] * 2


def test_preparing_a_server_again_takes_back_what_the_roles_should_not_have(endpoint):
    # Given a role that has got a right it must not have
    with psycopg.connect(endpoint.superuser_url, autocommit=True) as superuser:
        superuser.execute("ALTER ROLE fotfeste_app BYPASSRLS CREATEDB")
    # When the server is prepared again, twice, with passwords
    for _ in range(2):
        bootstrap_roles(endpoint.superuser_url, app_password="å'% p", owner_password="o")
    # Then the rights are gone and the passwords set
    with psycopg.connect(endpoint.superuser_url) as superuser:
        rights = superuser.execute(
            "SELECT rolbypassrls, rolcreatedb, rolpassword IS NOT NULL FROM pg_authid WHERE rolname = 'fotfeste_app'"
        ).fetchone()
    assert rights == (False, False, True)


def test_a_database_whose_public_schema_was_open_to_all_is_closed_again(endpoint):
    with psycopg.connect(make_conninfo(endpoint.superuser_url, dbname="trial")) as superuser:
        superuser.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")

    bootstrap_roles(endpoint.superuser_url, database="trial")

    with psycopg.connect(endpoint.app_url) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE mine (n int)")


def test_a_database_can_be_made_as_a_copy_replaced_and_dropped(server, endpoint):
    copy = server.create_database("copy", template="trial")
    with psycopg.connect(copy.owner_url) as owner:
        assert owner.execute("SELECT to_regclass('secret') IS NOT NULL").fetchone() == (True,)

    replaced = server.create_database("copy")
    with psycopg.connect(replaced.owner_url) as owner:
        assert owner.execute("SELECT to_regclass('secret') IS NULL").fetchone() == (True,)

    server.drop_database("copy")
    server.drop_database("copy")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(copy.owner_url)
