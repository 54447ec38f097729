"""CSV as it comes: delimiters, character sets, quotes, and rows that have come apart."""

import csv
from datetime import date

import pytest

from fotfeste.integrations.reading import UnreadableFile
from fotfeste.integrations.reading.delimited import _STEP
from tests.integrations.reading.files import a_row, csv_of, number_of, people, read_it, rows_of, sentences


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_delimiter_and_character_set_are_found_without_being_told(delimiter, encoding, quoting):
    data = csv_of(people("leavers", 3), delimiter=delimiter, encoding=encoding, quoting=quoting)
    reading = read_it("leavers", data)
    assert [row.last_name for row in rows_of(reading)] == ["Ålgård 0", "Ålgård 1", "Ålgård 2"]
    assert [row.row_no for row in rows_of(reading)] == [2, 3, 4]
    assert (reading.meta.delimiter, reading.meta.encoding) == (delimiter, encoding)


def test_the_delimiter_is_told_by_the_header_even_when_another_sign_is_more_common():
    row = a_row("leavers", sluttårsak="a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,x,y,z")
    assert read_it("leavers", csv_of([row])).meta.delimiter == ";"


def test_windows_1252_is_read_and_said():
    reading = read_it("leavers", csv_of([a_row("leavers")], encoding="cp1252"))
    assert reading.meta.warnings[0].startswith("Filen er ikke UTF-8. Den er lest som Windows-1252")
    assert rows_of(reading)[0].last_name == "Ålgård"


def test_utf_8_with_a_broken_character_is_refused_rather_than_garbled():
    data = csv_of(people("leavers", 3)).replace("Ålgård 1".encode(), b"\xc5lg\xc3\xa5rd 1")
    with pytest.raises(UnreadableFile, match=r"skrevet i UTF-8, men linje 3 har et ødelagt tegn"):
        read_it("leavers", data)


def test_a_character_set_nobody_knows_is_refused():
    with pytest.raises(UnreadableFile, match="Tegnsettet er ukjent: linje 2"):
        read_it("leavers", csv_of([a_row("leavers", fornavn="X", etternavn="Y")]).replace(b"Y", b"\x81\x8d\x90\x9d"))


def test_utf_16_is_refused_with_what_to_do():
    with pytest.raises(UnreadableFile, match=r"UTF-16.*Lagre den som CSV UTF-8"):
        read_it("leavers", csv_of([a_row("leavers")]).decode().encode("utf-16"))


def test_a_nul_is_refused_and_its_line_named():
    with pytest.raises(UnreadableFile, match="linje 3 inneholder et nulltegn"):
        read_it("leavers", csv_of(people("leavers", 3)).replace("Ålgård 1".encode(), b"\0"))


def test_a_quoted_cell_may_hold_line_breaks_and_delimiters():
    rows = [a_row("leavers", adresse="Storgata 1;\nc/o Berg", sluttårsak='sa "nei"'), *people("leavers", 2)[1:]]
    first, second = rows_of(read_it("leavers", csv_of(rows)))
    assert (first.street, first.end_reason, second.row_no) == ("Storgata 1; c/o Berg", 'sa "nei"', 3)


def test_a_few_quoted_rows_among_many_plain_ones_are_read_as_if_they_stood_alone():
    # Given thirty rows, of which some need quotes: for a delimiter, for a quote, for what stands between cells inside us
    streets = {3: "Storgata 1; oppgang B", 11: 'Gård "Nordre"', 12: '";"', 29: "Siste; rad"}
    rows = [row | {"adresse": streets.get(nth, f"Vei {nth}")} for nth, row in enumerate(people("leavers", 30))]
    reading = read_it("leavers", csv_of(rows))
    assert [row.street for row in rows_of(reading)] == [row["adresse"] for row in rows]
    assert [row.row_no for row in rows_of(reading)] == list(range(2, 32))


@pytest.mark.parametrize(
    ("street", "read_as"),
    [("Storgata 1;\nc/o Berg", "Storgata 1; c/o Berg"), ('"Nordre";\n"Søndre"', '"Nordre"; "Søndre"')],
)
def test_a_row_of_two_lines_among_plain_ones_moves_no_cell_of_its_neighbours(street, read_as):
    rows = [row | {"adresse": f"Vei {nth}"} for nth, row in enumerate(people("leavers", 12))]
    rows[5]["adresse"], rows[8]["adresse"] = street, "Storgata 2; bak"
    reading = read_it("leavers", csv_of(rows))
    assert [row.street for row in rows_of(reading)] == [
        {5: read_as, 8: "Storgata 2; bak"}.get(nth, f"Vei {nth}") for nth in range(12)
    ]


def test_a_sign_no_sender_uses_divides_no_cell():
    rows = people("leavers", 4)
    rows[1]["adresse"], rows[2]["fornavn"] = "Storgata; 1", "Per\x1fOla"
    read_rows = rows_of(read_it("leavers", csv_of(rows)))
    assert [(row.first_name, row.street) for row in read_rows[1:3]] == [("Øyvind", "Storgata; 1"), ("Per Ola", None)]


def test_a_row_with_a_cell_too_few_is_refused_and_the_next_is_read():
    data = csv_of(people("leavers", 3)).decode().replace(";Ålgård 1", "")
    reading = read_it("leavers", data.encode())
    assert [row.last_name for row in rows_of(reading)] == ["Ålgård 0", "Ålgård 2"]
    assert sentences(reading)[0].startswith("Rad 3 har 10 celler, men overskriften har 11.")


