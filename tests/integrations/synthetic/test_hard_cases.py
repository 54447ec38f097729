"""The people a system gets wrong are always there, and the truth says what should come out."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from fotfeste.integrations.synthetic.cli import run

ALWAYS = {
    "quit-09-10", "quit-10-01", "quit-10-02", "two-schools", "private-lower-leaver", "private-upper-leaver",
    "expelled", "apprentice-ended", "vov-left", "fov-left", "preparatory", "completed", "preventive",
    "turns-24-today", "turned-24-in-january", "turns-25-next-year", "turns-25-this-year", "moved-in", "moved-away",
    "returned-from-abroad", "institution", "stays-elsewhere", "protected-confidential", "protected-strictly",
    "no-number", "fictive-number", "d-number", "twin-1", "twin-2", "duplicate-with-number",
    "duplicate-without-number", "long-name", "sami-name", "arabic-script", "cyrillic-script", "stacked-diacritics",
    "one-name", "must-be-confirmed", "guardian-only",
}  # fmt: skip


@pytest.fixture(scope="module")
def cases(truth):
    return {case["key"]: case for case in truth["hard_cases"]}


@pytest.fixture(scope="module")
def rows(oslo: Path) -> list[dict[str, str]]:
    with (oslo / "enrolment.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows_of(rows, case):
    name, born = case["name"], date.fromisoformat(case["born"])
    return [
        row for row in rows
        if f"{row['fornavn']} {row['etternavn']}".strip() == name
        and row["fødselsdato"] == f"{born:%d.%m.%Y}"
        and row["fødselsnummer"] == (case["national_id"] or "")
    ]  # fmt: skip


def test_all_are_there_in_oslo(cases, rows):
    assert set(cases) == ALWAYS
    for case in cases.values():
        assert _rows_of(rows, case), case["key"]


@pytest.mark.parametrize(("people", "county"), [("300", None), ("1000", "56")])
def test_all_are_there_however_few_and_wherever(tmp_path: Path, people: str, county: str | None):
    run(out=tmp_path, people=people, county=county)
    (told,) = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))["counties"].values()
    assert {case["key"] for case in told["hard_cases"]} == ALWAYS


def test_the_count_date_parts_lower_from_upper_secondary(cases, rows):
    lower, upper = _rows_of(rows, cases["quit-10-01"])[0], _rows_of(rows, cases["quit-10-02"])[-1]
    assert cases["quit-09-10"]["rule"] == cases["quit-10-01"]["rule"] == "unit-lower-secondary"
    assert cases["quit-10-01"]["unit"] == lower["skole_orgnr"]
    assert cases["quit-10-02"]["rule"] == "unit-vgs-former"
    assert cases["quit-10-02"]["unit"] == upper["skole_orgnr"]
    assert upper["slutt"] == "02.10.2026"


def test_who_went_to_two_schools_belongs_to_the_last(cases, rows):
    first, second = _rows_of(rows, cases["two-schools"])[1:]
    assert first["skole_orgnr"] != second["skole_orgnr"] == cases["two-schools"]["unit"]
    assert first["sluttårsak"] == "byttet skole"


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("private-lower-leaver", "unit-private-lower-secondary"),
        ("private-upper-leaver", "unit-private-upper-secondary"),
        ("apprentice-ended", "unit-apprentice"),
        ("vov-left", "unit-vo"),
        ("fov-left", "unit-vo"),
        ("moved-in", "unit-moved-to-oslo"),
        ("institution", "unit-child-welfare"),
        ("returned-from-abroad", "unit-lower-secondary"),
    ],
)
def test_the_truth_names_the_rule(cases, key, rule):
    assert cases[key]["rule"] == rule
    assert cases[key]["unit"]


def test_a_strictly_protected_youth_has_no_address_anywhere(cases, rows):
    for row in _rows_of(rows, cases["protected-strictly"]):
        assert row["adressebeskyttelse"] == "strengt fortrolig"
        hidden = ("adresse", "postnummer", "poststed", "kommunenummer", "bydel", "breddegrad", "mobil", "e-post")
        assert not any(row[column] for column in hidden)
    assert _rows_of(rows, cases["protected-confidential"])[0]["adressebeskyttelse"] == "fortrolig"


def test_numbers_of_every_kind_that_tests_may_use(cases, rows):
    assert cases["no-number"]["national_id"] is None
    fictive = _rows_of(rows, cases["fictive-number"])[0]
    assert (fictive["id_type"], len(fictive["fødselsnummer"])) == ("fiktivt", 11)
    assert 41 <= int(cases["d-number"]["national_id"][:2]) <= 71


def test_a_fictive_number_is_left_out_of_vigo_which_cannot_say_that_it_is_one(oslo: Path, cases):
    youth = json.loads((oslo / "vigo-ot.json").read_text(encoding="utf-8"))["otungdommer"]
    (found,) = [
        element["person"] for element in youth
        if f"{element['person']['fornavn']} {element['person']['etternavn']}" == cases["fictive-number"]["name"]
        and element["person"]["fdato"] == f"{date.fromisoformat(cases['fictive-number']['born']):%d.%m.%Y}"
    ]  # fmt: skip
    assert found["fnr"] == ""


def test_twins_share_all_but_number_and_first_name(cases, rows):
    one, other = (_rows_of(rows, cases[key])[0] for key in ("twin-1", "twin-2"))
    for column in ("etternavn", "fødselsdato", "adresse", "postnummer", "breddegrad"):
        assert one[column] == other[column]
    assert one["fornavn"] != other["fornavn"]
    assert one["fødselsnummer"] != other["fødselsnummer"]


def test_a_possible_duplicate_has_the_same_name_and_birth_date_and_only_one_a_number(cases):
    with_number, without = cases["duplicate-with-number"], cases["duplicate-without-number"]
    assert (with_number["name"], with_number["born"]) == (without["name"], without["born"])
    assert with_number["national_id"]
    assert without["national_id"] is None


def test_those_at_the_age_limit_stand_where_it_turns(cases):
    assert cases["turns-24-today"]["born"] == "2002-11-23"
    assert cases["turns-25-next-year"]["born"] == "2002-12-31"
    assert (cases["turns-25-this-year"]["born"], cases["turns-25-this-year"]["status"]) == ("2001-12-31", None)


def test_a_status_nobody_has_confirmed_for_half_a_year_is_among_them(cases, history):
    (line,) = [line for line in history if line["person"]["national_id"] == cases["must-be-confirmed"]["national_id"]]
    assert line["confirmed_on"] == "2026-05-15"
    assert line["registrations"][-1]["statuses"][-1]["code"] == "OTAR"


def test_a_guardian_who_answers_does_not_make_a_status(cases, history):
    (line,) = [line for line in history if line["person"]["national_id"] == cases["guardian-only"]["national_id"]]
    assert [attempt["answered_by"] for attempt in line["attempts"]] == ["guardian"]
    assert line["registrations"][-1]["statuses"][-1]["code"] == "OTUK"


def test_a_handed_over_pupil_has_a_permission_and_one_in_preparatory_training_has_not_finished_school(
    oslo: Path, cases, rows
):
    with (oslo / "preventive.csv").open(encoding="utf-8", newline="") as file:
        handed_over = {row["fødselsnummer"]: row["tillatelse_dato"] for row in csv.DictReader(file)}
    assert handed_over[cases["preventive"]["national_id"]] == "27.05.2026"
    (preparatory,) = _rows_of(rows, cases["preparatory"])
    assert (preparatory["type"], preparatory["fullført_grunnskole"]) == ("forberedende", "nei")
    assert _rows_of(rows, cases["completed"])[-1]["fullført_og_bestått"] == "ja"
