"""How to reach a database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fotfeste.kernel.database import roles
from fotfeste.kernel.database.urls import socket_url


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Addresses of a database, one per role. The last three are None for a server we did not start ourselves."""

    app_url: str
    owner_url: str | None
    superuser_url: str | None = None
    socket_dir: Path | None = None
    port: int | None = None


def socket_endpoint(socket_dir: Path, port: int, *, database: str) -> Endpoint:
    """Return the endpoint of a database on a server of our own."""

    def url(role: str, name: str) -> str:
        return socket_url(role=role, database=name, socket_dir=socket_dir, port=port)

    return Endpoint(
        app_url=url(roles.APP_ROLE, database),
        owner_url=url(roles.OWNER_ROLE, database),
        superuser_url=url("postgres", "postgres"),
        socket_dir=socket_dir,
        port=port,
    )
