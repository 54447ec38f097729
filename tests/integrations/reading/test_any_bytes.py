"""Whatever bytes arrive, the answer is rows, row errors or one sentence about the file. Never a traceback."""

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fotfeste.integrations.reading import UnreadableFile, write_rejects
from fotfeste.integrations.sources import SOURCES
from tests.integrations.reading.files import a_row, an_element, csv_of, read_it, rows_of, vigo_of, xlsx_rows

GOOD = {
    **{
        source: csv_of([dict.fromkeys(SOURCES[source].headers, "") | a_row(source)] * 3) for source in list(SOURCES)[1:]
    },
    "vigo-ot": vigo_of(*[an_element()] * 3),
}
WORKBOOK = xlsx_rows(a_row("leavers"), a_row("leavers"))
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def must_be_answered(source: str, data: bytes) -> None:
    """Read to the end and write the rejects, or be told in a sentence why not."""
    try:
        reading = read_it(source, data)
    except UnreadableFile as refusal:
        must_be_a_sentence(str(refusal))
        return
    with reading:
        assert len(rows_of(reading)) == reading.accepted
        assert reading.accepted + reading.repeated + len(reading.rejects) == reading.rows_seen
        assert all(error.sentence.startswith(f"Rad {error.row_no}") for error in reading.rejects)
        assert write_rejects(reading, io.BytesIO()) == len(reading.rejects)


def must_be_a_sentence(text: str) -> None:
    assert text[0].isupper()
    assert text[-1] in ".?!"


def mutated(data: bytes, changes: list[tuple[int, bytes, int]]) -> bytes:
    for place, put, cut in changes:
        place %= len(data) + 1
        data = data[:place] + put + data[place + cut :]
    return data


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 100_000),
        st.sampled_from(
            [b'"', b";", b"\n", b"\r", b"\0", b"\xff", b"\xc3", b"'", b"=", b"{", b"]", b",", b"\\", b"9" * 13]
        )
        | st.binary(max_size=4),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=5,
)


@given(source=st.sampled_from(list(SOURCES)), data=st.binary(max_size=300))
@example(source="leavers", data=b"PK\x03\x04")
@example(source="vigo-ot", data=b"{")
@example(source="leavers", data=b"sep=\n")
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_answered(source, data):
    must_be_answered(source, data)


@given(source=st.sampled_from(list(SOURCES)), changes=CHANGES)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_good_file_with_anything_changed_is_answered(source, changes):
    must_be_answered(source, mutated(GOOD[source], changes))


@given(changes=CHANGES)
@settings(max_examples=100, deadline=None)
def test_a_workbook_with_anything_changed_is_answered(changes):
    must_be_answered("leavers", mutated(WORKBOOK, changes))


@given(place=st.integers(0, 20_000), put=st.binary(min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_workbook_with_anything_changed_inside_is_answered(place, put):
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as packed, zipfile.ZipFile(changed, "w") as out:
        for name in packed.namelist():
            inside = packed.read(name)
            at = place % len(inside)
            out.writestr(name, inside[:at] + put + inside[at + len(put) :] if name.endswith("1.xml") else inside)
    must_be_answered("leavers", changed.getvalue())


@given(cells=st.lists(st.lists(st.text(max_size=20), min_size=11, max_size=11), max_size=5))
@settings(max_examples=100, deadline=None)
def test_any_text_in_the_cells_is_answered(cells):
    headers = list(a_row("leavers"))
    rows = [dict(zip(headers, row, strict=True)) for row in cells]
    must_be_answered("leavers", csv_of([a_row("leavers"), *rows]))


@given(value=JSON_VALUES)
@settings(max_examples=100, deadline=None)
def test_any_json_is_answered(value):
    for document in (value, {"otungdommer": value}, {"otungdommer": [value]}, {"otungdommer": [{"person": value}]}):
        must_be_answered("vigo-ot", json.dumps(document).encode())
    element = an_element()
    element["person"] = dict.fromkeys(element["person"], value)
    must_be_answered("vigo-ot", json.dumps({"otungdommer": [element], "antall": value}).encode())


@pytest.mark.parametrize("source", list(SOURCES))
def test_the_good_file_the_others_are_changed_from_is_good(source):
    assert read_it(source, GOOD[source]).accepted == 1
