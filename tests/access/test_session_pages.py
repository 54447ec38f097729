"""What the pages say of one's session, and what becomes of writing that came too late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client

from fotfeste.access.login.profiles import ANSATTPORTEN
from fotfeste.access.models import Session, User
from fotfeste.access.roles import Role
from fotfeste.access.session_store import LEVEL, LOGIN, SESSION_USER, SessionStore
from fotfeste.kernel import clock
from tests import factories as make

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=clock.OSLO)
MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with clock.frozen(MORNING):
        yield


def somebody(name: str = "Kari Prøve") -> User:
    person = make.user(name)
    make.assign(person, Role.COUNSELLOR, make.unit(name="Prøve vgs"))
    return person


def enter(person: User, *, profile: str = "") -> Client:
    store = SessionStore()
    store[SESSION_USER] = person.pk
    if profile:
        store[LOGIN], store[LEVEL] = {"profile": profile}, "high"
    store.create()
    client = Client()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = str(store.session_key)
    return client


def text(response) -> str:
    return response.content.decode()


# --- When it ends ---------------------------------------------------------------------------------------------------


def test_every_page_says_when_one_is_logged_out():
    client = enter(somebody())
    page = text(client.get("/"))
    assert "<span data-session-time>08.30</span> hvis du ikke gjør noe" in page
    assert 'data-seconds="1800"' in page


def test_near_the_absolute_limit_the_page_says_that_one_must_log_in_anew():
    client = enter(somebody())
    for half_hours in range(1, 16):
        with clock.frozen(MORNING + half_hours * 29 * MINUTES):
            page = text(client.get("/"))
    assert "<span data-session-time>16.00</span>. Da må du logge inn på nytt" not in page
    with clock.frozen(MORNING + 7.6 * HOURS):
        page = text(client.get("/"))
    assert "<span data-session-time>16.00</span>. Da må du logge inn på nytt" in page


def test_a_page_left_open_asks_how_long_is_left_without_keeping_the_session_alive():
    client = enter(somebody())
    for minutes in range(1, 30):
        with clock.frozen(MORNING + minutes * MINUTES):
            said = client.get("/okt/", headers=JSON).json()
    assert said == {"seconds": 60, "may_be_extended": True}
    with clock.frozen(MORNING + 30 * MINUTES):
        assert client.get("/okt/", headers=JSON).json() == {"seconds": 0}


def test_a_session_that_still_holds_never_says_nothing_is_left():
    client = enter(somebody())
    with clock.frozen(MORNING + 30 * MINUTES - timedelta(milliseconds=5)):
        assert client.get("/okt/", headers=JSON).json()["seconds"] == 1


def test_the_button_extends_at_once():
    client = enter(somebody())
    with clock.frozen(MORNING + timedelta(seconds=10)):
        assert client.post("/okt/forleng/", headers=JSON).json() == {"seconds": 1800, "may_be_extended": True}


def test_without_javascript_extending_is_a_page_of_its_own_that_leaves_the_form_alone():
    client = enter(somebody())
    assert 'action="/okt/forleng/" target="_blank"' in text(client.get("/"))
    with clock.frozen(MORNING + 20 * MINUTES):
        assert "Du er logget inn til klokka 08.50." in text(client.post("/okt/forleng/"))


@pytest.mark.parametrize("way", ["get", "post"])
def test_nobody_is_told_nothing(way):
    answer = Client().get("/okt/", headers=JSON) if way == "get" else Client().post("/okt/forleng/", headers=JSON)
    assert answer.json() == {"seconds": 0}


def test_another_site_extends_nobodys_session():
    client = enter(somebody())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post("/okt/forleng/", headers=JSON).status_code == 403


# --- One's own page -------------------------------------------------------------------------------------------------


def test_one_sees_how_and_where_one_is_logged_in_and_logs_out_elsewhere(settings):
    settings.LOGIN_PROFILES = (replace(ANSATTPORTEN, name="ansattporten"),)
    person = somebody()
    here, there = enter(person, profile="ansattporten"), enter(person, profile="ansattporten")
    page = text(here.get("/innlogging/"))
    assert "Du er logget inn med Ansattporten, nivå høyt." in page
    assert (page.count(">Ansattporten</td>"), page.count("Denne nettleseren")) == (2, 1)
    assert "Du er logget ut i 1 annen nettleser." in text(here.post("/innlogging/", follow=True))
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)


def test_nobody_elses_sessions_are_shown_or_ended():
    kari, ola = somebody(), somebody("Ola Prøve")
    other = enter(ola)
    client = enter(kari)
    # The head of the table and one session; the keys of the page stand after it
    assert text(client.get("/innlogging/")).split("</main>")[0].count("<tr>") == 2
    client.post("/innlogging/")
    assert other.get("/").status_code == 200


# --- Writing that came too late -------------------------------------------------------------------------------------


def lapsed() -> Client:
    """Give a browser whose session has gone out of time since the form was opened."""
    client = enter(somebody())
    Session.objects.update(seen_at=MORNING - 31 * MINUTES, begun_at=MORNING - 31 * MINUTES)
    return client


def test_what_was_written_in_a_form_that_came_too_late_is_shown_to_the_one_who_wrote_it():
    client = lapsed()
    page = client.post(
        "/innlogging/",
        {"text": "Ringte mor, hun & far <er> enige.", "version": "3", "code": "OTOV"},
        headers={"Referer": "http://testserver/ungdommer/?ukjent=30"},
    )
    assert page.status_code == 422
    assert "Ringte mor, hun &amp; far &lt;er&gt; enige.</textarea>" in text(page)
    assert "OTOV" not in text(page)
    assert 'href="/logg-inn/?neste=%2Fungdommer%2F"' in text(page)


def test_where_nothing_was_written_one_is_led_straight_to_the_login_page():
    answer = lapsed().post("/innlogging/", {"code": "OTOV"}, headers={"Referer": "https://ond.example/ungdommer/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/logg-inn/")


def test_somebody_who_never_was_logged_in_is_shown_nothing_of_what_is_sent():
    answer = Client().post("/innlogging/", {"text": "Noe noen andre har skrevet"})
    assert answer.status_code == 302


def test_what_is_sent_from_another_site_is_not_shown():
    client = lapsed()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    answer = strict.post("/innlogging/", {"text": "Ring oss på 820 00 000"})
    assert "820 00 000" not in text(answer)


def test_a_part_of_a_page_that_came_too_late_leads_the_whole_page_to_the_login():
    answer = lapsed().post(
        "/innlogging/",
        {"text": "Noe langt"},
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/ungdommer/?q=1"},
    )
    assert answer.headers["HX-Redirect"] == "/logg-inn/?neste=%2Fungdommer%2F"


# --- What waits in the browser --------------------------------------------------------------------------------------


def key_in(page: str) -> str:
    return page.split('data-draft-key="')[1].split('"')[0]


def test_a_user_is_given_the_same_key_each_time_and_nobody_else_is_given_it():
    kari, ola = somebody(), somebody("Ola Prøve")
    keys = [key_in(text(enter(who).get("/"))) for who in (kari, kari, ola)]
    assert keys[0] == keys[1] != keys[2]
    assert {len(key) for key in keys} == {64}
    assert "data-draft-key" not in text(Client().get("/logg-inn/"))


def test_logging_out_forgets_what_waits_and_being_logged_out_does_not():
    client = enter(somebody())
    assert "data-forgets-drafts" in text(client.post("/logg-ut/", follow=True))
    assert "data-forgets-drafts" not in text(lapsed().get("/", follow=True))
