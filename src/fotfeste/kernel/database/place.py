"""
Where a server lives on disk, and who is running there now.

    <data_dir>/            made 0700 when it is missing, otherwise left as it is
      postgres/            0700, belongs to the user the server runs as
        data/              the cluster
        socket/            the only way in: no TCP port is opened
        server.log, lock
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fotfeste.kernel.database.account import Account, choose_account
from fotfeste.kernel.database.problem import DatabaseProblem

PORT = 5432
LONGEST_SOCKET_PATH = 107  # bytes; the kernel's sun_path less its closing zero
_NOBODYS_PID = "2147483646"  # above every kernel's highest process number


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A running server: its process and where its socket is."""

    pid: int
    socket_dir: Path
    port: int


class Place:
    """The folders and files of one embedded server."""

    def __init__(self, data_dir: Path | str) -> None:
        self.data_dir = Path(data_dir).expanduser().resolve()
        self.home = self.data_dir / "postgres"
        self.cluster = self.home / "data"
        self.log = self.home / "server.log"

    def prepare(self) -> Account:
        """
        Create the folders, private, and return the user the server runs as.

        Folders that were there before, those above included, keep their owner and mode.
        """
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        account = choose_account(self.cluster)
        _private_folder(self.home, account)
        return account

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold off every other process that wants to start or stop the same server."""
        with open(self.home / "lock", "a", opener=_private_file) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def open_log(self) -> int:
        """Return a descriptor that appends to the server's log."""
        return _private_file(str(self.log), os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    @contextlib.contextmanager
    def for_programs(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """
        Yield a path of ``home`` that works for the server's user, and descriptors to hand on to its programs.

        A private folder above (``/root``, a 0700 home) would stop a dropped user from walking the path down, and
        ``pg_ctl`` passes the path through a shell without minding what it holds. So the folder is opened here and
        the server told to look behind that descriptor: data stay exactly where they were asked for, whatever the
        path is called, and not a single parent is opened up.
        """
        if not os.path.isdir("/proc/self/fd"):
            yield str(self.home), ()
            return
        descriptor = os.open(self.home, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)

    def socket_dir(self, uid: int) -> Path:
        """Return the folder for the socket: beside the data, or in a hashed folder in /tmp when that is too long."""
        beside = self.home / "socket"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return beside
        digest = hashlib.sha256(f"{uid}:{self.home}".encode()).hexdigest()[:16]
        return Path("/tmp") / f"fotfeste-{digest}"  # noqa: S108  made private, and refused if somebody else's

    def make_socket_dir(self, account: Account) -> Path:
        """
        Make the folder for the socket, private to the server's user, and return it.

        :raises DatabaseProblem: somebody else has taken the folder in /tmp.
        """
        folder = self.socket_dir(account.uid)
        _private_folder(folder, account)
        return folder

    def remove_socket_dir(self, folder: Path) -> None:
        """Remove a stopped server's socket folder when it lies outside ``home`` and is empty."""
        if folder.parent != self.home:
            with contextlib.suppress(OSError):
                folder.rmdir()

    @property
    def name(self) -> str:
        """Return the name the running server carries in the process list; follows the folder when it is moved."""
        return f"fotfeste-{self.cluster.stat().st_ino}"

    def cluster_major(self) -> int | None:
        """Return the major version that made the cluster, or None when there is no cluster yet."""
        try:
            text = (self.cluster / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return None
        if not text.isdigit():
            raise DatabaseProblem(
                f"Filen PG_VERSION i {self.cluster} er skadet. Hent mappen tilbake fra sikkerhetskopi."
            )
        return int(text)

    def postmaster(self) -> Postmaster | None:
        """Return the server running on this cluster, or None. A left-behind pid file alone proves nothing."""
        lines = self._pid_file_lines()
        if len(lines) < 5 or f"cluster_name={self.name}" not in command_of(lines[0]):
            return None
        # Relative to the cluster when beside it, so a moved folder or another view of it still finds the socket.
        socket_dir = Path(os.path.normpath(self.cluster / lines[4].strip()))
        return Postmaster(pid=int(lines[0]), socket_dir=socket_dir, port=int(lines[3]))

    def clear_traces_of_a_killed_server(self) -> None:
        """
        Keep a process number used again after a kill or reboot from passing for a running server.

        PostgreSQL trusts any living process (a zombie too) with the number in its lock files. In the cluster's own
        only that number is replaced: the rest lets PostgreSQL see whether workers of the killed server still live.
        """
        lines = self._pid_file_lines()
        if lines and "postgres" not in command_of(lines[0]):
            with open(self.cluster / "postmaster.pid", "r+") as pid_file:
                pid_file.write("\n".join([_NOBODYS_PID, *lines[1:], ""]))
                pid_file.truncate()
            for trace in self.socket_dir(self.cluster.stat().st_uid).glob(".s.PGSQL.*"):
                trace.unlink()

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []


def command_of(pid: str | int) -> str:
    """Return the command line of a living process; empty when it is gone or only waits to be buried."""
    if not str(pid).strip().isdigit():
        return ""
    if os.path.isdir("/proc/self"):
        try:
            return Path(f"/proc/{int(pid)}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    listing = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(int(pid))], capture_output=True, check=False)
    return listing.stdout.decode(errors="replace")


def _private_file(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, mode=0o600)


def _private_folder(folder: Path, account: Account) -> None:
    """Make the folder 0700 and the account's; refuse one that belongs to anybody else."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        account.give(folder)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid not in (account.uid, os.geteuid()):
        raise DatabaseProblem(
            f"Mappen {folder} tilhører en annen bruker. "
            "Start Fotfeste som den brukeren, eller velg en annen --data-dir."
        )
    if found.st_uid != account.uid:
        account.give(folder)
    folder.chmod(0o700)
