"""The log can be added to and nothing else, and a change to what is sealed shows."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg.conninfo import conninfo_to_dict

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.kernel.database import Endpoint
from tests import factories as make


def _entries(endpoint: Endpoint, statement: str, *values: object) -> list[tuple]:
    """Do as a superuser what the application cannot."""
    database = conninfo_to_dict(endpoint.app_url)["dbname"]
    with psycopg.connect(endpoint.superuser_url, dbname=database) as outside:
        cursor = outside.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def sealed_log(committed_database: Endpoint) -> Endpoint:
    """A log of three acts in two seals."""
    with acting_as(make.system()) as actor:
        audit.record("first", by=actor.user_id)
        audit.record("second", by=actor.user_id)
    assert audit.seal() == 2
    with acting_as(make.system()) as actor:
        audit.record("third", by=actor.user_id)
    assert audit.seal() == 1
    return committed_database


def test_an_untouched_log_holds(sealed_log: Endpoint):
    assert audit.first_broken_seal() is None
    assert audit.seal() == 0


def test_a_changed_entry_breaks_its_seal(sealed_log: Endpoint):
    _entries(sealed_log, "UPDATE audit_entry SET verb = 'something else' WHERE verb = 'first'")
    assert audit.first_broken_seal() == 1


def test_a_removed_entry_breaks_its_seal(sealed_log: Endpoint):
    _entries(sealed_log, "DELETE FROM audit_entry WHERE verb = 'third'")
    assert audit.first_broken_seal() == 2


def test_a_seal_made_anew_after_a_change_does_not_fit_the_one_after_it(sealed_log: Endpoint):
    _entries(sealed_log, "UPDATE audit_entry SET verb = 'something else' WHERE verb = 'first'")
    _entries(sealed_log, "UPDATE audit_seal SET digest = audit_digest('', 0, last_entry_id) WHERE id = 1")
    assert audit.first_broken_seal() == 2


@pytest.mark.django_db
def test_nobody_writes_the_log_in_anothers_name():
    somebody_else = make.user().pk
    with acting_as(make.system()), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        audit.record("forged", by=somebody_else)


@pytest.mark.django_db
def test_the_log_is_read_by_the_privacy_officer_and_by_nobody_else():
    # Given a person read by a counsellor
    school = make.unit()
    person = make.youth(school)
    with acting_as(make.actor(Role.COUNSELLOR, school)) as counsellor:
        audit.record_read(by=counsellor.user_id, about=person.pk, screen="casework:person")
    # Then counsellor and administration find nothing in the log, the privacy officer the reading and its ground
    found = {}
    for role in (Role.COUNSELLOR, Role.EDUCATION_ADMIN, Role.PRIVACY_OFFICER):
        with acting_as(make.actor(role, make.education_admin())), connection.cursor() as cursor:
            cursor.execute("SELECT verb, screen, ground FROM audit_entry WHERE youth_id = %s", [person.pk])
            found[role] = cursor.fetchall()
    assert found == {
        Role.COUNSELLOR: [],
        Role.EDUCATION_ADMIN: [],
        Role.PRIVACY_OFFICER: [("read", "casework:person", "responsible_unit")],
    }
