"""Who somebody at a provider is: connected by what is known beforehand, or by the code they are shown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fotfeste.access.login.flow import Vouched
from fotfeste.access.login.identity import identity_digest
from fotfeste.access.login.profiles import ANSATTPORTEN, ENTRA, ID_PORTEN, Profile
from fotfeste.access.models import LoginIdentity, Session, User
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import identities, sessions
from fotfeste.access.session_store import SessionStore
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from tests import factories as make

pytestmark = pytest.mark.django_db

PROFILE = replace(ID_PORTEN, name="idporten")
DAYS = timedelta(days=1)


def vouched(pid: str = "12345678901", profile: Profile = PROFILE) -> Vouched:
    return Vouched(profile, identity_digest(profile=profile, value=pid), level="idporten-loa-high", subject="sub")


@pytest.fixture
def newcomer() -> User:
    person = make.user("Kari Prøve")
    make.assign(person, Role.COUNSELLOR, make.unit())
    return person


@pytest.fixture
def admin():
    return make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin())


def code_shown(**who) -> str:
    with pytest.raises(NotAllowed, match="vet ikke hvem du er ennå") as refusal:
        sessions.begin(session=SessionStore(), vouched=vouched(**who))
    return str(refusal.value).split("Oppgi koden ")[1].split(".")[0]


def test_somebody_new_is_given_a_code_and_is_let_in_when_it_has_been_handed_on(newcomer, admin):
    code = code_shown()
    assert code_shown() == code, "the same person is shown the same code"
    with acting_as(admin):
        identities.connect_by_code(actor=admin, user_id=newcomer.pk, code=f" {code.lower()} ")
    assert sessions.begin(session=SessionStore(), vouched=vouched()) == newcomer
    assert LoginIdentity.objects.get().last_login_at is not None


def test_a_code_opens_once(newcomer, admin):
    code = code_shown()
    other = make.user()
    with acting_as(admin):
        identities.connect_by_code(actor=admin, user_id=newcomer.pk, code=code)
        with pytest.raises(Invalid, match="Ingen venter med denne koden"):
            identities.connect_by_code(actor=admin, user_id=other.pk, code=code)


def test_a_code_is_forgotten_after_a_week(newcomer, admin):
    code = code_shown()
    with clock.frozen(clock.now() + 8 * DAYS):
        with acting_as(admin), pytest.raises(Invalid):
            identities.connect_by_code(actor=admin, user_id=newcomer.pk, code=code)
        assert code_shown() != code
    with clock.frozen(clock.now() + 20 * DAYS):
        sessions.forget_lapsed()
    assert not LoginIdentity.objects.exists()


def test_what_is_connected_is_never_forgotten(newcomer):
    identities.connect(user_id=newcomer.pk, profile=PROFILE, value="12345678901")
    with clock.frozen(clock.now() + 900 * DAYS):
        sessions.forget_lapsed()
    assert LoginIdentity.objects.filter(user=newcomer).exists()


@pytest.mark.parametrize("code", ["", "-", "ABCD-EFGH", "\x00", "%", "A" * 500])
def test_a_made_up_code_connects_nobody(newcomer, admin, code):
    with acting_as(admin), pytest.raises(Invalid):
        identities.connect_by_code(actor=admin, user_id=newcomer.pk, code=code)


def test_only_who_administers_access_where_the_user_works_connects_logins(newcomer, admin):
    code = code_shown()
    make.county(46, "Vestland")
    others = (
        make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(46)),
        make.actor(Role.UNIT_LEADER, make.unit()),
    )
    for actor in others:
        with acting_as(actor), pytest.raises(NotAllowed, match="Bare den som styrer tilganger i fylket"):
            identities.connect_by_code(actor=actor, user_id=newcomer.pk, code=code)


def test_a_login_that_is_taken_away_closes_what_is_open(newcomer, admin):
    identity = identities.connect(user_id=newcomer.pk, profile=PROFILE, value="12345678901")
    session = SessionStore()
    sessions.begin(session=session, vouched=vouched())
    session.save()
    with acting_as(admin):
        identities.disconnect(actor=admin, identity_id=identity.pk)
    assert not Session.objects.filter(user=newcomer).exists()
    assert code_shown()


def test_the_same_number_is_the_same_person_at_both_of_the_states_providers():
    other = replace(ANSATTPORTEN, name="ansattporten")
    assert vouched().identity == vouched(profile=other).identity


def test_the_same_id_at_two_employers_is_two_people():
    oslo, nav = (replace(ENTRA, name=n, issuer=f"https://login.microsoftonline.com/{n}/v2.0") for n in ("a", "b"))
    assert vouched("oid", oslo).identity != vouched("oid", nav).identity


def test_under_another_key_nobody_is_known(newcomer, settings):
    identities.connect(user_id=newcomer.pk, profile=PROFILE, value="12345678901")
    settings.IDENTITY_KEY = "en annen nøkkel"
    assert code_shown()


def test_a_user_may_have_several_ways_in(newcomer):
    entra = replace(ENTRA, name="oslo", issuer="https://login.microsoftonline.com/a/v2.0")
    identities.connect(user_id=newcomer.pk, profile=PROFILE, value="12345678901")
    identities.connect(user_id=newcomer.pk, profile=entra, value="oid")
    for who in (vouched(), vouched("oid", entra)):
        assert sessions.begin(session=SessionStore(), vouched=who) == newcomer
