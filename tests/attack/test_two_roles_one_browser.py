"""Somebody with a role in each of two counties: each role reaches as far as itself."""

from dataclasses import replace

import pytest

from fotfeste.access.login.flow import Vouched
from fotfeste.access.login.identity import identity_digest
from fotfeste.access.login.profiles import OTHER
from fotfeste.access.roles import Role
from fotfeste.access.selectors import actor_for
from fotfeste.access.services import sessions
from fotfeste.access.services.identities import connect
from fotfeste.access.session_store import SessionStore
from tests import factories as make

pytestmark = pytest.mark.django_db

PROFILE = replace(OTHER, name="oidc", issuer="https://login.example.no")


def test_a_counsellors_role_in_another_county_does_not_open_its_reports(browser):
    person = make.user()
    make.assign(person, Role.EDUCATION_ADMIN, make.education_admin())
    make.county(46, "Vestland")
    make.assign(person, Role.COUNSELLOR, make.unit(county_id=46))
    client = browser(actor_for(user_id=person.pk, on=make.TODAY))
    assert client.get("/rapporter/", {"fylke": "3"}).status_code == 200
    assert client.get("/rapporter/", {"fylke": "46"}).status_code == 422
    assert client.get("/rapporter/last-ned/", {"fylke": "46", "dag": "2026-11-15", "format": "csv"}).status_code == 404


def test_nothing_of_the_one_before_is_left_when_another_logs_in_on_the_same_browser():
    first, second = make.user(), make.user()
    for person in (first, second):
        make.assign(person, Role.COUNSELLOR, make.unit())
        connect(user_id=person.pk, profile=PROFILE, value=person.subject)
    session = SessionStore()
    sessions.begin(session=session, vouched=_vouched(first))
    session["search_found"] = {"ids": [1]}
    key = session.session_key
    sessions.begin(session=session, vouched=_vouched(second))
    assert session["user_id"] == second.pk
    assert "search_found" not in session
    assert session.session_key != key


def _vouched(person) -> Vouched:
    return Vouched(PROFILE, identity_digest(profile=PROFILE, value=person.subject), level="", subject=person.subject)
