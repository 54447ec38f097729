"""What every answer carries, what no form is taken without, and what an error tells."""

import inspect
import re

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from fotfeste.access.roles import Role
from fotfeste.access.session_store import SessionStore
from fotfeste.config import urls as addresses_of_ours
from tests import factories as make
from tests.attack.world import FILLED, addresses, secret_case

pytestmark = pytest.mark.django_db

LOGIN = "/logg-inn/"


def _breaks(request):
    raise ValueError("Kanarifugl Hemmeligsen")


def _goes_on(request):
    return HttpResponse(len(request.POST))


urlpatterns = [
    *addresses_of_ours.urlpatterns,
    path("brister/", _breaks, name="breaks"),
    path("tar-imot/", _goes_on, name="takes"),
]
handler400, handler403 = addresses_of_ours.handler400, addresses_of_ours.handler403
handler404, handler500 = addresses_of_ours.handler404, addresses_of_ours.handler500
broken_places = override_settings(ROOT_URLCONF=__name__)


def _policy(answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


@broken_places
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/logg-inn/", 200),
        ("/", 302),
        ("/finnes-ikke/", 404),
        ("/brister/", 500),
        ("/sprak/", 405),
        ("/static/fotfeste/app.css", 200),
        ("/helse/", 200),
    ],
)
def test_every_answer_carries_the_same_protection(asked, status, browser):
    answer = browser().get(asked)
    assert answer.status_code == status
    policy = _policy(answer)
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert {source for sources in policy.values() for source in sources} == {"'none'", "'self'"}
    told = {
        name: answer.headers[name]
        for name in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
    }
    assert list(told.values()) == ["DENY", "nosniff", "same-origin", "same-origin"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert asked.startswith("/static/") or answer.headers["Cache-Control"] == "no-store"


def test_no_form_is_taken_without_its_token(browser):
    secret = secret_case(make.unit())
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    session = client.session
    session["user_id"] = make.actor(Role.EDUCATION_ADMIN, make.education_admin()).user_id
    session.save()
    taken = []
    for name, address, _ in addresses(secret.ids):
        answer = client.post(address, FILLED)
        if answer.status_code != 403 or "Skjemaet var blitt for gammelt" not in answer.content.decode():
            taken.append((name, answer.status_code))
    assert taken == []


def _main(answer) -> str:
    text = answer.content.decode()
    found = re.search(r"<main.*?</main>", text, re.DOTALL)
    return found.group() if found else text


@broken_places
@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        ("bad host", "Vi forsto ikke forespørselen"),
        ("too many fields", "Skjemaet er for stort"),
        ("not my role", "Du har ikke tilgang til dette"),
        ("not there", "Vi fant ikke siden"),
        ("breaks", "Noe gikk galt hos oss"),
        ("session breaks", "Noe gikk galt hos oss"),
    ],
)
def test_an_error_says_in_norwegian_what_to_do_and_nothing_of_what_broke(way, sentence, browser, monkeypatch):
    client = browser(make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin()))
    if way == "bad host":
        answer = client.get("/", headers={"Host": "ond.example"})
    elif way == "too many fields":
        answer = client.post("/tar-imot/", {f"f{number}": "x" for number in range(5001)})
    elif way == "not my role":
        answer = client.get("/rapporter/")
    elif way == "not there":
        answer = client.get("/finnes-ikke/")
    else:
        if way == "session breaks":
            monkeypatch.setattr(SessionStore, "load", _breaks)
        answer = client.get("/brister/")
    assert sentence in _main(answer)
    for told in ("Kanarifugl", "ValueError", "Traceback", "Django", "fotfeste.", "line "):
        assert told not in answer.content.decode(), told


def test_only_views_that_say_so_are_handed_files():
    from django.urls import get_resolver

    wrong = []
    for entry in _views(get_resolver()):
        reads = "request.FILES" in inspect.getsource(inspect.unwrap(entry))
        if reads != hasattr(entry, "takes_files_up_to"):
            wrong.append(entry.__name__)
    assert wrong == []


def _views(resolver):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from _views(entry)
        else:
            yield entry.callback


@pytest.mark.parametrize("who", ["nobody", "somebody"])
def test_a_file_sent_where_none_is_taken_is_not_written_down(who, browser, monkeypatch):
    from io import BytesIO

    from django.core.files.uploadhandler import TemporaryFileUploadHandler

    written: list[int] = []
    monkeypatch.setattr(
        TemporaryFileUploadHandler, "receive_data_chunk", lambda self, data, start: written.append(len(data))
    )
    client = browser(None if who == "nobody" else make.actor(Role.COUNSELLOR, make.unit()))
    for address in ("/sprak/", "/innlesing/ny/" if who == "nobody" else "/sok/"):
        client.post(address, {"file": BytesIO(b"x" * 200_000), "language": "nn"})
    assert written == []
