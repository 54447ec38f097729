"""Logging in through a strict provider, as ID-porten is: levels, keys, replays, and a number that is kept nowhere."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client

from fotfeste.access.login import provider as conversation
from fotfeste.access.login.flow import ANSWER_WITHIN
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services.identities import connect
from fotfeste.access.session_store import LEVEL, SESSION_USER
from fotfeste.kernel import clock
from tests import factories as make
from tests.access.providers import HIGH, NEW_KEY, OLD_KEY, SUBSTANTIAL, Person, key_set

pytestmark = pytest.mark.django_db


def somebody(profile, name: str) -> Person:
    """Make a user with a role, connected by number, and give the person."""
    user = make.user(name)
    make.assign(user, Role.COUNSELLOR, make.unit(name="Prøve vgs"))
    person = Person(make.tenor_number(make.TODAY.replace(year=1980), user.pk))
    connect(user_id=user.pk, profile=profile, value=person.pid)
    person.user = user
    return person


@pytest.fixture
def kari(idporten) -> Person:
    return somebody(idporten, "Kari Prøve")


def is_in(person: Person) -> bool:
    return SESSION_USER in person.here.session


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def without(address: str, name: str) -> str:
    """Return the address as somebody who takes a parameter out of it sends it on."""
    return address.replace(f"{name}={urlsplit(address).query.split(f'{name}=')[1].split('&')[0]}", f"x{name}=x")


def test_somebody_connected_is_let_in_at_the_level_they_logged_in_on(idporten, kari):
    response = kari.log_in(idporten)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert (kari.here.session[SESSION_USER], kari.here.session[LEVEL]) == (kari.user.pk, HIGH)
    assert "Logget inn med ID-porten, nivå høyt" in kari.here.get("/").content.decode()


def test_the_provider_is_asked_for_the_level_the_language_and_no_more_than_who_it_is(idporten, kari):
    kari.here.cookies["django_language"] = "nn"
    said = asked(kari.begin(idporten))
    assert (said["scope"], said["acr_values"], said["ui_locales"]) == ("openid", HIGH, "nn nb")
    assert (said["response_type"], said["code_challenge_method"], said["max_age"]) == ("code", "S256", "28800")
    assert min(len(said[name]) for name in ("state", "nonce", "code_challenge")) >= 20


# --- The level ---------------------------------------------------------------------------------------------------


def test_a_level_below_the_one_asked_for_is_not_enough(idporten, kari):
    text = kari.log_in(idporten, level=SUBSTANTIAL).content.decode()
    assert "ikke er sikker nok for Fotfeste" in text
    assert not is_in(kari)


def test_a_level_taken_out_of_the_address_is_still_required(idporten, kari):
    weakened = without(kari.begin(idporten), "acr_values")
    back = kari.answer_at(weakened, level=SUBSTANTIAL)
    assert "code=" in back, "the provider must have been content"
    response = kari.here.get(back)
    assert (response.status_code, "ikke er sikker nok" in response.content.decode()) == (403, True)
    assert not is_in(kari)


@pytest.mark.parametrize("level", [SUBSTANTIAL, HIGH])
def test_where_a_lower_level_is_required_a_higher_one_will_do(idporten, kari, settings, level):
    settings.LOGIN_PROFILES = (replace(idporten, required=SUBSTANTIAL),)
    kari.log_in(idporten, level=level)
    assert kari.here.session[LEVEL] == level


# --- Our keys ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(OLD_KEY,), (OLD_KEY, NEW_KEY), (NEW_KEY, OLD_KEY), (NEW_KEY,)])
def test_every_step_of_a_change_of_key_lets_people_in(idporten, kari, settings, order):
    settings.LOGIN_KEYS = key_set(*order)
    kari.log_in(idporten)
    assert is_in(kari)


def test_a_key_the_provider_does_not_know_is_ours_to_mend(idporten, kari, settings):
    from fotfeste.access.login.keys import new_key

    settings.LOGIN_KEYS = key_set(new_key())
    assert "satt opp feil hos innloggingstjenesten" in kari.log_in(idporten).content.decode()
    assert not is_in(kari)


def test_the_public_halves_of_all_keys_are_published_and_nothing_else(client, settings):
    settings.LOGIN_KEYS = key_set(OLD_KEY, NEW_KEY)
    published = client.get("/logg-inn/nokler.json").json()
    assert [key["kid"] for key in published["keys"]] == [OLD_KEY["kid"], NEW_KEY["kid"]]
    assert {name for key in published["keys"] for name in key} == {"kty", "n", "e", "kid", "use", "alg"}


# --- Answers that are not the answer ------------------------------------------------------------------------------


def test_an_answer_cannot_be_used_twice(idporten, kari):
    back = kari.answer_at(kari.begin(idporten))
    assert kari.here.get(back).status_code == 302
    kari.here.post("/logg-ut/")
    response = kari.here.get(back)
    assert (response.status_code, "avbrutt eller var for gammel" in response.content.decode()) == (403, True)
    assert not is_in(kari)


def test_an_answer_to_somebody_else_logs_nobody_in(idporten, kari):
    # Given an attacker who logs in as themselves and gives the victim the link
    attacker = somebody(idporten, "Ole Prøve")
    link = attacker.answer_at(attacker.begin(idporten))
    kari.begin(idporten)
    # When the victim opens it
    response = kari.here.get(link)
    # Then the victim is not the attacker
    assert response.status_code == 403
    assert not is_in(kari)


def test_somebody_elses_code_under_ones_own_state_is_refused(idporten, kari):
    thief = somebody(idporten, "Ole Prøve")
    stolen = asked(kari.answer_at(kari.begin(idporten)))["code"]
    back = thief.answer_at(thief.begin(idporten))
    own = asked(back)["code"]
    assert thief.here.get(back.replace(own, stolen)).status_code == 403
    assert not is_in(thief)


def test_another_nonce_than_the_one_we_gave_is_refused(idporten, kari):
    address = kari.begin(idporten)
    back = kari.answer_at(address.replace(asked(address)["nonce"], "gjenbrukt-fra-en-annen-innlogging"))
    assert kari.here.get(back).status_code == 403
    assert not is_in(kari)


def test_a_challenge_taken_out_of_the_address_gets_no_answer(idporten, kari):
    weakened = without(without(kari.begin(idporten), "code_challenge"), "code_challenge_method")
    assert "error=invalid_request" in kari.answer_at(weakened)


def test_an_answer_that_comes_too_late_is_refused(idporten, kari):
    back = kari.answer_at(kari.begin(idporten))
    with clock.frozen(clock.now() + ANSWER_WITHIN - timedelta(seconds=1)):
        kari.here.session.save()
    with clock.frozen(clock.now() + ANSWER_WITHIN + timedelta(seconds=1)):
        assert kari.here.get(back).status_code == 403


def test_an_answer_that_names_another_sender_is_refused(idporten, kari):
    back = kari.answer_at(kari.begin(idporten))
    assert "&iss=" in back
    assert kari.here.get(without(back, "iss")).status_code == 403
    assert not is_in(kari)


def test_two_tabs_may_log_in_at_once_and_each_lands_where_it_was_going(idporten, kari):
    kari.here.get("/logg-inn/?neste=/enheter/")
    first = kari.begin(idporten)
    kari.here.get("/logg-inn/?neste=/tilgjengelighet/")
    second = kari.begin(idporten)
    back = kari.answer_at(first), kari.answer_at(second)
    assert kari.here.get(back[0]).headers["Location"] == "/enheter/"
    # The other's answer waited in the session that ended with the login; one is in already
    assert kari.here.get(back[1]).status_code in {302, 403}
    assert is_in(kari)


def test_a_browser_may_not_fill_the_database_with_logins_never_finished(idporten, kari):
    for _ in range(20):
        kari.begin(idporten)
    assert len(kari.here.session["logins"]) == 5
    kari.log_in(idporten)
    assert is_in(kari)


# --- When a new login is asked for --------------------------------------------------------------------------------


def test_after_logging_out_the_provider_is_told_to_ask_again(idporten, kari):
    kari.log_in(idporten)
    kari.here.post("/logg-ut/")
    assert asked(kari.begin(idporten))["prompt"] == "login"
    kari.log_in(idporten)
    assert is_in(kari)


def test_an_old_login_is_not_passed_off_as_a_new_one(idporten, kari):
    # Given somebody who logged in, logged out here, and two minutes later comes back without being asked again
    kari.log_in(idporten)
    kari.here.post("/logg-ut/")
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        address = kari.begin(idporten)
    back = kari.answer_at(without(address, "prompt"))
    # When the answer comes with the time of the first login
    response = kari.here.get(back)
    # Then it is not a new one
    assert (response.status_code, "ikke om å logge inn på nytt" in response.content.decode()) == (403, True)
    assert not is_in(kari)


def test_giving_up_at_the_provider_is_said_plainly(idporten, kari):
    text = kari.log_in(idporten, cancel="1").content.decode()
    assert "Du avbrøt innloggingen." in text
    assert "End-User" not in text


def test_a_provider_that_is_down_is_said_plainly(idporten, kari, settings):
    conversation.forget()
    settings.LOGIN_PROFILES = (replace(idporten, issuer="http://localhost:9"),)
    response = kari.here.get("/logg-inn/til/idporten/")
    assert (response.status_code, "svarer ikke" in response.content.decode()) == (502, True)


# --- The number ---------------------------------------------------------------------------------------------------


def test_the_identity_number_stands_in_no_table_and_no_log(idporten, kari, caplog):
    caplog.set_level(logging.DEBUG)
    stranger = Person(make.tenor_number(make.TODAY.replace(year=1975), 7))
    for person in (kari, stranger):
        person.log_in(idporten)
    numbers = (kari.pid, stranger.pid)
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'access_%'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            found += [table for (row,) in cursor.fetchall() if any(number in row for number in numbers)]
    assert "access_login_identity" in tables
    assert found == []
    inside = json.dumps([dict(person.here.session.items()) for person in (kari, stranger)])
    assert [number for number in numbers if number in inside] == []
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("fotfeste")]
    assert [line for line in ours if any(number in line for number in numbers)] == []


def test_the_login_is_logged_with_how_and_how_surely(idporten, kari):
    kari.log_in(idporten)
    officer = make.actor(Role.PRIVACY_OFFICER, make.education_admin())
    with acting_as(officer), connection.cursor() as cursor:
        cursor.execute("SELECT details FROM audit_entry WHERE verb = 'login' AND user_id = %s", [kari.user.pk])
        assert [json.loads(details) for (details,) in cursor.fetchall()] == [{"profile": "idporten", "level": HIGH}]


def test_the_key_of_the_session_before_login_is_worth_nothing_afterwards(idporten, kari):
    kari.here.get("/logg-inn/")
    planted = Client()
    planted.cookies["sessionid"] = kari.here.cookies["sessionid"].value
    kari.log_in(idporten)
    assert SESSION_USER not in planted.session
    assert planted.get("/").status_code == 302
