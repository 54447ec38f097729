"""The worklist as it is narrowed and sorted, as a spreadsheet and as CSV."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO

from fotfeste.casework.selectors.labels import reason_name, status_name
from fotfeste.casework.selectors.listed import ListedCase
from fotfeste.lists.exports.sheets import write_rows_as_csv, write_rows_as_workbook

HEADERS = (
    "Navn",
    "Fødselsdato",
    "Status",
    "Status siden",
    "Ukjent siden",
    "Siste kontakt",
    "Antall kontaktforsøk",
    "Ansvarlig enhet",
    "Ansvarlig person",
    "Årsak",
    "Bydel",
)


def cells(case: ListedCase, districts: Mapping[str, str]) -> tuple[Any, ...]:
    """Return the cells of a row, in the order of ``HEADERS``. Only those whose place may be told are written."""
    return (
        f"{case.last_name}, {case.first_name}",
        case.born,
        str(status_name(case.status_code)),
        case.status_since,
        case.unknown_since or "",
        case.last_contact_on or "",
        case.attempts,
        case.unit_name,
        case.counsellor_name or "",
        str(reason_name(case.reason)),
        districts.get(case.district_code, ""),
    )


def write_worklist(
    out: BinaryIO, *, kind: str, cases: Sequence[ListedCase], districts: Mapping[str, str], on: date, fetched: str
) -> None:
    """Write the cases as ``csv`` or ``xlsx``."""
    rows = [cells(case, districts) for case in cases]
    if kind == "csv":
        write_rows_as_csv(out, HEADERS, rows, fetched=fetched)
        return
    cover = [
        f"Ungdommer {on:%d.%m.%Y}",
        f"{len(rows)} ungdommer, slik listen var valgt og sortert da den ble tatt ut.",
        "Listen er taushetsbelagt: også det å stå på den kan være en personlig opplysning (forvaltningsloven § 13).",
        "Den skal ikke sendes på e-post. Slett filen når den ikke trengs lenger.",
        "Ungdom med beskyttet adresse står ikke her; de følges opp av dem som har den rollen.",
    ]
    write_rows_as_workbook(
        out, HEADERS, rows, title="Ungdommer", sheet_name="Ungdommer", cover=cover, first_width=30, fetched=fetched
    )
