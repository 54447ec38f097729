"""Giving people access: who may, to which roles, for how long, and how they come in."""

import re
from argparse import Namespace
from datetime import date, timedelta

import pytest

from fotfeste.access.models import LoginIdentity, RoleAssignment, User
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.config.commands import administrator
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid, NotAllowed
from fotfeste.kernel.opaque import encode
from fotfeste.organisations.services import users
from tests import factories as make
from tests.seen import seen

pytestmark = pytest.mark.django_db

CODE = "ABCD-EFGH"


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def keeper():
    return make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(), name="Per Prøve")


@pytest.fixture
def school():
    return make.unit(name="Prøve vgs")


@pytest.fixture
def waiting():
    """Somebody who has tried to log in and was shown a code."""
    return LoginIdentity.objects.create(digest="0" * 64, profile="oidc", code=CODE, made_at=clock.now())


def add(keeper, unit, **said) -> int:
    given = {"name": "Kari  Prøve", "email": "", "role": Role.COUNSELLOR, "unit_id": unit.pk, "first_day": make.TODAY}
    with acting_as(keeper):
        return users.add_user(actor=keeper, **{**given, **said})


def browse(client, actor):
    session = client.session
    session["user_id"] = actor.user_id
    session.save()
    return client


def test_a_new_user_has_the_role_from_the_day_and_comes_in_by_the_code(keeper, school, waiting):
    made = add(keeper, school, code="abcd efgh")
    assert User.objects.get(pk=made).name == "Kari Prøve"
    held = RoleAssignment.objects.get(user_id=made)
    assert (held.role, held.unit_id, held.first_day, held.granted_by_id) == (
        Role.COUNSELLOR,
        school.pk,
        make.TODAY,
        keeper.user_id,
    )
    waiting.refresh_from_db()
    assert (waiting.user_id, waiting.code) == (made, None)
    # And it opens once the new user has confirmed to know the rules
    assert actor_for(user_id=made, on=make.TODAY).must_confirm
    make.know_the_rules(User.objects.get(pk=made))
    assert actor_for(user_id=made, on=make.TODAY).unit_id == school.pk
    assert not actor_for(user_id=made, on=make.TODAY - timedelta(1)).assignments


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "Skriv navnet"),
        ({"role": Role.NAV_RESPONSIBLE}, "Rollen «OT-ansvarlig i Nav» kan bare gis ved: nav-kontor"),
        ({"last_day": date(2026, 1, 1)}, "Siste dag er før første dag"),
        ({"code": "ZZZZ-ZZZZ"}, "Ingen venter med denne koden"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_made(keeper, school, said, sentence):
    before = User.objects.count()
    with pytest.raises(Invalid, match=sentence):
        add(keeper, school, **said)
    assert User.objects.count() == before


def test_nobody_gives_themselves_a_role_or_takes_one(keeper):
    own = RoleAssignment.objects.get(user_id=keeper.user_id)
    with acting_as(keeper):
        with pytest.raises(NotAllowed, match="Ingen gir seg selv"):
            users.give_role(
                actor=keeper,
                user_id=keeper.user_id,
                role=Role.EDUCATION_ADMIN,
                unit_id=own.unit_id,
                first_day=make.TODAY,
            )
        with pytest.raises(NotAllowed, match="Ingen gir seg selv"):
            users.end_role(actor=keeper, assignment_id=own.pk, last_day=make.TODAY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMINISTRATOR])
def test_no_other_role_gives_access_to_anybody(role, school):
    somebody = make.actor(role, make.education_admin())
    with pytest.raises(NotAllowed):
        add(somebody, school)


def test_another_countys_administrator_gives_no_access_here(school):
    make.county(46, "Vestland")
    stranger = make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(46))
    with pytest.raises(NotAllowed):
        add(stranger, school)


def test_a_role_ends_after_its_last_day_and_is_not_ended_twice(keeper, school):
    made = add(keeper, school)
    make.know_the_rules(User.objects.get(pk=made))
    held = RoleAssignment.objects.get(user_id=made)
    with acting_as(keeper):
        users.end_role(actor=keeper, assignment_id=held.pk, last_day=make.TODAY)
        with pytest.raises(IllegalTransition):
            users.end_role(actor=keeper, assignment_id=held.pk, last_day=make.TODAY)
    assert actor_for(user_id=made, on=make.TODAY).assignments
    assert not actor_for(user_id=made, on=make.TODAY + timedelta(1)).assignments


