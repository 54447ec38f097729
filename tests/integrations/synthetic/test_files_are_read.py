"""Every file is taken in by the import without a rejected row, a remark or a warning."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from fotfeste.integrations.reading import read
from fotfeste.integrations.sources import SOURCES
from fotfeste.integrations.synthetic.cli import run
from fotfeste.law.org_number import is_org_number
from fotfeste.organisations.services.unit_rows import unit_values

TABLES = ("enrolment", "leavers", "non-applicants", "without-place", "private-school", "preventive")


def _read(source: str, folder: Path, on: date):
    name = f"{source}.json" if source == "vigo-ot" else f"{source}.csv"
    return read(source, folder / name, environment="demo", on=on)


@pytest.mark.parametrize("source", [*TABLES, "vigo-ot"])
def test_oslo_is_read_whole(oslo: Path, truth, source: str):
    with _read(source, oslo, date(2026, 11, 23)) as reading:
        assert [error.sentence for error in reading.rejects] == []
        assert list(reading.remarks) == []
        assert reading.meta.warnings == ()
        assert reading.accepted == reading.rows_seen == truth["rows"][source] > 0


@pytest.mark.parametrize(
    "on",
    [date(2026, 8, 3), date(2026, 9, 10), date(2026, 9, 28), date(2027, 2, 20), date(2028, 2, 29), date(2025, 6, 15)],
)
def test_any_day_of_the_year_can_be_the_day_the_world_is_seen(tmp_path: Path, on: date):
    run(out=tmp_path, people="1200", county="50", on=on)
    for source in SOURCES:
        with _read(source, tmp_path, on) as reading:
            assert [error.sentence for error in reading.rejects] == []
            assert list(reading.remarks) == []


def test_the_country_stands_in_a_folder_for_each_county(tmp_path: Path):
    report = run(out=tmp_path, people="100000", seed=4)
    folders = sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    assert folders == ["03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "42", "46", "50", "55", "56"]
    assert report.people == 100_000
    numbers = set()
    rows = 0
    for folder in folders:
        with _read("vigo-ot", tmp_path / folder, date(2026, 11, 23)) as reading:
            assert not len(reading.rejects)
            for row in (row for rows_read in reading.rows() for row in rows_read if row.national_id):
                rows += 1
                numbers.add(row.national_id)
    assert len(numbers) == rows, "a number is given once in the whole country"


def _units(folder: Path) -> list[dict[str, str]]:
    files = sorted(folder.glob("units-*.csv"))
    return [row for path in files for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]


def test_every_school_in_the_files_is_known_or_stands_in_a_file_of_units(oslo: Path):
    made_up = {row["orgnr"] for row in _units(oslo)}
    assert all(number.startswith("3") and is_org_number(number) for number in made_up)
    known = Path(__file__).parents[3] / "src/fotfeste/organisations/data/units_oslo.csv"
    with known.open(encoding="utf-8", newline="") as file:
        of_oslo = {row["org_number"] for row in csv.DictReader(file)}
    with _read("enrolment", oslo, date(2026, 11, 23)) as reading:
        strangers = {
            (row.school_org, row.enrolment_kind)
            for rows in reading.rows() for row in rows
            if row.school_org not in made_up | of_oslo
        }  # fmt: skip
    assert {kind for _, kind in strangers} == {"apprentice"}, "only training offices, which are not units"


def test_a_file_of_units_is_one_that_its_county_takes_in(tmp_path: Path):
    run(out=tmp_path, people="300", county="42")
    files = {path.stem.removeprefix("units-"): path for path in tmp_path.glob("units-*.csv")}
    assert {"42", "46"} <= files.keys(), "those who went to school in another county went to a school of its own"
    for county, path in files.items():
        with path.open(encoding="utf-8", newline="") as file:
            counties = {unit_values(row, counties={int(county)})["county_id"] for row in csv.DictReader(file)}
        assert counties == {int(county)}
    units = _units(tmp_path)
    offices = {unit["kode"] for unit in units if unit["type"] == "nav"}
    assert {unit["type"] for unit in units if unit["fylke"] == "42"} == {
        "vgs", "ungdomsskole", "voksenopplæring", "bydel", "nav", "fagopplæring"
    }  # fmt: skip
    assert all(unit["nav_kode"] in offices for unit in units if unit["type"] == "bydel")
    numbers = [unit["orgnr"] for unit in units]
    assert len(set(numbers)) == len(numbers)


def test_vigo_says_how_many_and_gives_strings_never_null(oslo: Path):
    document = json.loads((oslo / "vigo-ot.json").read_text(encoding="utf-8"))
    assert document["antall"] == len(document["otungdommer"])
    for element in document["otungdommer"]:
        assert set(element) == {"person", "otData", "elevkurs"}
        assert all(isinstance(value, str) for group in element.values() for value in group.values())
