"""What a file is, is read from its content; and it is kept only when the malware scanner lets it through."""

import socket
import struct
import threading

import pytest

from fotfeste.kernel.checked_files import LARGEST, checked_file, checked_type, clean_name
from fotfeste.kernel.errors import Invalid

PDF = b"%PDF-1.7 en side" + b"x" * 100_000


@pytest.fixture
def answering(settings):
    """Give a function that sets up a scanner with one answer, and returns what it was sent."""
    made = []

    def answer(said):
        listener, heard = socket.create_server(("127.0.0.1", 0)), []
        settings.CLAMAV = f"127.0.0.1:{listener.getsockname()[1]}"

        def serve():
            line, _where = listener.accept()
            with line, line.makefile("rb") as sent:
                heard.append(sent.read(len(b"zINSTREAM\0")))
                while size := struct.unpack("!I", sent.read(4))[0]:
                    heard.append(sent.read(size))
                line.sendall(said)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        made.append((listener, thread))
        return heard

    yield answer
    for listener, thread in made:
        thread.join(5)
        listener.close()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "application/pdf"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png")],
)
def test_what_may_be_kept_is_known_by_its_content(content, kind):
    assert checked_type(content) == kind


@pytest.mark.parametrize("content", [b"", b"<html>", b"<svg onload='x'>%PDF-", b"MZ\x90", b"PK\x03\x04", b" %PDF-1.7"])
def test_anything_else_is_refused(content):
    with pytest.raises(Invalid, match="PDF eller et bilde"):
        checked_type(content)


def test_a_file_may_be_as_large_as_the_limit_and_no_larger():
    assert checked_type(b"%PDF-".ljust(LARGEST)) == "application/pdf"
    with pytest.raises(Invalid, match="for stor"):
        checked_type(b"%PDF-".ljust(LARGEST + 1))


def test_a_clean_file_is_sent_whole_to_the_scanner(answering):
    heard = answering(b"stream: OK\0")
    assert checked_type(PDF) == "application/pdf"
    assert (heard[0], b"".join(heard[1:])) == (b"zINSTREAM\0", PDF)


def test_what_the_scanner_finds_is_refused(answering):
    answering(b"stream: Eicar-Test-Signature FOUND\0")
    with pytest.raises(Invalid, match="fant noe skadelig"):
        checked_type(PDF)


@pytest.mark.parametrize("said", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: O"])
def test_an_answer_that_is_no_yes_is_a_no(answering, said):
    answering(said)
    with pytest.raises(Invalid, match="viruskontrollen ikke svarer"):
        checked_type(PDF)


def test_a_scanner_that_is_away_lets_nothing_through(settings):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        settings.CLAMAV = f"127.0.0.1:{gone.getsockname()[1]}"
    with pytest.raises(Invalid, match="viruskontrollen ikke svarer"):
        checked_type(PDF)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\temp\\Brev\u202e fra\nNav.pdf", "Brev fra Nav.pdf"),
        ("../../skann", "skann"),
        ('"a"\r\nSet-Cookie: x.pdf', '"a" Set-Cookie: x.pdf'),
        ("..", "vedlegg"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_its_folder_and_signs_that_cannot_be_seen(given, kept):
    assert clean_name(given) == kept


def test_a_name_without_an_ending_gets_that_of_what_it_is_and_one_with_another_is_refused():
    whole = b"%PDF-1.7 %%EOF"
    names = [checked_file(name=name, content=whole).name for name in ("skann", "Vedtak 12.3", "A.PDF")]
    assert names == ["skann.pdf", "Vedtak 12.3.pdf", "A.PDF"]
    for name in ("a.jpg", "a.docx", "a.pdf.exe"):
        with pytest.raises(Invalid, match=f"«{name}» er noe annet enn navnet sier"):
            checked_file(name=name, content=whole)
