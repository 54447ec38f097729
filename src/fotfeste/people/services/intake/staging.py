"""The temporary table that rows of an import are copied into."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

COLUMNS: dict[str, str] = {
    "row_no": "integer",
    "national_id": "text",
    "id_kind": "text",
    "first_name": "text",
    "last_name": "text",
    "born": "date",
    "email": "text",
    "phone": "text",
    "street": "text",
    "postcode": "text",
    "city": "text",
    "municipality": "text",
    "district": "text",
    "lat": "double precision",
    "lon": "double precision",
    "stay_street": "text",
    "protection": "text",
    "guardian_name": "text",
    "guardian_phone": "text",
    "unit_number": "text",
    "unit_name": "text",
    "status_code": "text",
    "school_org": "text",
    "school_name": "text",
    "to_school_org": "text",
    "enrolment_kind": "text",
    "programme": "text",
    "programme_name": "text",
    "level": "text",
    "starts_on": "date",
    "ends_on": "date",
    "end_reason": "text",
    "completed": "boolean",
    "finished_compulsory": "boolean",
    "contract_status": "text",
    "school_year": "integer",
    "reason_code_raw": "text",
    "permission_on": "date",
}
"""Column of ``intake`` → SQL type, in the order of an import's normalised row."""


def open_table(cursor: CursorWrapper) -> None:
    """Create the empty table ``intake``; it goes away with the transaction."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    cursor.execute("DROP TABLE IF EXISTS pg_temp.intake")
    cursor.execute(f"CREATE TEMP TABLE intake ({columns}) ON COMMIT DROP")


def copy_rows(cursor: CursorWrapper, chunks: Iterable[Sequence[Sequence[Any]]]) -> int:
    """
    Copy chunks of rows into ``intake`` and return how many there were.

    :param chunks: rows as tuples in the order of ``COLUMNS``.
    """
    rows = 0
    with cursor.copy(f"COPY intake ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for chunk in chunks:
            for row in chunk:
                copy.write_row(row)
            rows += len(chunk)
    cursor.execute("ANALYZE intake")
    return rows
