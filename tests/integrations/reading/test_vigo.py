"""VIGO OT's document: its shape, what is broken, and what it tells beside the list."""

import json
from datetime import date

import pytest

from fotfeste.integrations.reading import UnreadableFile
from tests.integrations.reading.files import an_element, number_of, read_it, rows_of, sentences, vigo_of


def numbered(count: int) -> list[dict]:
    born = date(2009, 3, 2)
    return [an_element(fnr=number_of(born, nth=nth), etternavn=f"Nr {nth}") for nth in range(count)]


def test_an_element_becomes_a_row_with_everything_vigo_tells():
    row = rows_of(read_it("vigo-ot", vigo_of(an_element(epost="o@example.no", mobilnr="91234567"))))[0]
    assert (row.row_no, row.national_id, row.first_name, row.born) == (
        1, number_of(date(2009, 3, 2)), "Øyvind", date(2009, 3, 2)
    )  # fmt: skip
    assert (row.email, row.phone) == ("o@example.no", "+4791234567")
    assert (row.unit_number, row.unit_name, row.status_code) == ("0301", "Bjerke vgs", "OTUK")
    assert (row.programme, row.programme_name, row.ends_on) == ("STUSP1----", "Studie", date(2026, 10, 30))


def test_empty_strings_and_missing_groups_say_nothing():
    element = an_element()
    del element["elevkurs"]
    row = rows_of(read_it("vigo-ot", vigo_of(element)))[0]
    assert (row.email, row.phone, row.programme, row.starts_on) == (None, None, None, None)


def test_a_status_code_and_a_unit_no_list_knows_are_kept_as_sent():
    row = rows_of(read_it("vigo-ot", vigo_of(an_element(aktivitetskode="OTXX", tilknytningnr="9-99"))))[0]
    assert (row.status_code, row.unit_number) == ("OTXX", "9-99")


def test_a_number_of_thirteen_digits_costs_its_row_and_no_more():
    first, second = numbered(2)
    first["person"]["fnr"] = "0000000000123"
    reading = read_it("vigo-ot", vigo_of(first, second))
    assert [row.last_name for row in rows_of(reading)] == ["Nr 1"]
    assert sentences(reading) == ["Rad 1: Fødselsnummeret må ha 11 siffer, men har 13."]


def test_antall_that_differs_from_the_list_is_a_warning():
    assert read_it("vigo-ot", vigo_of(*numbered(2), antall=2)).meta.warnings == ()
    assert read_it("vigo-ot", vigo_of(*numbered(2), antall=3)).meta.warnings == (
        "VIGO oppga «3» som antall, men listen har 2 ungdommer.",
    )
    assert "oppga ingenting" in read_it("vigo-ot", b'{"otungdommer": []}').meta.warnings[0]


def test_an_error_message_is_passed_on():
    assert (
        "VIGO meldte en feil: «Delvis svar»." in read_it("vigo-ot", vigo_of(errorMessage="Delvis svar")).meta.warnings
    )
    with pytest.raises(UnreadableFile, match=r"VIGO svarte uten data og meldte en feil: «Ukjent fylke»\."):
        read_it("vigo-ot", b'{"errorMessage": "Ukjent fylke", "antall": 0}')


def test_an_empty_list_takes_nothing_in_and_says_so():
    assert "Filen har ingen rader: det er ingenting å ta inn." in read_it("vigo-ot", vigo_of()).meta.warnings


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        (b'{"antall": 1,\n "otungdommer": [{"person": }]}', "linje 2, tegn 29"),
        (b'{"antall": 1\n "otungdommer": []}', "linje 2, tegn 2"),
        (b'{"otungdommer": [1 2]}', "linje 1, tegn 20"),
        (b'{"otungdommer": []} {}', "linje 1, tegn 21"),
        (b"{otungdommer: []}", "linje 1, tegn 2"),
    ],
)
def test_broken_json_is_placed_by_line_and_character(broken, where):
    with pytest.raises(UnreadableFile, match=f"ikke gyldig JSON: feil ved {where}"):
        read_it("vigo-ot", broken)


