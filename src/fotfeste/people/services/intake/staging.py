"""The temporary table that rows of an import are copied into."""

from collections.abc import Iterable, Iterator

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
    "stay_municipality": "text",
    "stay_district": "text",
    "moved_in_on": "date",
    "institution": "text",
    "institution_municipality": "text",
    "institution_lat": "double precision",
    "institution_lon": "double precision",
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


STATISTICS = "ANALYZE intake (row_no, youth_id, is_new, is_last, is_only, national_id, district, school_org)"

# What ``match`` finds out. Each row is a new youth of its own until something else is known: in a first load nothing is.
_FOUND_OUT = """
  youth_id bigint NOT NULL DEFAULT nextval('people_youth_id_seq'), is_new boolean NOT NULL DEFAULT true,
  is_last boolean NOT NULL DEFAULT true, is_only boolean NOT NULL DEFAULT true
"""


_ORDERED_AT_ONCE = 16 * 1024 * 1024


def open_table(cursor: CursorWrapper) -> None:
    """Create the empty table ``intake``; it goes away with the transaction."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    cursor.execute("DROP TABLE IF EXISTS pg_temp.intake CASCADE")
    cursor.execute(f"CREATE TEMP TABLE intake ({columns}, {_FOUND_OUT}) ON COMMIT DROP")


def copy_rows(cursor: CursorWrapper, blocks: Iterable[bytes]) -> None:
    """
    Copy rows into ``intake``.

    :param blocks: rows in PostgreSQL's text format, columns in the order of ``COLUMNS``, an empty field for NULL, no line
        break or tab inside a field.
    """
    with cursor.copy(f"COPY intake ({', '.join(COLUMNS)}) FROM STDIN WITH (FORMAT text, NULL '')") as copy:
        for block in _like_numbers_together(blocks):
            copy.write(block)
    cursor.execute(STATISTICS)


def _like_numbers_together(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """
    Yield the rows again, ordered by identity number some ten thousand at a time.

    New youths get their ids in this order. So those with neighbouring numbers and the same birth date are written one
    after the other, which finds the place in each index warm and saves a third of the time a large load takes there.
    """
    held: list[bytes] = []
    size = 0
    for block in blocks:
        held.append(block)
        size += len(block)
        if size >= _ORDERED_AT_ONCE:
            yield _by_number(held)
            held, size = [], 0
    if held:
        yield _by_number(held)


def _by_number(blocks: list[bytes]) -> bytes:
    lines = b"".join(blocks).splitlines(keepends=True)
    lines.sort(key=lambda line: line.split(b"\t", 2)[1])  # rows about one person keep their order
    return b"".join(lines)


def copy_known(cursor: CursorWrapper, *, county_id: int, youth_ids: list[int] | None = None) -> None:
    """Put who is known in a county into ``intake``, all or some, as rows that tell nothing: to be judged anew."""
    cursor.execute(
        """INSERT INTO intake (row_no, youth_id, is_new)
           SELECT row_number() OVER (ORDER BY id), id, false FROM people_youth
           WHERE county_id = %s AND merged_into_id IS NULL AND (%s::bigint[] IS NULL OR id = ANY (%s))""",
        [county_id, youth_ids, youth_ids],
    )
    cursor.execute(STATISTICS)
