"""Somebody with a role in each of two counties: each role reaches as far as itself."""

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.selectors import actor_for
from tests import factories as make

pytestmark = pytest.mark.django_db


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
    from fotfeste.access.services import sessions
    from fotfeste.access.session_store import SessionStore

    first, second = make.user(), make.user()
    for person in (first, second):
        make.assign(person, Role.COUNSELLOR, make.unit())
    session = SessionStore()
    sessions.begin(session=session, subject=first.subject)
    session["search_found"] = {"ids": [1]}
    key = session.session_key
    sessions.begin(session=session, subject=second.subject)
    assert dict(session.items()) == {"user_id": second.pk}
    assert session.session_key != key
