"""Identity numbers: who may be in which environment, fictive numbers, and dates that differ."""

from datetime import date

import pytest

from fotfeste.law.national_id import Environment, IdKind
from tests.integrations.reading.files import a_row, csv_of, number_of, read_it, rows_of, sentences

BORN = date(2009, 3, 2)
REAL = number_of(BORN, month_plus=0, environment=Environment.PRODUCTION)


def test_production_refuses_a_synthetic_number():
    reading = read_it("leavers", csv_of([a_row("leavers")]), environment="production")
    assert sentences(reading) == ["Rad 2: Nummeret er syntetisk og kan ikke brukes i produksjon."]


@pytest.mark.parametrize("environment", ["test", "demo"])
def test_outside_production_a_number_of_the_real_kind_is_refused(environment):
    reading = read_it("leavers", csv_of([a_row("leavers", fødselsnummer=REAL)]), environment=environment)
    assert sentences(reading) == ["Rad 2: Nummeret kan tilhøre en virkelig person og kan bare brukes i produksjon."]


def test_production_takes_a_number_of_the_real_kind():
    reading = read_it("leavers", csv_of([a_row("leavers", fødselsnummer=REAL)]), environment="production")
    assert [row.id_kind for row in rows_of(reading)] == [IdKind.ORDINARY]


def test_a_wrong_check_digit_is_refused_without_repeating_the_number():
    number = number_of(BORN)
    wrong = number[:10] + str((int(number[10]) + 1) % 10)
    reading = read_it("leavers", csv_of([a_row("leavers", fødselsnummer=wrong)]))
    assert "Kontrollsifrene i fødselsnummeret stemmer ikke" in sentences(reading)[0]
    assert wrong not in sentences(reading)[0]
    assert wrong not in repr(list(reading.rejects))


def test_a_fictive_number_is_taken_when_the_sender_says_it_is_fictive():
    wrong = "02030912345"
    assert (
        "skriv «fiktivt» i kolonnen id_type"
        in sentences(read_it("leavers", csv_of([a_row("leavers", fødselsnummer=wrong)])))[0]
    )
    row = rows_of(read_it("leavers", csv_of([a_row("leavers", fødselsnummer=wrong, id_type="fiktivt")])))[0]
    assert (row.national_id, row.id_kind) == (wrong, IdKind.FICTIVE)


def test_a_number_marked_fictive_is_fictive_even_when_it_happens_to_check():
    row = rows_of(read_it("leavers", csv_of([a_row("leavers", id_type="fiktivt")])))[0]
    assert row.id_kind == IdKind.FICTIVE


def test_spaces_in_a_number_are_no_part_of_it():
    number = number_of(BORN)
    spaced = f" {number[:6]} {number[6:]}"
    assert rows_of(read_it("leavers", csv_of([a_row("leavers", fødselsnummer=spaced)])))[0].national_id == number


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1,01816E+10", "ødelagt av et regneark"),
        ("1234567890123", "må ha 11 siffer, men har 13"),
        ("8123456789", "Et regneark kan ha fjernet nullen foran"),
        ("0203O912345", "er ikke bare sifre"),
        ("0" * 5000, "men har 5000"),
    ],
)
def test_what_cannot_be_a_number_is_told_apart(written, said):
    assert said in sentences(read_it("leavers", csv_of([a_row("leavers", fødselsnummer=written)])))[0]


def test_a_youth_without_a_number_is_taken_in():
    row = rows_of(read_it("leavers", csv_of([a_row("leavers", fødselsnummer="")])))[0]
    assert (row.national_id, row.id_kind) == (None, None)


def test_a_birth_date_that_differs_from_the_number_is_remarked_and_the_birth_date_stands():
    reading = read_it("leavers", csv_of([a_row("leavers", fødselsdato="03.03.2009")]))
    assert rows_of(reading)[0].born == date(2009, 3, 3)
    assert [remark.sentence for remark in reading.remarks] == [
        "Rad 2: Datoen i fødselsnummeret er en annen enn fødselsdatoen. Raden er tatt inn; se etter en skrivefeil."
    ]
