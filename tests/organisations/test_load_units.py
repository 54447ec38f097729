"""A county's own file of units."""

import io
from datetime import date

import pytest

from fotfeste.access.roles import ROLES, Role
from fotfeste.access.scope import acting_as
from fotfeste.kernel.errors import Invalid
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.organisations.services import reference
from fotfeste.organisations.services.units import load_units, read_units
from tests import factories as make

pytestmark = pytest.mark.django_db

HEADER = "fylke;type;navn;orgnr;vigo_nr;kode;breddegrad;lengdegrad;privat;tar_ansvar;bydel;nav_kode\n"
FILE = (
    HEADER
    + "11;bydel;Bydel Hundvåg;;;110301;;;;;110301;1103\n"
    + "11;nav;Nav Hundvåg;;;1103;;;;;;\n"
    + "11;vgs;Prøve videregående skole;999999905;11001;;58,97;5,73;nei;ja;;\n"
)
ROGALAND = 11


def load(text: str, *, apply: bool = True, county: int = ROGALAND):
    with acting_as(make.system(county)) as actor:
        rows = read_units(io.StringIO(text))
        return load_units(actor=actor, rows=rows, source="fylkets fil", apply=apply)


def sentences(text: str) -> list[str]:
    return [rejected.sentence for rejected in load(HEADER + text).rejected]


def test_a_file_makes_units_and_links_a_district_to_an_office_further_down():
    result = load(FILE)
    assert (result.new, result.changed, result.rejected) == (3, 0, ())
    assert Unit.objects.get(code="110301").nav_office.name == "Nav Hundvåg"
    school = Unit.objects.get(vigo_number="11001")
    assert (school.latitude, school.takes_responsibility, school.is_kept_locally) == (58.97, True, True)


def test_the_same_file_twice_changes_nothing():
    load(FILE)
    again = load(FILE)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)


def test_a_service_beside_the_county_is_a_unit_where_somebody_can_be_a_partner_and_nobody_answers_for_youths():
    assert load(HEADER + "11;samarbeidspart;PPT i Hundvåg;;;ppt-1103;;;;;;\n").new == 1
    unit = Unit.objects.get(code="ppt-1103")
    assert not unit.takes_responsibility
    assert unit.kind in ROLES[Role.PARTNER].held_at


def test_trying_a_file_writes_nothing():
    result = load(FILE, apply=False)
    assert (result.new, result.applied) == (3, False)
    assert not Unit.objects.filter(vigo_number="11001").exists()


def test_a_changed_row_changes_the_unit_and_an_empty_cell_takes_nothing_away():
    load(FILE)
    result = load(HEADER + "11;vgs;Nytt navn;;11001;;;;;;;\n")
    assert (result.new, result.changed) == (0, 1)
    school = Unit.objects.get(vigo_number="11001")
    assert (school.name, school.org_number, school.latitude) == ("Nytt navn", "999999905", 58.97)


def test_the_products_own_data_never_overwrites_what_a_county_brought():
    foss = Unit.objects.get(name="Foss videregående skole")
    load(HEADER + f"03;vgs;Foss vgs;{foss.org_number};;;;;;;;\n", county=3)
    reference.load()
    assert Unit.objects.get(pk=foss.pk).name == "Foss vgs"


