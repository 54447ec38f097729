"""The product as it is served: its own server in processes of its own, over a database that tests have filled."""

import contextlib
import os
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from fotfeste.access.actor import Actor
from fotfeste.access.session_store import SESSION_USER, SessionStore
from fotfeste.kernel.database import Endpoint

_PATIENCE = 60


@dataclass(frozen=True)
class Served:
    """A running server: its port, and the process that holds its workers."""

    port: int
    pid: int

    def get(self, path: str, cookie: str = "") -> tuple[int, str]:
        """Ask for a page; return its status and text."""
        return self.send("GET", path, cookie)

    def send(self, method: str, path: str, cookie: str = "", body: str = "", **headers: str) -> tuple[int, str]:
        """Send a request over a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            connection.request(method, path, body or None, {"Cookie": cookie, **kind, **headers})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def most_memory(self) -> int:
        """Return the most memory any of its processes has had, in megabytes."""
        everybody = [self.pid, *_children(self.pid)]
        told = [Path(f"/proc/{pid}/status").read_text() for pid in everybody]
        return max(int(found[1]) for text in told if (found := re.search(r"VmHWM:\s+(\d+)", text))) // 1024


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [child for each in map(int, told) for child in (each, *_children(each))]


def session_of(actor: Actor) -> str:
    """Log somebody in; return the cookie to send."""
    session = SessionStore()
    session[SESSION_USER] = actor.user_id
    session.create()
    return f"sessionid={session.session_key}"


@contextlib.contextmanager
def serving(endpoint: Endpoint, **settings: str) -> Iterator[Served]:
    """Serve the database's contents with two processes of four threads."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "FOTFESTE_ENV": "test",
        "DATABASE_URL": endpoint.app_url,
        "DATABASE_OWNER_URL": endpoint.owner_url,
        "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
        **settings,
    }
    command = [sys.executable, "-m", "fotfeste.config.cli", "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, env={**os.environ, **given}, stdout=subprocess.DEVNULL)
    try:
        served = Served(port, process.pid)
        _wait_until_it_answers(served)
        yield served
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def _wait_until_it_answers(served: Served) -> None:
    last = time.monotonic() + _PATIENCE
    while True:
        try:
            if served.get("/helse/")[0] == 200:
                return
        except OSError:
            if time.monotonic() > last:
                raise
        select.select([], [], [], 0.05)  # let go of the processor for a moment
