"""The access rules stand in the database as the code says."""

from collections.abc import Iterator

from django.db import connection

from fotfeste.access.actor import Actor
from fotfeste.access.services import grants
from fotfeste.access.sharing import rule_rows
from fotfeste.access.topics import Ground
from fotfeste.config.checks.result import Problem, Result
from fotfeste.kernel import clock

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
    """Compare the database's catalogue and sharing rules with the code, and what is open with what the facts open."""
    yield Result(
        "sharing-rules", "Delingsreglene i databasen er de samme som i programmet", tuple(_rules_differ_from_code())
    )
    yield Result("grants", "Det som er åpnet, er det reglene åpner", tuple(_grants_differ_from_facts()))
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


def _rules_differ_from_code() -> Iterator[Problem]:
    """Find differences between the sharing rules the row policies read and those in the code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rule, role, ground, topic, first_day, last_day FROM access_sharing_rule")
        there = set(cursor.fetchall())
    code = set(rule_rows())
    if there - code:
        yield Problem(
            f"{len(there - code)} delingsregler i databasen finnes ikke i programmet. Kjør «fotfeste migrate»."
        )
    if code - there:
        yield Problem(f"{len(code - there)} av programmets delingsregler mangler i databasen. Kjør «fotfeste migrate».")


def _grants_differ_from_facts() -> Iterator[Problem]:
    """Work out every grant from the facts again, and find those that should not be open and those that should."""
    today = clock.today()
    expected, standing = grants.expected_grants(on=today), grants.standing_grants(on=today)
    if extra := standing - expected:
        yield Problem(f"{len(extra)} åpninger har ikke lenger noe grunnlag. {_told(extra)}")
    if missing := expected - standing:
        yield Problem(f"{len(missing)} åpninger mangler. {_told(missing)}")


def _told(found: set[grants.Granted]) -> str:
    """Name what they come from, never whom they are about."""
    sources = sorted({f"«{Ground(each.ground).label}» nr. {each.source.split(':')[-1]}" for each in found})
    more = f" og {len(sources) - 5} til" if len(sources) > 5 else ""
    return f"De gjelder {', '.join(sources[:5])}{more}."
