"""What is written in a source's form is read back the same, whatever the people are called."""

import io
import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fotfeste.integrations.reading import write_csv, write_vigo_ot, write_xlsx
from fotfeste.integrations.sources import INTAKE_FIELDS, SOURCES, IntakeRow, Protection
from fotfeste.law.facts import EnrolmentKind
from tests.integrations.reading.files import ABILDSO, BJERKE, BJORNHOLT, number_of, read_it, rows_of

BORN = date(2009, 3, 2)
NUMBERS = [number_of(BORN, nth=nth) for nth in range(6)]
TEXT = (
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(lambda text: "\ufffd" not in text and not text.startswith("'"))
)
SCHOOLS = st.sampled_from([BJERKE, BJORNHOLT, ABILDSO])
DAYS = st.dates(date(2010, 1, 1), date(2026, 11, 1))
SAID = {
    "id_kind": st.just("tenor"),
    "first_name": TEXT,
    "last_name": TEXT,
    "born": st.just(BORN),
    "email": st.just("o.aa@example.no"),
    "phone": st.sampled_from(["+4791234567", "+46701234567"]),
    "postcode": st.just("0585"),
    "municipality": st.just("0301"),
    "lat": st.floats(57, 82, allow_nan=False),
    "lon": st.floats(1, 35, allow_nan=False),
    "stay_municipality": st.just("0301"),
    "moved_in_on": DAYS,
    "institution_municipality": st.just("3301"),
    "institution_lat": st.floats(57, 82, allow_nan=False),
    "institution_lon": st.floats(1, 35, allow_nan=False),
    "protection": st.sampled_from(list(Protection)),
    "guardian_phone": st.just("+4798765432"),
    "school_org": SCHOOLS,
    "to_school_org": SCHOOLS,
    "enrolment_kind": st.sampled_from(list(EnrolmentKind)),
    "programme": st.sampled_from(["STUSP1----", "HSHEA2----"]),
    "level": st.sampled_from(["VG1", "VG3", "10"]),
    "starts_on": st.just(date(2009, 8, 1)),
    "ends_on": DAYS,
    "completed": st.booleans(),
    "finished_compulsory": st.booleans(),
    "school_year": st.integers(2011, 2030),
    "reason_code_raw": st.just("OSXX"),
    "permission_on": DAYS,
}
MAY_BE_UNSAID = frozenset(INTAKE_FIELDS) - {
    "row_no",
    "national_id",
    "id_kind",
    "lat",
    "lon",
    "institution_lat",
    "institution_lon",
}


@st.composite
def intake_rows(draw, source: str) -> list[IntakeRow]:
    """Return rows about different persons, as the source could have sent them."""
    definition = SOURCES[source]
    first = 1 if source == "vigo-ot" else 2
    rows = []
    for row_no, number in enumerate(draw(st.lists(st.sampled_from(NUMBERS), unique=True, max_size=4)), start=first):
        said = dict.fromkeys(INTAKE_FIELDS) | dict(definition.constants) | {"row_no": row_no, "national_id": number}
        said["id_kind"] = "tenor"
        for name, column in definition.columns.items():
            if name in ("national_id", "id_type"):
                continue
            value = SAID.get(name, TEXT)
            if name in MAY_BE_UNSAID and not column.needs_value:
                value = st.none() | value
            said[name] = draw(value)
        rows.append(IntakeRow(**said))
    return rows


def written(source: str, rows: list[IntakeRow], how: str) -> bytes:
    out = io.BytesIO()
    if how == "json":
        write_vigo_ot(rows, out)
    elif how == "xlsx":
        write_xlsx(source, rows, out)
    else:
        write_csv(source, rows, out, delimiter=how)
    return out.getvalue()


@pytest.mark.parametrize("source", list(SOURCES))
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rows_written_in_the_form_of_a_source_are_read_back_the_same(source, data):
    rows = data.draw(intake_rows(source))
    how = "json" if source == "vigo-ot" else data.draw(st.sampled_from([";", ",", "\t", "xlsx"]))
    reading = read_it(source, written(source, rows, how))
    assert [error.sentence for error in reading.rejects] == []
    assert [error.sentence for error in reading.remarks] == []
    assert rows_of(reading) == rows


def test_vigo_is_written_with_text_for_every_value_and_no_null():
    row = IntakeRow(**(dict.fromkeys(INTAKE_FIELDS) | {"row_no": 1, "last_name": "Å", "born": BORN}))
    document = written("vigo-ot", [row], "json").decode()
    assert "null" not in document
    for name in ("epost", "mobilnr", "fdato", "fnr", "tilknytningnr", "promrkode", "slutt"):
        assert f'"{name}":"' in document
    assert "idtype" not in document


def test_a_fictive_number_is_written_so_that_it_is_read_as_one():
    said = {"row_no": 1, "last_name": "Å", "born": BORN, "national_id": "02030912345", "id_kind": "fictive"}
    row = IntakeRow(**(dict.fromkeys(INTAKE_FIELDS) | said))
    assert rows_of(read_it("vigo-ot", written("vigo-ot", [row], "json"))) == [row]
