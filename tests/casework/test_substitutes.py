"""Substitutes: who gives one, who can be one, what they are shown first, and that no access comes of it."""

from datetime import date, timedelta

import pytest

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.audit.selectors import entries
from fotfeste.casework.models import Registration, Substitution
from fotfeste.casework.selectors.substitutes import standing_in_for
from fotfeste.casework.services import counsellors, substitutes
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid, NotAllowed
from fotfeste.kernel.opaque import encode
from fotfeste.people.models import Youth
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db

UNTIL = make.TODAY + timedelta(11)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def school():
    return make.unit(name="Prøve vgs")


@pytest.fixture
def kari(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Berg")


@pytest.fixture
def ola(school):
    return make.actor(Role.COUNSELLOR, school, name="Ola Lie")


def give(by, absent, substitute, unit, *, first_day=make.TODAY, last_day=UNTIL) -> Substitution:
    with acting_as(by):
        return substitutes.give_substitute(
            actor=by,
            unit_id=unit.pk,
            absent_id=absent.user_id,
            substitute_id=substitute.user_id,
            first_day=first_day,
            last_day=last_day,
        )


def case_of(actor, school, last_name: str, **columns) -> Registration:
    case = make.case(school, last_name=last_name)
    with acting_as(actor):
        counsellors.assign_counsellor(actor=actor, youth_id=case.youth_id, counsellor_id=actor.user_id, version=None)
    with acting_as(make.system()):
        Registration.objects.filter(pk=case.pk).update(**columns)
    return case


def morning(actor) -> str:
    return " ".join(browser_of(actor).get("/").content.decode().replace("\xa0", " ").split())


def test_the_substitute_sees_the_open_work_of_the_absent_one_first_and_apart(school, kari, ola):
    case_of(kari, school, "Hansen", next_promise_on=make.TODAY)
    case_of(ola, school, "Olsen", next_promise_on=make.TODAY)
    assert "Vikar for" not in morning(ola)
    give(kari, kari, ola, school)
    page = morning(ola)
    own = page.index("Trenger deg nå")
    assert page.index("Vikar for Kari Berg til og med 4. des. 2026") < page.index("Hansen") < own < page.index("Olsen")
    assert page.count("Hansen") == page.count("Olsen")
    assert f"ansvarlig={encode(kari.user_id)}" in page
    # And it is the substitute's morning alone, in the period alone
    assert "Vikar for" not in morning(kari)
    with clock.frozen(UNTIL + timedelta(1)):
        assert "Vikar for" not in morning(ola)


def test_a_substitute_in_the_education_administration_sees_that_open_work_as_well():
    office = make.education_admin()
    kari, ola = (make.actor(Role.EDUCATION_ADMIN, office, name=name) for name in ("Kari Berg", "Ola Lie"))
    case_of(kari, office, "Hansen", next_promise_on=make.TODAY)
    give(kari, kari, ola, office)
    page = morning(ola)
    assert page.index("Vikar for Kari Berg til og med 4. des. 2026") < page.index("Hansen")
    assert "Vikar for" not in morning(kari)


def test_those_shown_to_a_substitute_are_in_the_log_of_readings(school, kari, ola):
    case = case_of(kari, school, "Hansen", next_promise_on=make.TODAY)
    give(kari, kari, ola, school)
    morning(ola)
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        shown = [entry for entry in entries().filter(verb="listed") if entry.user_id == ola.user_id]
    assert any(case.youth_id in (entry.youth_ids or []) for entry in shown)


def test_nothing_pressing_is_told_as_that(school, kari, ola):
    give(kari, kari, ola, school)
    assert "Ingenting haster hos dem akkurat nå." in morning(ola)


def test_no_access_comes_of_being_a_substitute(school, kari, ola):
    # Given a youth of another school that the absent one follows there
    other = make.unit(name="En annen skole")
    make.assign(RoleAssignment.objects.get(user_id=kari.user_id).user, Role.COUNSELLOR, other)
    both = actor_for(user_id=kari.user_id, on=make.TODAY)
    case_of(both, other, "Borte")
    case_of(both, school, "Her")
    with acting_as(ola):
        before = set(Youth.objects.values_list("pk", flat=True))
    # When the colleague at one school stands in
    give(both, both, ola, school)
    # Then they see what they saw, and none when their own role has ended
    with acting_as(ola):
        assert set(Youth.objects.values_list("pk", flat=True)) == before
    RoleAssignment.objects.filter(user_id=ola.user_id).update(last_day=make.TODAY - timedelta(1))
    with acting_as(ola):
        assert not Youth.objects.exists()


def test_only_colleagues_who_follow_up_at_the_unit_all_the_time_can_be_substitutes(school, kari, ola):
    stranger = make.actor(Role.COUNSELLOR, make.unit())
    leader = make.actor(Role.UNIT_LEADER, school)
    for other in (stranger, leader):
        with pytest.raises(Invalid, match="Begge må følge opp"):
            give(kari, kari, other, school)
    RoleAssignment.objects.filter(user_id=ola.user_id).update(last_day=UNTIL - timedelta(1))
    with pytest.raises(Invalid, match="Begge må følge opp"):
        give(kari, kari, ola, school)


def test_oneself_the_leader_and_who_administers_access_give_a_substitute_and_nobody_else(school, kari, ola):
    make.county(46, "Vestland")
    for number, giver in enumerate(
        (
            kari,
            make.actor(Role.UNIT_LEADER, school),
            make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin()),
        )
    ):
        day = make.TODAY + timedelta(number)
        assert give(giver, kari, ola, school, first_day=day, last_day=day).given_by_id == giver.user_id
    for stranger in (
        ola,
        make.actor(Role.UNIT_LEADER, make.unit()),
        make.actor(Role.EDUCATION_ADMIN, make.education_admin()),
        make.actor(Role.PRIVACY_OFFICER, make.education_admin()),
        make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(46)),
    ):
        with pytest.raises(NotAllowed, match="Bare den som blir borte"):
            give(stranger, kari, ola, school, first_day=UNTIL, last_day=UNTIL)


