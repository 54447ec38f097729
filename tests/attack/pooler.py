"""A PgBouncer in front of a test database, in the mode that hands a connection on after each transaction."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from fotfeste.kernel.database import Endpoint

_PATIENCE = 60
_CONFIGURATION = """[databases]
{database} = host={socket} port={port} dbname={database} user={user}
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {size}
server_reset_query =
query_wait_timeout = 30
ignore_startup_parameters = extra_float_digits,options
logfile = {folder}/log
pidfile = {folder}/pid
"""


def _program() -> str:
    found = os.environ.get("FOTFESTE_PGBOUNCER") or shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, "PgBouncer is needed: scripts/pgbouncer.sh installs it."
    return found


@contextmanager
def pooled(endpoint: Endpoint, *, size: int) -> Iterator[str]:
    """Start a pooler with so many connections to the server, and give the address clients reach it by."""
    server = conninfo_to_dict(endpoint.app_url)
    home = Path(str(server["host"]))
    with tempfile.TemporaryDirectory(prefix="fotfeste-pool-", dir="/tmp") as name:
        folder = Path(name)
        owner = pwd.getpwuid(home.stat().st_uid)
        (folder / "ini").write_text(
            _CONFIGURATION.format(
                database=server["dbname"],
                socket=home,
                port=server["port"],
                user=server["user"],
                folder=folder,
                size=size,
            )
        )
        as_owner = ["-u", owner.pw_name] if os.geteuid() == 0 else []
        if as_owner:  # it will not run as root, and the server's socket is open to its owner alone
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            _let_through(home, owner.pw_uid)
        running = subprocess.Popen([_program(), *as_owner, str(folder / "ini")], stderr=subprocess.DEVNULL)
        address = f"host={folder} port=6432 dbname={server['dbname']} user={server['user']}"
        try:
            _wait(address, running)
            yield address
        finally:
            running.terminate()
            running.wait(timeout=20)


def _let_through(home: Path, uid: int) -> None:
    """Let a user walk to a folder of its own through those of the test run, which are only passed through."""
    for parent in home.parents:
        found = parent.stat()
        if found.st_uid != uid and not found.st_mode & 0o001:
            parent.chmod(found.st_mode | 0o011)


def _wait(address: str, running: subprocess.Popen) -> None:
    """Ask until it answers; it has ended, or does not reach the server, if it never does."""
    deadline = time.monotonic() + _PATIENCE
    while running.poll() is None and time.monotonic() < deadline:
        try:
            with psycopg.connect(address, connect_timeout=5):
                return
        except psycopg.OperationalError:
            continue
    running.terminate()
    raise AssertionError("PgBouncer did not start.")
