"""Choosing the responsible person from the person page, and taking it back there."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from fotfeste.casework.services import counsellors
from fotfeste.kernel import opaque
from fotfeste.people.enums import Protection
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Berg")


@pytest.fixture
def ola(school):
    return make.actor(Role.COUNSELLOR, school, name="Ola Lie")


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


def url(name: str, case, **kwargs: int) -> str:
    return reverse(f"casework:{name}", kwargs={"youth_id": case.youth_id, **kwargs})


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def now(case) -> Registration:
    with acting_as(make.system()):
        return Registration.objects.get(pk=case.pk)


def choose(client, case, person, **more):
    given = {"person": opaque.encode(person.user_id), "version": now(case).version, **more}
    return client.post(url("choose_counsellor", case), given, follow=True)


def test_one_chooses_from_the_person_page_and_sees_it_there_with_since_when(enter, case, kari, ola):
    page = text_of(choose(enter(kari), case, ola))
    assert "Ola Lie er ansvarlig person fra i dag." in page
    assert "</strong>, Ola Lie ·" in page
    assert '<strong>Ola Lie</strong> <span class="fot-quiet">siden 23. nov. 2026</span>' in page
    assert "Ansvarlig person: Ola Lie" in page


def test_it_is_taken_back_with_the_button_beside_the_word_about_it(enter, case, kari, ola):
    choose(enter(kari), case, kari)
    client = enter(ola)
    page = choose(client, case, ola)
    after = client.post(page.context["choice"]["undo_url"], follow=True)
    assert "Angret. Den ansvarlige personen er den samme som før." in text_of(after)
    assert now(case).counsellor_id == kari.user_id


def test_the_word_about_it_is_said_once_and_about_that_youth_only(enter, case, school, kari):
    client, other = enter(kari), make.case(school)
    client.post(url("choose_counsellor", case), {"person": opaque.encode(kari.user_id), "version": now(case).version})
    assert client.get(url("person", other)).context["choice"] is None
    assert client.get(url("person", case)).context["choice"] is None


def test_two_who_choose_at_once_see_each_others_choice(enter, case, kari, ola):
    seen = now(case).version
    with acting_as(ola):
        counsellors.assign_counsellor(actor=ola, youth_id=case.youth_id, counsellor_id=ola.user_id, version=None)
    response = choose(enter(kari), case, kari, version=seen)
    assert response.status_code == 409
    assert "Ola Lie" in text_of(response)
    assert now(case).counsellor_id == ola.user_id


def test_the_county_is_not_offered_the_choice_and_is_refused(enter, case, admin, kari):
    client = enter(admin)
    assert url("choose_counsellor", case) not in text_of(client.get(url("person", case)))
    assert "Bare enheten som har ansvaret" in text_of(choose(client, case, kari))
    assert now(case).counsellor_id is None


def test_a_leader_chooses_without_following_up(enter, case, school, kari):
    leader = make.actor(Role.UNIT_LEADER, school)
    choose(enter(leader), case, kari)
    assert now(case).counsellor_id == kari.user_id


def test_at_a_protected_youth_the_person_is_not_named_to_whoever_is_not_told_the_unit(enter, school, admin, kari):
    case = make.case(school, protection=Protection.CONFIDENTIAL)
    choose(enter(kari), case, kari)
    assert "Kari Berg" not in text_of(enter(admin).get(url("person", case)))
    handler = make.actor(Role.PROTECTED_HANDLER, make.education_admin())
    assert "Kari Berg" in text_of(enter(handler).get(url("person", case)))


def test_the_form_never_tells_the_county_who_works_where_a_protected_youth_is(enter, school, admin, kari):
    case = make.case(school, protection=Protection.STRICTLY_CONFIDENTIAL)
    assert "Kari Berg" not in text_of(enter(admin).get(url("choose_counsellor", case), follow=True))


def test_a_conflict_about_a_protected_youth_tells_neither_unit_nor_person(enter, school, admin, kari):
    # Given a form that is out of date, in the hands of somebody who is not told where the youth is
    case = make.case(school, protection=Protection.CONFIDENTIAL)
    seen = now(case).version
    choose(enter(kari), case, kari)
    # When
    response = enter(admin).post(url("mark_mistake", case), {"reason": "Dublett", "version": seen})
    # Then the two sides are shown without the place
    page = text_of(response)
    assert response.status_code == 409
    assert "Noen har endret saken" in page
    assert school.name not in page
    assert "Kari Berg" not in page
