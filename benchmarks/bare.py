"""
The yardstick: the least a database must do to take the same rows in. FROZEN: a slower yardstick makes no goal pass.

Every column is copied to a staging table and upserted into three normalised tables with keys, foreign keys and seven
indexes: person (2 besides its key), reach (its key) and enrolment (2 besides its key). No checks, no decisions, no
history, no row policies; nor does it expect a person twice in a file. Beside it, how long a bare COPY into one table
without indexes takes.
"""

import time
from pathlib import Path

import psycopg

FROZEN = "2026-11-23"

_COLUMNS = (
    "national_id text, id_type text, first_name text, last_name text, born date, email text, phone text, street text, "
    "postcode text, city text, municipality text, district text, lat float8, lon float8, stay_street text, "
    "protection text, guardian_name text, guardian_phone text, school_org text, school_name text, kind text, "
    "programme text, level text, starts_on date, ends_on date, end_reason text, completed text, "
    "finished_compulsory text, contract_status text"
)

TABLES = """
CREATE TABLE school (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, org text NOT NULL UNIQUE, name text NOT NULL);
CREATE TABLE person (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, national_id text NOT NULL UNIQUE, id_type text, first_name text,
  last_name text NOT NULL, born date NOT NULL, protection text, guardian_name text, guardian_phone text, completed text,
  finished_compulsory text);
CREATE INDEX person_name ON person (last_name, first_name);
CREATE TABLE reach (
  person_id bigint PRIMARY KEY REFERENCES person (id), email text, phone text, street text, postcode text, city text,
  municipality text, district text, lat float8, lon float8, stay_street text);
CREATE TABLE enrolment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person_id bigint NOT NULL REFERENCES person (id),
  school_id bigint NOT NULL REFERENCES school (id), starts_on date NOT NULL, kind text NOT NULL, programme text,
  level text, ends_on date, end_reason text, contract_status text, UNIQUE (person_id, school_id, starts_on));
CREATE INDEX enrolment_school ON enrolment (school_id);
"""

STAGING = f"CREATE TEMP TABLE staging ({_COLUMNS}) ON COMMIT DROP"


def _upsert(table: str, key: str, columns: str, source: str) -> str:
    """Return an upsert that writes only rows that differ, by the usual IS DISTINCT FROM guard."""
    changing = [name for name in columns.split(", ") if name not in key.split(", ")]
    assigned = ", ".join(f"{name} = excluded.{name}" for name in changing)
    old, new = (", ".join(f"{side}.{name}" for name in changing) for side in ("old", "excluded"))
    return f"""INSERT INTO {table} AS old ({columns}) {source}
        ON CONFLICT ({key}) DO UPDATE SET {assigned} WHERE ({old}) IS DISTINCT FROM ({new})"""


# Somebody without a number is known by name and birth date, so that every row has a key.
_KEY = "coalesce(s.national_id, s.last_name || '|' || s.first_name || '|' || s.born)"
_PERSON = (
    "national_id, id_type, first_name, last_name, born, protection, guardian_name, guardian_phone, completed, "
    "finished_compulsory"
)
_REACH = "person_id, email, phone, street, postcode, city, municipality, district, lat, lon, stay_street"
_ENROLMENT = "person_id, school_id, starts_on, kind, programme, level, ends_on, end_reason, contract_status"
_PERSONS = f"FROM staging s JOIN person p ON p.national_id = {_KEY}"

UPSERTS = (
    """INSERT INTO school (org, name) SELECT school_org, max(school_name) FROM staging GROUP BY 1
       ON CONFLICT (org) DO NOTHING""",
    _upsert("person", "national_id", _PERSON, f"SELECT {_KEY}, {_PERSON.partition(', ')[2]} FROM staging s"),
    _upsert("reach", "person_id", _REACH, f"SELECT p.id, {_REACH.partition(', ')[2]} {_PERSONS}"),
    _upsert(
        "enrolment",
        "person_id, school_id, starts_on",
        _ENROLMENT,
        f"SELECT p.id, c.id, {_ENROLMENT.split(', ', 2)[2]} {_PERSONS} JOIN school c ON c.org = s.school_org",
    ),
)


def prepare(url: str) -> None:
    """Make the three tables, empty."""
    with psycopg.connect(url) as connection:
        connection.execute(TABLES)


def load(url: str, path: Path) -> float:
    """Copy and upsert a file in one transaction, as a first load or a refresh; return the seconds it took."""
    started = time.perf_counter()
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'ISO, DMY'")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(STAGING)
        _copy(cursor, "staging", path)
        cursor.execute("ANALYZE staging")
        for statement in UPSERTS:
            cursor.execute(statement)
    return time.perf_counter() - started


def plain_copy(url: str, path: Path) -> float:
    """Copy a file into one table without indexes; return the seconds it took."""
    with psycopg.connect(url) as connection:
        connection.execute(f"DROP TABLE IF EXISTS plain; CREATE TABLE plain ({_COLUMNS})")
    started = time.perf_counter()
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'ISO, DMY'")
        _copy(cursor, "plain", path)
    return time.perf_counter() - started


def _copy(cursor: psycopg.Cursor, table: str, path: Path) -> None:
    with path.open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN WITH (FORMAT csv, HEADER)") as copy:
        while block := file.read(1 << 20):
            copy.write(block)
