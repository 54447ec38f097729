"""Web servers to be measured, two workers each as in production, and the clients that ask them."""

import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

import psycopg

from benchmarks.database import UNFENCED, superuser_url, unfenced_url
from benchmarks.product import settings_for
from fotfeste.kernel.database import Endpoint

WORKERS = 2
THREADS = 4
PRODUCT = "benchmarks.variants:application"
MINIMAL = "benchmarks.minimal.wsgi:application"
_MINIMAL_KEY = "minimalsite"


@dataclass(frozen=True, slots=True)
class Site:
    """A running server, and the session one asks it with."""

    port: int
    pid: int
    session: str

    def ask(self, paths: Sequence[str], count: int) -> list[float]:
        """Ask so many times as one client that stays connected; return the seconds each answer took."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"sessionid={self.session}", "Accept-Language": "nb"}
        taken = []
        for path in islice(cycle(paths), count):
            started = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            taken.append(time.perf_counter() - started)
            if answer.status != 200:
                raise SystemExit(f"The site answers {answer.status} to {path}.")
        connection.close()
        return taken

    def body(self, path: str) -> bytes:
        """Return one page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Cookie": f"sessionid={self.session}", "Accept-Language": "nb"})
        return connection.getresponse().read()

    def p50(self, paths: Sequence[str], count: int) -> float:
        """Return how long the middle answer takes for a client alone."""
        return statistics.median(self.ask(paths, count))

    def p95_of_eight(self, paths: Sequence[str], count: int) -> float:
        """Return what 95 of 100 answers take at most when eight clients ask at once, so many times each."""
        taken: list[float] = []
        clients = [threading.Thread(target=lambda: taken.extend(self.ask(paths, count))) for _ in range(8)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        return statistics.quantiles(taken, n=20)[-1]


@contextlib.contextmanager
def serving(endpoint: Endpoint, session: str, *, target: str = PRODUCT, variant: str = "") -> Iterator[Site]:
    """Serve a site until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**settings_for(endpoint), "FOTFESTE_POOL_SIZE": str(THREADS + 2), "FOTFESTE_BENCH_VARIANT": variant}
    if target == MINIMAL:
        environment["DATABASE_URL"] = unfenced_url(endpoint)
    command = [sys.executable, "-m", "benchmarks.sites", target, str(port)]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        _wait_for(port, process)
        yield Site(port, process.pid, session)
    finally:
        _stop(process)


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        # A server told to stop while a worker of it still starts may wait for ever.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("The site does not start.")


def session_of(user_id: int) -> str:
    """Make a session as a login does, and return its key. Django must be set up on the database."""
    from fotfeste.access.session_store import SessionStore

    session = SessionStore()
    session["user_id"] = user_id
    session.create()
    return str(session.session_key)


def minimal_session_of(endpoint: Endpoint, user_id: int) -> str:
    """Make a session in the table that Django's own store reads, which the product has none of; return its key."""
    from django.contrib.sessions.serializers import JSONSerializer
    from django.core import signing

    from benchmarks.minimal.settings import SECRET_KEY

    salt = "django.contrib.sessions.SessionStore"
    data = signing.dumps({"user_id": user_id}, key=SECRET_KEY, salt=salt, serializer=JSONSerializer, compress=True)
    with psycopg.connect(superuser_url(endpoint)) as connection:
        connection.execute(
            f"""CREATE TABLE IF NOT EXISTS django_session
                (session_key varchar(40) PRIMARY KEY, session_data text NOT NULL, expire_date timestamptz NOT NULL);
                GRANT SELECT ON django_session TO {UNFENCED}"""
        )
        connection.execute(
            """INSERT INTO django_session VALUES (%s, %s, now() + interval '1 day')
               ON CONFLICT (session_key) DO UPDATE
               SET session_data = excluded.session_data, expire_date = excluded.expire_date""",
            [_MINIMAL_KEY, data],
        )
    return _MINIMAL_KEY


def run_server(target: str, port: int) -> None:
    """Serve in this process, as ``fotfeste serve`` does."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        target,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.variant_settings")
    run_server(sys.argv[1], int(sys.argv[2]))
