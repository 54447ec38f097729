"""Every table about a youth is under a row policy, read from the database's own catalogue."""

import pytest
from django.apps import apps
from django.db import connection

from fotfeste.access.rows import AboutYouth

pytestmark = pytest.mark.django_db

# Tables with a youth's number in them whose access is decided otherwise, with the reason.
OTHERWISE = {
    "access_grant": "own policy: the unit it opens something to, and the county's coordination",
    "audit_entry": "own policy: written by all, read by the privacy officer",
    "collaboration_newcomer_notice": "own policy: the unit that sent it, the unit it was sent to, the county's coordination",
    "consent_emergency_opening": "own policy: the privacy officer, the unit of the one who opened, whoever answers",
    "people_youthevent": "own policy: written by all, read where the youth stands now, protected times by the handlers alone",
}


def _tables_about_youths() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT table_name FROM information_schema.columns
               WHERE table_schema = 'public' AND (column_name IN ('youth_id', 'national_id', 'born', 'first_name')
                  OR column_name IN ('kept_id', 'first_id'))"""
        )
        return {name for (name,) in cursor.fetchall()} | {"people_youth"}


def test_every_table_about_a_youth_forces_row_security_and_has_a_policy():
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
               WHERE c.relrowsecurity AND c.relforcerowsecurity
                 AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"""
        )
        protected = {name for (name,) in cursor.fetchall()}
    assert _tables_about_youths() - protected == set()


def test_every_model_about_a_youth_says_which_topic_opens_it():
    silent = [
        model.__name__
        for model in apps.get_models()
        if issubclass(model, AboutYouth) and not getattr(model, "row_access", None)
    ]
    assert silent == []


def test_the_application_may_delete_nothing_about_a_youth():
    deletable = []
    with connection.cursor() as cursor:
        for table in sorted(_tables_about_youths()):
            cursor.execute("SELECT has_table_privilege('fotfeste_app', %s, 'DELETE')", [table])
            if cursor.fetchone()[0]:
                deletable.append(table)
    assert deletable == []


def test_the_exceptions_still_exist():
    assert set(OTHERWISE) <= _tables_about_youths()
