"""What was right once, sent again or elsewhere: answers, codes, statements, sessions; and where a login may lead."""

import time
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from fotfeste.access.login import logout as leaving
from fotfeste.access.login.profiles import OTHER
from fotfeste.access.models import AttemptCount, RoleAssignment, Session
from fotfeste.access.roles import Role
from fotfeste.access.services.attempts import forget
from fotfeste.access.services.identities import connect
from fotfeste.access.session_store import SESSION_USER, SessionStore
from fotfeste.kernel import clock
from tests import factories as make
from tests.access.forger import Started, log_in
from tests.access.providers import Person

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


# --- Answers and codes ----------------------------------------------------------------------------------------------


def test_an_answer_sent_again_by_one_who_is_in_does_not_change_who_is_in(client, start):
    forger, profile = start(OTHER)
    back = forger.answer_to(client.get(f"/logg-inn/til/{profile.name}/").headers["Location"])
    client.get(back)
    before = client.session[SESSION_USER]
    assert client.get(back).status_code == 403
    assert client.session[SESSION_USER] == before


def test_an_answer_opened_in_another_browser_logs_nobody_in(client, start):
    forger, profile = start(OTHER)
    back = forger.answer_to(client.get(f"/logg-inn/til/{profile.name}/").headers["Location"])
    other = Client()
    assert other.get(back).status_code == 403
    assert not is_in(other)
    # And it has cost the one it was for nothing
    assert client.get(back).status_code == 302


def test_the_id_token_of_an_earlier_login_is_no_answer_to_a_later_one(client, start):
    started = start(OTHER)
    forger = started[0]
    kept: list[str] = []
    forger.sign = lambda claims: kept.append(forger.honestly(claims)) or kept[0]
    assert log_in(client, started).status_code == 302
    client.post("/logg-ut/")
    assert log_in(client, started).status_code == 403
    assert len(set(kept)) == 2
    assert not is_in(client)


def test_a_code_used_once_is_nothing_under_a_new_state(idporten):
    user = make.user("Kari Prøve")
    make.assign(user, Role.COUNSELLOR, make.unit())
    kari = Person(make.tenor_number(make.TODAY.replace(year=1980), user.pk))
    connect(user_id=user.pk, profile=idporten, value=kari.pid)
    first = kari.answer_at(kari.begin(idporten))
    assert kari.here.get(first).status_code == 302
    kari.here.post("/logg-ut/")
    code, new = (parse_qs(urlsplit(back).query)["code"][0] for back in (first, kari.answer_at(kari.begin(idporten))))
    second = kari.answer_at(kari.begin(idporten))
    assert kari.here.get(second.replace(parse_qs(urlsplit(second).query)["code"][0], code)).status_code == 403
    assert new != code
    assert not is_in(kari.here)


def test_what_one_provider_calls_somebody_is_nobody_at_another(client, start):
    start(OTHER, name="en")
    other = start(OTHER, name="to", known_as="")
    assert log_in(client, other).status_code == 403
    assert not is_in(client)


# --- Where a login may lead -----------------------------------------------------------------------------------------

ELSEWHERE = (
    "https://example.org/", "//example.org/", "///example.org", "/\\example.org", "\\\\example.org", "https:example.org",
    "https:///example.org", "http://testserver@example.org/", "http://testserver.example.org/", "javascript:alert(1)",
    "data:text/html,x", "/\t/example.org", "\t//example.org", " //example.org", "/%0d%0aLocation:https://example.org",
    "/\r\nLocation: https://example.org", "//testserver:80@example.org", "/../../x" * 400,
)  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_login_leads_to_no_other_site(client, start, wanted):
    started = start(OTHER)
    client.get("/logg-inn/", {"neste": wanted})
    there = log_in(client, started).headers["Location"]
    assert stays_here(there)


@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("by", ["next", "referer"])
def test_the_choice_of_language_leads_to_no_other_site(client, wanted, by):
    said = {"language": "nn", **({"next": wanted} if by == "next" else {})}
    headers = {"referer": wanted} if by == "referer" else {}
    assert stays_here(client.post("/sprak/", said, headers=headers).headers["Location"])