def test_the_same_role_is_not_given_twice_at_once_but_again_after_it_ended(keeper, school):
    made = add(keeper, school, last_day=make.TODAY)
    again = {"actor": keeper, "user_id": made, "role": Role.COUNSELLOR, "unit_id": school.pk}
    with acting_as(keeper):
        with pytest.raises(Invalid, match="alt denne rollen"):
            users.give_role(**again, first_day=make.TODAY)
        users.give_role(**again, first_day=make.TODAY + timedelta(1))
    assert RoleAssignment.objects.filter(user_id=made).count() == 2


def test_the_administrator_gives_and_ends_access_on_the_screens(client, keeper, school, waiting):
    browser = browse(client, keeper)
    # Given the form for somebody new
    assert "Prøve vgs (videregående skole)" in browser.get("/brukere/ny/").content.decode()
    # When it is sent
    answer = browser.post(
        "/brukere/ny/",
        {"name": "Kari Prøve", "role": "counsellor", "unit_id": school.pk, "first_day": "2026-11-23", "code": CODE},
        follow=True,
    )
    # Then the user stands there with the role and the way in
    page = answer.content.decode()
    made = User.objects.get(name="Kari Prøve")
    assert "Rådgiver med OT-ansvar" in page
    assert "oidc" in page
    assert "Kan logge inn" in browser.get("/brukere/").content.decode()
    # And the role can be ended, and the way in taken back
    held = RoleAssignment.objects.get(user=made)
    ending = f"/brukere/{encode(made.pk)}/roller/{encode(held.pk)}/avslutt/"
    browser.post(ending, {"last_day": "2026-11-23"} | seen(browser.get(ending)))
    browser.post(f"/brukere/{encode(made.pk)}/innlogging/{encode(waiting.pk)}/fjern/")
    held.refresh_from_db()
    assert held.last_day == make.TODAY
    assert not LoginIdentity.objects.filter(user=made).exists()


def test_a_refusal_is_told_in_the_form(client, keeper, school):
    answer = browse(client, keeper).post(
        "/brukere/ny/", {"name": "K", "role": "nav_responsible", "unit_id": school.pk, "first_day": "2026-11-23"}
    )
    assert answer.status_code == 422
    assert "kan bare gis ved: nav-kontor" in answer.content.decode()


def test_a_user_of_another_county_is_not_found(client, keeper):
    make.county(46, "Vestland")
    stranger = make.actor(Role.PRIVACY_OFFICER, make.education_admin(46))
    assert browse(client, keeper).get(f"/brukere/{encode(stranger.user_id)}/").status_code == 404


def test_nobody_is_offered_to_change_their_own_roles(client, keeper):
    page = browse(client, keeper).get(f"/brukere/{encode(keeper.user_id)}/").content.decode()
    assert "Ingen gir seg selv roller" in page
    assert not re.search(r"roller/[a-z0-9]+/avslutt", page)
    assert "roller/ny" not in page


def test_the_list_asks_the_database_as_often_however_many_there_are(
    client, keeper, school, django_assert_max_num_queries
):
    for number in range(12):
        make.assign(make.user(f"Ansatt {number}"), Role.COUNSELLOR, school)
    browser = browse(client, keeper)
    browser.get("/brukere/")
    with django_assert_max_num_queries(14):
        browser.get("/brukere/")


def test_the_first_administrator_of_a_county_is_made_from_the_machine(capsys, waiting):
    assert administrator.run(Namespace(name="Per Prøve", county="03", code=CODE)) == 0
    assert "Per Prøve er systemadministrator i Oslo" in capsys.readouterr().out
    waiting.refresh_from_db()
    assert actor_for(user_id=waiting.user_id, on=make.TODAY).must_confirm
    make.know_the_rules(waiting.user)
    made = actor_for(user_id=waiting.user_id, on=make.TODAY)
    assert [a.role for a in made.assignments] == [Role.SYSTEM_ADMINISTRATOR]


def test_a_wrong_code_makes_no_administrator():
    before = User.objects.count()
    with pytest.raises(Invalid, match="Ingen venter"):
        administrator.run(Namespace(name="Per Prøve", county="03", code="ZZZZ-ZZZZ"))
    assert User.objects.count() == before
