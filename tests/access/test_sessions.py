"""When a session ends: by its limits, with the last role, at once when somebody says so; and what never begins one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from fotfeste.access import jobs, selectors
from fotfeste.access.login.flow import Vouched
from fotfeste.access.login.identity import identity_digest
from fotfeste.access.login.profiles import OTHER
from fotfeste.access.models import RoleAssignment, Session, User
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import sessions
from fotfeste.access.services.identities import connect
from fotfeste.access.session_store import LEVEL, LOGIN, SESSION_USER, SessionStore
from fotfeste.kernel import clock
from fotfeste.kernel.errors import NotAllowed
from tests import factories as make

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=clock.OSLO)
PROFILE = replace(OTHER, name="oidc", issuer="https://login.example.no")
MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with clock.frozen(MORNING):
        yield


@pytest.fixture
def counsellor() -> User:
    person = make.user("Kari Prøve")
    make.assign(person, Role.COUNSELLOR, make.unit(name="Prøve vgs"))
    return person


def enter(person: User) -> Client:
    """Give a browser in which the person is logged in."""
    client = Client()
    store = SessionStore()
    store[SESSION_USER] = person.pk
    store.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(store.session_key)
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def told(client: Client) -> str:
    """Go where one is led, and return what the login page says."""
    return client.get("/", follow=True).content.decode()


def test_a_session_nobody_uses_ends_after_the_idle_limit_and_says_why(counsellor):
    client = enter(counsellor)
    with clock.frozen(MORNING + 29 * MINUTES):
        assert is_in(client)
    with clock.frozen(MORNING + 60 * MINUTES):
        assert "ikke har vært brukt på 30 minutter" in told(client)


def test_use_moves_the_idle_limit_but_never_the_absolute_one(counsellor):
    client = enter(counsellor)
    for quarters in range(1, 32):
        with clock.frozen(MORNING + quarters * 15 * MINUTES):
            assert is_in(client)
    with clock.frozen(MORNING + 8 * HOURS):
        assert "en økt varer i høyst 8 timer" in told(client)


def test_the_limits_are_settings(counsellor, settings):
    settings.SESSION_IDLE, settings.SESSION_ABSOLUTE = 5 * MINUTES, 1 * HOURS
    client = enter(counsellor)
    with clock.frozen(MORNING + 5 * MINUTES):
        assert not is_in(client)


def test_a_session_that_lapsed_is_not_brought_back_by_the_clock_of_a_later_request(counsellor):
    client = enter(counsellor)
    with clock.frozen(MORNING + 31 * MINUTES):
        client.get("/")
    assert not is_in(client)


def test_the_key_of_a_session_is_nowhere_in_the_database(counsellor):
    client = enter(counsellor)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    rows = Session.objects.values_list("digest", "data")
    assert [row for row in rows if key in row[0] or key in row[1]] == []


def test_the_digest_from_the_database_opens_nothing(counsellor):
    enter(counsellor)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get(user=counsellor).digest
    assert not is_in(thief)


def test_what_a_session_holds_cannot_be_forged_without_the_secret(counsellor):
    client = Client()
    client.get("/logg-inn/")
    other = SessionStore()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SECRET_KEY", "en annen hemmelighet")
        forged = other.encode({SESSION_USER: counsellor.pk})
    Session.objects.update(data=forged)
    assert not is_in(client)


def test_the_cookie_is_gone_with_the_browser_and_out_of_reach_of_scripts(client):
    cookie = client.get("/logg-inn/").cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")


def test_a_key_somebody_else_chose_is_never_taken_into_use(counsellor):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "valgt0av0en0annen0valgt0av0en0annen"
    client.get("/logg-inn/")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "valgt0av0en0annen0valgt0av0en0annen"


def test_the_session_before_login_is_not_the_one_after(counsellor):
    session = SessionStore()
    session["next_after_login"] = "/"
    session.create()
    before = session.session_key
    connect(user_id=counsellor.pk, profile=PROFILE, value="kari")
    identity = identity_digest(profile=PROFILE, value="kari")
    sessions.begin(session=session, vouched=Vouched(PROFILE, identity, level="", subject="kari"))
    session.save()
    assert session.session_key != before
    assert not SessionStore().exists(before)
    assert set(session.keys()) == {SESSION_USER, LEVEL, LOGIN}


@pytest.mark.parametrize("how", ["role ended", "made inactive"])
def test_when_the_last_role_ends_every_session_is_closed_at_once_and_one_is_told_whom_to_ask(counsellor, how):
    unit = counsellor.assignments.get().unit
    make.assign(make.user("Berit Leder"), Role.UNIT_LEADER, unit)
    here, there = enter(counsellor), enter(counsellor)
    if how == "role ended":
        RoleAssignment.objects.filter(user=counsellor).update(last_day=date(2026, 11, 22))
    else:
        User.objects.filter(pk=counsellor.pk).update(is_active=False)
    assert "Spør Berit Leder, som leder Prøve vgs." in told(here)
    assert not Session.objects.filter(user=counsellor).exists()
    # And it does not come back with the role
    RoleAssignment.objects.filter(user=counsellor).update(last_day=None)
    User.objects.update(is_active=True)
    assert not is_in(here)
    assert not is_in(there)


def test_a_write_by_somebody_whose_role_has_ended_is_not_done(counsellor):
    client = enter(counsellor)
    RoleAssignment.objects.filter(user=counsellor).update(last_day=date(2026, 11, 22))
    client.post("/sprak/", {"language": "en"})
    assert User.objects.get(pk=counsellor.pk).language == "nb"


def test_one_of_two_roles_may_end_without_ending_the_session(counsellor):
    client = enter(counsellor)
    make.assign(counsellor, Role.DISTRICT_CONTACT, make.unit(), last_day=date(2026, 11, 22))
    assert is_in(client)


def test_what_was_ended_during_a_request_is_not_written_back(counsellor):
    client = enter(counsellor)
    working = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    working["search_found"] = {"ids": []}
    sessions.end_all_of_user(user_id=counsellor.pk)
    with pytest.raises(UpdateError):
        working.save()
    assert not is_in(client)


def administrator(county_id: int = make.OSLO):
    return make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(county_id))


def test_who_administers_access_lists_and_ends_a_users_sessions(counsellor):
    client, _other = enter(counsellor), enter(counsellor)
    admin = administrator()
    assert len(selectors.open_sessions(user_id=counsellor.pk, now=clock.now())) == 2
    with acting_as(admin):
        assert sessions.end_sessions(actor=admin, user_id=counsellor.pk) == 2
    assert not is_in(client)


def test_sessions_whose_time_is_up_are_not_listed_and_are_cleared_away(counsellor):
    enter(counsellor)
    later = MORNING + 9 * HOURS
    with clock.frozen(later):
        enter(counsellor)
        assert len(selectors.open_sessions(user_id=counsellor.pk, now=later)) == 1
        jobs.forget_sessions()
        jobs.forget_sessions()
    assert Session.objects.count() == 1


def test_one_ends_ones_own_sessions_in_other_browsers_and_keeps_this_one(counsellor):
    here, there = enter(counsellor), enter(counsellor)
    actor = selectors.actor_for(user_id=counsellor.pk, on=make.TODAY)
    this = SessionStore(here.cookies[settings.SESSION_COOKIE_NAME].value)
    with acting_as(actor):
        assert sessions.end_sessions(actor=actor, user_id=counsellor.pk, spare=this) == 1
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.parametrize("who", ["a colleague", "an administrator of another county"])
def test_nobody_else_ends_a_users_sessions(counsellor, who):
    client = enter(counsellor)
    make.county(46, "Vestland")
    actor = administrator(46) if who != "a colleague" else make.actor(Role.COUNSELLOR, make.unit())
    with acting_as(actor), pytest.raises(NotAllowed, match="Bare den som styrer tilganger i fylket"):
        sessions.end_sessions(actor=actor, user_id=counsellor.pk)
    assert is_in(client)


def test_using_pages_quickly_writes_the_time_once(counsellor, django_assert_num_queries):
    client = enter(counsellor)
    with clock.frozen(MORNING + 20 * MINUTES):
        client.get("/tilgjengelighet/")
        seen = Session.objects.get(user=counsellor).seen_at
    with clock.frozen(MORNING + 20 * MINUTES + timedelta(seconds=20)):
        client.get("/tilgjengelighet/")
    assert seen == Session.objects.get(user=counsellor).seen_at == MORNING + 20 * MINUTES
