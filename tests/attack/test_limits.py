"""Trying again and again: how often, by whom, and that nobody else is held up."""

from datetime import timedelta

import pytest

from fotfeste.access import jobs
from fotfeste.access.models import AttemptCount
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import clock
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few(settings):
    settings.RATE_LIMITS = {"login": [(3, 60)], "search": [(2, 60), (4, 3600)]}


@pytest.fixture
def counsellor():
    return make.actor(Role.COUNSELLOR, make.unit())


def _search(client):
    return client.post("/sok/", {"q": "Kanarifugl"})


def test_searching_on_and_on_is_stopped_and_told_in_a_sentence(counsellor, browser):
    client = browser(counsellor)
    assert [_search(client).status_code for _ in range(3)] == [200, 200, 429]
    answer = _search(client)
    assert "Vent et minutt og prøv igjen" in answer.content.decode()
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert client.get("/sok/").status_code == 200
    assert client.get("/").status_code == 200
    assert _search(browser(make.actor(Role.COUNSELLOR, make.unit()))).status_code == 200


def test_a_minute_later_one_may_try_again_until_the_hour_is_used_up(counsellor, browser):
    client, statuses = browser(counsellor), []
    for minute in range(4):
        with clock.frozen(clock.now() + timedelta(minutes=minute)):
            statuses += [_search(client).status_code for _ in range(3)]
    assert statuses == [200, 200, 429, 200] + [429] * 8


def test_the_first_refusal_is_logged_and_the_others_do_not_fill_the_log(counsellor, browser):
    client = browser(counsellor)
    for _ in range(6):
        _search(client)
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        told = [e.details for e in AuditEntry.objects.filter(verb="refused") if e.user_id == counsellor.user_id]
    assert told == [{"limit": "search", "most": 2, "seconds": 60}, {"limit": "search", "most": 4, "seconds": 3600}]


def test_a_search_that_fails_counts_too(counsellor, browser, monkeypatch):
    def breaks(**given):
        raise ValueError

    monkeypatch.setattr("fotfeste.lists.views.search.search_youths", breaks)
    client = browser(counsellor)
    assert [_search(client).status_code for _ in range(3)] == [500, 500, 429]


def _log_in(client, address: str = "192.0.2.1", **headers):
    return client.get("/logg-inn/til/oidc/", REMOTE_ADDR=address, headers=headers).status_code


def test_login_is_counted_by_network_address(browser):
    client = browser()
    assert [_log_in(client) for _ in range(4)][-1] == 429
    assert _log_in(client, "192.0.2.2") != 429
    assert client.get("/logg-inn/svar/oidc/", REMOTE_ADDR="192.0.2.1").status_code == 429
    assert client.get("/logg-inn/", REMOTE_ADDR="192.0.2.1").status_code == 200


def test_a_made_up_address_of_another_gives_no_more_tries(browser, settings):
    client = browser()
    tries = [_log_in(client, **{"X-Forwarded-For": f"198.51.100.{number}"}) for number in range(4)]
    assert tries[-1] == 429
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = [_log_in(client, **{"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"}) for number in range(4)]
    assert behind[-1] == 429
    assert _log_in(client, **{"X-Forwarded-For": "203.0.113.10"}) != 429


def test_one_network_of_the_long_addresses_is_one(browser):
    tries = [_log_in(browser(), f"2001:db8:1:2::{number}") for number in range(4)]
    assert tries[-1] == 429
    assert _log_in(browser(), "2001:db8:1:3::1") != 429


def test_no_address_can_be_read_from_the_counts_and_old_ones_go_away(counsellor, browser):
    _log_in(browser())
    _search(browser(counsellor))
    assert "192.0.2.1" not in str(list(AttemptCount.objects.values()))
    with clock.frozen(clock.now() + timedelta(hours=23)):
        jobs.forget_attempts()
        assert AttemptCount.objects.count() == 3
    with clock.frozen(clock.now() + timedelta(hours=25)):
        jobs.forget_attempts()
        assert not AttemptCount.objects.exists()
