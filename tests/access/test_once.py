"""A form sent twice is done once; what is another form, or came to nothing, is done."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fotfeste.access import once
from fotfeste.access.models import SentForm
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import attempts
from fotfeste.casework.models import JournalNote
from fotfeste.integrations.models import WaitingFile
from fotfeste.kernel import clock
from tests import factories as make
from tests.integrations.reading.files import a_row, csv_of, people

pytestmark = pytest.mark.django_db
SECRET = "s" * 32


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def case():
    return make.case(make.unit())


@pytest.fixture
def counsellor(case):
    from fotfeste.organisations.models import Unit

    return make.actor(Role.COUNSELLOR, Unit.objects.get(pk=case.unit_id))


def browser(actor) -> Client:
    client = Client(enforce_csrf_checks=True)
    session = client.session
    session["user_id"] = actor.user_id
    session.save()
    client.cookies["csrftoken"] = SECRET
    return client


def token_of(client: Client, path: str) -> str:
    """Open a page, and return the token its forms hold."""
    return str(client.get(path).context["csrf_token"])


def path_to(case) -> str:
    return reverse("casework:journal", kwargs={"youth_id": case.youth_id})


def write(client: Client, case, token: str, text: str = "Ringte", **headers: str):
    return client.post(
        path_to(case), {"csrfmiddlewaretoken": token, "text": text, "written_on": "23.11.2026"}, headers=headers
    )


def notes() -> list[str]:
    with acting_as(make.system()):
        return list(JournalNote.objects.order_by("pk").values_list("text", flat=True))


def test_a_form_sent_twice_is_done_once_and_leads_to_the_same_place(case, counsellor):
    client = browser(counsellor)
    token = token_of(client, path_to(case))
    first, second = (write(client, case, token) for _ in range(2))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert first.status_code == 302
    assert notes() == ["Ringte"]


def test_a_form_that_is_opened_anew_is_another_form(case, counsellor):
    client = browser(counsellor)
    tokens = [token_of(client, path_to(case)) for _ in range(2)]
    assert len(set(tokens)) == 2
    for token in tokens:
        write(client, case, token)
    assert notes() == ["Ringte", "Ringte"]


def test_the_same_page_with_other_contents_is_another_form(case, counsellor):
    client = browser(counsellor)
    token = token_of(client, path_to(case))
    for text in ("Ringte", "Ringte igjen"):
        write(client, case, token, text)
    assert notes() == ["Ringte", "Ringte igjen"]


def test_what_somebody_may_mean_is_done_when_a_little_time_has_passed(case, counsellor):
    client = browser(counsellor)
    token = token_of(client, path_to(case))
    write(client, case, token)
    with clock.frozen(clock.now() + once.WITHIN - timedelta(seconds=1)):
        write(client, case, token)
    assert len(notes()) == 1
    with clock.frozen(clock.now() + once.WITHIN + timedelta(seconds=1)):
        write(client, case, token)
    assert len(notes()) == 2


def test_the_same_in_two_sessions_is_done_in_both(case, counsellor):
    for client in (browser(counsellor), browser(counsellor)):
        write(client, case, SECRET)
    assert len(notes()) == 2


def test_what_was_refused_is_tried_again_as_often_as_it_is_sent(case, counsellor):
    client = browser(counsellor)
    token = token_of(client, path_to(case))
    answers = [write(client, case, token, "") for _ in range(2)]
    assert {answer.status_code for answer in answers} == {422}
    assert not SentForm.objects.exists()


def test_part_of_a_page_that_is_asked_for_twice_is_left_as_the_first_answer_made_it(counsellor, case):
    client = browser(counsellor)
    token = token_of(client, "/")
    path = reverse("lists:quick_contact", kwargs={"youth_id": case.youth_id})
    said = {"csrfmiddlewaretoken": token, "hva": "ikke-svar"}
    first, second = (client.post(path, said, headers={"HX-Request": "true"}) for _ in range(2))
    assert (first.status_code, second.status_code, second.content) == (200, 204, b"")


def test_what_is_only_asked_is_answered_each_time(counsellor, case):
    client = browser(counsellor)
    token = token_of(client, path_to(case))
    path = reverse("casework:judge_contact", kwargs={"youth_id": case.youth_id})
    said = {"csrfmiddlewaretoken": token, "channel": "call", "direction": "out", "result": "answered"}
    asked = [client.post(path, said, headers={"HX-Request": "true"}) for _ in range(2)]
    assert {(answer.status_code, bool(answer.content)) for answer in asked} == {(200, True)}


def test_files_that_begin_alike_are_two_files():
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    client = browser(admin)
    token = token_of(client, "/innlesing/")
    many = [{**row, "etternavn": "Å" * 90} for row in people("leavers", 300)]
    contents = [csv_of([*many, a_row("leavers", trinn=level)]) for level in ("VG1", "VG2")]
    assert len(contents[0]) == len(contents[1]) > 64 * 1024
    assert contents[0][: 64 * 1024] == contents[1][: 64 * 1024]
    for content in (*contents, contents[1]):
        file = SimpleUploadedFile("sluttere.csv", content)
        said = {"csrfmiddlewaretoken": token, "source": "leavers", "on": "16.11.2026", "sender": "", "file": file}
        assert client.post("/innlesing/ny/", said).status_code == 302
    with acting_as(admin):
        assert WaitingFile.objects.count() == 2


def test_what_was_sent_is_kept_as_a_digest_and_forgotten(case, counsellor):
    client = browser(counsellor)
    write(client, case, token_of(client, path_to(case)), "Kanarinotat")
    (kept,) = SentForm.objects.values_list("digest", "location")
    assert "Kanari" not in str(kept)
    attempts.forget(before=clock.now() + timedelta(days=1))
    assert not SentForm.objects.exists()


def test_a_body_that_does_not_say_how_long_it_is_is_refused(client):
    answer = client.post("/sprak/", HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH="")
    assert (answer.status_code, "sa ikke hvor stor den er" in answer.content.decode()) == (411, True)
    assert "Content-Security-Policy" in answer.headers
