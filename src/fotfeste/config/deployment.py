"""Making a database ready: roles' privileges, migrations, and the data the product brings with it."""

from io import StringIO

from django.core.management import call_command
from django.db import connections, transaction

PRIVILEGES = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fotfeste_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO fotfeste_app;
GRANT USAGE ON SCHEMA public TO fotfeste_app;
"""

SYSTEM_ACTORS = {
    "importer": "Fotfeste – innlesing",
    "scheduler": "Fotfeste – planlagte jobber",
    "reporter": "Fotfeste – rapporter",
    "checker": "Fotfeste – kontroll",
}


def migrate(*, verbosity: int = 0) -> None:
    """
    Bring the database to this version: tables, policies, role table, system actors, counties and units.

    Runs as the owner. Safe to repeat; two at once wait for each other.
    """
    connection = connections["owner"]
    with transaction.atomic(using="owner"), connection.cursor() as cursor:
        cursor.execute(PRIVILEGES)
    call_command("migrate", database="owner", verbosity=verbosity, interactive=False, stdout=StringIO())
    with transaction.atomic(using="owner"):
        _sync_roles()
        _sync_system_actors()
        _sync_organisations()


def migrate_if_needed() -> None:
    """Migrate only when something is unapplied or the product's own data changed, so that commands start quickly."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()) or not _is_synced():
        migrate()


def _is_synced() -> bool:
    from fotfeste.access.roles import topic_rows

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT role, scope, topic FROM access_role_topic ORDER BY 1, 2, 3")
        return sorted(cursor.fetchall()) == topic_rows()


def _sync_roles() -> None:
    from fotfeste.access.roles import topic_rows

    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM access_role_topic")
        cursor.executemany("INSERT INTO access_role_topic (role, scope, topic) VALUES (%s, %s, %s)", topic_rows())


def _sync_system_actors() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.executemany(
            """INSERT INTO access_user (subject, name, email, language, is_system, is_active)
               VALUES (%s, %s, '', 'nb', true, true) ON CONFLICT (subject) DO UPDATE SET name = excluded.name""",
            [(f"system:{name}", shown) for name, shown in SYSTEM_ACTORS.items()],
        )


def _sync_organisations() -> None:
    from fotfeste.organisations.services import reference

    reference.load(using="owner")
