"""How an embedded server is set up: closed to the network, Norwegian time, sized for a small machine."""

from __future__ import annotations

import os

TIME_ZONE = "Europe/Oslo"
_ROOMY_SHARED_MEMORY = 256 * 1024 * 1024


def server_settings(*, name: str, socket_dir: str, port: int, fast: bool) -> dict[str, str]:
    """
    Return the settings given to the server each time it starts.

    :param fast: give up surviving a power cut for speed. For tests, whose data may be lost.
    """
    settings = {
        "cluster_name": name,
        "listen_addresses": "",
        "unix_socket_directories": socket_dir,
        "unix_socket_permissions": "0700",
        "port": str(port),
        "timezone": TIME_ZONE,
        "log_timezone": TIME_ZONE,
        # Two cores and a few gigabytes: a laptop or a small demo machine, shared with browser and web processes.
        "max_connections": "60",
        "shared_buffers": "256MB",
        "effective_cache_size": "1GB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        "max_parallel_workers_per_gather": "1",
        "jit": "off",
        # Nobody replicates an embedded server, and a minimal log makes bulk loads cheaper.
        "wal_level": "minimal",
        "max_wal_senders": "0",
        # A failed statement quotes names and numbers of people: the log keeps the server's own life, nothing of theirs.
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_checkpoints": "off",
    }
    if _shared_memory() < _ROOMY_SHARED_MEMORY:
        # Containers often get 64 MB, where parallel queries die; files do the same job.
        settings["dynamic_shared_memory_type"] = "mmap"
    if fast:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return settings


def cluster_options(*, major: int, locale: str, fast: bool) -> list[str]:
    """Return what ``initdb`` is told; ``locale`` is the C library's, which from 17 on decides next to nothing."""
    options = ["--username=postgres", "--encoding=UTF8", f"--locale={locale}"]
    options += ["--auth-local=trust", "--auth-host=reject"]  # the folder around the socket is the lock on the door
    if major >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if fast:
        options += ["--no-sync"]
    return options


def _shared_memory() -> int:
    try:
        space = os.statvfs("/dev/shm")  # noqa: S108  only measured
    except OSError:
        return _ROOMY_SHARED_MEMORY
    return space.f_blocks * space.f_frsize