def test_a_fault_far_into_a_long_document_is_placed_right():
    lines = [json.dumps(element, ensure_ascii=False) for element in numbered(60)] * 100
    text = '{"otungdommer": [\n' + ",\n".join(lines) + "\n]}"
    assert len(text) > 1 << 20
    broken_line = 5_000
    kept = text.split("\n")
    kept[broken_line - 1] = kept[broken_line - 1].replace('"Øyvind"', "Øyvind", 1)
    place = kept[broken_line - 1].index("Øyvind") + 1
    with pytest.raises(UnreadableFile, match=f"feil ved linje {broken_line}, tegn {place}"):
        read_it("vigo-ot", "\n".join(kept).encode())


@pytest.mark.parametrize("cut", [1, 20, 200, -1, -2, -30])
def test_a_document_cut_short_is_said_to_end_too_early(cut):
    with pytest.raises(UnreadableFile, match="slutter for tidlig"):
        read_it("vigo-ot", vigo_of(*numbered(3))[:cut])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (b"[]", "JSON-dokumentet er en liste. Ventet et objekt med listen «otungdommer»"),
        (b'{"ungdommer": [], "antall": 0}', "«otungdommer» mangler øverst i det. Det har «ungdommer» og «antall»"),
        (b"{}", "«otungdommer» mangler øverst i det. Det er tomt"),
        (b'{"otungdommer": null}', "«otungdommer» er null, ikke en liste"),
        (b'{"otungdommer": {"a": 1}}', "«otungdommer» er et objekt, ikke en liste"),
        (b'{"otungdommer": [], "otungdommer": []}', "«otungdommer» står to ganger"),
    ],
)
def test_a_document_of_another_shape_is_told_what_is_where(wrong, said):
    with pytest.raises(UnreadableFile, match=said):
        read_it("vigo-ot", wrong)


def test_an_element_of_another_shape_costs_its_row_and_names_the_path():
    elements = [
        7,
        ["x"],
        an_element() | {"person": "Ola"},
        an_element(fornavn=["Ola"]),
        an_element(fnr=True),
        an_element(),
    ]
    reading = read_it("vigo-ot", vigo_of(*elements))
    assert reading.accepted == 1
    assert sentences(reading) == [
        "Rad 1: otungdommer[0] er et tall, ikke et objekt.",
        "Rad 2: otungdommer[1] er en liste, ikke et objekt.",
        "Rad 3: otungdommer[2].person er tekst, ikke et objekt.",
        "Rad 4: otungdommer[3].person.fornavn er en liste, ikke tekst.",
        "Rad 5: otungdommer[4].person.fnr er sant/usant, ikke tekst.",
    ]


def test_a_bad_value_is_named_by_its_path():
    assert sentences(read_it("vigo-ot", vigo_of(an_element(fdato="31.02.2009")))) == [
        "Rad 1: «31.02.2009» i feltet person.fdato finnes ikke i kalenderen."
    ]


def test_a_number_sent_as_a_number_keeps_its_digits():
    number = number_of(date(2009, 3, 2))
    assert rows_of(read_it("vigo-ot", vigo_of(an_element(fnr=int(number)))))[0].national_id == number


def test_null_is_read_as_nothing_and_odd_characters_cost_the_row():
    halves = vigo_of(an_element(etternavn="X")).replace(b'"X"', b'"\\ud800"')
    nul = vigo_of(an_element(etternavn="X")).replace(b'"X"', b'"a\\u0000b"')
    assert rows_of(read_it("vigo-ot", vigo_of(an_element(epost=None))))[0].email is None
    for data in (halves, nul):
        assert "tegn som ikke kan vises" in sentences(read_it("vigo-ot", data))[0]


def test_nesting_without_end_is_refused():
    with pytest.raises(UnreadableFile, match="nøstet for dypt"):
        read_it("vigo-ot", b'{"otungdommer": ' + b"[" * 200_000)


def test_the_list_may_stand_anywhere_in_the_document_and_be_long():
    elements = numbered(40)
    for nth, element in enumerate(elements):
        element["ekstra"] = "x" * (40_000 + nth)
    document = json.dumps({"otungdommer": elements, "annet": {"a": [1.5e300, -0.0]}, "antall": 40}).encode()
    assert len(document) > 1 << 20
    reading = read_it("vigo-ot", document)
    assert (reading.accepted, reading.meta.warnings) == (40, ())
