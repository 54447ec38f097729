"""Rejected rows go back as they came, with number and reason, and can be corrected and sent again."""

import csv
import io
import json
from datetime import date

import pytest

from fotfeste.integrations.reading import escape_cell, write_rejects
from tests.integrations.reading.files import (
    a_row,
    an_element,
    csv_of,
    number_of,
    people,
    read_it,
    rows_of,
    sentences,
    vigo_of,
    xlsx_rows,
)

BAD_DATE = "31.02.2009"


def given_back(reading) -> bytes:
    out = io.BytesIO()
    assert write_rejects(reading, out) == len(reading.rejects)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_goes_back_with_its_delimiter_and_character_set(delimiter, encoding):
    rows = people("leavers", 3)
    rows[1]["fødselsdato"] = BAD_DATE
    reading = read_it("leavers", csv_of(rows, delimiter=delimiter, encoding=encoding))
    back = list(csv.DictReader(io.StringIO(given_back(reading).decode(encoding)), delimiter=delimiter))
    said = "Rad 3: «31.02.2009» i kolonnen fødselsdato finnes ikke i kalenderen."
    assert back == [rows[1] | {"rad": "3", "feil": said}]


def test_corrected_rejects_are_read_again_in_every_format():
    table = [a_row("leavers", fødselsdato=BAD_DATE, adresse="=Gate 1", mobil="+46 701234567")]
    for data in (csv_of(table), xlsx_rows(*table)):
        back = given_back(read_it("leavers", data))
        if data.startswith(b"PK"):
            first_try = read_it("leavers", back)
            assert first_try.meta.file_format == "xlsx"
            assert sentences(first_try) == [f"Rad 2: «{BAD_DATE}» i kolonnen fødselsdato finnes ikke i kalenderen."]
        else:
            row = rows_of(read_it("leavers", back.replace(f";{BAD_DATE};".encode(), b";02.03.2009;")))[0]
            assert (row.street, row.phone, row.born) == ("=Gate 1", "+46701234567", date(2009, 3, 2))
    back = given_back(read_it("vigo-ot", vigo_of(an_element(fdato=BAD_DATE))))
    assert rows_of(read_it("vigo-ot", back.replace(BAD_DATE.encode(), b"02.03.2009")))[0].born == date(2009, 3, 2)


def test_json_goes_back_in_its_shape():
    element = an_element(fdato=BAD_DATE) | {"eget": [1, None]}
    back = json.loads(given_back(read_it("vigo-ot", vigo_of(an_element(fnr=""), element, 7))))
    assert back["antall"] == 2
    assert back["otungdommer"][0]["person"] == element["person"]
    assert back["otungdommer"][0]["rad"] == 2
    assert back["otungdommer"][0]["feil"] == "Rad 2: «31.02.2009» i feltet person.fdato finnes ikke i kalenderen."
    assert back["otungdommer"][1]["feil"] == "Rad 3: otungdommer[2] er et tall, ikke et objekt."


def test_rows_that_contradict_each_other_go_back_both_and_in_row_order():
    rows = [a_row("leavers"), a_row("leavers", fødselsnummer="", fødselsdato=BAD_DATE), a_row("leavers", fornavn="Per")]
    back = list(csv.DictReader(io.StringIO(given_back(read_it("leavers", csv_of(rows))).decode()), delimiter=";"))
    assert [(row["rad"], row["fornavn"]) for row in back] == [("2", "Øyvind"), ("3", "Øyvind"), ("4", "Per")]
    assert "Rad 4 og rad 2 gjelder samme person" in back[2]["feil"]


def test_a_row_that_came_apart_goes_back_with_all_its_cells():
    lines = csv_of(people("leavers", 1)).decode().splitlines()
    back = given_back(read_it("leavers", f"{lines[0]}\n{lines[1]};for;mye".encode())).decode()
    assert "for;mye" in back
    assert "Rad 2 har 13 celler, men overskriften har 11." in back


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_escaped_when_written(cell):
    assert escape_cell(cell) == "'" + cell
    assert escape_cell("Storgata =1") == "Storgata =1"


def test_a_formula_in_a_rejected_row_goes_back_escaped_and_is_plain_text_in_a_workbook():
    formula = '=HYPERLINK("https://example.no","klikk")'
    row = a_row("leavers", fødselsdato=BAD_DATE, sluttårsak=formula)
    cells = next(
        csv.reader(
            io.StringIO(given_back(read_it("leavers", csv_of([row]))).decode().split("\r\n", 1)[1]), delimiter=";"
        )
    )
    assert "'" + formula in cells
    import zipfile

    book = given_back(read_it("leavers", xlsx_rows(row | {"sluttårsak": "tekst"})))
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_many_rejects_are_kept_outside_memory_and_all_come_back(tmp_path):
    rows = [a_row("leavers", fødselsnummer="", fødselsdato=BAD_DATE, adresse="x" * 150)] * 12_000
    reading = read_it("leavers", csv_of(rows))
    assert (reading.accepted, len(reading.rejects)) == (0, 12_000)
    assert [error.row_no for error in reading.rejects] == list(range(2, 12_002))
    assert write_rejects(reading, tmp_path / "avvist.csv") == 12_000
    assert (tmp_path / "avvist.csv").read_text().count("finnes ikke i kalenderen") == 12_000


def test_neither_the_rejects_nor_the_reading_show_personal_data_when_logged():
    reading = read_it(
        "leavers", csv_of([a_row("leavers", etternavn="Hemmelig", fødselsdato=BAD_DATE), a_row("leavers")])
    )
    logged = repr(reading) + repr(list(reading.rejects))
    assert "Hemmelig" not in logged
    assert number_of(date(2009, 3, 2)) not in logged
    assert BAD_DATE not in logged
