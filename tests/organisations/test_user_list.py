"""The list of users: narrowed by role and unit, in pages, searched by name, and only of counties one administers."""

from datetime import timedelta

import pytest

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.selectors import actor_for
from fotfeste.kernel import clock
from fotfeste.kernel.opaque import encode
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def keeper():
    return make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(), name="Per Prøve")


@pytest.fixture
def browser(keeper):
    return browser_of(keeper)


def at(name: str, role: Role = Role.COUNSELLOR, unit=None, **period) -> RoleAssignment:
    return make.assign(make.user(name), role, unit or make.unit(), **period)


def names(answer) -> list[str]:
    return [person.name for person, *_rest in answer.context["people"]]


def test_the_list_is_narrowed_by_role_and_by_unit(browser):
    school = make.unit(name="Prøve vgs")
    at("Anne", unit=school)
    at("Bodil", Role.UNIT_LEADER, school)
    at("Cato")
    assert names(browser.get("/brukere/?rolle=unit_leader")) == ["Bodil"]
    assert names(browser.get(f"/brukere/?enhet={encode(school.pk)}")) == ["Anne", "Bodil"]
    assert names(browser.get(f"/brukere/?enhet={encode(school.pk)}&rolle=counsellor")) == ["Anne"]


@pytest.mark.parametrize("query", ["rolle=ukjent", "enhet=1", "enhet=%00", "vis=alt", "side=x", "side=-1"])
def test_what_cannot_be_read_in_the_address_counts_as_not_chosen(browser, query):
    at("Anne")
    assert "Anne" in names(browser.get(f"/brukere/?{query}"))


def test_those_who_had_access_are_a_choice_of_their_own_with_what_they_held(browser):
    at("Anne", last_day=make.TODAY - timedelta(1))
    at("Bodil")
    at("Cato", first_day=make.TODAY + timedelta(30))
    now = names(browser.get("/brukere/"))
    assert {"Bodil", "Cato"} <= set(now)
    assert "Anne" not in now
    past = browser.get("/brukere/?vis=tidligere")
    assert names(past) == ["Anne"]
    assert "Rådgiver med OT-ansvar" in past.content.decode()


def test_a_long_list_comes_in_pages_that_together_hold_everybody_once(browser, keeper):
    for number in range(60):
        at(f"Ansatt {number:02}")
    first, second = browser.get("/brukere/"), browser.get("/brukere/?side=2")
    assert "61 brukere" in first.content.decode()
    assert len(names(first)) == 50
    assert sorted([*names(first), *names(second)]) == sorted(
        [*(f"Ansatt {number:02}" for number in range(60)), keeper.name]
    )


def test_a_name_is_posted_and_finds_also_who_had_access(browser):
    at("Anne Kari Prøve")
    at("Anne Berg", last_day=make.TODAY - timedelta(1))
    answer = browser.post("/brukere/", {"q": "kari  anne"})
    assert names(answer) == ["Anne Kari Prøve"]
    assert names(browser.post("/brukere/", {"q": "BERG"})) == ["Anne Berg"]
    assert "Har ingen rolle nå" in browser.post("/brukere/", {"q": "berg"}).content.decode()
    # A name in the address is nothing the list reads
    assert "Anne Kari Prøve" in names(browser.get("/brukere/?q=berg"))


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --"])
def test_a_sign_that_means_something_to_the_database_is_a_sign_like_others(browser, text):
    at("Anne")
    answer = browser.post("/brukere/", {"q": text})
    assert names(answer) == []
    assert "Ingen brukere passer" in answer.content.decode()


def test_a_search_for_nothing_is_told_in_the_form(browser):
    answer = browser.post("/brukere/", {"q": " "})
    assert answer.status_code == 422
    assert "Må fylles ut" in answer.content.decode()
    assert "(må fylles ut)" not in browser.get("/brukere/").content.decode()


def test_nobody_of_another_county_is_listed_found_or_offered(browser):
    make.county(46, "Vestland")
    abroad = make.unit(name="Vestland vgs", county_id=46)
    at("Borte Prøve", unit=abroad)
    for answer in (
        browser.get("/brukere/"),
        browser.get(f"/brukere/?enhet={encode(abroad.pk)}"),
        browser.post("/brukere/", {"q": "borte"}),
    ):
        assert "Borte Prøve" not in names(answer)
        assert "Vestland vgs" not in answer.content.decode()


def test_another_kind_of_role_in_another_county_lists_nobody_there(keeper):
    # Given an administrator in Oslo who is privacy officer in Vestland
    make.county(46, "Vestland")
    make.assign(make.user("Borte Prøve"), Role.COUNSELLOR, make.unit(UnitKind.UPPER_SECONDARY, county_id=46))
    person = RoleAssignment.objects.get(user_id=keeper.user_id).user
    make.assign(person, Role.PRIVACY_OFFICER, make.education_admin(46))
    both = browser_of(actor_for(user_id=person.pk, on=make.TODAY))
    theirs = RoleAssignment.objects.get(user__name="Borte Prøve")
    # Then the other county's users are neither in the list nor behind an address
    assert "Borte Prøve" not in names(both.get("/brukere/"))
    assert both.get(f"/brukere/{encode(theirs.user_id)}/").status_code == 404
    # Nor is the role held there shown among one's own
    assert "Personvernombud" not in both.get(f"/brukere/{encode(person.pk)}/").content.decode()


def test_somebody_who_works_in_two_counties_is_shown_with_the_roles_of_this_one_alone(browser):
    make.county(46, "Vestland")
    held = at("Anne")
    make.assign(held.user, Role.UNIT_LEADER, make.unit(name="Vestland vgs", county_id=46))
    page = browser.get("/brukere/").content.decode()
    assert "Anne" in page
    assert "Vestland vgs" not in page
