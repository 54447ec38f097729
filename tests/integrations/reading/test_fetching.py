"""VIGO OT over the wire: the two headers, three tries, and no key sent where it was not meant to go."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from fotfeste.integrations.reading import UnreadableFile
from fotfeste.integrations.reading.fetching import fetch
from tests.integrations.reading.files import an_element, read_it, vigo_of

HEADERS = {"fylkesnr": "03", "api-key": "hemmelig"}


class Vigo(ThreadingHTTPServer):
    """A VIGO that answers what the test puts in `answers`, in turn, the last again and again."""

    answers: list[tuple[int, bytes]]
    asked: list[dict[str, str]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/vigows/rest/ot"


class Answering(BaseHTTPRequestHandler):
    server: Vigo

    def do_GET(self) -> None:
        self.server.asked.append({name.lower(): value for name, value in self.headers.items()})
        status, body = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", body.decode())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the address would end up in the test output."""


@pytest.fixture
def vigo() -> Iterator[Vigo]:
    server = Vigo(("127.0.0.1", 0), Answering)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_county_and_the_key_go_in_the_headers_and_the_document_is_read(vigo):
    vigo.answers = [(200, vigo_of(an_element()))]
    reading = read_it("vigo-ot", vigo.address, headers=HEADERS)
    assert (reading.accepted, reading.meta.file_format) == (1, "json")
    assert (vigo.asked[0]["fylkesnr"], vigo.asked[0]["api-key"]) == ("03", "hemmelig")
    assert vigo.asked[0]["accept"] == "application/json"


def test_a_stumble_is_tried_again_with_longer_and_longer_waits(vigo):
    vigo.answers = [(503, b""), (500, b""), (200, b"{}")]
    waits: list[float] = []
    assert fetch(vigo.address, headers=HEADERS, largest=1000, wait=waits.append).read() == b"{}"
    assert waits == [1.0, 2.0]


def test_after_three_tries_it_says_what_was_wrong(vigo):
    vigo.answers = [(503, b"")]
    with pytest.raises(UnreadableFile, match=r"Kilden svarte med feil \(HTTP 503\)\. Prøvde 3 ganger"):
        fetch(vigo.address, headers=HEADERS, largest=1000, wait=lambda _: None)
    assert len(vigo.asked) == 3


def test_a_refused_key_is_not_tried_again(vigo):
    vigo.answers = [(401, b"")]
    with pytest.raises(UnreadableFile, match=r"avviste oss \(HTTP 401\)\. Sjekk fylkesnummer og nøkkel"):
        fetch(vigo.address, headers=HEADERS, largest=1000)
    assert len(vigo.asked) == 1


def test_the_key_does_not_follow_a_redirect(vigo):
    vigo.answers = [(302, vigo.address.encode()), (200, b"{}")]
    with pytest.raises(UnreadableFile, match="HTTP 302 i stedet for data"):
        fetch(vigo.address, headers=HEADERS, largest=1000)
    assert len(vigo.asked) == 1


def test_an_answer_beyond_the_limit_is_refused(vigo):
    vigo.answers = [(200, b"x" * (2 << 20))]
    with pytest.raises(UnreadableFile, match="større enn 1 MB"):
        fetch(vigo.address, headers=HEADERS, largest=1 << 20)


def test_nobody_there_is_said_after_three_tries(vigo):
    vigo.answers = [(200, b"")]
    nobody = "http://127.0.0.1:9/"
    with pytest.raises(UnreadableFile, match="kunne ikke nås"):
        fetch(nobody, headers={}, largest=1000, wait=lambda _: None)


@pytest.mark.parametrize("address", ["http://vigo.example.no/ot", "http://192.0.2.1/", "HTTP://vigo.example.no"])
def test_the_key_is_not_sent_on_an_open_line(address):
    with pytest.raises(UnreadableFile, match="må begynne med https"):
        read_it("vigo-ot", address, headers=HEADERS)


@pytest.mark.parametrize("address", ["https://", "http://[::1", "https://a b/"])
def test_a_broken_address_is_refused(address):
    with pytest.raises(UnreadableFile):
        fetch(address, headers={}, largest=1000, wait=lambda _: None)


def test_a_header_that_cannot_be_sent_is_refused(vigo):
    vigo.answers = [(200, b"{}")]
    with pytest.raises(UnreadableFile, match="ikke gyldige"):
        fetch(vigo.address, headers={"api-key": "a\nb"}, largest=1000)
