"""
The databases that lists, pages and tables are measured in. Built once, and kept.

``country``: 500 000 people from 16 to 24 in 15 counties, with 25 000 open cases and 75 000 former ones. ``county``:
5 000 people in Oslo, in which the same four see as many rows. ``events``: the country's people with ten statuses each.
Rows are written set by set as superuser, past the triggers; what the triggers would have refused is looked for after.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

import fotfeste
from benchmarks.product import settings_for
from benchmarks.rows import ON
from benchmarks.server import FOLDER
from fotfeste.kernel.database import Endpoint, Server

FILLING = Path(__file__).with_name("filling")
UNFENCED = "fotfeste_bench"
ACTORS = ("counsellor", "district", "county", "country")
_AT = datetime(ON.year, ON.month, ON.day, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Size:
    """How big a database is. A tiny one is for trying whether everything runs."""

    name: str
    people: int
    is_country: bool


COUNTRY = Size("country", 500_000, is_country=True)
COUNTY = Size("county", 5_000, is_country=False)
TINY = Size("tiny", 5_000, is_country=True)


def version() -> str:
    """Return a digest of what fills the databases."""
    digest = hashlib.sha256()
    for path in sorted(FILLING.glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def shape() -> dict[str, str]:
    """Return the digest of each file that shapes the tables: migrations, and the SQL they run."""
    package = Path(fotfeste.__file__).parent
    shaping = sorted([*package.glob("*/migrations/*.py"), *package.glob("*/sql/*.sql")])
    return {str(p.relative_to(package)): hashlib.sha256(p.read_bytes()).hexdigest()[:10] for p in shaping}


def people(server: Server, size: Size = COUNTRY) -> Endpoint:
    """Return a database with so many people and their cases, built when there is none of this version."""
    return _kept(server, size.name, lambda name: _build_people(server, name, size))


def events(server: Server, size: Size = COUNTRY) -> Endpoint:
    """Return a database in which each person has had ten statuses."""

    def build(name: str) -> None:
        people(server, size)
        endpoint = server.create_database(name, template=f"{size.name}_{version()}")
        _fill(endpoint, name, "events.sql", size)

    return _kept(server, f"{size.name}_events", build)


def superuser_url(endpoint: Endpoint) -> str:
    """Return the superuser's address of this very database."""
    assert endpoint.superuser_url
    return make_conninfo(endpoint.superuser_url, dbname=psycopg.conninfo.conninfo_to_dict(endpoint.app_url)["dbname"])


def unfenced_url(endpoint: Endpoint) -> str:
    """Return the address of a role that may what the app may, but that no row policy holds."""
    return make_conninfo(endpoint.app_url, user=UNFENCED)


def actor_ids(endpoint: Endpoint) -> dict[str, int]:
    """Return the four users who are measured, by name."""
    with psycopg.connect(superuser_url(endpoint)) as connection:
        rows = connection.execute("SELECT substr(subject, 7), id FROM access_user WHERE subject LIKE 'bench:%'")
        return {name: number for name, number in rows if name in ACTORS}


def _kept(server: Server, label: str, build: Callable[[str], None]) -> Endpoint:
    """Return the database of this filling: as it stands, migrated further when only new files came, else built anew."""
    endpoint = server.ensure_running()
    assert endpoint.superuser_url
    name, note = f"{label}_{version()}", FOLDER / f"{label}.json"
    kept = json.loads(note.read_text()) if note.exists() else {}
    now = shape()
    with psycopg.connect(endpoint.superuser_url, autocommit=True) as connection:
        there = {
            row[0]
            for row in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{label}_%"])
        }
        if os.environ.get("FOTFESTE_BENCH_KEEP") and kept.get("name") in there:
            return _endpoint(server, kept["name"])  # while one tries things out; never for a result that is kept
        if kept.get("name") != name or name not in there or not kept["shape"].items() <= now.items():
            note.unlink(missing_ok=True)
            for outdated in there:
                if re.fullmatch(label + "_[0-9a-f]{10}", outdated):
                    connection.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)')
            build(name)
        elif kept["shape"] != now:
            _in_django(_endpoint(server, name), "migrate")
    note.write_text(json.dumps({"name": name, "shape": now}))
    return _endpoint(server, name)


def _endpoint(server: Server, name: str) -> Endpoint:
    from fotfeste.kernel.database.endpoint import socket_endpoint

    running = server.ensure_running()
    assert running.socket_dir
    assert running.port
    return socket_endpoint(running.socket_dir, running.port, database=name)


def _build_people(server: Server, name: str, size: Size) -> None:
    endpoint = server.create_database(name)
    _in_django(endpoint, "prepare")
    _fill(endpoint, name, "people.sql", size)
    _in_django(endpoint, "finish")
    with psycopg.connect(superuser_url(endpoint), autocommit=True) as connection:
        _settle(connection)


def _in_django(endpoint: Endpoint, step: str) -> None:
    subprocess.run([sys.executable, "-m", "benchmarks.filling", step], env=settings_for(endpoint), check=True)


def _fill(endpoint: Endpoint, name: str, script: str, size: Size) -> None:
    """Run the scripts as superuser with triggers off; the sequences are moved past the ids that were given."""
    scripts = ["units.sql", "people.sql", "cases.sql"] if script == "people.sql" else [script]
    values = {"people": size.people, "is_country": size.is_country, "on": ON, "at": _AT}
    with psycopg.connect(superuser_url(endpoint), autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(
            f"""DO $$ BEGIN CREATE ROLE {UNFENCED} LOGIN BYPASSRLS IN ROLE fotfeste_app;
                EXCEPTION WHEN duplicate_object THEN NULL; END $$"""
        )
        connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO {UNFENCED}')
        connection.execute(
            "SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '256MB'"
        )
        for each in scripts:
            connection.execute((FILLING / each).read_text(encoding="utf-8"), values)
        _move_sequences(connection)
        _settle(connection)


def _settle(connection: psycopg.Connection) -> None:
    """Leave tables and figures as a server does after a quiet night."""
    connection.execute("VACUUM (ANALYZE, FREEZE)")
    connection.execute("CHECKPOINT")


def _move_sequences(connection: psycopg.Connection) -> None:
    tables = connection.execute(
        """SELECT c.table_name, c.column_name FROM information_schema.columns c
           WHERE c.table_schema = 'public' AND c.is_identity = 'YES'"""
    ).fetchall()
    for table, column in tables:
        connection.execute(
            f"""SELECT setval(pg_get_serial_sequence('{table}', '{column}'), greatest(max({column}), 1)) FROM {table}"""
        )


def main() -> int:
    """Build all of them, or say that they stand ready."""
    from benchmarks.server import running

    with running("lists-server") as server:
        for build, size in ((people, COUNTRY), (people, COUNTY), (events, COUNTRY)):
            endpoint = build(server, size)
            with psycopg.connect(superuser_url(endpoint)) as connection:
                counts = {
                    table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]
                    for table in ("people_youth", "casework_registration", "casework_status_event", "access_grant")
                }
            print(f"{build.__name__} {size.name}: {json.dumps(counts)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
