"""When they moved here, where they stay and where they are placed: what a file can tell of it, and who answers then."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration, Responsibility
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import run_import
from fotfeste.integrations.synthetic.world import write_world
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.services.units import load_units
from fotfeste.people.models import Address, Youth
from tests import factories as make

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 16)
WHO = {
    "fødselsnummer": make.tenor_number(date(2008, 5, 14), 1),
    "fornavn": "Amina",
    "etternavn": "Prøvesen",
    "fødselsdato": "14.05.2008",
    "adresse": "Furuveien 1",
    "kommunenummer": "0301",
    "bydel": "030112",
    "breddegrad": "58.09",
    "lengdegrad": "7.0",
}
WITHOUT_PLACE = {"skoleår": "2026–27", "siste_skole_orgnr": "", "årsakskode": "OSNP"}
# An apprenticeship whose contract is over: the district answers.
LEFT = {
    "skole_orgnr": "310300039", "type": "lærling", "programområde": "", "trinn": "", "start": "01.08.2025",
    "slutt": "30.10.2026", "sluttårsak": "Hevet",
}  # fmt: skip


@pytest.fixture
def schools():
    """Two schools at sea, far from those the product itself brings: one near the home, one near the institution."""
    return {
        "by the home": make.unit(name="Hjemme skole", latitude=58.09, longitude=7.01, org_number="999999902"),
        "by the institution": make.unit(name="Heim skole", latitude=58.02, longitude=7.0, org_number="999999901"),
    }


@pytest.fixture
def take():
    def take(source: str, *rows: dict[str, str], on: date = ON):
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        with (
            acting_as(make.system(), on=on) as actor,
            read(source, text.getvalue().encode(), environment="test", on=on) as reading,
        ):
            return run_import(actor=actor, reading=reading, county_id=make.OSLO, on=on, apply=True)

    return take


def answers(on: date = ON) -> tuple[str, str]:
    """Return the unit that answers for the only youth, and the rule."""
    with acting_as(make.system()):
        held = Responsibility.objects.select_related("holder").get(last_day=None)
        # What the import decides of many is what the law decides of one.
        (decided,) = decisions_for(youth_ids=[held.youth_id], on=on).values()
        assert decided[1].unit.outcome.rule == held.rule
        return held.holder.name, held.rule


@pytest.mark.proves("unit-moved-to-oslo")
def test_who_has_moved_here_belongs_to_the_nearest_school_and_not_to_the_queue(take, schools):
    take("without-place", WHO | WITHOUT_PLACE | {"innflyttet": "01.10.2026"})
    assert answers() == ("Hjemme skole", "unit-moved-to-oslo")


def test_without_the_day_nobody_knows_and_it_is_the_administrations_queue(take, schools):
    take("without-place", WHO | WITHOUT_PLACE)
    with acting_as(make.system()):
        assert Responsibility.objects.get(last_day=None).holder.kind == UnitKind.EDUCATION_ADMIN


def test_a_day_that_has_not_come_moves_nobody_yet(take, schools):
    take("without-place", WHO | WITHOUT_PLACE | {"innflyttet": "01.12.2026"})
    with acting_as(make.system()):
        assert Responsibility.objects.get(last_day=None).holder.kind == UnitKind.EDUCATION_ADMIN
        assert Youth.objects.get().moved_in_on == date(2026, 12, 1)


PLACED = {
    "institusjon": "Solgløtt ungdomshjem", "institusjon_kommune": "0301", "institusjon_breddegrad": "58.01",
    "institusjon_lengdegrad": "7.0",
}  # fmt: skip


@pytest.mark.proves("unit-child-welfare", "amb-25")
def test_one_placed_by_child_welfare_belongs_to_the_school_nearest_to_the_institution(take, schools):
    take("without-place", WHO | WITHOUT_PLACE | PLACED)
    assert answers() == ("Heim skole", "unit-child-welfare")


def test_one_placed_outside_the_county_is_for_a_person_to_decide(take, schools):
    take("without-place", WHO | WITHOUT_PLACE | PLACED | {"institusjon_kommune": "3301"})
    name, rule = answers()
    assert (name, rule) == (make.education_admin().name, "unit-child-welfare")


def test_half_a_point_is_none(take, schools):
    take("without-place", WHO | WITHOUT_PLACE | PLACED | {"institusjon_lengdegrad": ""})
    with acting_as(make.system()):
        placed = Address.objects.get(kind="institution")
        assert (placed.street, placed.latitude, placed.longitude) == ("Solgløtt ungdomshjem", None, None)
        assert Responsibility.objects.get(last_day=None).holder.kind == UnitKind.EDUCATION_ADMIN


@pytest.mark.proves("amb-28")
@pytest.mark.parametrize("told", ["030109", "Bjerke", "bydel bjerke"])
def test_who_stays_in_another_district_belongs_to_that_one(take, told):
    take("leavers", WHO | LEFT | {"oppholdsadresse": "Hybelveien 2", "oppholdskommune": "0301", "oppholdsbydel": told})
    assert answers() == ("Bydel Bjerke", "unit-apprentice")
    with acting_as(make.system()):
        assert Registration.objects.get().district_code == "030109"


@pytest.mark.parametrize("grade", ["fortrolig", "skjermet"])
def test_of_a_protected_youth_neither_place_decides_or_is_shown(take, schools, grade):
    take("without-place", WHO | WITHOUT_PLACE | PLACED | {"oppholdsbydel": "030109", "adressebeskyttelse": grade})
    with acting_as(make.system()):
        assert Responsibility.objects.get(last_day=None).holder.kind == UnitKind.EDUCATION_ADMIN
        assert Registration.objects.get().district_code == ""
        assert set(Address.objects.values_list("is_protected", flat=True)) == {True}


def test_what_a_later_file_tells_of_somebody_known_takes_them_out_of_the_queue(take, schools):
    # Given one of whom the first file says nothing but the name
    take("without-place", WHO | WITHOUT_PLACE)
    # When a file of the week after tells the day and a new one tells a placement
    outcome = take("without-place", WHO | WITHOUT_PLACE | {"innflyttet": "01.10.2026"}, on=date(2026, 11, 17))
    assert (outcome.moved, answers()) == (1, ("Hjemme skole", "unit-moved-to-oslo"))
    take("without-place", WHO | WITHOUT_PLACE | PLACED, on=date(2026, 11, 18))
    assert answers(date(2026, 11, 18)) == ("Heim skole", "unit-child-welfare")


def test_a_file_that_says_less_takes_nothing_away_and_changes_nothing(take, schools):
    told = WHO | WITHOUT_PLACE | PLACED | {"oppholdsadresse": "Hybelveien 2", "oppholdsbydel": "030109"}
    take("without-place", told | {"innflyttet": "01.10.2026"})
    with acting_as(make.system()):
        before = list(Address.objects.values_list("pk", flat=True))
    less = WHO | WITHOUT_PLACE | {"institusjon": "Solgløtt ungdomshjem", "oppholdsadresse": "Hybelveien 2"}
    outcome = take("without-place", less, on=date(2026, 11, 17))
    with acting_as(make.system()):
        assert (outcome.unchanged, outcome.changed) == (1, 0)
        assert list(Address.objects.values_list("pk", flat=True)) == before
        assert Youth.objects.get().moved_in_on == date(2026, 10, 1)


def test_a_new_institution_ends_the_stay_at_the_old_the_day_before(take, schools):
    take("without-place", WHO | WITHOUT_PLACE | PLACED)
    take("without-place", WHO | WITHOUT_PLACE | PLACED | {"institusjon": "Fjelltun"}, on=date(2026, 11, 17))
    with acting_as(make.system()):
        known = Address.objects.filter(kind="institution", superseded_at=None).order_by("first_day")
        assert {(a.street, a.last_day) for a in known} == {
            ("Solgløtt ungdomshjem", date(2026, 11, 16)),
            ("Fjelltun", None),
        }


# A whole synthetic county, with these columns and without


@pytest.fixture(scope="module")
def county_files(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    write_world(folder, people="1500", county="03", on=date(2026, 11, 23), seed=7)
    return folder


TOLD = ("innflyttet", "oppholdsbydel", "oppholdskommune", *PLACED)
SOURCES = ("enrolment", "non-applicants", "without-place", "leavers")


def queue_after(folder: Path, *, without: tuple[str, ...]) -> set[str]:
    """Take in a county's files but for some columns, and return the numbers of those who wait for a unit."""
    with acting_as(make.system(*range(1, 57)), on=date(2026, 11, 23)) as actor:
        for path in folder.glob("units-*.csv"):
            with path.open(encoding="utf-8-sig", newline="") as lines:
                load_units(actor=actor, rows=csv.DictReader(lines), source="Syntetisk", apply=True)
        for source in SOURCES:
            with (folder / f"{source}.csv").open(encoding="utf-8", newline="") as file:
                rows = [
                    {name: cell for name, cell in row.items() if name not in without} for row in csv.DictReader(file)
                ]
            text = io.StringIO()
            writer = csv.DictWriter(text, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
            with read(source, text.getvalue().encode(), environment="test", on=ON) as reading:
                run_import(actor=actor, reading=reading, county_id=make.OSLO, on=ON, apply=True)
        waiting = Responsibility.objects.filter(last_day=None, ground="undecided")
        return set(waiting.values_list("youth__national_id", flat=True))


def told_by_rule(folder: Path, rule: str) -> dict[str, str]:
    """Return the unit's number of those somebody with the whole picture would give a unit by the rule, by number."""
    with (folder / "history.jsonl").open(encoding="utf-8") as lines:
        told = [json.loads(line) for line in lines]
    return {
        each["person"]["national_id"]: each["responsible"]["unit"]
        for each in told
        if each["registrations"][-1]["last_day"] is None and each["responsible"]["rule"] == rule
        if each["person"]["national_id"]
    }


def units_of(numbers: Iterable[str]) -> dict[str, str]:
    with acting_as(make.system()):
        held = Responsibility.objects.filter(last_day=None, youth__national_id__in=list(numbers))
        return dict(held.values_list("youth__national_id", "holder__org_number"))


@pytest.mark.parametrize("without", [(), TOLD], ids=["with the columns", "without them"])
def test_the_columns_take_those_who_have_moved_here_out_of_the_queue_and_those_placed_to_their_unit(
    county_files, without
):
    moved, placed = (told_by_rule(county_files, rule) for rule in ("unit-moved-to-oslo", "unit-child-welfare"))
    waiting = queue_after(county_files, without=without)
    assert (len(moved) >= 5, len(placed)) == (True, 1)
    assert set(moved) & waiting == (set(moved) if without else set())
    assert (units_of(placed) == placed) is not bool(without)
