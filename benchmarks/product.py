"""The product, made ready to be measured: a migrated database with the units, and the real command line on it."""

import csv
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.rows import COUNTY, ON
from benchmarks.server import FOLDER
from fotfeste.kernel.database import Endpoint, Server


def settings_for(endpoint: Endpoint) -> dict[str, str]:
    """Return the environment in which the product uses a database. It runs compiled, as where it is installed."""
    assert endpoint.owner_url
    urls = {"DATABASE_URL": endpoint.app_url, "DATABASE_OWNER_URL": endpoint.owner_url}
    python = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(FOLDER / "compiled")}
    names = {"FOTFESTE_ENV": "test", "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings"}
    return {**os.environ, **urls, **python, **names}


def make_template(server: Server, name: str, units: list[Path]) -> None:
    """Make a database that is migrated and knows every unit the rows speak of, for others to be copied from."""
    endpoint = server.create_database(name)
    command = [sys.executable, "-m", "benchmarks.product", *map(str, units)]
    subprocess.run(command, env=settings_for(endpoint), check=True)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command line took and said."""

    seconds: float
    peak_bytes: int
    said: dict[str, Any]


def run_import(endpoint: Endpoint, path: Path, *, source: str = "enrolment", on: str = ON.isoformat()) -> Ran:
    """Run ``fotfeste import … --apply --json`` as a process of its own, from its start to its end."""
    command = [sys.executable, "-m", "fotfeste.config.cli", "import", source, str(path)]
    command += ["--county", f"{COUNTY:02}", "--on", on, "--apply", "--json"]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=settings_for(endpoint), stdout=subprocess.PIPE)
    assert process.stdout
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"fotfeste import ended with {process.returncode}.")
    return Ran(seconds, used.ru_maxrss * 1024, json.loads(said))


@contextmanager
def set_up():  # type: ignore[no-untyped-def]
    """Set Django up in this process for the database the environment names, and act as the importer."""
    import django

    django.setup()
    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import system_actor
    from fotfeste.organisations.selectors.counties import county_names

    with acting_as(system_actor("importer", county_ids=tuple(county_names()))) as actor:
        yield actor


def _fill(units: list[Path]) -> None:
    import django

    django.setup()
    from fotfeste.config import deployment
    from fotfeste.organisations.services.units import load_units

    deployment.migrate()
    with set_up() as actor:
        for path in units:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                load_units(actor=actor, rows=csv.DictReader(lines), source="Syntetisk", apply=True)


if __name__ == "__main__":
    _fill([Path(name) for name in sys.argv[1:]])
