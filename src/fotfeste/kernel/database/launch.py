"""Run PostgreSQL's own programs: make a cluster, start a server on it."""

from __future__ import annotations

import os
import shlex
import shutil
import time
from pathlib import Path

from fotfeste.kernel.database import tuning
from fotfeste.kernel.database.account import Account
from fotfeste.kernel.database.binaries import Binaries
from fotfeste.kernel.database.place import PORT, Place
from fotfeste.kernel.database.problem import DatabaseProblem

START_SECONDS = 60
# What PostgreSQL says for a moment after it was killed, until its last workers have noticed.
_PASSING = ('lock file "postmaster.pid" already exists', "pre-existing shared memory block")


def create_cluster(place: Place, binaries: Binaries, account: Account, *, fast: bool) -> None:
    """
    Make the cluster aside and move it into place when whole, so an interrupted first start leaves nothing.

    :raises DatabaseProblem: ``initdb`` failed; its words are in the text.
    """
    aside = place.home / "data.new"
    for locale in ("C.UTF-8", "C"):  # not every C library knows the first
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        account.give(aside)
        options = tuning.cluster_options(major=binaries.major, locale=locale, fast=fast)
        failure = _run(place, account, [binaries.program("initdb"), *options], cluster=aside)
        if failure is None:
            aside.rename(place.cluster)
            return
    shutil.rmtree(aside, ignore_errors=True)
    raise DatabaseProblem(f"Databasen i {place.home} kunne ikke opprettes: {failure}")


def launch(place: Place, binaries: Binaries, account: Account, *, fast: bool) -> None:
    """
    Start the server and wait until it answers.

    :raises DatabaseProblem: it did not start; its words are in the text.
    """
    socket_dir = place.make_socket_dir(account)
    settings = tuning.server_settings(
        name=place.name,
        socket_dir="../socket" if socket_dir.parent == place.home else str(socket_dir),
        port=PORT,
        fast=fast,
    )
    options = shlex.join(part for key, value in settings.items() for part in ("-c", f"{key}={value}"))
    command = [binaries.program("pg_ctl"), "start", "--wait", "--silent", f"--timeout={START_SECONDS}", "-o", options]
    deadline = time.monotonic() + START_SECONDS
    while failure := _run(place, account, command, cluster=place.cluster):
        if not any(sign in failure for sign in _PASSING) or time.monotonic() > deadline:
            place.remove_socket_dir(socket_dir)
            raise DatabaseProblem(f"Databasen i {place.home} startet ikke: {_advice(failure)}")
        time.sleep(0.2)


def _run(place: Place, account: Account, command: list[str], *, cluster: Path) -> str | None:
    """Run a program on a cluster as the server's user; return None, or what a failed one wrote."""
    log = place.open_log()
    try:
        start_of_this = os.lseek(log, 0, os.SEEK_END)
        with place.for_programs() as (home, descriptors):
            located = [*command, "-D", f"{home}/{cluster.name}"]
            done = account.run(located, stdout=log, stderr=log, pass_fds=descriptors)
    finally:
        os.close(log)
    if done.returncode == 0:
        return None
    return place.log.read_bytes()[start_of_this:].decode(errors="replace").strip() or f"kode {done.returncode}"


def _advice(failure: str) -> str:
    if tuning.TIME_ZONE in failure:
        return f"PostgreSQL kjenner ikke tidssonen {tuning.TIME_ZONE}. Installer tidssonedata (pakken tzdata)."
    return failure
