"""The ministry's table per 1 January 2011, read back from the files."""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from fotfeste.codes import LIST_2011, is_in_target_group, known_code, latest
from fotfeste.integrations.reading import read
from fotfeste.integrations.synthetic.table_2011 import COUNTIES
from fotfeste.integrations.synthetic.table_2011 import table_2011 as cells_of_the_table

PRINTED_SUMS = {
    "01": 2663, "02": 4501, "03": 3881, "04": 1696, "05": 1577, "06": 3305, "07": 2528, "08": 1781, "09": 993,
    "10": 1231, "11": 4904, "12": 3201, "14": 836, "99": 12071,
}  # fmt: skip
PRINTED_IN_ALL = {
    "OTUK": 8042, "OTOV": 3605, "OTOI": 300, "OTHL": 834, "OTSY": 680, "OTOA": 648, "OTAP": 2879, "OTAR": 6531,
    "OTIK": 813, "OTMI": 409, "OTBA": 758, "OTFA": 1131, "OTFU": 833, "OTNO": 1650, "OTVE": 2913, "OTVA": 1558,
    "OTVU": 1346, "OTVF": 4107, "OTLE": 2298, "OTLA": 309, "OTLK": 135, "ELEV": 335, "FEIL": 3042, "?": 12,
}  # fmt: skip


def _codes(folder: Path, county: str) -> Counter[str]:
    with read("vigo-ot", folder / f"{county}.json", environment="test", on=date(2011, 1, 1)) as reading:
        assert not len(reading.rejects)
        assert not reading.repeated
        assert not list(reading.remarks)
        assert not reading.meta.warnings, "antall agrees with the list"
        codes = (row.status_code or "" for rows in reading.rows() for row in rows)
        return Counter(code if known_code(code, LIST_2011) else "?" for code in codes)


@pytest.fixture(scope="module")
def codes(table_2011: Path) -> dict[str, Counter[str]]:
    return {county: _codes(table_2011, county) for county in COUNTIES}


def test_every_printed_cell_comes_back(codes):
    number_of = {code: latest(LIST_2011, code).number for code in PRINTED_IN_ALL}
    counted = {(county, number_of[code]): counts[code] for county, counts in codes.items() for code in PRINTED_IN_ALL}
    assert counted == cells_of_the_table()


def test_every_county_adds_up_to_its_printed_sum(codes):
    assert {county: counts.total() for county, counts in codes.items()} == PRINTED_SUMS


def test_every_code_adds_up_to_the_printed_figure_for_the_country(codes):
    assert dict(sum(codes.values(), Counter())) == PRINTED_IN_ALL


def test_the_country_has_45168_of_whom_29113_are_in_the_target_group(codes):
    country = sum(codes.values(), Counter())
    members = sum(count for code, count in country.items() if code != "?" and is_in_target_group(LIST_2011, code))
    assert (country.total(), members, country["?"]) == (45_168, 29_113, 12)
    assert round(100 * country["OTUK"] / members, 1) == 27.6


def test_codes_nobody_knows_are_of_several_kinds_and_one_is_empty(table_2011: Path):
    raw = Counter(
        element["otData"]["aktivitetskode"]
        for county in COUNTIES
        for element in json.loads((table_2011 / f"{county}.json").read_text(encoding="utf-8"))["otungdommer"]
    )
    unknown = {code for code in raw if not known_code(code, LIST_2011)}
    assert "" in unknown
    assert len(unknown) >= 4


def test_all_are_16_to_21_and_have_a_number_of_their_own(table_2011: Path):
    persons = [
        element["person"]
        for county in COUNTIES
        for element in json.loads((table_2011 / f"{county}.json").read_text(encoding="utf-8"))["otungdommer"]
    ]
    born = [datetime.strptime(person["fdato"], "%d.%m.%Y").date() for person in persons]
    ages = {2011 - day.year - ((day.month, day.day) > (1, 1)) for day in born}
    assert ages <= set(range(16, 22))
    assert min(day.year for day in born) >= 1990, "nobody is past the year they turn 21, the limit of the old act"
    assert len({person["fnr"] for person in persons}) == len(persons) == 45_168
    assert all(81 <= int(person["fnr"][2:4]) <= 92 for person in persons)


def test_each_county_names_its_own_service_as_the_unit(table_2011: Path):
    for county, (name, _) in COUNTIES.items():
        elements = json.loads((table_2011 / f"{county}.json").read_text(encoding="utf-8"))["otungdommer"]
        units = {(e["otData"]["tilknytningnr"], e["otData"]["tilknytningnavn"]) for e in elements}
        assert units == {(f"{county}000", f"Oppfølgingstjenesten {name}")}
