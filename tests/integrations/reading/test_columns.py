"""Which column is which: spelling, aliases, a sender's own mapping, and files of another source."""

import pytest

from fotfeste.integrations.reading import UnreadableFile, apply_mapping, suggest_mapping
from fotfeste.integrations.sources import SOURCES
from tests.integrations.reading.files import a_row, csv_of, people, read_it, rows_of

LEAVERS = SOURCES["leavers"]


def renamed(headers: dict[str, str]) -> bytes:
    return csv_of([{headers.get(header, header): cell for header, cell in row.items()} for row in people("leavers", 2)])


def test_case_spaces_and_marks_over_letters_do_not_matter():
    data = renamed(
        {"fødselsnummer": "FODSELSNUMMER", "programområde": " Program omrade", "skole_orgnr": "Skole-OrgNr."}
    )
    assert read_it("leavers", data).accepted == 2


def test_common_other_names_are_known():
    data = renamed(
        {"fødselsnummer": "fnr", "fødselsdato": "Født", "skole_orgnr": "Orgnr", "sluttårsak": "Avbruddsårsak"}
    )
    reading = read_it("leavers", data)
    assert reading.accepted == 2
    assert reading.meta.mapping["fødselsdato"] == "Født"


def test_a_senders_own_names_are_read_by_the_mapping_saved_for_them():
    mapping = {"fødselsdato": "Dato A", "slutt": "Dato C", "fornavn": "Kallenavn"}
    data = renamed({"fødselsdato": "Dato A", "slutt": "Dato C", "fornavn": "Kallenavn"})
    with pytest.raises(
        UnreadableFile, match=r"mangler kolonnene «fornavn», «fødselsdato» og «slutt»\. Kolonnene i filen er"
    ):
        read_it("leavers", data)
    assert [row.first_name for row in rows_of(read_it("leavers", data, mapping=mapping))] == ["Øyvind", "Øyvind"]


def test_a_mapping_wins_over_a_column_that_bears_the_name():
    rows = [row | {"Kallenavn": "Ola"} for row in people("leavers", 1)]
    assert rows_of(read_it("leavers", csv_of(rows), mapping={"fornavn": "Kallenavn"}))[0].first_name == "Ola"


def test_a_mapping_to_a_column_that_is_gone_says_which_and_what_there_is():
    with pytest.raises(UnreadableFile, match="«fornavn» står i kolonnen «Kallenavn», men den finnes ikke i filen"):
        read_it("leavers", csv_of(people("leavers", 1)), mapping={"fornavn": "Kallenavn"})
    with pytest.raises(UnreadableFile, match="nevner «skostørrelse», som kilden «Sluttere» ikke har"):
        apply_mapping(LEAVERS, ["a"], {"skostørrelse": "a"})


def test_a_missing_column_is_named_with_those_that_were_found():
    rows = [{header: cell for header, cell in row.items() if header != "slutt"} for row in people("leavers", 1)]
    with pytest.raises(UnreadableFile, match="mangler «slutt»"):
        read_it("leavers", csv_of(rows))
    rows = [{"navn": "Ola", "alder": "17"}]
    with pytest.raises(UnreadableFile, match=r"Filen mangler kolonnene .*Kolonnene i filen er «navn» og «alder»"):
        read_it("leavers", csv_of(rows))


def test_a_column_that_stands_twice_is_refused():
    data = csv_of(people("leavers", 1)).replace(b"sluttutt", b"").decode().splitlines()
    data = "\n".join([data[0] + ";Fornavn", data[1] + ";Per"])
    with pytest.raises(UnreadableFile, match="«fornavn» står flere ganger"):
        read_it("leavers", data.encode())


@pytest.mark.parametrize(
    ("chosen", "real"),
    [
        ("leavers", "non-applicants"),
        ("non-applicants", "leavers"),
        ("enrolment", "preventive"),
        ("private-school", "leavers"),
        ("private-school", "enrolment"),
        ("preventive", "without-place"),
    ],
)
def test_a_file_of_another_source_is_recognised_and_named(chosen, real):
    with pytest.raises(UnreadableFile, match=rf"ser ut til å høre til kilden «.*\({real}\).*, ikke «.*\({chosen}\)"):
        read_it(chosen, csv_of([a_row(real)]))


@pytest.mark.parametrize("source", [source for source in SOURCES if source != "vigo-ot"])
def test_no_source_takes_its_own_file_for_anothers(source):
    every_column = dict.fromkeys(SOURCES[source].headers, "") | a_row(source)
    assert read_it(source, csv_of([every_column])).accepted == 1


def test_unused_columns_are_mentioned_but_not_the_ones_we_add_to_rejects():
    rows = [row | {"skostørrelse": "42", "rad": "9", "feil": "Rad 9: …"} for row in people("leavers", 1)]
    assert read_it("leavers", csv_of(rows)).meta.warnings == ("Disse kolonnene brukes ikke: «skostørrelse».",)


def test_a_mapping_is_suggested_for_names_nearly_right():
    header = ["Fødselsnr.", "Fornamn", "Etternamn", "Fødselsdata", "Skolens org.nr", "Type", "Noe annet"]
    suggested = suggest_mapping(LEAVERS, header)
    assert suggested["fødselsnummer"] == "Fødselsnr."
    assert (suggested["fornavn"], suggested["etternavn"]) == ("Fornamn", "Etternamn")
    assert suggested["skole_orgnr"] == "Skolens org.nr"
    assert "Noe annet" not in suggested.values()


def test_a_source_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(UnreadableFile, match=r"Kilden «elever» finnes ikke. Velg blant «vigo-ot», «leavers»"):
        read_it("elever", b"x")
