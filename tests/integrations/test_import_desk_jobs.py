"""Large files are worked on in the background, and the screen tells how far the work has come."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from fotfeste.access.scope import acting_as
from fotfeste.integrations import jobs
from fotfeste.integrations.models import Import, WaitingFile
from fotfeste.integrations.reading import fetching
from fotfeste.integrations.services import working
from fotfeste.kernel import clock
from fotfeste.people.models import Youth
from tests import factories as make
from tests.integrations.conftest import Desk, address
from tests.integrations.reading.files import an_element, csv_of, people, vigo_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def _everything_is_large(monkeypatch):
    monkeypatch.setattr(working, "DIRECT_ROWS", 1)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def ordered() -> list[tuple[str, dict]]:
    """Return the jobs that wait for a worker."""
    return list(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", "args").order_by("pk"))


@pytest.mark.usefixtures("_everything_is_large")
def test_a_large_file_is_planned_and_used_by_the_worker(desk):
    # Given a file of more rows than one waits for
    waiting = desk.put(csv_of(people("leavers", 2)))
    assert ordered() == [("integrations.work_on_file", {"file_id": waiting.pk})]
    assert "Venter på tur" in text_of(desk.see(waiting))
    # When the worker has planned it, and it is ordered used
    jobs.work_on_file(file_id=waiting.pk)
    plan = desk.see(waiting).context["plan"]
    assert plan.figures["new"] == 2
    page = desk.do(waiting, "ta-i-bruk", version=desk.again(waiting).version)
    assert "Tar i bruk" in text_of(page)
    assert not Import.objects.exists()
    jobs.work_on_file(file_id=waiting.pk)
    # Then it is used, once, however often the job is run
    jobs.work_on_file(file_id=waiting.pk)
    assert Import.objects.get().new == 2
    assert desk.again(waiting).state == "applied"


@pytest.mark.usefixtures("_everything_is_large")
def test_the_same_work_is_asked_for_once(desk):
    waiting = desk.put(csv_of(people("leavers", 2)))
    jobs.resume_files()
    jobs.resume_files()
    assert ordered() == [("integrations.work_on_file", {"file_id": waiting.pk})]


@pytest.mark.usefixtures("_everything_is_large")
def test_a_file_under_work_can_neither_be_used_nor_discarded(desk):
    waiting = desk.put(csv_of(people("leavers", 2)))
    assert "kan ikke brukes nå" in text_of(desk.do(waiting, "ta-i-bruk", version=waiting.version))
    assert "Filen arbeides med nå." in text_of(desk.do(waiting, "forkast"))
    assert desk.again(waiting) is not None


def test_a_file_of_many_bytes_is_not_even_read_while_one_waits(desk, monkeypatch):
    monkeypatch.setattr(working, "DIRECT_BYTES", 100)
    waiting = desk.put(b'{"otungdommer": [' + b" " * 200 + b"}", source="vigo-ot")
    assert waiting.state == "reading"
    jobs.work_on_file(file_id=waiting.pk)
    page = text_of(desk.see(waiting))
    assert "Filen kan ikke leses" in page
    assert "ikke gyldig JSON" in page


def test_columns_that_do_not_fit_are_sorted_out_also_in_a_large_file(desk, monkeypatch):
    monkeypatch.setattr(working, "DIRECT_BYTES", 100)
    waiting = desk.put(csv_of(people("leavers", 2)).replace(b"slutt;", b"Siste dag;"))
    jobs.work_on_file(file_id=waiting.pk)
    assert "Siste dag" in text_of(desk.see(waiting))
    assert desk.again(waiting).state == "columns"


@pytest.mark.usefixtures("_everything_is_large")
def test_a_fault_of_ours_is_told_without_its_inside_and_leaves_nothing(desk, monkeypatch):
    # Given a plan
    waiting = desk.put(csv_of(people("leavers", 2)))
    jobs.work_on_file(file_id=waiting.pk)
    desk.do(waiting, "ta-i-bruk", version=desk.again(waiting).version)

    # When the database gives way while it is used
    def broken(*args, **kwargs):
        raise RuntimeError("hemmelig detalj")

    monkeypatch.setattr("fotfeste.integrations.services.imports._remember", broken)
    with pytest.raises(RuntimeError):
        jobs.work_on_file(file_id=waiting.pk)
    # Then nothing is taken in, the plan stands, and the page says so
    page = text_of(desk.see(waiting))
    assert "Noe gikk galt hos oss" in page
    assert "hemmelig" not in page
    with acting_as(desk.actor):
        assert not Youth.objects.exists()
    # And it can be tried again
    monkeypatch.undo()
    desk.do(waiting, "ta-i-bruk", version=desk.again(waiting).version)
    assert desk.again(waiting).state == "applied"


def test_the_bar_moves_on_every_two_seconds_and_gives_way_to_the_plan(desk, monkeypatch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(working, "DIRECT_ROWS", 1)
        waiting = desk.put(csv_of(people("leavers", 2)))
    part = desk.client.get(address(waiting), headers={"HX-Request": "true"})
    assert 'hx-trigger="load delay:2s"' in text_of(part)
    assert "<html" not in text_of(part)
    jobs.work_on_file(file_id=waiting.pk)
    done = desk.client.get(address(waiting), headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"


class Vigo(ThreadingHTTPServer):
    """A VIGO that answers what it is given, in turn, the last again and again."""

    answers: list[tuple[int, bytes]]
    asked: list[dict[str, str]]


class _Answering(BaseHTTPRequestHandler):
    server: Vigo

    def do_GET(self) -> None:
        self.server.asked.append({name.lower(): value for name, value in self.headers.items()})
        answers = self.server.answers
        status, body = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the address would end up in the test output."""


