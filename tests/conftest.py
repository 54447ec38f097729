"""
The test database: an embedded PostgreSQL made for the run, migrated as the owner, used as the app role.

Row policies are therefore on in every test. ``FOTFESTE_TEST_SERVER=system`` runs the same tests on the newest
PostgreSQL installed on the machine instead of the wheel's.
"""

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

os.environ["FOTFESTE_ENV"] = "test"
os.environ.pop("DATABASE_URL", None)
# Playwright keeps an event loop in the thread the tests run in; none of our code is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import hypothesis
import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright
from whitenoise.middleware import WhiteNoiseMiddleware

from fotfeste.config import settings
from fotfeste.kernel.database import Endpoint, Server, available_binaries

# How long an example takes says how busy the machine is, not whether the rule holds.
hypothesis.settings.register_profile("fotfeste", deadline=None)
hypothesis.settings.load_profile("fotfeste")


#: Four servers, each with its databases and the log PostgreSQL keeps for itself.
_ROOM_FOR_SERVERS = 6 * 1024**3


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no rubbish while the tests are found, nor afterwards among what was found, and more seldom than usual."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


#: Files whose tests share a world that takes long to make. They come first: what stands last is what workers that are done
#: take over from each other, and each of them would make the world anew.
_COSTLY_WORLDS = ("reporting/test_ministry_table.py",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests that share a costly world where one worker takes them all."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(_COSTLY_WORLDS))


def _binaries_wanted() -> object:
    wanted = os.environ.get("FOTFESTE_TEST_SERVER", "wheel")
    found = [b for b in available_binaries() if ("site-packages" in str(b.bin_dir)) == (wanted == "wheel")]
    if not found:
        raise pytest.UsageError(f"Fant ingen PostgreSQL av typen «{wanted}» å teste med.")
    return found[0]


def _in_memory() -> str | None:
    """Return where the machine keeps files in memory, when it is roomy: a database is copied there in a fifth of the time."""
    folder = "/dev/shm"
    try:
        is_roomy = shutil.disk_usage(folder).free > _ROOM_FOR_SERVERS and os.access(folder, os.W_OK)
    except OSError:
        return None
    return folder if is_roomy else None


def pytest_report_header() -> str:
    """Say which server the run uses."""
    binaries = _binaries_wanted()
    return f"database: PostgreSQL {binaries.major} ({binaries.origin})"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what nobody should have to guess: which servers were there to test with, and how much of a matrix was tried."""
    servers = ", ".join(f"PostgreSQL {server.major} ({server.origin})" for server in available_binaries())
    starter = "root and by ordinary users" if os.geteuid() == 0 else "an ordinary user"
    terminalreporter.write_line(f"embedded server tested with {servers}, started by {starter}")
    tried: Counter[str] = Counter()
    for report in terminalreporter.getreports(""):  # set-ups and teardowns
        tried.update(
            {
                name.removeprefix("matrix: "): n
                for name, n in report.user_properties
                if report.when == "teardown" and "matrix: " in name
            }
        )
    if tried:
        told = ", ".join(f"{channel} {n}" for channel, n in sorted(tried.items()))
        terminalreporter.write_line(f"access matrix: {tried.total()} cells tried ({told})")


def point_django_at(endpoint: Endpoint) -> None:
    """Let Django's two connections use this database from now on, as the product's settings make them."""
    made = {"default": (endpoint.app_url, "fotfeste_app"), "owner": (endpoint.owner_url, "fotfeste_owner")}
    for alias, (url, role) in made.items():
        connections[alias].close()
        connections.databases[alias].update(settings._database(url, role))
        del connections[alias]


@pytest.fixture(scope="session", autouse=True)
def _static_files_found_once() -> Iterator[None]:
    """Look through the static files once for the run: each browser of a test would else begin by doing it anew."""
    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for the whole run, in a folder that goes away with it."""
    with tempfile.TemporaryDirectory(prefix="fotfeste-test-", dir=_in_memory()) as folder:
        running = Server(Path(folder) / "pg", binaries=_binaries_wanted(), fast=True)
        running.ensure_running()
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="session")
def template_database(server: Server, django_db_blocker: pytest.FixtureRequest) -> str:
    """The name of a migrated database that others are copied from."""
    from fotfeste.config import deployment

    endpoint = server.create_database("fotfeste_template")
    with django_db_blocker.unblock():
        point_django_at(endpoint)
        deployment.migrate()
        for alias in ("default", "owner"):
            connections[alias].close()
    return "fotfeste_template"


@pytest.fixture(scope="session")
def django_db_setup(server: Server, template_database: str, django_db_blocker: pytest.FixtureRequest) -> None:
    """Give the run its database; each test runs in a transaction that is rolled back."""
    endpoint = server.create_database("fotfeste_test", template=template_database)
    with django_db_blocker.unblock():
        point_django_at(endpoint)


@pytest.fixture
def committed_database(
    server: Server, template_database: str, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Endpoint]:
    """A fresh database of the test's own, in which it may commit: for concurrency, kills and whole commands."""
    name = "fotfeste_committed"
    endpoint = server.create_database(name, template=template_database)
    with django_db_blocker.unblock():
        before = {alias: dict(connections.databases[alias]) for alias in ("default", "owner")}
        point_django_at(endpoint)
        try:
            yield endpoint
        finally:
            for alias, described in before.items():
                connections[alias].close()
                connections.databases[alias].update(described)
                del connections[alias]
    server.drop_database(name)


#: As scripts/chromium.sh finds it: the headless shell does the same in half the time.
CHROMIUM = os.environ.get("FOTFESTE_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium"))), "/usr/bin/chromium"
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for the whole run: two Playwrights in one thread are one too many."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
