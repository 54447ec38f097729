"""How single cells are read, and what is said about those that cannot be."""

from datetime import date

import pytest

from fotfeste.integrations.sources import Protection, parse
from fotfeste.law.facts import EnrolmentKind
from tests.integrations.reading.files import BJERKE, a_row, csv_of, people, read_it, rows_of, sentences


@pytest.mark.parametrize("written", ["02.03.2009", "2.3.2009", "2. 3. 2009", "2009-03-02", "2009-03-02 00:00:00"])
def test_a_day_is_read_however_norwegians_write_it(written):
    assert parse.norwegian_date(written) == "2009-03-02"


def test_a_day_that_does_not_exist_is_said_to_be_missing_from_the_calendar():
    rows = [a_row("leavers", etternavn=f"Nr {n}", fødselsnummer="") for n in range(15)]
    rows.append(a_row("leavers", fødselsdato="31.02.2009"))
    assert sentences(read_it("leavers", csv_of(rows))) == [
        "Rad 17: «31.02.2009» i kolonnen fødselsdato finnes ikke i kalenderen."
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("02.03.09", "uten århundre"),
        ("39874", "dagnummer"),
        ("i fjor", "er ikke en dato"),
        ("03/02/2009", "er ikke en dato"),
        ("02.03.0209", "utenfor årene"),
        ("2009-03-02 13:45:00", "er ikke en dato"),
        ("٠٢.٠٣.٢٠٠٩", "er ikke en dato"),
        ("24.11.2026", "er i framtiden"),
    ],
)
def test_a_birth_date_that_cannot_be_right_is_refused_with_the_reason(written, said):
    reading = read_it("leavers", csv_of([a_row("leavers", fødselsdato=written)]))
    assert len(reading.rejects) == 1
    assert said in sentences(reading)[0]
    assert sentences(reading)[0].startswith(f"Rad 2: «{written}» i kolonnen fødselsdato ")


def test_an_education_that_ends_before_it_starts_is_refused():
    reading = read_it("leavers", csv_of([a_row("leavers", start="17.08.2026", slutt="16.08.2026")]))
    assert sentences(reading) == ["Rad 2: «16.08.2026» i kolonnen slutt er før starten."]


@pytest.mark.parametrize("written", ["2026–27", "2026-27", "2026-2027", "2026/27", "2026 – 27", "2026"])
def test_a_school_year_is_the_year_it_starts_in(written):
    assert parse.school_year(written) == "2026"


@pytest.mark.parametrize("written", ["2026-28", "26-27", "neste år", "2026-27-28"])
def test_what_is_no_school_year_is_refused(written):
    with pytest.raises(ValueError, match="skoleår"):
        parse.school_year(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("91234567", "+4791234567"),
        ("912 34 567", "+4791234567"),
        ("+47 912 34 567", "+4791234567"),
        ("004791234567", "+4791234567"),
        ("4791234567", "+4791234567"),
        ("(+47) 912-34-567", "+4791234567"),
        ("+46 70 123 45 67", "+46701234567"),
        ("22 33 44 55", "+4722334455"),
    ],
)
def test_a_telephone_number_becomes_e164_with_norway_as_default(written, number):
    assert parse.phone(written) == number


@pytest.mark.parametrize("written", ["12345678", "9123456", "+4712345678", "ring mor", "+", "91234567 / 98765432"])
def test_what_is_no_telephone_number_is_dropped_with_a_remark_and_the_youth_is_kept(written):
    reading = read_it("leavers", csv_of([a_row("leavers", mobil=written)]))
    assert [row.phone for row in rows_of(reading)] == [None]
    remark = next(iter(reading.remarks))
    assert remark.sentence.startswith(f"Rad 2: «{written}» i kolonnen mobil er ikke et telefonnummer")
    assert remark.sentence.endswith("Raden er tatt inn uten.")


def test_a_column_with_one_bad_telephone_number_still_gives_the_others():
    rows = [a_row("leavers", fødselsnummer="", etternavn=str(n), mobil=m) for n, m in enumerate(("91234567", "x", ""))]
    assert [row.phone for row in rows_of(read_it("leavers", csv_of(rows)))] == ["+4791234567", None, None]


def test_an_organisation_number_must_have_the_right_check_digit():
    reading = read_it("leavers", csv_of([a_row("leavers", skole_orgnr="974591007")]))
    assert sentences(reading) == [
        "Rad 2: «974591007» i kolonnen skole_orgnr er ikke et gyldig organisasjonsnummer: "
        "kontrollsifferet stemmer ikke."
    ]
    assert parse.org_number("974 591 006") == BJERKE


@pytest.mark.parametrize("written", ["fortrolig", "Fortrolig", "Kode 7", "7"])
def test_protection_is_understood_in_the_words_registers_use(written):
    assert parse.protection(written) == Protection.CONFIDENTIAL


def test_an_unknown_grade_of_protection_refuses_the_row_rather_than_losing_the_grade():
    reading = read_it("leavers", csv_of([a_row("leavers", adressebeskyttelse="hemmelig")]))
    assert "er ikke en kjent gradering" in sentences(reading)[0]


