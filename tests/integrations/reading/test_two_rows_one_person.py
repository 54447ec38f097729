"""Two rows for one person: alike they are one, contradicting each other neither is believed."""

from datetime import date

import pytest

from tests.integrations.reading.files import (
    BJORNHOLT,
    a_row,
    an_element,
    csv_of,
    number_of,
    people,
    read_it,
    rows_of,
    sentences,
    vigo_of,
)


def test_rows_that_disagree_about_a_person_point_at_each_other_and_neither_is_taken_in():
    rows = [*people("leavers", 2), a_row("leavers", fødselsdato="03.02.2009", etternavn="Ålgård 0", slutt="07.11.2026")]
    reading = read_it("leavers", csv_of(rows))
    assert [row.last_name for row in rows_of(reading)] == ["Ålgård 1"]
    said = "gjelder samme person, men har ulik fødselsdato. Ingen av dem er tatt inn"
    assert [said in sentence for sentence in sentences(reading)] == [True, True]
    assert sentences(reading)[0].startswith("Rad 2 og rad 4 ")
    assert sentences(reading)[1].startswith("Rad 4 og rad 2 ")


def test_everything_that_differs_about_the_person_is_named():
    rows = [a_row("leavers"), a_row("leavers", fornavn="Per", etternavn="Bø", adressebeskyttelse="fortrolig")]
    assert "har ulik fornavn, etternavn og adressebeskyttelse." in sentences(read_it("leavers", csv_of(rows)))[0]


def test_three_rows_that_disagree_all_point_at_the_other_two():
    rows = [a_row("leavers", fornavn=name) for name in ("Per", "Pål", "Espen")]
    reading = read_it("leavers", csv_of(rows))
    assert [sentence.split(" gjelder")[0] for sentence in sentences(reading)] == [
        "Rad 2 og rad 3 og 4",
        "Rad 3 og rad 2 og 4",
        "Rad 4 og rad 2 og 3",
    ]


def test_one_person_may_have_many_rows_of_school_history():
    rows = [a_row("enrolment", start="18.08.2025", slutt="19.06.2026"), a_row("enrolment", skole_orgnr=BJORNHOLT)]
    reading = read_it("enrolment", csv_of(rows))
    assert (reading.accepted, len(reading.rejects)) == (2, 0)


def test_a_second_row_in_a_list_of_persons_is_a_contradiction_unless_it_is_the_same():
    rows = [a_row("without-place"), a_row("without-place", årsakskode="OSUT")]
    assert len(read_it("without-place", csv_of(rows)).rejects) == 2
    first, second = an_element(), an_element(aktivitetskode="OTAR")
    assert "har ulik innhold" in sentences(read_it("vigo-ot", vigo_of(first, second)))[0]


def test_rows_wholly_alike_are_one_and_the_rest_is_said():
    rows = [a_row("leavers"), *people("leavers", 2)[1:], a_row("leavers"), a_row("leavers")]
    reading = read_it("leavers", csv_of(rows))
    assert [row.row_no for row in rows_of(reading)] == [2, 3]
    assert (reading.rows_seen, reading.accepted, reading.repeated, len(reading.rejects)) == (4, 2, 2, 0)
    assert reading.meta.warnings == ("2 rader er helt like en tidligere rad og er regnet én gang (rad 4, 5).",)


def test_rows_without_a_number_never_contradict_each_other():
    rows = [a_row("leavers", fødselsnummer="", fødselsdato=day) for day in ("02.03.2009", "03.03.2009", "02.03.2009")]
    reading = read_it("leavers", csv_of(rows))
    assert (reading.accepted, reading.repeated) == (2, 1)


def test_a_refused_row_contradicts_nobody():
    rows = [a_row("leavers"), a_row("leavers", fornavn="Per", slutt="31.02.2026")]
    reading = read_it("leavers", csv_of(rows))
    assert (reading.accepted, len(reading.rejects)) == (1, 1)


@pytest.mark.parametrize("far_apart", [3_000])
def test_rows_far_apart_in_a_long_file_are_still_compared(far_apart):
    between = [a_row("leavers", fødselsnummer="", etternavn=f"Nr {n}") for n in range(far_apart)]
    reading = read_it("leavers", csv_of([a_row("leavers"), *between, a_row("leavers", fornavn="Per")]))
    assert reading.accepted == far_apart
    assert [error.row_no for error in reading.rejects] == [2, far_apart + 3]
    copied = b"".join(reading.copy_blocks())
    assert copied.count(b"\n") == far_apart
    assert number_of(date(2009, 3, 2)).encode() not in copied


def test_an_empty_column_in_one_part_of_a_file_and_empty_cells_in_another_say_the_same():
    between = [a_row("enrolment", fødselsnummer="", etternavn=f"Nr {n}") for n in range(4_000)]
    stated = a_row("enrolment", fødselsnummer="", etternavn="Sist", adressebeskyttelse="ugradert")
    rows = [a_row("enrolment") | {"adressebeskyttelse": ""}, *between, stated, a_row("enrolment", start="18.08.2025")]
    assert len(read_it("enrolment", csv_of(rows)).rejects) == 0
