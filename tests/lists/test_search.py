"""Finding a youth without a name or a number in an address."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.audit import services as audit
from fotfeste.people.enums import Protection
from tests import factories as make

pytestmark = pytest.mark.django_db

SEARCH = "/sok/"


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


def look(client, text: str):
    return client.post(SEARCH, {"q": text}, follow=True)


def names(response) -> list[str]:
    return [hit.name for hit in response.context["hits"]]


@pytest.mark.parametrize("text", ["Søk", "søk", "Amina Søk", "14.5.2008", "140508"])
def test_a_youth_is_found_by_the_beginning_of_the_name_or_the_birth_date(log_in, school, text):
    make.case(school, last_name="Søkesen")
    make.case(school, last_name="Annen", born=date(2007, 1, 1))
    assert names(look(log_in(make.actor(Role.COUNSELLOR, school)), text)) == ["Søkesen, Amina"]


def test_a_youth_is_found_by_the_whole_number(log_in, school):
    case = make.case(school)
    number = case.youth.national_id
    response = look(log_in(make.actor(Role.COUNSELLOR, school)), f"{number[:6]} {number[6:]}")
    assert names(response) == ["Prøvesen, Amina"]
    assert number not in response.content.decode()


def test_nobody_there_and_nobody_one_may_see_is_the_same_answer(log_in, school):
    make.case(make.unit(), last_name="Hemmelig")
    client = log_in(make.actor(Role.COUNSELLOR, school))
    hidden = look(client, "Hemmelig").content.decode().replace("Hemmelig", "")
    nobody = look(client, "Finnesikke").content.decode().replace("Finnesikke", "")

    def without_token(page: str) -> list[str]:
        return [line for line in page.splitlines() if "csrf" not in line.lower()]

    assert without_token(hidden) == without_token(nobody)


def test_what_was_searched_for_stands_in_no_address_and_in_no_session(log_in, school):
    make.case(school, last_name="Søkesen")
    client = log_in(make.actor(Role.COUNSELLOR, school))
    response = look(client, "Søkesen")
    assert [url for url, _status in response.redirect_chain] == [SEARCH]
    assert "Søkesen" not in str(dict(client.session))


def test_going_back_shows_the_same_result_and_a_new_search_replaces_it(log_in, school):
    make.case(school, last_name="Søkesen")
    client = log_in(make.actor(Role.COUNSELLOR, school))
    look(client, "Søkesen")
    assert names(client.get(SEARCH)) == ["Søkesen, Amina"]
    look(client, "Finnesikke")
    assert names(client.get(SEARCH)) == []


def test_a_name_in_the_address_finds_nobody(log_in, school):
    make.case(school, last_name="Søkesen")
    response = log_in(make.actor(Role.COUNSELLOR, school)).get(SEARCH, {"q": "Søkesen"})
    assert "Søkesen, Amina" not in response.content.decode()


@pytest.mark.parametrize(("text", "says"), [("", "Må fylles ut"), ("31.2.2008", "Det finnes ingen slik dato")])
def test_what_cannot_be_searched_for_is_said(log_in, school, text, says):
    response = look(log_in(make.actor(Role.COUNSELLOR, school)), text)
    assert response.status_code == 422
    assert says in response.content.decode()


def test_a_protected_youths_unit_is_not_told_to_the_coordination(log_in, school):
    make.case(school, last_name="Skjult", protection=Protection.CONFIDENTIAL)
    page = look(log_in(make.actor(Role.EDUCATION_ADMIN, make.education_admin())), "Skjult").content.decode()
    assert "Skjermet" in page
    assert "Prøve videregående skole" not in page


def test_searching_is_logged_without_the_words(log_in, school, monkeypatch):
    noted = []
    monkeypatch.setattr(audit, "record", lambda verb, **given: noted.append((verb, given["details"])))
    make.case(school, last_name="Søkesen")
    look(log_in(make.actor(Role.COUNSELLOR, school)), "Søkesen")
    assert noted == [("youth.searched", {"by": "name", "found": 1})]
