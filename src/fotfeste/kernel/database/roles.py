"""
The two roles and what they may do.

``fotfeste_owner`` owns the database and runs migrations. ``fotfeste_app`` is what pages and jobs run as: it owns
nothing, creates nothing but temporary tables (bulk loads stage rows in them) and can never step around row policies.
"""

from __future__ import annotations

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fotfeste.kernel.database.binaries import OLDEST_MAJOR
from fotfeste.kernel.database.problem import DatabaseProblem

OWNER_ROLE = "fotfeste_owner"
APP_ROLE = "fotfeste_app"
DATABASE = "fotfeste"
_FORBIDDEN = {
    "rolsuper": "NOSUPERUSER",
    "rolbypassrls": "NOBYPASSRLS",
    "rolcreaterole": "NOCREATEROLE",
    "rolcreatedb": "NOCREATEDB",
    "rolreplication": "NOREPLICATION",
}


def bootstrap_roles(
    superuser_url: str,
    *,
    database: str = DATABASE,
    owner_password: str | None = None,
    app_password: str | None = None,
) -> None:
    """
    Create the roles and the database on a server, or bring existing ones back to what they should be.

    May be run any number of times. Passwords left out are left alone.

    :raises DatabaseProblem: the server is older than the oldest supported.
    """
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if connection.info.server_version < OLDEST_MAJOR * 10000:
            raise DatabaseProblem(
                f"Databasetjeneren er PostgreSQL {connection.info.server_version // 10000}. "
                f"Fotfeste trenger versjon {OLDEST_MAJOR} eller nyere."
            )
        _ensure_role(connection, OWNER_ROLE, owner_password)
        _ensure_role(connection, APP_ROLE, app_password)
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", database):
            _create(connection, database, template=None)
    _grant(superuser_url, database)


def are_in_place(connection: psycopg.Connection) -> bool:
    """Tell whether ``bootstrap_roles`` came to its end; the rights on the database are the last it gives."""
    return _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s AND datacl IS NOT NULL", DATABASE)


def create_database(superuser_url: str, name: str, *, template: str | None = None) -> None:
    """Create an empty database with the usual owner and rights (or a copy of ``template``), replacing an old one."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        _drop(connection, name)
        _create(connection, name, template=template)
    _grant(superuser_url, name)


def drop_database(superuser_url: str, name: str) -> None:
    """Drop a database and throw out whoever is connected to it; a missing one is fine."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        _drop(connection, name)


def _ensure_role(connection: psycopg.Connection, role: str, password: str | None) -> None:
    name = sql.Identifier(role)
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    columns = sql.SQL(", ").join(map(sql.Identifier, _FORBIDDEN))
    held = connection.execute(sql.SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(columns), [role]).fetchone()
    # Only what deviates is altered: on hosted servers even a no-op on these needs a real superuser.
    for is_held, removal in zip(held or (), _FORBIDDEN.values(), strict=True):
        if is_held:
            connection.execute(sql.SQL("ALTER ROLE {} {}").format(name, sql.SQL(removal)))
    if password is not None:
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password)))


def _create(connection: psycopg.Connection, name: str, *, template: str | None) -> None:
    owner = sql.Identifier(OWNER_ROLE)
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper"):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
    # Files are copied as they are: to write each page to the log as well takes twice as long, and serves nobody here.
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), owner, sql.Identifier(template or "template0")
        )
    )


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _grant(superuser_url: str, database: str) -> None:
    names = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(OWNER_ROLE),
        "app": sql.Identifier(APP_ROLE),
    }
    with psycopg.connect(make_conninfo(superuser_url, dbname=database)) as connection:
        for statement in (
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
            "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {app}",
            "GRANT USAGE ON SCHEMA public TO {app}",
            "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
        ):
            connection.execute(sql.SQL(statement).format(**names))


def _exists(connection: psycopg.Connection, query: str, *values: str) -> bool:
    return connection.execute(query.encode(), values).fetchone() is not None
