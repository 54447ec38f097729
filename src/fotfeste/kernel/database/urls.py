"""Database addresses: written for our own server, read for Django."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from fotfeste.kernel.database.problem import DatabaseProblem


def socket_url(*, role: str, database: str, socket_dir: Path, port: int) -> str:
    """Return the address of a database behind a socket, as psycopg, psql and ``as_django`` read it."""
    host = quote(str(socket_dir), safe="/")
    return f"postgresql://{quote(role, safe='')}@/{quote(database, safe='')}?host={host}&port={port}"


def as_django(url: str) -> dict[str, Any]:
    """
    Return an address as the entries of a Django database setting (the engine is the caller's).

    Read by libpq itself, so percent-encoding, several hosts and ``?sslmode=`` mean what they mean to psql.

    :raises DatabaseProblem: the text is not an address of a PostgreSQL database.
    """
    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(url))
    except psycopg.Error:
        # The library's own message quotes the address, and the address may hold a password.
        raise DatabaseProblem(
            "Adressen til databasen kan ikke leses. Skriv den slik: postgresql://bruker:passord@tjener:5432/database. "
            "Spesialtegn i passordet skrives prosentkodet."
        ) from None
    if not parts.get("dbname"):
        raise DatabaseProblem("Adressen til databasen sier ikke hvilken database: skriv navnet etter siste skråstrek.")
    return {
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }
