"""The access rules stand in the database as the code says."""

from collections.abc import Iterator

from django.db import connection

from fotfeste.access.actor import Actor
from fotfeste.access.roles import topic_rows
from fotfeste.config.checks.result import Problem, Result

# A table is about a youth when a column says so; the names of the columns are few and the house tests keep them so.
_UNPROTECTED = """
SELECT DISTINCT t.relname FROM pg_class t
JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
JOIN pg_attribute a ON a.attrelid = t.oid AND NOT a.attisdropped
WHERE t.relkind IN ('r', 'p')
  AND (t.relname = 'people_youth'
       OR a.attname IN ('youth_id', 'national_id', 'born', 'first_name', 'kept_id', 'first_id'))
  AND NOT (t.relrowsecurity AND t.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid))
ORDER BY 1
"""

# A function that looks in no fixed list of schemas can be shown a temporary table in the place of one of ours.
_LOOSE_FUNCTIONS = """
SELECT p.proname FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f' AND p.prosqlbody IS NULL
  AND NOT coalesce(p.proconfig::text LIKE '%search_path=pg_catalog, public, pg_temp%', false)
ORDER BY 1
"""


def look(actor: Actor) -> Iterator[Result]:
    """Compare the database's catalogue and role table with the code."""
    yield Result(
        "role-topics", "Rolletabellen i databasen er den samme som i koden", tuple(_role_table_differs_from_code())
    )
    yield Result("row-policies", "Hver tabell om ungdom har tilgangsregel", tuple(_tables_without_policy()))
    yield Result("fixed-names", "Funksjonene i databasen leser bare Fotfestes egne tabeller", tuple(_loose_functions()))


def _tables_without_policy() -> Iterator[Problem]:
    """Find tables about youths that are not under a row policy."""
    with connection.cursor() as cursor:
        cursor.execute(_UNPROTECTED)
        for (table,) in cursor.fetchall():
            yield Problem(f"Tabellen {table} handler om ungdom, men har ingen tilgangsregel.")
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            yield Problem("Databaserollen programmet kjører som, går utenom tilgangsreglene.")


def _loose_functions() -> Iterator[Problem]:
    """Find functions that do not say in which schemas they look."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE_FUNCTIONS)
        for (function,) in cursor.fetchall():
            yield Problem(f"Funksjonen {function} sier ikke hvor den leter. Kjør «fotfeste migrate».")


def _role_table_differs_from_code() -> Iterator[Problem]:
    """Find differences between the role table the row policies read and the one in the code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT role, scope, topic FROM access_role_topic")
        there = set(cursor.fetchall())
    code = set(topic_rows())
    if there - code:
        yield Problem(
            f"{len(there - code)} rader i databasens rolletabell finnes ikke i koden. Kjør «fotfeste migrate»."
        )
    if code - there:
        yield Problem(f"{len(code - there)} rader i kodens rolletabell mangler i databasen. Kjør «fotfeste migrate».")
