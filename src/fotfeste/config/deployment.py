"""Making a database ready: roles' privileges, migrations, and the data the product brings with it."""

from io import StringIO

import psycopg
from django.core.management import call_command
from django.db import connections, transaction

from fotfeste.access.system_names import SYSTEM_ACTORS
from fotfeste.audit import services as audit
from fotfeste.config.migration_states import one_model_at_a_time
from fotfeste.kernel import clock
from fotfeste.kernel.database import APP_ROLE, OWNER_ROLE, DatabaseProblem, bootstrap_roles

PRIVILEGES = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fotfeste_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO fotfeste_app;
GRANT USAGE ON SCHEMA public TO fotfeste_app;
"""

# Whoever may make a temporary table could otherwise let it stand in for one of ours, since those are looked for first:
# history would go into it, and rights be read from it. Functions whose body was bound when it was made need no list.
PINS = """
DO $$ DECLARE made record; BEGIN
  FOR made IN
    SELECT p.oid::regprocedure::text AS name FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole AND p.prokind = 'f'
      AND p.prosqlbody IS NULL AND NOT coalesce(p.proconfig::text LIKE '%search_path=%', false)
  LOOP
    EXECUTE pg_catalog.format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', made.name);
  END LOOP;
END $$;
"""

_NO_ANSWER = "Databasetjeneren i DATABASE_URL svarer ikke, eller avviser innloggingen."


def ensure_roles(url: str) -> None:
    """
    Make the owner and app roles on a server somebody else runs, where the login may; otherwise say what is missing.

    :raises DatabaseProblem: a role is missing and the login may not make it, or the server does not answer.
    """
    try:
        with psycopg.connect(url) as connection:
            cursor = connection.execute(
                """SELECT count(*), (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user),
                          current_database()
                   FROM pg_roles WHERE rolname IN (%s, %s)""",
                [OWNER_ROLE, APP_ROLE],
            )
            roles, may_make_roles, database = cursor.fetchone() or (0, False, "")
    except psycopg.OperationalError as problem:
        raise DatabaseProblem(_NO_ANSWER) from problem
    if may_make_roles:
        bootstrap_roles(url, database=database)
    elif roles < 2:
        raise DatabaseProblem(
            f"Rollene {OWNER_ROLE} og {APP_ROLE} finnes ikke, og denne innloggingen kan ikke lage dem. "
            "Be den som drifter databasen om å lage dem (README, «Ta i bruk»)."
        )


def require_answer(url: str) -> None:
    """
    Find out whether the server lets us in at all.

    :raises DatabaseProblem: it does not answer, or refuses the login.
    """
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError as problem:
        raise DatabaseProblem(_NO_ANSWER) from problem


def is_ready() -> bool:
    """Say whether every migration is applied and the sharing rules are this version's."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and _is_synced()


def migrate(*, verbosity: int = 0) -> None:
    """
    Bring the database to this version: tables, policies, sharing rules, texts, system actors, counties and units.

    Runs as the owner. Safe to repeat; two at once wait for each other.
    """
    connection = connections["owner"]
    with transaction.atomic(using="owner"), connection.cursor() as cursor:
        cursor.execute(PRIVILEGES)
    with one_model_at_a_time():
        call_command("migrate", database="owner", verbosity=verbosity, interactive=False, stdout=StringIO())
    with transaction.atomic(using="owner"), connection.cursor() as cursor:
        cursor.execute(PINS)
    with transaction.atomic(using="owner"):
        _sync_sharing_rules()
        _sync_knowledge_texts()
        _sync_system_actors()
        _sync_organisations()
        audit.make_months(today=clock.today(), using="owner")


def migrate_if_needed() -> None:
    """Migrate only when something is unapplied or the product's own data changed, so that commands start quickly."""
    if not is_ready():
        migrate()


def _is_synced() -> bool:
    from fotfeste.access.knowledge import version_rows
    from fotfeste.access.sharing import rule_rows

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT rule, role, ground, topic, first_day, last_day FROM access_sharing_rule")
        rules = sorted(cursor.fetchall(), key=lambda row: row[:4])
        cursor.execute("SELECT version, first_day FROM access_knowledge_text ORDER BY first_day")
        return rules == rule_rows() and tuple(cursor.fetchall()) == version_rows()


def _sync_sharing_rules() -> None:
    from fotfeste.access.sharing import rule_rows

    columns = "rule, role, ground, topic, first_day, last_day"
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM access_sharing_rule")
        insert = f"INSERT INTO access_sharing_rule ({columns}) VALUES (%s, %s, %s, %s, %s, %s)"
        cursor.executemany(insert, rule_rows())


def _sync_knowledge_texts() -> None:
    from fotfeste.access.knowledge import version_rows

    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM access_knowledge_text")
        cursor.executemany("INSERT INTO access_knowledge_text (version, first_day) VALUES (%s, %s)", version_rows())


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
