"""One made-up Oslo for all tests of this folder."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fotfeste.integrations.synthetic.cli import run

SEEN_ON = date(2026, 11, 23)


@pytest.fixture(scope="session")
def oslo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a world of the size ``oslo``."""
    folder = tmp_path_factory.mktemp("synthetic") / "oslo"
    run(out=folder, people="oslo", on=SEEN_ON, seed=1)
    return folder


@pytest.fixture(scope="session")
def truth(oslo: Path) -> dict[str, Any]:
    """Return what was put into the files of Oslo."""
    told: dict[str, Any] = json.loads((oslo / "truth.json").read_text(encoding="utf-8"))["counties"]["03"]
    return told


@pytest.fixture(scope="session")
def history(oslo: Path) -> list[dict[str, Any]]:
    """Return what was done with each youth of Oslo."""
    return [json.loads(line) for line in (oslo / "history.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def table_2011(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the table of 2011."""
    folder = tmp_path_factory.mktemp("synthetic") / "2011"
    run(out=folder, table="ot-2011", seed=1)
    return folder