def test_empty_cells_beyond_the_header_do_no_harm():
    lines = csv_of(people("leavers", 2)).decode().splitlines()
    assert read_it("leavers", "\n".join([lines[0], lines[1] + ";;", lines[2]]).encode()).accepted == 2


def test_a_stray_quote_costs_that_row_only():
    lines = csv_of(people("leavers", 3)).decode().splitlines()
    lines[2] = lines[2].replace("Øyvind", '"Øyvind" Bø')
    reading = read_it("leavers", "\n".join(lines).encode())
    assert reading.accepted == 2
    assert sentences(reading) == ["Rad 3 har et anførselstegn midt i en celle. Skriv det to ganger, eller ta det bort."]


@pytest.mark.parametrize("rows_after", [1, 4000])
def test_a_quote_that_never_closes_refuses_the_file_and_names_the_row(rows_after):
    lines = csv_of([a_row("leavers", fødselsnummer="")] * (rows_after + 2)).decode().splitlines()
    lines[2] = lines[2].replace("Øyvind", '"Øyvind')
    with pytest.raises(UnreadableFile, match="Rad 3 har et anførselstegn som aldri lukkes"):
        read_it("leavers", "\n".join(lines).encode())


def test_titles_above_the_header_and_blank_rows_keep_row_numbers_as_the_spreadsheet_shows_them():
    lines = csv_of(people("leavers", 2)).decode().splitlines()
    data = "\n".join(["Sluttere uke 46", "", lines[0], lines[1], "", ";" * 11, lines[2]])
    reading = read_it("leavers", data.encode())
    assert [row.row_no for row in rows_of(reading)] == [4, 7]
    assert "Kolonneoverskriftene ble funnet på rad 3. Radene over er ikke lest." in reading.meta.warnings


def test_the_line_that_tells_excel_the_delimiter_is_not_a_row():
    reading = read_it("leavers", b"sep=,\r\n" + csv_of(people("leavers", 1), delimiter=","))
    assert [row.row_no for row in rows_of(reading)] == [2]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_will_do_also_without_the_last(ending):
    data = csv_of(people("leavers", 2)).decode().rstrip().replace("\r\n", ending)
    assert read_it("leavers", data.encode()).accepted == 2


def test_a_file_longer_than_a_step_is_read_whole_whatever_a_step_cuts_through():
    rows = people("leavers", 50)
    for nth, row in enumerate(rows):
        row["adresse"] = "Æ" * (nth % 7)
        row["sluttårsak"] = 'lang\n"sak"' if nth % 11 == 3 else ""
    rows = [row | {"fornavn": f"{row['fornavn']} {lap}", "fødselsnummer": ""} for lap in range(120) for row in rows]
    data = csv_of(rows)
    assert len(data) > 2 * _STEP
    told: list[int] = []
    read = rows_of(read_it("leavers", data, progress=told.append))
    assert told == sorted(told)
    assert told[-1] == len(rows)
    assert [row.row_no for row in read] == list(range(2, len(rows) + 2))
    assert [row.first_name for row in read] == [row["fornavn"] for row in rows]


def test_an_empty_file_is_said_to_be_empty():
    for data in (b"", b"\n\n", b"\xef\xbb\xbf", b";;;\n"):
        with pytest.raises(UnreadableFile, match="Filen er tom"):
            read_it("leavers", data)


def test_a_file_with_nothing_but_a_header_takes_nothing_in_and_says_so():
    header = csv_of([a_row("leavers")]).split(b"\r\n")[0]
    reading = read_it("leavers", header)
    assert (reading.rows_seen, reading.accepted) == (0, 0)
    assert "Filen har ingen rader: det er ingenting å ta inn." in reading.meta.warnings


def test_a_file_beyond_the_limit_is_refused():
    with pytest.raises(UnreadableFile, match="større enn 1 MB"):
        read_it("leavers", csv_of([a_row("leavers", fødselsnummer="")] * 20_000), largest=1 << 20)


@pytest.mark.parametrize(
    ("start", "what"), [(b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "gammelt Excel"), (b"\x1f\x8b\x08", "gzip")]
)
def test_a_file_of_another_kind_is_named(start, what):
    with pytest.raises(UnreadableFile, match=what):
        read_it("leavers", start + b"\0" * 100)


def test_a_file_that_is_not_there_is_said_so_without_its_folder(tmp_path):
    with pytest.raises(UnreadableFile, match=r"^Fant ikke filen «borte.csv»\.$"):
        read_it("leavers", str(tmp_path / "borte.csv"))
    with pytest.raises(UnreadableFile, match="er en mappe"):
        read_it("leavers", tmp_path)


def test_the_digest_is_that_of_the_bytes(tmp_path):
    import hashlib

    data = csv_of(people("leavers", 2))
    (tmp_path / "a.csv").write_bytes(data)
    assert read_it("leavers", tmp_path / "a.csv").meta.digest == hashlib.sha256(data).hexdigest()


def test_a_backslash_in_a_name_comes_through_both_ways():
    reading = read_it("leavers", csv_of([a_row("leavers", adresse="C:\\gate\\N")]))
    assert rows_of(reading)[0].street == "C:\\gate\\N"
    assert b"C:\\\\gate\\\\N" in b"".join(reading.copy_blocks())


def test_what_is_copied_has_one_tab_between_fields_and_nothing_for_what_is_not_said():
    line = b"".join(read_it("leavers", csv_of([a_row("leavers")])).copy_blocks()).decode()
    fields = line.rstrip("\n").split("\t")
    assert fields[:7] == ["2", number_of(date(2009, 3, 2)), "tenor", "Øyvind", "Ålgård", "2009-03-02", ""]
