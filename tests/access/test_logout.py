"""Logging out in both places: begun here, and begun at the provider."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from fotfeste.access.login import logout as leaving
from fotfeste.access.login import provider as conversation
from fotfeste.access.login.profiles import ENTRA, OTHER, Profile
from fotfeste.access.models import User
from fotfeste.access.roles import Role
from fotfeste.access.services.identities import connect
from tests import factories as make
from tests.access.forger import Forger, forging
from tests.access.providers import Person

pytestmark = pytest.mark.django_db


def counsellor() -> User:
    user = make.user("Kari Prøve")
    make.assign(user, Role.COUNSELLOR, make.unit(name="Prøve vgs"))
    return user


@pytest.fixture
def kari(idporten) -> Person:
    user = counsellor()
    person = Person(make.tenor_number(make.TODAY.replace(year=1980), user.pk))
    connect(user_id=user.pk, profile=idporten, value=person.pid)
    return person


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


# --- Begun here, at a strict provider -------------------------------------------------------------------------------


def test_logging_out_here_logs_out_at_the_provider_and_comes_back(idporten, kari):
    kari.log_in(idporten)
    assert kari.log_out() == "/logg-ut/ferdig/"
    assert "Du er logget ut." in kari.here.get("/logg-ut/ferdig/", follow=True).content.decode()
    assert not is_in(kari.here)
    # And the provider has forgotten: it asks who this is
    assert "Test-ID (login)" in kari.there.get(kari.begin(idporten), timeout=10).text


def test_the_page_that_leads_on_moves_by_itself_and_tells_the_address_nothing_about_the_person(idporten, kari):
    kari.log_in(idporten)
    page = kari.here.post("/logg-ut/")
    text = page.content.decode()
    assert f'<noscript><meta http-equiv="refresh" content="0;url={idporten.issuer}/logout?' in text
    assert (kari.pid in text, "id_token" in text) == (False, False)
    assert "form-action 'self';" in page.headers["Content-Security-Policy"]


def test_where_single_logout_is_off_one_is_only_logged_out_here(idporten, kari, settings):
    settings.LOGIN_PROFILES = (replace(idporten, single_logout=False),)
    kari.log_in(idporten)
    assert kari.here.post("/logg-ut/").headers["Location"] == "/logg-inn/"
    assert not is_in(kari.here)


def test_one_is_logged_out_here_also_when_the_provider_does_not_answer(idporten, kari, settings):
    kari.log_in(idporten)
    settings.LOGIN_PROFILES = (replace(idporten, issuer="http://localhost:9"),)
    assert kari.here.post("/logg-ut/").status_code == 302
    assert not is_in(kari.here)


def test_a_link_logs_nobody_out(idporten, kari):
    kari.log_in(idporten)
    assert kari.here.get("/logg-ut/").status_code == 405
    assert is_in(kari.here)


def test_somebody_logged_in_no_way_we_know_is_logged_out_here(client):
    assert client.post("/logg-ut/").headers["Location"] == "/logg-inn/"


# --- Begun at the strict provider: its own statement ----------------------------------------------------------------


def test_the_providers_own_statement_ends_the_session_it_is_about_and_no_other(idporten, kari, statements):
    # Given the same person logged in from two browsers, each with a session of its own at the provider
    elsewhere = Person(kari.pid)
    for person in (kari, elsewhere):
        person.log_in(idporten)
    # When one logs out at the provider, at another service, and the provider's server tells ours
    kari.log_out_elsewhere(idporten)
    (statement,) = statements
    assert Client().post("/logg-ut/bak/idporten/", {"logout_token": statement}).status_code == 200
    # Then that browser is out and the other is not
    assert (is_in(kari.here), is_in(elsewhere.here)) == (False, True)


# --- Begun at a provider that says what it is told to ---------------------------------------------------------------

Started = tuple[Forger, Profile]


@pytest.fixture
def forged(settings, monkeypatch) -> Iterator[Started]:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    leaving._asked_at.clear()
    with forging(OTHER) as (forger, profile):
        settings.LOGIN_PROFILES = (profile,)
        conversation.forget()
        connect(user_id=counsellor().pk, profile=profile, value="kari-sub")
        yield forger, profile
        conversation.forget()


def enter(forged: Started, **claims: Any) -> Client:
    client = Client()
    forged[0].claims = {"sid": "økt-1", **claims}
    address = client.get(f"/logg-inn/til/{forged[1].name}/").headers["Location"]
    client.get(forged[0].answer_to(address))
    assert is_in(client)
    return client


def statement(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    honest = {"aud": "fotfeste", "iat": now, "exp": now + 120, "jti": "en", "events": {leaving.EVENT: {}}}
    said = {**honest, "sid": "økt-1", "sub": "kari-sub", **changes}
    return {name: value for name, value in said.items() if value is not None}


def tell(forged: Started, signed: str) -> int:
    return (
        Client(enforce_csrf_checks=True).post(f"/logg-ut/bak/{forged[1].name}/", {"logout_token": signed}).status_code
    )


def test_an_honest_statement_ends_the_session(forged):
    client = enter(forged)
    forger = forged[0]
    assert tell(forged, forger.honestly(statement(iss=forger.issuer), typ="logout+jwt")) == 200
    assert not is_in(client)


def test_a_statement_about_the_person_and_no_session_ends_all_of_them(forged):
    clients = [enter(forged), enter(forged, sid="økt-2")]
    assert tell(forged, forged[0].honestly(statement(iss=forged[0].issuer, sid=None))) == 200
    assert [is_in(client) for client in clients] == [False, False]


def test_a_statement_about_a_session_that_is_not_here_is_taken_and_does_nothing(forged):
    client = enter(forged)
    assert tell(forged, forged[0].honestly(statement(iss=forged[0].issuer, sid="en-annen"))) == 200
    assert is_in(client)


def test_a_statement_about_an_earlier_logout_ends_nothing_begun_since(forged):
    client = enter(forged)
    three_minutes_ago = int(time.time()) - 180
    said = statement(iss=forged[0].issuer, iat=three_minutes_ago, exp=None)
    assert tell(forged, forged[0].honestly(said)) == 200
    assert is_in(client)


BAD = {
    "another issuer": {"iss": "https://idporten.no"},
    "another client": {"aud": "en-annen"},
    "an ID token": {"events": None, "nonce": "x"},
    "with a nonce": {"nonce": "x"},
    "about something else": {"events": {"noe-annet": {}}},
    "events that are no object": {"events": leaving.EVENT},
    "about nobody": {"sid": None, "sub": None},
    "about a list": {"sid": ["økt-1"]},
    "without a number of its own": {"jti": None},
    "without a time": {"iat": None},
    "old": {"iat": int(time.time()) - 3600, "exp": None},
    "out of date": {"exp": int(time.time()) - 120},
    "from the future": {"iat": int(time.time()) + 3600, "exp": None},
}


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_a_statement_that_does_not_hold_ends_nothing(forged, changes):
    client = enter(forged)
    assert tell(forged, forged[0].honestly(statement(**{"iss": forged[0].issuer, **changes}))) == 400
    assert is_in(client)


@pytest.mark.parametrize("how", ["unsigned", "by_another_key", "with_the_public_key_as_secret"])
def test_a_statement_the_provider_did_not_sign_ends_nothing(forged, how):
    client = enter(forged)
    assert tell(forged, getattr(forged[0], how)(statement(iss=forged[0].issuer))) == 400
    assert is_in(client)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "æ" * 9000])
def test_what_is_no_statement_is_refused(forged, token):
    assert tell(forged, token) == 400


def test_a_new_key_of_the_provider_is_fetched_but_made_up_keys_do_not_keep_us_asking(forged):
    client = enter(forged)
    forger = forged[0]
    forger.change_key()
    assert tell(forged, forger.honestly(statement(iss=forger.issuer))) == 200
    assert not is_in(client)
    asked = len(forger.asked)
    for number in range(5):
        forger.honestly(statement(iss=forger.issuer))
        assert tell(forged, forger.honestly(statement(iss=forger.issuer), kid=f"oppdiktet-{number}")) == 400
    assert len(forger.asked) == asked


# --- In the browser, in a frame of the provider's page --------------------------------------------------------------


def test_a_call_in_the_front_channel_ends_the_session_it_names_without_a_cookie(forged):
    client = enter(forged)
    answer = Client().get("/logg-ut/fra/oidc/", {"iss": forged[1].issuer, "sid": "økt-1"})
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"", "no-store")
    assert not is_in(client)


@pytest.mark.parametrize(
    "said", [{}, {"sid": "økt-1"}, {"sid": "en-annen"}, {"iss": "https://idporten.no", "sid": "økt-1"}, {"sid": ""}]
)
def test_a_call_that_names_no_session_or_another_sender_ends_nothing_and_tells_nothing(forged, said):
    client = enter(forged)
    answer = Client().get(
        "/logg-ut/fra/oidc/", {"iss": forged[1].issuer, **said} if said.get("sid") == "en-annen" else said
    )
    assert (answer.status_code, answer.content) == (200, b"")
    assert is_in(client)


def test_entra_calls_without_saying_its_name(settings, monkeypatch):
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with forging(ENTRA) as started:
        settings.LOGIN_PROFILES = (started[1],)
        conversation.forget()
        connect(user_id=counsellor().pk, profile=started[1], value="oid-1")
        client = enter(started, oid="oid-1", acrs=["c1"])
        Client().get("/logg-ut/fra/entra/", {"sid": "økt-1"})
        assert not is_in(client)
    conversation.forget()
