"""The server everything is measured on: an embedded PostgreSQL of the benchmarks' own, roomier than a demo's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from fotfeste.kernel.database import Server, available_binaries, tuning

FOLDER = Path(os.environ.get("FOTFESTE_BENCH_DIR", Path(__file__).resolve().parent.parent / "var" / "bench"))
"""Generated rows and databases live here, outside the repository's history."""

SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "max_parallel_workers_per_gather": "1",
}
"""What differs from a demo's server. fsync, synchronous commit and full page writes stay on, jit off."""


@contextmanager
def running(name: str = "server") -> Iterator[Server]:
    """Start the server (or find it running), and stop it afterwards."""
    wanted = os.environ.get("FOTFESTE_BENCH_SERVER", "wheel")
    found = [b for b in available_binaries() if ("site-packages" in str(b.bin_dir)) == (wanted == "wheel")]
    if not found:
        raise SystemExit(f"No PostgreSQL of the kind «{wanted}» to measure on.")
    ordinary = tuning.server_settings
    with mock.patch.object(tuning, "server_settings", lambda **given: {**ordinary(**given), **SETTINGS}):
        server = Server(FOLDER / f"{name}-{found[0].major}", binaries=found[0])
        server.stop()  # one left over may have other settings
        server.ensure_running()
        try:
            yield server
        finally:
            server.stop()
