"""The sample files that ship with the product are good, and every persons in them synthetic."""

import tracemalloc

import pytest

from fotfeste.integrations.samples import sample_file
from fotfeste.integrations.sources import SOURCES, IntakeRow, Shape
from fotfeste.law.national_id import SYNTHETIC_KINDS
from tests.integrations.reading.files import a_row, csv_of, read_it, rows_of


@pytest.mark.parametrize("source", list(SOURCES))
def test_every_source_has_a_sample_that_is_taken_in_without_a_word(source):
    reading = read_it(source, sample_file(source))
    assert reading.accepted == reading.rows_seen >= 3
    assert (len(reading.remarks), reading.meta.warnings) == (0, ())
    assert all(row.id_kind in SYNTHETIC_KINDS for row in rows_of(reading) if row.national_id)


@pytest.mark.parametrize("source", [name for name, definition in SOURCES.items() if definition.shape is Shape.TABLE])
def test_a_sample_table_has_every_column_of_its_source(source):
    assert read_it(source, sample_file(source)).meta.columns == SOURCES[source].headers


def test_rows_may_be_asked_for_again_and_are_typed():
    reading = read_it("enrolment", sample_file("enrolment"))
    assert rows_of(reading) == rows_of(reading)
    assert all(isinstance(row, IntakeRow) for row in rows_of(reading))
    assert b"".join(reading.copy_blocks()).count(b"\n") == reading.accepted


def test_memory_does_not_grow_with_the_file():
    row = a_row("enrolment", fødselsnummer="", skolenavn="x" * 100)

    def peak(rows: int) -> int:
        data = csv_of([row | {"etternavn": f"Nr {nth}"} for nth in range(rows)])
        tracemalloc.start()
        with read_it("enrolment", data) as reading:
            assert reading.accepted == rows
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(100)
    assert peak(40_000) < 1.5 * peak(10_000) + (8 << 20)
