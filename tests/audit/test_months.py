"""The log is parted by month, and each part is as closed as the whole."""

from datetime import date, datetime

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from psycopg.conninfo import conninfo_to_dict

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit import jobs
from fotfeste.audit import services as audit
from fotfeste.config import deployment
from fotfeste.kernel import clock
from fotfeste.kernel.database import Endpoint
from tests import factories as make
from tests.conftest import point_django_at

EDGE = datetime(2031, 3, 31, 23, 59, 59, tzinfo=clock.OSLO)
AFTER = datetime(2031, 4, 1, 0, 0, 0, tzinfo=clock.OSLO)


def _logged(verb: str, at: datetime) -> None:
    with clock.frozen(at), acting_as(make.system()) as actor:
        audit.record(verb, by=actor.user_id)


def _parts() -> dict[str, str]:
    """Return the part each entry of these tests stands in, as a privacy officer finds them."""
    officer = make.actor(Role.PRIVACY_OFFICER, make.education_admin(), on=date(2031, 4, 1))
    with acting_as(officer, on=date(2031, 4, 1)), connection.cursor() as cursor:
        cursor.execute("SELECT verb, tableoid::regclass::text FROM audit_entry WHERE at > '2031-01-01'")
        return dict(cursor.fetchall())


def _as_superuser(endpoint: Endpoint, statement: str) -> list[tuple]:
    database = conninfo_to_dict(endpoint.app_url)["dbname"]
    with psycopg.connect(endpoint.superuser_url, dbname=database) as outside:
        cursor = outside.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.django_db
def test_entries_on_either_side_of_midnight_stand_in_their_own_months():
    audit.make_months(today=date(2031, 3, 10))
    _logged("before", EDGE)
    _logged("after", AFTER)
    assert _parts() == {"before": "audit_entry_2031_03", "after": "audit_entry_2031_04"}


@pytest.mark.django_db
def test_a_month_nobody_made_refuses_nobody_and_is_filled_when_it_is_made():
    # Given something logged in a month that is not there
    _logged("before", EDGE)
    assert _parts() == {"before": "audit_entry_rest"}
    assert audit.seal()
    # When the month is made
    assert audit.make_months(today=EDGE.date()) == audit.AHEAD + 1
    # Then the entry has its place, and the seal holds
    assert _parts() == {"before": "audit_entry_2031_03"}
    assert audit.first_broken_seal() is None


@pytest.mark.django_db
def test_the_months_ahead_are_made_by_a_job_and_making_them_again_changes_nothing():
    with clock.frozen(EDGE):
        jobs.make_months()
        assert audit.make_months(today=EDGE.date()) == 0
    _logged("in time", datetime(2031, 6, 30, 12, tzinfo=clock.OSLO))
    assert _parts() == {"in time": "audit_entry_2031_06"}


@pytest.mark.django_db
def test_each_month_is_closed_to_the_application_but_through_the_whole():
    audit.make_months(today=EDGE.date())
    _logged("sealed", EDGE)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
                      has_table_privilege('fotfeste_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES')
               FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'audit_entry'::regclass"""
        )
        parts = cursor.fetchall()
    assert len(parts) > audit.AHEAD + 1
    assert {(is_guarded, is_open) for _name, is_guarded, is_open in parts} == {(True, False)}
    for statement in (
        "SELECT count(*) FROM audit_entry_2031_03",
        "DELETE FROM audit_entry_2031_03",
        "UPDATE audit_entry_rest SET verb = 'x'",
        "INSERT INTO audit_entry_2031_03 (id, at, user_id, verb, screen, ground, details) "
        "VALUES (1, '2031-03-02', 1, 'x', '', '', '{}')",
        "ALTER TABLE audit_entry DETACH PARTITION audit_entry_2031_03",
        "DROP TABLE audit_entry_2031_03",
        "SELECT audit_close_part('people_youth')",
        "SELECT setval('audit_entry_number', 1)",
    ):
        with (
            acting_as(make.system()),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.fixture
def log_in_one_table(server, django_db_setup, django_db_blocker):
    """A database as it was before the log had months."""
    endpoint = server.create_database("fotfeste_before_months")
    with django_db_blocker.unblock():
        before = {alias: dict(connections.databases[alias]) for alias in ("default", "owner")}
        point_django_at(endpoint)
        try:
            with connections["owner"].cursor() as cursor:
                cursor.execute(deployment.PRIVILEGES)
            call_command("migrate", "audit", "0002", database="owner", verbosity=0)
            yield endpoint
        finally:
            for alias, described in before.items():
                connections[alias].close()
                connections.databases[alias].update(described)
                del connections[alias]
            server.drop_database("fotfeste_before_months")


def test_what_stood_in_one_table_is_taken_along_and_its_seals_hold(log_in_one_table):
    # Given a sealed log of three months in one table
    _as_superuser(
        log_in_one_table,
        """INSERT INTO audit_entry (at, user_id, verb, youth_id, county_id, screen, ground, details)
           SELECT timestamptz '2026-09-30 23:30+02' + n * interval '15 days', 7, 'read', n, 3, 'casework:person', 'g',
                  '{"a": 1}' FROM generate_series(0, 3) n""",
    )
    assert audit.seal() == 4
    # When the months are made
    call_command("migrate", "audit", database="owner", verbosity=0)
    # Then each entry stands in its month, the seals hold, and numbers go on from where they were
    found = _as_superuser(log_in_one_table, "SELECT id, tableoid::regclass::text FROM audit_entry ORDER BY id")
    months = ["audit_entry_2026_09", "audit_entry_2026_10", "audit_entry_2026_10", "audit_entry_2026_11"]
    assert found == list(zip([1, 2, 3, 4], months, strict=True))
    assert audit.first_broken_seal() is None
    assert _as_superuser(log_in_one_table, "SELECT nextval('audit_entry_number')") == [(5,)]
