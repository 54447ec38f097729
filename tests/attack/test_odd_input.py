"""What nobody would type, sent all the same: an answer, never a crash."""

from typing import Any

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import JournalNote
from fotfeste.kernel import opaque
from fotfeste.kernel.whole_number import whole_number
from tests import factories as make

pytestmark = pytest.mark.django_db

NOT_A_NUMBER = ("²", "٣", "9" * 5000, "-1", "1e9", "\x00", "")


@pytest.mark.parametrize("text", [*NOT_A_NUMBER, None])
def test_what_is_not_plain_digits_is_no_number(text):
    assert whole_number(text, otherwise=-7) == -7


def test_plain_digits_are_a_number():
    assert whole_number("0042") == 42


@pytest.mark.parametrize("version", NOT_A_NUMBER)
def test_a_forged_version_of_a_form_never_breaks_the_page(version, browser):
    case = make.case(make.unit())
    key = opaque.encode(case.youth_id)
    admin = browser(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
    answers = [
        admin.post(f"/ungdom/{key}/status/bekreft/", {"version": version}),
        admin.post("/ko/", {"tildel": key, f"versjon-{key}": version, f"enhet-{key}": version}),
        admin.post("/meldinger/", {"bruk": key, f"versjon-{key}": version}),
        admin.get("/enheter/", {"fylke": version}),
        admin.get("/", {"rolle": version}),
        admin.get("/ungdommer/", {"side": version, "sort": version, "ukjent": version, "enhet": version}),
    ]
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []


@pytest.mark.parametrize("way", ["urlencoded", "multipart", "fields"])
def test_a_form_of_ten_megabytes_is_refused_in_words_wherever_it_is_sent(way, browser):
    case = make.case(make.unit())
    there = f"/ungdom/{opaque.encode(case.youth_id)}"
    admin, much = browser(make.actor(Role.EDUCATION_ADMIN, make.education_admin())), "å" * 5 * 2**20
    admin.handler.enforce_csrf_checks = True  # its token is looked for in the form before anybody else reads it
    admin.cookies["csrftoken"] = "t" * 32
    sent: dict[str, Any] = {
        "urlencoded": {"data": f"text={much}".encode(), "content_type": "application/x-www-form-urlencoded"},
        "multipart": {"data": {"text": much}},
        "fields": {"data": {f"f{number}": "x" for number in range(6000)}},
    }[way]
    paths = ["/sprak/", "/sok/", "/nodapning/", f"{there}/journal/", f"{there}/kontakt/", f"{there}/navn/"]
    for path in paths:
        answer = admin.post(path, **sent)
        told = answer.content.decode()
        assert answer.status_code == 413, path
        assert "Skjemaet er for stort" in told
        assert "ingenting er lagret" in told
    with acting_as(make.system()):
        assert not JournalNote.objects.exists()


@pytest.mark.parametrize("key", ["abcdefghij\\000x", "abcdefghij\\012x", "kort", "æøåæøåæøåæøå", "' OR 1=1 --xxxxxxxx"])
def test_a_forged_session_cookie_is_no_session(key, client):
    client.raise_request_exception = False
    answer = client.get("/", headers={"Cookie": f'sessionid="{key}"'})
    assert (answer.status_code, answer.headers.get("Location", "")) == (302, "/logg-inn/?neste=%2F")


@pytest.mark.parametrize(
    "wanted", ["//ond.example/", "https://ond.example/", "\\\\ond.example", "javascript:alert(1)", "\x00//ond.example"]
)
def test_nobody_is_led_to_another_site(wanted, client):
    client.get("/logg-inn/", {"neste": wanted})
    assert client.session["next_after_login"] == "/"
    answer = client.post("/sprak/", {"language": "nn", "next": wanted}, headers={"Referer": wanted})
    assert answer.headers["Location"] == "/"


def test_a_user_with_no_other_role_than_the_handlers_gets_a_home(browser):
    answer = browser(make.actor(Role.PROTECTED_HANDLER, make.education_admin())).get("/")
    assert answer.status_code == 200
