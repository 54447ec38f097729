"""
PostgreSQL without ceremony: an embedded server in a folder, or the one ``DATABASE_URL`` names.

Knows nothing of Django, so settings may use it. ``endpoint_for(data_dir)`` is what most callers want.
"""

from fotfeste.kernel.database.binaries import Binaries, available_binaries, find_binaries
from fotfeste.kernel.database.endpoint import Endpoint
from fotfeste.kernel.database.problem import DatabaseProblem
from fotfeste.kernel.database.roles import (
    APP_ROLE,
    DATABASE,
    OWNER_ROLE,
    bootstrap_roles,
    create_database,
    drop_database,
)
from fotfeste.kernel.database.server import Server, Status, endpoint_for
from fotfeste.kernel.database.urls import as_django, socket_url

__all__ = [
    "APP_ROLE",
    "DATABASE",
    "OWNER_ROLE",
    "Binaries",
    "DatabaseProblem",
    "Endpoint",
    "Server",
    "Status",
    "as_django",
    "available_binaries",
    "bootstrap_roles",
    "create_database",
    "drop_database",
    "endpoint_for",
    "find_binaries",
    "socket_url",
]