@pytest.fixture
def vigo(settings, monkeypatch) -> Iterator[Vigo]:
    monkeypatch.setattr(fetching, "FIRST_WAIT", 0.001)
    server = Vigo(("127.0.0.1", 0), _Answering)
    server.asked = []
    settings.VIGO = {"url": f"http://127.0.0.1:{server.server_port}/vigows/rest/ot", "key": "hemmelig"}
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def fetched(desk: Desk) -> WaitingFile:
    answer = desk.client.post("/innlesing/vigo/")
    assert answer.status_code == 302
    with acting_as(desk.actor):
        return WaitingFile.objects.latest("pk")


def test_the_register_is_fetched_from_vigo_planned_and_used(desk, vigo):
    # Given a VIGO that falters once, and counts wrong
    vigo.answers = [(503, b""), (200, vigo_of(an_element(), antall=3))]
    assert "Ta inn fra VIGO" in text_of(desk.client.get("/innlesing/"))
    # When the register is ordered and the worker has fetched it
    waiting = fetched(desk)
    jobs.work_on_file(file_id=waiting.pk)
    page = desk.see(waiting)
    # Then it has a plan, with VIGO's own words beside it, and the county and the key were in the headers
    assert page.context["plan"].figures["new"] == 1
    assert "VIGO oppga «3» som antall" in text_of(page)
    assert [(asked["fylkesnr"], asked["api-key"]) for asked in vigo.asked] == [("03", "hemmelig")] * 2
    # And what was fetched is what is used
    desk.do(waiting, "ta-i-bruk", version=desk.again(waiting).version)
    assert Import.objects.get().source == "vigo-ot"
    assert len(vigo.asked) == 2


def test_a_vigo_that_does_not_answer_is_told_after_three_tries(desk, vigo):
    vigo.answers = [(500, b"")]
    waiting = fetched(desk)
    jobs.work_on_file(file_id=waiting.pk)
    assert "Kilden svarte med feil (HTTP 500). Prøvde 3 ganger." in text_of(desk.see(waiting))
    assert len(vigo.asked) == 3


def test_one_fetching_at_a_time(desk, vigo):
    vigo.answers = [(200, vigo_of(an_element()))]
    fetched(desk)
    page = desk.client.post("/innlesing/vigo/", follow=True)
    assert "En henting fra VIGO er allerede i gang." in text_of(page)


def test_without_an_address_nothing_is_offered_or_fetched(desk):
    assert "Ta inn fra VIGO" not in text_of(desk.client.get("/innlesing/"))
    page = desk.client.post("/innlesing/vigo/", follow=True)
    assert "Adressen til VIGO er ikke satt opp." in text_of(page)
