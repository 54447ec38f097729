"""The ministry's real table: made-up youths as VIGO files, read in county by county, and reported cell by cell."""

import argparse
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from fotfeste.config.commands import import_, report, synth

PRINTED = Path(__file__).parents[1] / "reporting" / "data" / "status_table_2011.csv"
COUNTIES = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "14", "99")

Command = Callable[..., str]


@pytest.fixture
def command(committed_database, capsys) -> Command:
    """Run one command of the product on the test's own database, and return what it wrote."""

    def run(module: ModuleType, *arguments: str) -> str:
        parser = argparse.ArgumentParser()
        module.add_arguments(parser)
        capsys.readouterr()
        assert module.run(parser.parse_args(arguments)) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.proves(
    "rep-county-table", "ot-table-2011", "ind-share-unknown", "amb-58", "amb-59", "rule-count-group-4-5-6-out"
)
def test_the_ministrys_table_of_2011_goes_in_as_vigo_files_and_comes_out_as_printed(command: Command, tmp_path: Path):
    # Given a VIGO file for each column of the table
    command(synth, "--table", "ot-2011", "--out", str(tmp_path))
    assert sorted(path.stem for path in tmp_path.glob("*.json")) == sorted(COUNTIES)
    # When they are all taken in
    applied = 0
    for county in COUNTIES:
        file = str(tmp_path / f"{county}.json")
        told = command(import_, "vigo-ot", file, "--county", county, "--on", "2011-01-01", "--apply", "--json")
        applied += json.loads(told)["new"]
    assert applied == 45168
    # Then the report says what the ministry printed, in the codes of the time
    asked = ("status-table", "--county", "all", "--on", "2011-01-01")
    assert command(report, *asked, "--codes", "2011") == PRINTED.read_text(encoding="utf-8")
    # And with every share's denominator said
    told = json.loads(command(report, *asked, "--codes", "2011", "--format", "json"))
    assert (told["sum"]["total"], told["target_group"]["total"], told["unknown_codes"]) == (45168, 29113, 12)
    assert round(told["unknown"]["share"], 3) == 0.276
    assert round(told["unknown"]["counties"]["03"]["share"], 3) == 0.547
    # And in today's codes nobody is lost, and what mapped how surely is told
    today = json.loads(command(report, *asked, "--codes", "current", "--format", "json"))
    assert today["sum"]["total"] == 45168
    how = {name: today["translated"][name] for name in ("surely", "likely", "ambiguously", "not")}
    assert how == {"surely": 28244, "likely": 3412, "ambiguously": 13500, "not": 12}
    lines = list(csv.DictReader(io.StringIO(command(report, *asked, "--codes", "current"))))
    assert (lines[-1]["code"], lines[-1]["03"]) == ("SUM", "3881")
