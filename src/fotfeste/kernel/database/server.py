"""Start, find and stop the embedded server."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from fotfeste.kernel.database import launch, roles
from fotfeste.kernel.database.account import BINARY_COPIES, Account, readable_binaries
from fotfeste.kernel.database.binaries import Binaries, find_binaries
from fotfeste.kernel.database.endpoint import Endpoint, socket_endpoint
from fotfeste.kernel.database.place import Place, Postmaster, command_of
from fotfeste.kernel.database.problem import DatabaseProblem
from fotfeste.kernel.database.urls import as_django
from fotfeste.kernel.errors import reason_of

STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Status:
    """What there is in a data folder; ``major`` is the cluster's, None before the first start."""

    folder: Path
    major: int | None
    running: bool
    pid: int | None


def endpoint_for(data_dir: Path | str, *, fast: bool = False, environ: Mapping[str, str] | None = None) -> Endpoint:
    """
    Return the database to use: the one in ``DATABASE_URL``, else our own in ``data_dir``, started when needed.

    :raises DatabaseProblem: the address cannot be read, or the server cannot be started.
    """
    environ = os.environ if environ is None else environ
    if url := environ.get("DATABASE_URL"):
        owner_url = environ.get("DATABASE_OWNER_URL") or None
        for address in filter(None, (url, owner_url)):
            as_django(address)
        return Endpoint(app_url=url, owner_url=owner_url)
    return Server(data_dir, fast=fast, binaries=find_binaries(environ)).ensure_running()