def stays_here(address: str) -> bool:
    """Say whether a browser that is sent to the address stays with us; it reads backslashes as slashes, and skips blanks."""
    as_read = address.replace("\\", "/").replace("\t", "").replace("\r", "").replace("\n", "").strip()
    split = urlsplit(as_read)
    return (split.scheme, split.netloc) == ("", "") and not as_read.startswith("//")


# --- Sessions -------------------------------------------------------------------------------------------------------


def test_a_role_that_ends_at_midnight_ends_a_session_that_is_in_use(client):
    user = make.user("Kari Prøve")
    make.assign(user, Role.COUNSELLOR, make.unit(), last_day=make.TODAY)
    store = SessionStore()
    late = datetime(2026, 11, 23, 23, 50, tzinfo=clock.OSLO)
    with clock.frozen(late):
        store[SESSION_USER] = user.pk
        store.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(store.session_key)
        assert is_in(client)
    with clock.frozen(late + timedelta(minutes=9, seconds=59)):
        assert is_in(client)
    with clock.frozen(late + timedelta(minutes=10)):
        assert not is_in(client)
    assert not Session.objects.filter(user=user).exists()


def test_a_role_given_for_later_lets_nobody_in_before(client, start):
    started = start(OTHER)
    with clock.frozen(clock.now()):
        RoleAssignment.objects.update(first_day=clock.today() + timedelta(days=1))
        assert log_in(client, started).status_code == 403
    assert not is_in(client)


def test_a_key_that_is_nearly_right_opens_no_session(client, start):
    log_in(client, start(OTHER))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    thief = Client()
    for forged in (key[::-1], key.upper(), f"{key}a", key[:-1], "a" * 32, "", "../../x", f"{key}\x00"):
        thief.cookies[settings.SESSION_COOKIE_NAME] = forged
        assert thief.get("/").status_code == 302


# --- The provider's statements that somebody has logged out ---------------------------------------------------------


def statement(started: Started, **changes: object) -> str:
    """Return an honest statement about Kari's session, with changes."""
    now = int(time.time())
    said = {
        "aud": "fotfeste",
        "iat": now,
        "jti": "en",
        "events": {leaving.EVENT: {}},
        "sid": "økt-1",
        "sub": "kari-sub",
    }
    return started[0].honestly({"iss": started[0].issuer, **said, **changes})


def tell(started: Started, signed: str) -> int:
    return Client().post(f"/logg-ut/bak/{started[1].name}/", {"logout_token": signed}).status_code


def enter(client: Client, started: Started) -> None:
    started[0].claims = {"sid": "økt-1"}
    log_in(client, started)
    assert is_in(client)


def test_a_statement_sent_again_ends_nothing_begun_since(client, start):
    started = start(OTHER)
    enter(client, started)
    said = statement(started)
    assert tell(started, said) == 200
    assert not is_in(client)
    # When somebody who kept it sends it again, within the time it holds
    enter(client, started)
    assert tell(started, said) == 400
    assert is_in(client)
    # And another statement about the same session is heard
    assert tell(started, statement(started, jti="to")) == 200
    assert not is_in(client)


def test_a_statement_that_was_refused_has_not_used_up_its_number(client, start):
    started = start(OTHER)
    enter(client, started)
    assert tell(started, statement(started, aud="en-annen")) == 400
    assert tell(started, statement(started)) == 200


def test_a_statement_of_one_provider_ends_no_session_begun_through_another(client, start):
    honest, other = start(OTHER, name="en"), start(OTHER, name="to")
    enter(client, honest)
    assert tell(other, statement(other)) == 200
    # Nor is it taken at the other's door
    assert tell(honest, statement(other)) == 400
    assert is_in(client)


def test_the_numbers_of_statements_are_forgotten_when_they_no_longer_matter(client, start):
    started = start(OTHER)
    tell(started, statement(started))
    assert AttemptCount.objects.filter(kind="statement").count() == 1
    assert forget(before=clock.now() + timedelta(minutes=10)) >= 1
    assert not AttemptCount.objects.filter(kind="statement").exists()
