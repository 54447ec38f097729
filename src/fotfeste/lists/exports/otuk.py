"""A frozen OTUK list as a spreadsheet and as CSV."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

from fotfeste.lists.exports.sheets import write_rows_as_csv, write_rows_as_workbook
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
    """Write the rows as CSV, each with who took it out and when."""
    write_rows_as_csv(out, HEADERS, map(cells, rows), fetched=fetched)


def write_workbook(out: BinaryIO, *, made: OtukRound, district: str, rows: Sequence[OtukRow], fetched: str) -> None:
    """Write the rows as a workbook with a cover sheet that says what it is and how it must be kept."""
    write_rows_as_workbook(
        out,
        HEADERS,
        [cells(row) for row in rows],
        title="OTUK-liste",
        sheet_name="OTUK",
        cover=_cover(made, district, len(rows)),
        first_width=5,
        fetched=fetched,
    )


@implements("otl-batch-date", "otl-recipient")
def _cover(made: OtukRound, district: str, rows: int) -> list[str]:
    return [
        f"OTUK-liste {made.on:%d.%m.%Y} – {district}",
        f"{rows} ungdommer med ukjent aktivitet, slik registeret var kjent {made.known_at:%d.%m.%Y kl. %H.%M}.",
        f"Svar innen {made.respond_by:%d.%m.%Y}. Fristen er et mål, ikke en plikt.",
        "Listen er taushetsbelagt: også det å stå på den kan være en personlig opplysning (forvaltningsloven § 13).",
        "Den skal ikke sendes på e-post. Slett filen når svarene er ført i Fotfeste.",
        "Ungdom med beskyttet adresse står ikke her; de følges opp av dem som har den rollen.",
    ]
