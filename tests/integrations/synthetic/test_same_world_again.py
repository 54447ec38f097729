"""The same seed gives the same bytes, whatever the process."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from fotfeste.integrations.synthetic.cli import run


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def _run_elsewhere(folder: Path, arguments: str, *, hash_seed: str) -> dict[str, str]:
    call = f"run(out=Path({str(folder)!r}), {arguments})"
    code = f"from pathlib import Path\nfrom fotfeste.integrations.synthetic.cli import run\n{call}"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    return _digests(folder)


def test_two_processes_make_the_same_population_from_the_same_seed(tmp_path: Path):
    first = _run_elsewhere(tmp_path / "a", "people='900', seed=5", hash_seed="1")
    second = _run_elsewhere(tmp_path / "b", "people='900', seed=5", hash_seed="2")
    assert first == second
    assert len(first) == 11


def test_two_processes_make_the_same_table_from_the_same_seed(tmp_path: Path):
    first = _run_elsewhere(tmp_path / "a", "table='ot-2011', seed=5", hash_seed="1")
    second = _run_elsewhere(tmp_path / "b", "table='ot-2011', seed=5", hash_seed="2")
    assert first == second
    assert len(first) == 14


def test_another_seed_makes_other_people(tmp_path: Path):
    run(out=tmp_path / "a", people="400", seed=1)
    run(out=tmp_path / "b", people="400", seed=2)
    first, second = _digests(tmp_path / "a"), _digests(tmp_path / "b")
    assert all(first[name] != second[name] for name in ("enrolment.csv", "vigo-ot.json", "history.jsonl"))
    assert first["units-46.csv"] == second["units-46.csv"], "units are the same whatever the seed"


def test_a_county_is_the_same_alone_as_its_seed_says_and_twice_in_one_process(tmp_path: Path):
    run(out=tmp_path / "a", people="500", county="55", seed=3)
    run(out=tmp_path / "b", people="500", county="55", seed=3)
    assert _digests(tmp_path / "a") == _digests(tmp_path / "b")