@pytest.mark.parametrize(
    ("first_day", "last_day", "sentence"),
    [
        (make.TODAY, make.TODAY - timedelta(1), "Siste dag er før"),
        (make.TODAY - timedelta(1), make.TODAY, "Velg i dag eller en senere dag"),
    ],
)
def test_a_period_that_cannot_be_is_refused(school, kari, ola, first_day, last_day, sentence):
    with pytest.raises(Invalid, match=sentence):
        give(kari, kari, ola, school, first_day=first_day, last_day=last_day)


def test_nobody_stands_in_for_themselves_and_one_at_a_time_stands_in(school, kari, ola):
    with pytest.raises(Invalid, match="vikar for seg selv"):
        give(kari, kari, kari, school)
    give(kari, kari, ola, school)
    with pytest.raises(IllegalTransition, match="alt en vikar"):
        give(kari, kari, ola, school, first_day=UNTIL, last_day=UNTIL + timedelta(3))
    give(kari, kari, ola, school, first_day=UNTIL + timedelta(1), last_day=date(2026, 12, 24))


def test_it_is_ended_by_either_of_the_two_and_not_twice(school, kari, ola):
    third = make.actor(Role.COUNSELLOR, school)
    made = give(kari, kari, ola, school)
    with acting_as(third), pytest.raises(NotAllowed):
        substitutes.end_substitute(actor=third, substitution_id=made.pk)
    with acting_as(ola):
        ended = substitutes.end_substitute(actor=ola, substitution_id=made.pk)
        with pytest.raises(IllegalTransition):
            substitutes.end_substitute(actor=ola, substitution_id=made.pk)
    assert (ended.ended_by_id, ended.ended_at) == (ola.user_id, clock.now())
    assert standing_in_for(user_id=ola.user_id, unit_id=school.pk, on=make.TODAY) == []
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        verbs = set(entries().values_list("verb", flat=True))
    assert {"substitute.given", "substitute.ended"} <= verbs


def test_a_counsellor_gives_their_own_substitute_on_the_screen_and_ends_it(school, kari, ola):
    browser = browser_of(kari)
    page = browser.get("/vikarer/").content.decode()
    assert "Ingen vikarer" in page
    assert 'name="absent"' not in page
    sent = {"substitute": encode(ola.user_id), "first_day": "2026-11-23", "last_day": "2026-12-04"}
    done = browser.post("/vikarer/", sent, follow=True).content.decode()
    assert "Vikaren er registrert." in done
    made = Substitution.objects.get()
    assert (made.absent_id, made.substitute_id, made.unit_id) == (kari.user_id, ola.user_id, school.pk)
    again = browser.post("/vikarer/", sent)
    assert again.status_code == 422
    assert "alt en vikar" in again.content.decode()
    browser.post(f"/vikarer/{encode(made.pk)}/avslutt/")
    made.refresh_from_db()
    assert made.ended_by_id == kari.user_id


def test_whoever_administers_access_chooses_the_unit_first_and_is_shown_none_of_another_county(school, kari, ola):
    make.county(46, "Vestland")
    abroad = make.unit(name="Vestland vgs", county_id=46)
    keeper = browser_of(make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin()))
    page = keeper.get("/vikarer/").content.decode()
    assert "Velg en enhet" in page
    assert "Vestland vgs" not in page
    assert "Velg en enhet" in keeper.get(f"/vikarer/?enhet={encode(abroad.pk)}").content.decode()
    here = f"/vikarer/?enhet={encode(school.pk)}"
    sent = {"absent": encode(kari.user_id), "substitute": encode(ola.user_id)}
    sent |= {"first_day": "2026-11-23", "last_day": "2026-12-04"}
    assert "Vikaren er registrert." in keeper.post(here, sent, follow=True).content.decode()
    assert Substitution.objects.get().absent_id == kari.user_id


def test_a_leader_is_not_asked_which_unit_and_may_say_who_is_away(school, kari, ola):
    page = browser_of(make.actor(Role.UNIT_LEADER, school)).get("/vikarer/").content.decode()
    assert 'name="absent"' in page
    assert "Velg en enhet" not in page
