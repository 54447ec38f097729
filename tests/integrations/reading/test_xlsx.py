"""Workbooks: dates as dates, numbers that were identity numbers, formulas as text, and zips that are none."""

import io
import zipfile
from datetime import date

import pytest

from fotfeste.integrations.reading import UnreadableFile
from tests.integrations.reading.files import (
    a_row,
    number_of,
    people,
    read_it,
    rows_of,
    sentences,
    vigo_of,
    xlsx_of,
    xlsx_rows,
)


def zipped(**members: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for name, text in members.items():
            packed.writestr(name.replace("__", "/"), text)
    return kept.getvalue()


def test_dates_are_taken_as_dates_and_numbers_as_they_look():
    row = a_row("leavers") | {
        "fødselsdato": date(2009, 3, 2),
        "postnummer": 585,
        "mobil": 91234567,
        "skole_orgnr": 974591006,
    }
    reading = read_it("leavers", xlsx_rows(row))
    read = rows_of(reading)[0]
    assert (read.born, read.postcode, read.phone, read.school_org) == (
        date(2009, 3, 2),
        "0585",
        "+4791234567",
        "974591006",
    )
    assert reading.meta.file_format == "xlsx"


def test_an_identity_number_that_lost_its_zero_gets_it_back_when_it_can_be_no_other():
    number = number_of(date(2009, 3, 2))
    assert number.startswith("0")
    reading = read_it("leavers", xlsx_rows(a_row("leavers") | {"fødselsnummer": int(number)}))
    assert rows_of(reading)[0].national_id == number


def test_ten_digits_that_are_no_number_with_a_zero_in_front_are_refused():
    number = number_of(date(2009, 3, 2))
    wrong = int(number[:-1] + str((int(number[-1]) + 1) % 10))
    assert sentences(read_it("leavers", xlsx_rows(a_row("leavers") | {"fødselsnummer": wrong}))) == [
        "Rad 2: Fødselsnummeret må ha 11 siffer, men har 10. Et regneark kan ha fjernet nullen foran."
    ]


def test_ten_digits_written_as_text_are_never_guessed_at():
    number = number_of(date(2009, 3, 2))[1:]
    assert read_it("leavers", xlsx_rows(a_row("leavers", fødselsnummer=number))).accepted == 0


def test_yes_and_no_may_be_ticked():
    row = a_row("enrolment") | {"fullført_grunnskole": True, "fullført_og_bestått": False}
    read = rows_of(read_it("enrolment", xlsx_rows(row)))[0]
    assert (read.finished_compulsory, read.completed) == (True, False)


def test_a_formula_is_never_run_only_its_stored_value_is_read():
    kept = xlsx_rows(a_row("leavers", fornavn='=HYPERLINK("https://example.no";"Ola")', sluttårsak="=1+1"))
    read = rows_of(read_it("leavers", kept))[0]
    assert (read.first_name, read.end_reason) == ("0", "0")


def test_text_that_looks_like_a_formula_is_kept_as_text():
    rows = [list(a_row("leavers")), list(a_row("leavers", sluttårsak="@SUM(A1)", adresse="-1+1").values())]
    rows[0].append("adresse")
    assert rows_of(read_it("leavers", xlsx_of(rows)))[0].end_reason == "@SUM(A1)"


def test_the_sheet_with_the_columns_is_found_and_the_others_are_named():
    rows = people("leavers", 2)
    cells = [list(rows[0]), *(list(row.values()) for row in rows)]
    reading = read_it("leavers", xlsx_of(cells, above=2, sheets=("Forside", "Sluttere")))
    assert [row.row_no for row in rows_of(reading)] == [4, 5]
    assert "Arket «Sluttere» er lest. Disse arkene er ikke lest: «Forside»." in reading.meta.warnings


def test_a_zip_called_xlsx_is_called_a_zip(tmp_path):
    (tmp_path / "elever.xlsx").write_bytes(zipped(**{"elever.csv": "a;b"}))
    with pytest.raises(UnreadableFile, match="er en zip-fil, ikke et Excel-regneark"):
        read_it("leavers", tmp_path / "elever.xlsx")


@pytest.mark.parametrize("cut", [50, 500, 3000])
def test_a_broken_workbook_is_said_to_be_broken(cut):
    with pytest.raises(UnreadableFile, match="ødelagt"):
        read_it("leavers", xlsx_rows(*people("leavers", 3))[:cut])


def test_a_workbook_with_nonsense_inside_is_said_to_be_broken():
    with pytest.raises(UnreadableFile, match="ødelagt"):
        read_it("leavers", zipped(xl__workbook_xml="").replace(b"workbook_xml", b"workbook.xml"))


def test_other_spreadsheet_formats_are_named():
    with pytest.raises(UnreadableFile, match=r"\.xlsb eller \.ods"):
        read_it("leavers", zipped(**{"content.xml": "<x/>"}))


def test_a_workbook_without_rows_is_said_to_be_empty():
    with pytest.raises(UnreadableFile, match="Regnearket er tomt"):
        read_it("leavers", xlsx_of([]))


def test_vigo_is_not_read_from_a_workbook_and_a_table_not_from_json():
    with pytest.raises(UnreadableFile, match=r"leses bare fra JSON\. Den ser ut til å høre til kilden «Sluttere»"):
        read_it("vigo-ot", xlsx_rows(*people("leavers", 1)))
    with pytest.raises(UnreadableFile, match=r"Er det VIGO OT \(vigo-ot\)\?"):
        read_it("leavers", vigo_of())
