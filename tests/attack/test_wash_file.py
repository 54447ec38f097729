"""The file Nav answers in, attacked: files that are not what they seem, and who has left between out and in."""

import io
import zipfile

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback
from fotfeste.kernel import clock
from fotfeste.people.models import Youth
from tests import factories as make
from tests.attack import bombs
from tests.integrations.test_wash_answers import Wash, answered, as_csv, as_xlsx, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def wash(client):
    with clock.frozen(make.TODAY):
        yield Wash(client)


def with_parts(book: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_no_hostile_file_is_used_or_fails_without_a_sentence(wash):
    rows = answered(wash.rows(), "Ivaretatt")
    plain, book = as_csv(rows), as_xlsx(rows)
    wide = [[*row, "=HYPERLINK(1)"] for row in rows]
    hostile = {
        "none.csv": b"", "nul.csv": plain.replace(b"Ivaretatt", b"Iva\x00retatt"), "nul-only.csv": b"\x00" * 5000,
        "utf7.csv": b"+ADw-script+AD4-", "cut.xlsx": book[: len(book) // 2], "book.csv": book[:200],
        "wide.csv": as_csv(wide), "headless.csv": as_csv(rows[1:]), "large.csv": plain + b"x" * (6 * 1024 * 1024),
        "corners.xlsx": bombs.two_corners(), "many.xlsx": bombs.one_text_many_times(20_000),
        "zip.xlsx": bombs.zipped(a=b"x"), "quote.csv": plain + b'"', "entity.xlsx": bombs.book("&lol;"),
        "wrong.csv": as_csv(rows).replace(b"Ivaretatt", b"<script>alert(1)</script>"),
        "twice.csv": as_csv([*rows, [*rows[1][:2], "Har flyttet", *rows[1][3:]]]),
    }  # fmt: skip
    for name, content in hostile.items():
        answer = wash.send(content, name)
        assert answer.status_code in {200, 422}, name
        assert "<script>alert(1)" not in text_of(answer), name
        assert wash.said() == [], name


def test_macros_and_links_in_a_workbook_are_not_followed(wash):
    book = with_parts(
        as_xlsx(answered(wash.rows(), "Ivaretatt")),
        xl__vbaProject_bin=b"\xd0\xcf\x11\xe0" + b"x" * 500,
        xl__externalLinks__externalLink1_xml=b'<externalLink><externalBook r:id="http://127.0.0.1:9/x"/></externalLink>',
    )
    assert wash.send(book, "svar.xlsx").status_code in {200, 422}
    # Whatever else the workbook holds, no more is used of it than its cells
    assert set(wash.said()) <= {("Aas", "followed_up")}


def test_no_answer_is_taken_about_who_has_moved_to_another_county_since(wash):
    sent = as_csv(answered(wash.rows(), "Ivaretatt"))
    make.county(46, "Vestland")
    case, elsewhere = wash.cases[0], make.unit(county_id=46)
    with acting_as(make.system(3, 46)):
        Youth.objects.filter(pk=case.youth_id).update(county_id=46, unit_id=elsewhere.pk)
    answer = wash.send(sent)
    assert answer.status_code in {200, 422}
    assert wash.said() == []
    with acting_as(make.system(3, 46)):
        assert not Feedback.objects.exists()
