"""A frozen OTUK list as a spreadsheet and as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

import xlsxwriter

from fotfeste.kernel.cells import escape_cell
from fotfeste.lists.models import OtukRound, OtukRow
from fotfeste.spec import implements

HEADERS = (
    "Nr.",
    "Navn",
    "Fødselsdato",
    "Adresse",
    "Telefon",
    "Ansvarlig skole",
    "OTUK siden",
    "Grunn",
    "Antall kontaktforsøk",
    "Antall lister på rad",
)
MARK = "Tatt ut"


@implements(
    "otl-name",
    "otl-birthdate",
    "otl-address",
    "otl-phone",
    "otl-school",
    "otl-status-since",
    "otl-reason",
    "otl-contact-attempts",
    "otl-times-listed",
)
def cells(row: OtukRow) -> tuple[Any, ...]:
    """Return the cells of a row, in the order of ``HEADERS``."""
    fields = row.fields
    return (
        row.number,
        fields["name"],
        date.fromisoformat(fields["born"]),
        fields["address"],
        fields["phone"],
        fields["school"],
        date.fromisoformat(fields["since"]),
        fields["reason"],
        fields["attempts"],
        row.times_listed,
    )


def write_csv(out: BinaryIO, rows: Iterable[OtukRow], *, fetched: str) -> None:
    """
    Write the rows as CSV: semicolon and UTF-8 with a mark, as Norwegian spreadsheets open it.

    :param fetched: who took it out and when. It stands on every row, since a CSV has nowhere else to bear it.
    """
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow((*HEADERS, MARK))
    writer.writerows([*(_text(cell) for cell in cells(row)), escape_cell(fetched)] for row in rows)
    text.detach()


def _text(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return escape_cell(cell) if isinstance(cell, str) else str(cell)


def write_workbook(out: BinaryIO, *, made: OtukRound, district: str, rows: Sequence[OtukRow], fetched: str) -> None:
    """
    Write the rows as a workbook with a cover sheet that says what it is and how it must be kept.

    :param fetched: who took it out and when, so that a file gone astray tells where it came from. It stands on the
        cover, on every row, at the foot of every printed page and among what the file tells of itself.
    """
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        heading, head, day = (book.add_format(f) for f in _FORMATS)
        book.set_properties({"title": "OTUK-liste", "comments": fetched})
        cover = book.add_worksheet("Om listen")
        cover.set_column(0, 0, 110)
        for line, text in enumerate(_cover(made, district, len(rows), fetched)):
            cover.write_string(line, 0, text, heading if line == 0 else None)
        sheet = book.add_worksheet("OTUK")
        sheet.set_footer("&L" + fetched.replace("&", "&&"))
        sheet.write_row(0, 0, (*HEADERS, MARK), head)
        sheet.set_column(0, 0, 5)
        sheet.set_column(1, len(HEADERS), 24)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate((*cells(row), fetched)):
                if isinstance(cell, date):
                    sheet.write_datetime(line, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(line, column, cell)  # a string cell is never run as a formula
                else:
                    sheet.write_number(line, column, cell)
        sheet.autofilter(0, 0, max(1, len(rows)), len(HEADERS))
        sheet.freeze_panes(1, 2)


_FORMATS = ({"bold": True, "font_size": 14}, {"bold": True, "bottom": 1}, {"num_format": "dd.mm.yyyy"})


@implements("otl-batch-date", "otl-recipient")
def _cover(made: OtukRound, district: str, rows: int, fetched: str) -> list[str]:
    return [
        f"OTUK-liste {made.on:%d.%m.%Y} – {district}",
        f"{rows} ungdommer med ukjent aktivitet, slik registeret var kjent {made.known_at:%d.%m.%Y kl. %H.%M}.",
        f"Svar innen {made.respond_by:%d.%m.%Y}. Fristen er et mål, ikke en plikt.",
        "Listen er taushetsbelagt: også det å stå på den kan være en personlig opplysning (forvaltningsloven § 13).",
        "Den skal ikke sendes på e-post. Slett filen når svarene er ført i Fotfeste.",
        "Ungdom med beskyttet adresse står ikke her; de følges opp av dem som har den rollen.",
        fetched,
    ]
