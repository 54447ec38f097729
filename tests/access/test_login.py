"""Logging in through a real OpenID Connect provider on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import requests
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from fotfeste.access.login import provider as conversation
from fotfeste.access.login.profiles import ENTRA, OTHER, Profile
from fotfeste.access.models import RoleAssignment, User
from fotfeste.access.roles import Role
from fotfeste.access.services.identities import connect
from fotfeste.access.session_store import SESSION_USER
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings, monkeypatch) -> Iterator[Profile]:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with run_server_in_thread(require_nonce=True) as server:
        issuer = f"http://localhost:{server.server_port}"
        profile = replace(OTHER, name="oidc", issuer=issuer, client_id="fotfeste", client_secret="demo")
        settings.LOGIN_PROFILES = (profile,)
        conversation.forget()
        yield profile
        conversation.forget()


@pytest.fixture
def counsellor(provider) -> User:
    person = make.user("Kari Prøve")
    make.assign(person, Role.COUNSELLOR, make.unit(name="Prøve vgs"))
    connect(user_id=person.pk, profile=provider, value=person.subject)
    return person


def _log_in(client: Client, subject: str, *, tamper: tuple[str, str] = ("", "")):
    """Walk the code flow as a browser does; ``tamper`` replaces text in the provider's answer."""
    start = client.get("/logg-inn/til/oidc/")
    assert start.status_code == 302
    asked = start.headers["Location"]
    assert all(part in asked for part in ("code_challenge=", "code_challenge_method=S256", "nonce=", "state="))
    answer = requests.post(asked, data={"sub": subject}, allow_redirects=False, timeout=10)
    back = answer.headers["Location"].replace(*tamper) if tamper[0] else answer.headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def test_somebody_with_a_role_is_let_in_and_lands_on_the_home_screen(provider, counsellor, client):
    response = _log_in(client, counsellor.subject)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.session[SESSION_USER] == counsellor.pk
    assert client.get("/").status_code == 200


def test_after_login_one_lands_where_one_was_going(provider, counsellor, client):
    assert client.get("/enheter/").headers["Location"] == "/logg-inn/?neste=%2Fenheter%2F"
    client.get("/logg-inn/?neste=/enheter/")
    assert _log_in(client, counsellor.subject).headers["Location"] == "/enheter/"


def test_a_link_to_another_site_is_not_followed_after_login(provider, counsellor, client):
    client.get("/logg-inn/?neste=https://example.org/")
    assert _log_in(client, counsellor.subject).headers["Location"] == "/"


@pytest.mark.parametrize("who", ["stranger", "without a role", "role ended", "made inactive"])
def test_somebody_without_a_role_is_told_whom_to_ask_and_gets_no_session(provider, counsellor, client, who: str):
    subject = counsellor.subject
    if who == "stranger":
        subject = "somebody-unknown"
    elif who == "without a role":
        person = make.user()
        connect(user_id=person.pk, profile=provider, value=person.subject)
        subject = person.subject
    elif who == "role ended":
        RoleAssignment.objects.filter(user=counsellor).update(last_day=date(2020, 1, 2))
    else:
        User.objects.filter(pk=counsellor.pk).update(is_active=False)
    response = _log_in(client, subject)
    assert response.status_code == 403
    known = who not in {"stranger", "without a role"}
    assert ("Spør lederen ved Prøve vgs." if known else "Spør lederen i enheten din.") in response.content.decode()
    assert SESSION_USER not in client.session


def test_an_answer_with_another_state_is_refused(provider, counsellor, client):
    response = _log_in(client, counsellor.subject, tamper=("state=", "state=x"))
    assert response.status_code == 403
    assert SESSION_USER not in client.session


def test_an_answer_cannot_be_used_twice(provider, counsellor, client):
    start = client.get("/logg-inn/til/oidc/")
    answer = requests.post(
        start.headers["Location"], data={"sub": counsellor.subject}, allow_redirects=False, timeout=10
    )
    back = answer.headers["Location"].removeprefix("http://testserver")
    assert client.get(back).status_code == 302
    client.post("/logg-ut/")
    assert client.get(back).status_code == 403
    assert SESSION_USER not in client.session


def test_logging_out_forgets_the_session(provider, counsellor, client):
    _log_in(client, counsellor.subject)
    client.post("/logg-ut/")
    assert client.get("/").headers["Location"] == "/logg-inn/?neste=%2F"


def test_a_role_that_ends_closes_an_open_session_at_once(provider, counsellor, client):
    _log_in(client, counsellor.subject)
    RoleAssignment.objects.filter(user=counsellor).update(last_day=date(2020, 1, 2))
    assert client.get("/").headers["Location"] == "/logg-inn/?neste=%2F"


def test_with_one_provider_there_is_one_button_and_with_several_one_each(provider, client, settings):
    assert "Logg inn med jobbkonto" in client.get("/logg-inn/").content.decode()
    settings.LOGIN_PROFILES = (
        replace(ENTRA, name="oslo", label="Oslo kommune"),
        replace(ENTRA, name="nav", label="Nav"),
    )
    page = client.get("/logg-inn/").content.decode()
    assert page.index("/logg-inn/til/oslo/") < page.index("Oslo kommune") < page.index("/logg-inn/til/nav/")


def test_a_provider_that_is_not_set_up_is_not_there(provider, client):
    assert client.get("/logg-inn/til/feide/").status_code == 404
    assert client.get("/logg-inn/svar/feide/").status_code == 404
