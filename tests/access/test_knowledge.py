"""Knowledge of privacy and security is confirmed before access, and each year (opplæringsforskrifta § 20-2)."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from fotfeste.access.knowledge import version_on, version_rows
from fotfeste.access.models import KnowledgeConfirmation
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for, without_knowledge
from fotfeste.access.services.knowledge import confirm_knowledge
from fotfeste.casework.models import Registration
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, NotAllowed
from fotfeste.people.models import Youth
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def newcomer(school):
    """A counsellor who has a role, and has confirmed nothing."""
    person = make.user("Ny Ansatt", knows_the_rules=False)
    make.assign(person, Role.COUNSELLOR, school)
    return person


def acting(person, on=make.TODAY):
    found = actor_for(user_id=person.pk, on=on)
    assert found is not None
    return found


def confirmed(person, version="2026-1"):
    actor = acting(person)
    with acting_as(actor):
        return confirm_knowledge(actor=actor, version=version, on=make.TODAY)


@pytest.fixture
def enter(client):
    def log_in(person):
        session = client.session
        session["user_id"] = person.pk
        session.save()
        return client

    return log_in


def test_a_role_opens_no_row_before_the_rules_are_known_and_all_of_them_after(school, newcomer):
    make.case(school)
    with acting_as(acting(newcomer)):
        assert not Youth.objects.exists()
        assert not Registration.objects.exists()
    confirmed(newcomer)
    with acting_as(acting(newcomer)):
        assert Youth.objects.exists()
        assert Registration.objects.exists()


def test_it_counts_for_a_year_and_not_a_day_longer(school, newcomer):
    made = confirmed(newcomer)
    assert made.last_day == date(2027, 11, 22)
    assert not acting(newcomer, on=made.last_day).must_confirm
    assert acting(newcomer, on=made.last_day + timedelta(days=1)).must_confirm
    make.case(school)
    with acting_as(acting(newcomer, on=made.last_day), on=made.last_day + timedelta(days=1)):
        assert not Youth.objects.exists()


def test_whoever_has_not_confirmed_may_do_nothing_but_that(newcomer):
    assert acting(newcomer).permissions == {Permission.KNOWLEDGE_CONFIRM}
    assert acting(newcomer).assignments == ()


@pytest.mark.parametrize("path", ["/", "/ungdommer/", "/sok/", "/enheter/", "/oversikt/"])
def test_every_page_leads_to_the_rules_until_they_are_confirmed(newcomer, enter, path):
    client = enter(newcomer)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/personvern/")
    assert client.get(path, headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/personvern/"


def test_the_rules_are_read_and_confirmed_and_the_days_work_opens(newcomer, enter):
    client = enter(newcomer)
    page = client.get("/personvern/").content.decode()
    assert "opplæringsforskrifta § 20-2" in page
    assert client.post("/personvern/", {"version": "2026-1"}).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert "Du har bekreftet dette" in client.get("/personvern/").content.decode()


def test_a_text_that_has_changed_since_it_was_shown_is_not_confirmed(newcomer, enter):
    answer = enter(newcomer).post("/personvern/", {"version": "2019-1"})
    assert answer.status_code == 409
    assert "Les den på nytt" in answer.content.decode()
    with pytest.raises(EditConflict):
        confirmed(newcomer, version="2019-1")
    assert acting(newcomer).must_confirm


def test_a_new_text_is_asked_for_at_once_however_long_the_one_before_counts(school, newcomer, enter):
    # Given somebody who has confirmed an earlier text, and was told that it counts for long yet
    make.case(school)
    KnowledgeConfirmation.objects.create(
        user=newcomer,
        version="2025-2",
        first_day=date(2026, 8, 1),
        last_day=date(2027, 7, 31),
        confirmed_at=clock.now(),
    )
    # Then no page and no row is open, the leader sees it, and the page says why
    client = enter(newcomer)
    assert client.get("/ungdommer/").headers["Location"] == "/personvern/"
    with acting_as(acting(newcomer)):
        assert not Youth.objects.exists()
    assert without_knowledge(unit_id=school.pk, on=make.TODAY) == ["Ny Ansatt"]
    page = client.get("/personvern/").content.decode()
    assert "Teksten er ny siden du bekreftet sist" in page
    assert "Du har bekreftet dette" not in page
    # When the new one is confirmed
    client.post("/personvern/", {"version": version_on(make.TODAY)})
    # Then all is open again
    assert client.get("/ungdommer/").status_code == 200
    with acting_as(acting(newcomer)):
        assert Youth.objects.exists()


def test_the_database_knows_the_texts_of_the_file_and_the_application_brings_it_none():
    with connection.cursor() as cursor:
        cursor.execute("SELECT version, first_day FROM access_knowledge_text ORDER BY first_day")
        assert tuple(cursor.fetchall()) == version_rows()
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("INSERT INTO access_knowledge_text (version, first_day) VALUES ('x', '2000-01-01')")


def test_nobody_confirms_for_a_job():
    with pytest.raises(NotAllowed):
        confirm_knowledge(actor=make.system(), version="2026-1", on=make.TODAY)


def test_a_confirmation_cannot_be_changed_by_the_application(newcomer):
    confirmed(newcomer)
    with pytest.raises(ProgrammingError), transaction.atomic():
        KnowledgeConfirmation.objects.update(last_day=date(2100, 1, 1))


def test_the_leader_and_the_administration_see_who_has_not_confirmed(school, newcomer, enter):
    leader, admin = make.user(), make.user()
    make.assign(leader, Role.UNIT_LEADER, school)
    make.assign(admin, Role.EDUCATION_ADMIN, make.education_admin())
    assert without_knowledge(unit_id=school.pk, on=make.TODAY) == ["Ny Ansatt"]
    for person in (leader, admin):
        assert "har ikke bekreftet å kjenne reglene" in enter(person).get("/").content.decode()
    confirmed(newcomer)
    assert "har ikke bekreftet å kjenne reglene" not in enter(leader).get("/").content.decode()


def test_one_is_asked_again_in_the_last_month(school, enter):
    person = make.user(knows_the_rules=False)
    make.know_the_rules(person, until=make.TODAY + timedelta(days=30))
    make.assign(person, Role.COUNSELLOR, school)
    assert "Les og bekreft igjen" in enter(person).get("/").content.decode()
    make.know_the_rules(person, until=make.TODAY + timedelta(days=31))
    assert "Les og bekreft igjen" not in enter(person).get("/").content.decode()
