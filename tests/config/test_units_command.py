"""``fotfeste units`` takes in a county's own units: dry unless told otherwise, and strangers are turned away."""

from argparse import Namespace
from pathlib import Path

import pytest

from fotfeste.config.commands import units
from fotfeste.kernel.errors import Invalid
from fotfeste.organisations.models import Unit

pytestmark = pytest.mark.django_db

HEADER = "fylke;type;navn;orgnr;vigo_nr;kode;breddegrad;lengdegrad;privat;tar_ansvar;bydel;nav_kode\n"
SCHOOL = "11;vgs;Prøve videregående skole;;11901;;58,97;5,73;nei;ja;;\n"


@pytest.fixture
def load(tmp_path, capsys):
    def run(text: str, *, apply: bool = False, county: str = "11", encoding: str = "utf-8") -> tuple[int, str]:
        path = tmp_path / "enheter.csv"
        path.write_bytes((HEADER + text).encode(encoding))
        code = units.run(Namespace(file=path, county=county, apply=apply))
        return code, capsys.readouterr().out

    return run


def test_without_being_told_to_it_changes_nothing(load):
    code, said = load(SCHOOL)
    assert (code, Unit.objects.filter(vigo_number="11901").exists()) == (0, False)
    assert "1 rad: 1 nye" in said
    assert "Ingenting er endret" in said


def test_a_file_is_taken_in_when_told_to(load):
    code, _ = load(SCHOOL, apply=True)
    assert (code, Unit.objects.get(vigo_number="11901").name) == (0, "Prøve videregående skole")


def test_a_file_as_older_spreadsheets_write_it_keeps_its_norwegian_letters(load):
    load(SCHOOL, apply=True, encoding="cp1252")
    assert Unit.objects.get(vigo_number="11901").name == "Prøve videregående skole"


def test_units_of_another_county_are_turned_away_with_row_number_and_reason(load):
    code, said = load(SCHOOL, apply=True, county="03")
    assert code == 1
    assert "Rad 2: Du kan ikke endre enheter i fylke 11." in said


def test_a_file_that_is_not_there_is_told_in_a_sentence():
    with pytest.raises(Invalid, match="Kan ikke lese"):
        units.run(Namespace(file=Path("/finnes/ikke.csv"), county="11", apply=False))
