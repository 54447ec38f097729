"""Nobody in the files exists, and they look like the many people of the country all the same."""

import csv
from collections import Counter
from datetime import date, datetime
from math import cos, hypot, radians
from pathlib import Path
from random import Random

import pytest

from fotfeste.integrations.synthetic.names import Names
from fotfeste.integrations.synthetic.numbers import IdentityNumbers, OutOfNumbers, fictive_number, telephone_number
from fotfeste.integrations.synthetic.places import METRES_PER_DEGREE, places_of
from fotfeste.integrations.synthetic.tables import rows as table
from fotfeste.law.national_id import Environment, IdKind, is_national_id, read_national_id
from fotfeste.law.synthetic_id import numbers_for


@pytest.fixture(scope="module")
def people(oslo: Path) -> list[dict[str, str]]:
    with (oslo / "enrolment.csv").open(encoding="utf-8", newline="") as file:
        by_person = {
            (r["fødselsnummer"], r["fornavn"], r["etternavn"], r["fødselsdato"]): r for r in csv.DictReader(file)
        }
    return list(by_person.values())


def test_every_number_is_of_the_tenor_kind_valid_and_given_once(people):
    numbers = [(row["fødselsnummer"], row) for row in people if row["fødselsnummer"] and not row["id_type"]]
    assert len({number for number, _ in numbers}) == len(numbers) > 5_900
    kinds = Counter()
    for number, row in numbers:
        read = read_national_id(number, year=2026, environment=Environment.DEMO)
        assert read.is_consistent_with(datetime.strptime(row["fødselsdato"], "%d.%m.%Y").date())
        kinds[read.kind] += 1
    assert set(kinds) == {IdKind.TENOR, IdKind.TENOR_D}


def test_production_would_refuse_every_one_of_them(people):
    for row in people:
        if row["fødselsnummer"]:
            assert not is_national_id(row["fødselsnummer"], year=2026, environment=Environment.PRODUCTION)


def test_a_fictive_number_can_never_be_that_of_a_person():
    numbers = IdentityNumbers(1)
    for day in range(1, 29):
        fictive = fictive_number(numbers.take(date(2009, 5, day)))
        assert not is_national_id(fictive, year=2026)
        assert 81 <= int(fictive[2:4]) <= 92


def test_a_day_gives_all_its_numbers_and_then_says_that_there_are_no_more():
    numbers, born = IdentityNumbers(3), date(2008, 2, 29)
    given = {numbers.take(born) for _ in range(numbers_for(born))}
    assert len(given) == numbers_for(born) > 380
    with pytest.raises(OutOfNumbers, match=r"29\.02\.2008"):
        numbers.take(born)


def test_nobody_can_be_called_or_written_to(people):
    for row in people:
        assert row["mobil"] == "" or (len(row["mobil"]) == 8 and row["mobil"].startswith("59"))
        assert row["foresatt_mobil"] == "" or row["foresatt_mobil"].startswith("59")
        assert row["e-post"] == "" or row["e-post"].rsplit("@")[1] in {"example.org", "example.com", "example.net"}
    assert telephone_number(1_000_001) == "59000001"


def test_names_are_many_and_of_many_kinds(people):
    full = Counter(f"{row['fornavn']} {row['etternavn']}" for row in people)
    assert len(full) > 0.85 * len(people)
    assert full.most_common(1)[0][1] < 15
    written = "".join(full)
    assert {"ø", "å", "á", "č", "ł", "ğ", "ễ"} <= set(written)
    assert any("؀" <= character <= "ۿ" for character in written), "a few in Arabic script"
    assert any("Ѐ" <= character <= "ӿ" for character in written), "a few in Cyrillic script"


def test_every_background_has_names_of_each_kind_and_a_weight_everywhere():
    lists = {(row["background"], row["kind"]): row["names"].split("|") for row in table("names")}
    backgrounds = {row["background"] for row in table("backgrounds")}
    assert {background for background, _ in lists} == backgrounds
    for background in backgrounds:
        for kind in ("female", "male", "surname"):
            names = lists[background, kind]
            assert len(names) == len(set(names)) >= 4
            assert all(name == name.strip() and name for name in names)


def test_sami_names_are_commoner_in_the_north():
    def sami(region: str) -> int:
        surnames = {name for row in table("names") if (row["background"], row["kind"]) == ("sami", "surname")
                    for name in row["names"].split("|")}  # fmt: skip
        names, rng = Names(region), Random(1)
        return sum(names.draw(rng, "female")[1] in surnames for _ in range(3_000))

    assert sami("north") > 3 * sami("oslo")


def test_minors_have_a_guardian_and_adults_have_none(people):
    for row in people:
        born = datetime.strptime(row["fødselsdato"], "%d.%m.%Y").date()
        is_minor = (born.year + 18, born.month, born.day) > (2026, 11, 23)
        if row["adressebeskyttelse"] != "strengt fortrolig":
            assert bool(row["foresatt_navn"]) == is_minor


def test_addresses_lie_near_the_middle_of_a_neighbourhood_of_their_district(people):
    by_district: dict[str, list[tuple[float, float, str]]] = {}
    for place in places_of("03"):
        by_district.setdefault(place.district, []).append((place.latitude, place.longitude, place.postcode))
    in_oslo = [row for row in people if row["kommunenummer"] == "0301"]
    assert len(in_oslo) > 5_900
    for row in in_oslo:
        places = by_district[row["bydel"]]
        assert row["postnummer"] in {postcode for _, _, postcode in places}
        north, east = float(row["breddegrad"]), float(row["lengdegrad"])
        distances = [METRES_PER_DEGREE * hypot(north - lat, (east - lon) * cos(radians(lat))) for lat, lon, _ in places]
        assert min(distances) < 700


def test_districts_are_filled_as_people_live_in_oslo(people):
    by_district = Counter(row["bydel"] for row in people)
    assert all(by_district[f"0301{number:02}"] > 100 for number in range(1, 16))