class Server:
    """An embedded PostgreSQL in a folder: private, reached by socket only, shared by every process that asks."""

    def __init__(
        self,
        data_dir: Path | str,
        *,
        binaries: Binaries | None = None,
        fast: bool = False,
        binary_copies: Path = BINARY_COPIES,
    ) -> None:
        self.place = Place(data_dir)
        self._binaries = binaries
        self._fast = fast
        self._binary_copies = binary_copies

    def ensure_running(self) -> Endpoint:
        """
        Return the running server's endpoint, having created and started it if it was not there.

        Any number of processes may call this at once; one does the work and all get the same server.

        :raises DatabaseProblem: no usable PostgreSQL, another major version, or it will not start.
        """
        binaries = self._binaries or find_binaries()
        with self._in_plain_words():
            account = self.place.prepare()
            with self.place.locked():
                for _ in range(3):  # a server killed this instant may look alive for a moment more
                    postmaster = self.place.postmaster() or self._start(binaries, account)
                    if endpoint := self._welcome(postmaster, binaries):
                        return endpoint
        raise DatabaseProblem(f"Databasen i {self.place.home} starter, men stanser igjen. Se {self.place.log}.")

    def stop(self) -> None:
        """
        Stop the server and wait until it is gone; one that is not running is fine.

        :raises DatabaseProblem: it will not stop, or belongs to another user.
        """
        with self._in_plain_words():
            if not self.place.home.is_dir():
                return
            with self.place.locked():
                if postmaster := self._running():
                    self._shut_down(postmaster)

    def status(self) -> Status:
        """Return whether the server runs, without starting or changing anything."""
        with self._in_plain_words():
            postmaster = self._running()
            return Status(
                folder=self.place.home,
                major=self.place.cluster_major(),
                running=postmaster is not None,
                pid=postmaster.pid if postmaster else None,
            )

    def create_database(self, name: str, *, template: str | None = None) -> Endpoint:
        """Create (or replace) a database beside the ordinary one, for tests and trials, and return its endpoint."""
        endpoint = self.ensure_running()
        assert endpoint.superuser_url
        assert endpoint.socket_dir
        assert endpoint.port
        roles.create_database(endpoint.superuser_url, name, template=template)
        return socket_endpoint(endpoint.socket_dir, endpoint.port, database=name)

    def drop_database(self, name: str) -> None:
        """Drop a database made by ``create_database``; a missing one is fine."""
        endpoint = self.ensure_running()
        assert endpoint.superuser_url
        roles.drop_database(endpoint.superuser_url, name)

    # -- starting

    def _start(self, binaries: Binaries, account: Account) -> Postmaster:
        made_by = self.place.cluster_major()
        if made_by not in (None, binaries.major):
            raise DatabaseProblem(
                f"Databasen i {self.place.home} er laget med PostgreSQL {made_by}, men Fotfeste bruker nå PostgreSQL "
                f"{binaries.major} ({binaries.origin}). {_WAYS_OUT.format(major=made_by)}"
            )
        binaries = readable_binaries(binaries, account, copies=self._binary_copies)
        if made_by is None:
            launch.create_cluster(self.place, binaries, account, fast=self._fast)
        self.place.clear_traces_of_a_killed_server()
        launch.launch(self.place, binaries, account, fast=self._fast)
        if postmaster := self.place.postmaster():
            return postmaster
        raise DatabaseProblem(f"Databasen i {self.place.home} starter, men stanser igjen. Se {self.place.log}.")

    # -- finding

    def _running(self) -> Postmaster | None:
        return self.place.postmaster() if self.place.cluster.is_dir() else None

    def _welcome(self, postmaster: Postmaster, binaries: Binaries) -> Endpoint | None:
        """Check that the server is the one expected, with roles and database; None when it dies meanwhile."""
        endpoint = socket_endpoint(postmaster.socket_dir, postmaster.port, database=roles.DATABASE)
        assert endpoint.superuser_url
        connection = self._connect(endpoint.superuser_url, postmaster)
        if connection is None:
            return None
        with connection:
            major = connection.info.server_version // 10000
            if major != binaries.major:
                raise DatabaseProblem(
                    f"I {self.place.home} kjører det allerede en PostgreSQL {major}, men Fotfeste bruker nå PostgreSQL "
                    f"{binaries.major} ({binaries.origin}). {_WAYS_OUT.format(major=major)}"
                )
            is_ready = roles.are_in_place(connection)
        if not is_ready:
            roles.bootstrap_roles(endpoint.superuser_url)
        return endpoint

    def _connect(self, url: str, postmaster: Postmaster) -> psycopg.Connection | None:
        """Connect, waiting for a server that is still getting on its feet; None when it is gone."""
        deadline = time.monotonic() + launch.START_SECONDS
        while time.monotonic() < deadline:
            try:
                return psycopg.connect(url, connect_timeout=5, autocommit=True)
            except psycopg.OperationalError:
                if self.place.postmaster() != postmaster:
                    return None
                time.sleep(0.05)
        raise DatabaseProblem(
            f"Databasen i {self.place.home} kjører (prosess {postmaster.pid}), men svarer ikke. Se {self.place.log}."
        )

    # -- stopping

    def _shut_down(self, postmaster: Postmaster) -> None:
        # Fast shutdown throws clients out and leaves a clean cluster; immediate is for one that hangs.
        for how in (signal.SIGINT, signal.SIGQUIT):
            with contextlib.suppress(ProcessLookupError):
                os.kill(postmaster.pid, how)
            deadline = time.monotonic() + STOP_SECONDS
            while time.monotonic() < deadline:
                if self.place.name not in command_of(postmaster.pid):
                    self.place.remove_socket_dir(postmaster.socket_dir)
                    return
                time.sleep(0.02)
        raise DatabaseProblem(f"Databasen i {self.place.home} (prosess {postmaster.pid}) lar seg ikke stoppe.")

    @contextlib.contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            where = problem.filename or self.place.home
            why = reason_of(problem)
            raise DatabaseProblem(f"Databasemappen {self.place.home} kan ikke brukes. {why}: {where}.") from problem


_WAYS_OUT = (
    "Bruk PostgreSQL {major} (sett FOTFESTE_PG_BIN til mappen med programmene), "
    "eller velg en annen mappe med --data-dir."
)
