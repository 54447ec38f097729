"""Files made to fill the memory, to keep us busy, or to be something else than they are called."""

import io
import resource

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.integrations.models import WaitingFile
from fotfeste.integrations.reading import errors, workbook
from tests import factories as make
from tests.attack import bombs

pytestmark = pytest.mark.django_db

HEADINGS = "fødselsnummer;fornavn;etternavn;fødselsdato;mobil;bydel;skole_orgnr;type;programområde;trinn;start;slutt;sluttårsak"
TOO_LARGE = "tar for mye plass når det pakkes ut"
BOMBS = {
    "two corners": (bombs.two_corners, TOO_LARGE),
    "one text many times": (bombs.one_text_many_times, TOO_LARGE),
    "much unpacked": (bombs.much_unpacked, "større enn 400 MB utpakket"),
    "much unpacked that says little": (bombs.lying, "ødelagt"),
    "zip in zip": (bombs.zip_in_zip, "er en zip-fil, ikke et Excel-regneark"),
    "a program": (lambda: b"MZ\x90\0" + b"\0" * 5000, "ikke en tekstfil"),
    "a page": (lambda: b"<html><script>alert(1)</script></html>\n1\n", "mangler kolonnene"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 500, "ikke en tekstfil"),
}


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


def _sent(client, content: bytes, name: str = "liste.xlsx"):
    file = io.BytesIO(content)
    file.name = name
    return client.post("/innlesing/ny/", {"source": "leavers", "on": "16.11.2026", "sender": "", "file": file})


@pytest.mark.parametrize("kind", BOMBS)
def test_a_file_that_is_not_what_it_seems_is_refused_in_a_sentence_and_not_kept(kind, admin, browser, monkeypatch):
    made, sentence = BOMBS[kind]
    content = made()
    monkeypatch.setitem(workbook.LIMITS, "memory", 600 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = _sent(browser(admin), content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10
    with acting_as(admin):
        assert not WaitingFile.objects.exists()


def test_a_workbook_that_takes_too_long_is_given_up(admin, browser, monkeypatch):
    monkeypatch.setitem(workbook.LIMITS, "seconds", 1)
    monkeypatch.setitem(workbook.LIMITS, "memory", 4 << 30)
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 400_001))
    answer = _sent(browser(admin), bombs.book(rows, shared="fornavn" * 40))
    assert answer.status_code == 422
    assert TOO_LARGE in answer.content.decode()


def test_rows_without_end_are_refused_before_they_are_gone_through(admin, browser, monkeypatch):
    monkeypatch.setattr(errors, "MOST_ROWS", 5_000)
    answer = _sent(browser(admin), HEADINGS.encode() + b"\n" * 1_000_000, "liste.csv")
    assert answer.status_code == 422
    assert "flere enn 5 000 rader" in answer.content.decode()


def test_the_process_that_unpacks_is_given_no_secret(admin, browser, monkeypatch):
    from fotfeste.integrations.reading import sheet_process

    told = {}
    started = workbook.subprocess.Popen

    def listening(command, **given):
        told.update(given, command=command)
        return started(command, **given)

    monkeypatch.setattr(workbook.subprocess, "Popen", listening)
    _sent(browser(admin), bombs.book(""))
    assert told["env"] == {}
    assert told["command"][1:3] == ["-I", sheet_process.__file__]