def test_every_kind_of_education_has_a_word():
    assert {parse.enrolment_kind(parse.enrolment_kind.write(kind)) for kind in EnrolmentKind} == set(EnrolmentKind)


@pytest.mark.parametrize(("written", "level"), [("vg1", "VG1"), ("Vg 2", "VG2"), ("3", "VG3"), ("10. trinn", "10")])
def test_levels_are_spelled_one_way(written, level):
    assert parse.level(written) == level


def test_a_reason_code_of_another_source_names_that_source():
    reading = read_it("without-place", csv_of([a_row("without-place", årsakskode="OSON")]))
    assert sentences(reading) == [
        "Rad 2: «OSON» i kolonnen årsakskode hører ikke til i denne kilden, men i kilden non-applicants (ikke-søkere)."
    ]


def test_a_reason_code_no_list_knows_is_kept_for_a_person_to_look_at():
    assert (
        rows_of(read_it("without-place", csv_of([a_row("without-place", årsakskode="osxx")])))[0].reason_code_raw
        == "OSXX"
    )


@pytest.mark.parametrize(
    ("north", "east", "point"),
    [
        ("59.91", "10.75", (59.91, 10.75)),
        ("59,91", "10,75", (59.91, 10.75)),
        ("0", "0", (None, None)),
        ("59.91", "", (None, None)),
        ("10.75", "59.91", (None, None)),
        ("nan", "10.75", (None, None)),
    ],
)
def test_a_point_is_taken_whole_or_not_at_all(north, east, point):
    row = rows_of(read_it("leavers", csv_of([a_row("leavers", breddegrad=north, lengdegrad=east)])))[0]
    assert (row.lat, row.lon) == point


@pytest.mark.parametrize("odd", ["59.9300", "59,93", " 59.93", "59.930000000000007", "5.993e1", "81.9999999999"])
def test_a_latitude_is_read_alike_in_plain_company_and_in_odd(odd):
    plain = ["59.93", "", "60.0", "57.000001", odd, "81.5"]
    rows = [row | {"breddegrad": north, "lengdegrad": "10.75" if north else ""}
            for row, north in zip(people("leavers", 6), plain, strict=True)]  # fmt: skip
    together = [row.lat for row in rows_of(read_it("leavers", csv_of(rows)))]
    alone = [row.lat for each in rows for row in rows_of(read_it("leavers", csv_of([each])))]
    assert together == alone == [float(north.replace(",", ".")) if north else None for north in plain]


@pytest.mark.parametrize("place", [0, 63, 64, 127, 199])
def test_one_odd_name_does_not_change_how_its_neighbours_are_read(place):
    rows = people("leavers", 200)
    rows[place]["fornavn"] = "A\u030ase  Marie"
    names = [row.first_name for row in rows_of(read_it("leavers", csv_of(rows)))]
    assert names == ["Åse Marie" if nth == place else "Øyvind" for nth in range(200)]


def test_a_postcode_that_lost_its_zero_in_a_spreadsheet_gets_it_back():
    row = rows_of(read_it("leavers", csv_of([a_row("leavers", postnummer="585", kommunenummer="301")])))[0]
    assert (row.postcode, row.municipality) == ("0585", "0301")


def test_names_in_any_script_are_kept_and_composed_one_way():
    decomposed = "A\u030alga\u030ard"
    rows = [
        a_row("leavers", fornavn="Ánne Čálli", etternavn=decomposed),
        a_row("leavers", fødselsnummer="", fornavn="محمد"),
    ]
    first, second = rows_of(read_it("leavers", csv_of(rows)))
    assert (first.first_name, first.last_name, second.first_name) == ("Ánne Čálli", "Ålgård", "محمد")


def test_whoever_has_one_name_has_it_as_surname():
    assert rows_of(read_it("leavers", csv_of([a_row("leavers", fornavn="")])))[0].first_name is None
    assert sentences(read_it("leavers", csv_of([a_row("leavers", etternavn=" ")]))) == [
        "Rad 2: kolonnen etternavn er tom."
    ]


def test_a_row_tells_all_that_is_wrong_with_it_at_once():
    reading = read_it("leavers", csv_of([a_row("leavers", fødselsdato="31.02.2009", type="?", skole_orgnr="")]))
    assert [error.column for error in reading.rejects] == ["fødselsdato", "skole_orgnr", "type"]
    assert len(reading.rejects) == 1


@pytest.mark.proves("amb-45")
def test_preventive_work_is_not_taken_in_without_a_permission():
    reading = read_it("preventive", csv_of([a_row("preventive", tillatelse_dato=""), a_row("preventive")]))
    assert reading.accepted == 1
    assert rows_of(reading)[0].permission_on == date(2026, 5, 28)
    assert sentences(reading)[0].startswith("Rad 2: kolonnen tillatelse_dato mangler, så raden kan ikke tas inn:")
    assert "opplæringslova § 25-1" in sentences(reading)[0]


def test_a_permission_from_tomorrow_is_none():
    reading = read_it("preventive", csv_of([a_row("preventive", tillatelse_dato="24.11.2026")]))
    assert sentences(reading) == ["Rad 2: «24.11.2026» i kolonnen tillatelse_dato er i framtiden."]
