"""A role given by mistake is ended at once: it opens nothing from that moment, and what was done stays readable."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.access import selectors as access
from fotfeste.access.models import AccessGrant, RoleAssignment, Session
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Ground, Topic
from fotfeste.audit.selectors import entries
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid, NotAllowed
from fotfeste.kernel.opaque import encode
from fotfeste.organisations.jobs import end_roles
from fotfeste.organisations.models import Unit
from fotfeste.organisations.services import users
from fotfeste.people.models import Youth
from tests import factories as make
from tests.at_once.race import browser_of
from tests.seen import seen

pytestmark = pytest.mark.django_db

TOMORROW = make.TODAY + timedelta(1)
WHY = "Gitt til en annen med samme navn"


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


def given_today(school, *, first_day: date = make.TODAY, role: Role = Role.COUNSELLOR, person=None) -> RoleAssignment:
    return make.assign(person or make.user("Kari Prøve"), role, school, first_day=first_day)


def end(keeper, held, reason=WHY) -> None:
    with acting_as(keeper):
        users.end_role_at_once(actor=keeper, assignment_id=held.pk, reason=reason)


@pytest.mark.parametrize("first_day", [date(2026, 8, 1), make.TODAY, date(2026, 12, 1)])
def test_a_role_ended_at_once_opens_nothing_that_day_or_later(keeper, school, first_day):
    held = given_today(school, first_day=first_day)
    youth = make.youth(school)
    make.grant(youth, school, Topic.IDENTITY)
    day = max(first_day, make.TODAY)
    before = access.actor_for(user_id=held.user_id, on=day)
    with acting_as(before, on=day):
        assert Youth.objects.exists()
    end(keeper, held)
    for later in (day, day + timedelta(1), date(2027, 8, 1)):
        assert not access.actor_for(user_id=held.user_id, on=later).assignments
        # Not even as the actor somebody held on to from before
        with acting_as(before, on=later):
            assert not Youth.objects.exists()
        assert not access.people_at(unit_ids=[school.pk], permission=Permission.YOUTH_OPEN, on=later)


def test_what_was_opened_to_the_person_in_the_role_closes_with_it(keeper, school):
    held = given_today(school)
    youth = make.youth(make.unit(name="En annen skole"))
    with acting_as(make.system()):
        AccessGrant.objects.create(
            youth_id=youth.pk, user=held.user, topic=Topic.IDENTITY, ground=Ground.EMERGENCY_OPENING, source="test",
            first_day=make.TODAY, recorded_at=clock.now(),
        )  # fmt: skip
    actor = access.actor_for(user_id=held.user_id, on=make.TODAY)
    with acting_as(actor):
        assert Youth.objects.exists()
    end(keeper, held)
    with acting_as(actor):
        assert not Youth.objects.exists()


def test_the_sessions_of_one_without_another_role_close_at_once(keeper, school):
    held = given_today(school)
    browser = browser_of(access.actor_for(user_id=held.user_id, on=make.TODAY))
    Session.objects.filter(user_id=None).delete()
    assert browser.get("/").status_code == 200
    end(keeper, held)
    assert not Session.objects.filter(user_id=held.user_id).exists()
    assert browser.get("/").status_code == 302


def test_one_with_another_role_stays_logged_in_with_that_role_alone(keeper, school):
    other = make.unit(name="En annen skole")
    held = given_today(school)
    make.assign(held.user, Role.UNIT_LEADER, other)
    browser = browser_of(access.actor_for(user_id=held.user_id, on=make.TODAY))
    end(keeper, held)
    answer = browser.get("/")
    assert answer.status_code == 200
    assert [a.unit_id for a in access.actor_for(user_id=held.user_id, on=make.TODAY).assignments] == [other.pk]


def test_when_by_whom_and_why_it_was_ended_is_kept_and_logged_without_the_words(keeper, school):
    held = given_today(school)
    end(keeper, held, reason=f"  {WHY} \n")
    held.refresh_from_db()
    assert (held.ended_at, held.ended_by_id, held.end_reason) == (clock.now(), keeper.user_id, WHY)
    assert held.first_day == make.TODAY
    officer = make.actor(Role.PRIVACY_OFFICER, make.education_admin())
    with acting_as(officer):
        (entry,) = entries().filter(verb="role.ended_at_once")
    assert (entry.user_id, entry.details["user"], entry.details["unit"]) == (keeper.user_id, held.user_id, school.pk)
    assert WHY not in str(entry.details)


def test_it_is_not_ended_twice_nor_after_its_last_day(keeper, school):
    held = given_today(school)
    end(keeper, held)
    for again in (
        lambda: users.end_role_at_once(actor=keeper, assignment_id=held.pk, reason=WHY),
        lambda: users.end_role(actor=keeper, assignment_id=held.pk, last_day=TOMORROW),
    ):
        with acting_as(keeper), pytest.raises(IllegalTransition, match="alt avsluttet"):
            again()
    past = make.assign(
        held.user, Role.UNIT_LEADER, school, first_day=date(2026, 1, 1), last_day=make.TODAY - timedelta(1)
    )
    with pytest.raises(IllegalTransition):
        end(keeper, past)


def test_a_role_whose_last_day_is_today_can_still_be_ended_before_the_day_is_over(keeper, school):
    held = given_today(school)
    with acting_as(keeper):
        users.end_role(actor=keeper, assignment_id=held.pk, last_day=make.TODAY)
    end(keeper, held)
    assert not access.actor_for(user_id=held.user_id, on=make.TODAY).assignments


def test_the_role_may_be_given_again_the_same_day(keeper, school):
    held = given_today(school)
    end(keeper, held)
    with acting_as(keeper):
        users.give_role(
            actor=keeper, user_id=held.user_id, role=Role.COUNSELLOR, unit_id=school.pk, first_day=make.TODAY
        )
    assert access.actor_for(user_id=held.user_id, on=make.TODAY).unit_id == school.pk
    assert RoleAssignment.objects.filter(user_id=held.user_id).count() == 2


def test_without_a_reason_nothing_is_ended(keeper, school):
    held = given_today(school)
    with pytest.raises(Invalid, match="Skriv hvorfor"):
        end(keeper, held, reason=" \n ")
    held.refresh_from_db()
    assert held.ended_at is None


def test_the_database_keeps_no_role_ended_at_once_without_who_and_why(school, keeper):
    held = given_today(school)
    for change in ({"ended_at": clock.now()}, {"end_reason": WHY}, {"ended_by_id": keeper.user_id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleAssignment.objects.filter(pk=held.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.filter(pk=held.pk).update(last_day=make.TODAY - timedelta(1))


def test_nobody_else_ends_a_role_at_once_and_nobody_their_own(keeper, school):
    held = given_today(school)
    make.county(46, "Vestland")
    for stranger in (
        make.actor(Role.UNIT_LEADER, school),
        make.actor(Role.EDUCATION_ADMIN, make.education_admin()),
        make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(46)),
    ):
        with pytest.raises(NotAllowed):
            end(stranger, held)
    own = RoleAssignment.objects.get(user_id=keeper.user_id)
    with pytest.raises(NotAllowed, match="Ingen gir seg selv"):
        end(keeper, own)


def test_the_screen_asks_why_and_shows_it_with_the_role(keeper, school):
    held = given_today(school)
    browser = browser_of(keeper)
    page = f"/brukere/{encode(held.user_id)}/"
    ending = f"{page}roller/{encode(held.pk)}/avslutt-na/"
    assert ending in browser.get(page).content.decode()
    refused = browser.post(ending, {"reason": ""} | seen(browser.get(ending)))
    assert refused.status_code == 422
    done = browser.post(ending, {"reason": WHY} | seen(browser.get(ending)), follow=True).content.decode()
    assert "Avsluttet med en gang av Per Prøve:" in done
    assert WHY in done
    assert "avslutt" not in done.split("Roller, den siste først")[1].split("Innlogging")[0].replace("Avsluttet", "")


def test_a_role_that_had_not_begun_is_over_and_stands_in_the_way_of_no_other(keeper, school):
    person = make.user("Kari Prøve")
    make.assign(person, Role.COUNSELLOR, school, first_day=date(2026, 8, 1), last_day=make.TODAY - timedelta(1))
    end(keeper, given_today(school, first_day=date(2027, 1, 1), person=person))
    found = access.users_found(county_ids=[make.OSLO], on=make.TODAY, chosen=access.UserFilter())
    assert person not in found
    with acting_as(keeper):
        given = users.give_role(
            actor=keeper, user_id=person.pk, role=Role.COUNSELLOR, unit_id=school.pk, first_day=make.TODAY
        )
    assert RoleAssignment.objects.get(pk=given).last_day is None


def test_the_roles_at_a_unit_that_closes_end_by_themselves_the_day_it_closes(school):
    goes_on, later = given_today(school), given_today(school, first_day=TOMORROW + timedelta(9))
    elsewhere = given_today(make.unit(name="Annen vgs"))
    Unit.objects.filter(pk=school.pk).update(last_day=make.TODAY)
    end_roles()
    assert RoleAssignment.objects.get(pk=goes_on.pk).last_day is None
    with clock.frozen(TOMORROW):
        for _twice in range(2):
            end_roles()
    held = {each.pk: each for each in RoleAssignment.objects.all()}
    assert (held[goes_on.pk].last_day, held[elsewhere.pk].last_day) == (make.TODAY, None)
    assert (held[later.pk].end_reason, held[later.pk].last_day) == ("Enheten er lagt ned.", make.TODAY)
    assert access.actor_for(user_id=goes_on.user_id, on=TOMORROW).assignments == ()
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        ended = list(entries().filter(verb="role.ended"))
    assert {each.details["user"] for each in ended} == {goes_on.user_id, later.user_id}
