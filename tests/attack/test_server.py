"""Against the real server: uploads that never end, and many users at once on few connections to the database."""

import itertools
import random
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.kernel import opaque
from tests import factories as make
from tests.attack.served import Served, serving, session_of


@pytest.fixture(autouse=True)
def _today():
    """Let the clock go: the server is a process of its own, and goes by the machine's."""


LIMIT = 2 * 1024 * 1024
_PIECE = b"x" * 65_536


def _upload(served: Served, cookie: str, *, size: int, in_chunks: bool = False) -> str:
    """Send a file to the import desk piece by piece; return the whole answer. In chunks it does not say its length."""
    token = "t" * 32
    head = b'--grense\r\nContent-Disposition: form-data; name="file"; filename="liste.csv"\r\n\r\n'
    pieces = [head, *itertools.repeat(_PIECE, size // len(_PIECE)), b"\r\n--grense--\r\n"]
    length = "Transfer-Encoding: chunked" if in_chunks else f"Content-Length: {sum(map(len, pieces))}"
    lines = [
        "POST /innlesing/ny/ HTTP/1.1", f"Host: localhost:{served.port}", length, "Connection: close",
        f"Cookie: {cookie}; csrftoken={token}", f"X-CSRFToken: {token}",
        "Content-Type: multipart/form-data; boundary=grense", "", "",
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as there:
        there.sendall("\r\n".join(lines).encode())
        try:
            for piece in pieces:
                there.sendall(piece if not in_chunks else f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        except OSError:  # it has heard enough
            pass
        answer = b""
        try:
            while step := there.recv(65_536):
                answer += step
        except OSError:
            pass
        return answer.decode("utf-8", "replace")


def test_an_upload_beyond_the_limit_gets_a_sentence_and_fills_no_memory(committed_database):
    cookie = session_of(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
    with serving(committed_database, FOTFESTE_UPLOAD_LIMIT=str(LIMIT)) as served:
        served.get("/innlesing/", cookie)
        before = served.most_memory()
        answer = _upload(served, cookie, size=3 * LIMIT)
        assert answer.startswith("HTTP/1.1 422"), answer[:80]
        assert "Filen er større enn 2 MB og leses ikke" in answer
        answer = _upload(served, cookie, size=8 * LIMIT, in_chunks=True)
        assert answer.startswith("HTTP/1.1 411")
        assert "sa ikke hvor stor den er" in answer
        # A form without a file is heard out, so that whoever sent it sees the answer
        token, much = "t" * 32, "x" * 10 * 2**20
        for path in ("/nodapning/", "/sprak/"):
            sent = f"csrfmiddlewaretoken={token}&reason={much}"
            status, told = served.send("POST", path, f"{cookie}; csrftoken={token}", sent)
            assert (status, "Skjemaet er for stort" in told) == (413, True), path
        assert served.most_memory() - before < 30


def _schools(count: int) -> list[tuple[Actor, str, int]]:
    """Make as many schools, each with a counsellor and a youth whose name stands nowhere else."""
    made = []
    for number in range(count):
        school, word = make.unit(), f"Kanari{chr(97 + number) * 6}"
        youth = make.case(school, last_name=word).youth
        made.append((make.actor(Role.COUNSELLOR, school), word, youth.pk))
    return made


def test_the_real_server_never_gives_one_user_what_is_anothers(committed_database):
    # Given eight users on two processes of four threads each, with few connections between them
    schools = _schools(8)
    cookies = [session_of(actor) for actor, _word, _youth in schools]
    words = [word for _actor, word, _youth in schools]
    asked = [(number, way) for number in range(len(schools)) for way in range(4)] * 8
    random.Random(1).shuffle(asked)

    def ask(served: Served, number: int, way: int) -> list[str]:
        neighbour = schools[(number + 1) % len(schools)]
        if way == 0:
            status, text = served.get("/ungdommer/", cookies[number])
        elif way == 1:
            status, text = served.get(f"/ungdom/{opaque.encode(schools[number][2])}/", cookies[number])
        elif way == 2:
            status, text = served.get(f"/ungdom/{opaque.encode(neighbour[2])}/", cookies[number])
        else:
            status, text = served.get("/ungdommer/")
        told = {word for word in words if word in text}
        expected = {words[number]} if way in {0, 1} else set()
        good = {0: 200, 1: 200, 2: 404, 3: 302}[way]
        return [] if (status, told) == (good, expected) else [f"{way}: {status} {told}"]

    # When they ask all at once, for their own, for each other's, and without having logged in
    with serving(committed_database, FOTFESTE_POOL_SIZE="3") as served, ThreadPoolExecutor(8) as pool:
        wrong = list(itertools.chain.from_iterable(pool.map(lambda each: ask(served, *each), asked)))
    # Then everybody got their own and nothing else
    assert wrong == []