def test_a_school_with_two_levels_is_one_unit_found_under_both():
    load(HEADER + "11;kombinert;Prøveskolen;;11002;;;;;;;\n")
    school = Unit.objects.get(vigo_number="11002")
    assert (school.kind, school.also_kind) == (UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("77;vgs;Skole;;1;;;;;;;", "Kolonnen fylke: «77» er ikke et fylkesnummer."),
        ("03;vgs;Skole;;1;;;;;;;", "Du kan ikke endre enheter i fylke 03."),
        ("11;barnehage;Skole;;1;;;;;;;", "Kolonnen type: «barnehage» er ukjent. Bruk vgs, ungdomsskole, "),
        ("11;vgs;;;1;;;;;;;", "Kolonnen navn er tom."),
        ("11;vgs;Skole;974590868;;;;;;;;", "Kolonnen orgnr: «974590868» har ikke ni siffer med riktig kontrollsiffer."),
        ("11;vgs;Skole;;;;;;;;;", "Raden har verken orgnr, vigo_nr eller kode"),
        ("11;samarbeidspart;PPT;;;ppt-hundvåg;;;;;;", "Kolonnen kode: 11 tegn, og det er plass til 10."),
        ("11;vgs;Skole;;1;;59;;;;;", "Breddegrad og lengdegrad må enten begge fylles ut"),
        ("11;vgs;Skole;;1;;nord;5;;;;", "Kolonnen breddegrad: «nord» er ikke et sted i Norge."),
        ("11;vgs;Skole;;1;;5;59;;;;", "Kolonnen breddegrad: «5» er ikke et sted i Norge."),
        ("11;vgs;Skole;;1;;;;kanskje;;;", "Kolonnen privat: skriv ja eller nei, ikke «kanskje»."),
        ("11;bydel;Bydel;;;119999;;;;;;9999", "det finnes ikke noe Nav-kontor med kode «9999»."),
        ("11;vgs;Skole;974590867;;;;;;;;", "Enheten er allerede kjent i et annet fylke"),
    ],
)
def test_a_wrong_row_is_handed_back_with_a_sentence(row, sentence):
    (said,) = sentences(row + "\n")
    assert sentence in said


CLOSING = HEADER.rstrip() + ";stengt_fra\n"


def test_a_file_says_from_when_a_unit_is_closed_and_that_it_is_not_after_all():
    load(FILE)
    school = Unit.objects.get(vigo_number="11001")

    def closes(cell: str) -> date | None:
        load(CLOSING + f"11;vgs;{school.name};;11001;;;;;;;;{cell}\n")
        school.refresh_from_db()
        return school.last_day

    told = [closes(cell) for cell in ("01.08.2027", "", "2027-08-02", "nei", "")]
    assert told == [date(2027, 7, 31), date(2027, 7, 31), date(2027, 8, 1), None, None]


def test_a_day_of_closing_that_cannot_be_is_handed_back_with_a_sentence():
    load(FILE)
    Unit.objects.filter(vigo_number="11001").update(first_day=date(2026, 8, 1))
    rows = [
        "11;vgs;Prøve;;11001;;;;;;;;høsten",
        "11;vgs;Prøve;;11001;;;;;;;;31.02.2027",
        "11;vgs;Prøve;;11001;;;;;;;;01.08.2026",
        "11;ot;Tjenesten;;;;;;;;;;01.08.2027",
    ]
    said = [each.sentence for each in load(CLOSING + "\n".join(rows) + "\n").rejected]
    assert said == [
        "Kolonnen stengt_fra: skriv en dato som 01.08.2027, eller nei, ikke «høsten».",
        "Kolonnen stengt_fra: skriv en dato som 01.08.2027, eller nei, ikke «31.02.2027».",
        "Kolonnen stengt_fra: enheten åpner først 1.8.2026.",
        "Kolonnen stengt_fra: fylkets egen oppfølgingstjeneste kan ikke stenges.",
    ]


def test_two_rows_for_one_unit_keep_the_first_and_name_its_row():
    result = load(FILE + "11;vgs;Samme skole;;11001;;;;;;;\n")
    assert result.new == 3
    assert [(r.number, r.sentence) for r in result.rejected] == [(5, "Raden gjelder samme enhet som rad 4.")]


def test_a_row_whose_numbers_belong_to_two_units_is_handed_back():
    load(FILE + "11;vgs;En annen skole;;11002;;;;;;;\n")
    (said,) = sentences("11;vgs;Blandet;999999905;11002;;;;;;;\n")
    assert said == "Numrene i raden hører til flere enheter: En annen skole, Prøve videregående skole."


def test_a_file_without_the_columns_is_refused_with_their_names():
    with pytest.raises(Invalid, match="mangler kolonnene type, navn"):
        read_units(io.StringIO("fylke,name\n11,X\n"))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_and_a_byte_order_mark_do_not_matter(separator):
    text = "\ufeff" + (HEADER + "11;vgs;Skole;;11003;;;;;;;\n").replace(";", separator)
    assert load(text).new == 1
