"""From its list a district registers contact with its own youths in one step; of the others it sends an answer."""

import pytest
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import ContactAttempt, Feedback, Registration
from fotfeste.casework.services import feedback, responsibility
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(world):
    """A youth on the list whom the district itself is responsible for."""
    case = world.unknown("Eide")
    with acting_as(world.admin):
        responsibility.assign(
            actor=world.admin, youth_id=case.youth_id, holder_id=world.alna.pk, reason="Avtalt", version=None
        )
    return case


@pytest.fixture
def schools(world):
    return world.unknown("Aas")


@pytest.fixture
def made(world, own, schools):
    return world.freeze()


@pytest.fixture
def browser(world, log_in, made):
    return log_in(world.alna_contact)


def board_of(world, made) -> str:
    return reverse("lists:otuk_board", kwargs={"round_id": made.pk, "unit_id": world.alna.pk})


def contact_of(world, made, case) -> str:
    at = {"round_id": made.pk, "unit_id": world.alna.pk, "youth_id": case.youth_id}
    return reverse("lists:otuk_contact", kwargs=at)


def attempts() -> list[tuple[int, str, bool]]:
    with acting_as(make.system()):
        rows = ContactAttempt.objects.order_by("pk")
        return [(row.youth_id, row.result, row.is_contact) for row in rows]


@pytest.mark.parametrize(
    ("step", "said", "is_contact"),
    [("ikke-svar", "Forsøk registrert.", False), ("svarte", "Kontakt registrert.", True)],
)
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "no script"])
def test_contact_with_its_own_is_registered_in_one_step(world, made, browser, own, step, said, is_contact, htmx):
    page = browser.post(
        contact_of(world, made, own), {"hva": step}, headers={"HX-Request": "true"} if htmx else {}, follow=not htmx
    )
    assert page.status_code == 200
    assert said in page.content.decode()
    assert [(youth_id, contact) for youth_id, _result, contact in attempts()] == [(own.youth_id, is_contact)]
    with acting_as(world.alna_contact):
        assert Registration.objects.get(pk=own.pk).status_code == "OTUK", "the district sets no status"


def test_only_the_rows_of_its_own_offer_it_and_the_page_says_why(world, made, browser, own, schools):
    page = browser.get(board_of(world, made))
    assert {shown.row.youth_id: shown.takes_contact for shown in page.context["rows"]} == {
        own.youth_id: True,
        schools.youth_id: False,
    }
    text = page.content.decode()
    assert "listen åpner ikke status og kontaktforsøk for dere" in text
    assert contact_of(world, made, own) in text
    assert contact_of(world, made, schools) not in text


def test_of_one_who_is_not_its_own_the_district_answers_in_one_step_and_registers_nothing(
    world, made, browser, schools
):
    refused = browser.post(contact_of(world, made, schools), {"hva": "svarte"}, follow=True)
    assert "Du kan ikke registrere kontakt med denne ungdommen." in refused.content.decode()
    assert attempts() == []
    at = {"round_id": made.pk, "unit_id": world.alna.pk, "youth_id": schools.youth_id}
    browser.post(reverse("lists:otuk_answer", kwargs=at), {"category": "reached", "version": 0})
    with acting_as(world.admin):
        assert [(row.youth_id, row.category) for row in Feedback.objects.all()] == [(schools.youth_id, "reached")]


def test_nobody_registers_from_a_list_the_youth_is_not_on_or_another_unit_s(world, made, browser, own, log_in):
    stranger = world.unknown("Ny")
    assert browser.post(contact_of(world, made, stranger), {"hva": "svarte"}).status_code == 404
    assert browser.post(contact_of(world, made, own), {"hva": "noe annet"}).status_code == 404
    other = log_in(world.stovner_contact)
    assert other.post(contact_of(world, made, own), {"hva": "svarte"}).status_code == 404
    assert log_in(world.nav).post(contact_of(world, made, own), {"hva": "svarte"}).status_code in (403, 404)
    assert attempts() == []


def test_what_is_about_one_who_is_not_on_the_list_is_not_undone_from_it(world, made, browser):
    # Given an answer about a youth who came after the list was made
    later = world.unknown("Utenfor")
    make.grant(later.youth, world.alna, Topic.IDENTITY, Topic.LIST_ROW, Topic.FEEDBACK)
    with acting_as(world.alna_contact):
        sent = feedback.send_feedback(
            actor=world.alna_contact, youth_id=later.youth_id, category="reached", on=make.TODAY
        )
    at = {"round_id": made.pk, "unit_id": world.alna.pk, "feedback_id": sent.pk}
    # When it is undone from the list, there is no such row there
    answer = browser.post(
        reverse("lists:otuk_undo", kwargs=at), {"version": sent.version}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "no script"])
def test_a_press_by_mistake_is_undone_where_it_was_made(world, made, browser, own, htmx):
    # Given a press that offers to be undone
    page = browser.post(contact_of(world, made, own), {"hva": "svarte"}, headers={"HX-Request": "true"})
    with acting_as(make.system()):
        pressed = ContactAttempt.objects.get()
    at = {"round_id": made.pk, "unit_id": world.alna.pk, "attempt_id": pressed.pk}
    undo = reverse("lists:otuk_undo_contact", kwargs=at)
    assert undo in page.content.decode()
    # When it is undone
    answer = browser.post(undo, headers={"HX-Request": "true"} if htmx else {}, follow=not htmx)
    # Then the attempt stands as withdrawn, and the word says so
    assert "Forsøket er trukket tilbake." in answer.content.decode()
    with acting_as(make.system()):
        assert ContactAttempt.objects.get().superseded_at is not None


def test_nobody_undoes_a_contact_of_another_unit_from_a_list(world, made, browser, own, log_in):
    browser.post(contact_of(world, made, own), {"hva": "svarte"})
    with acting_as(make.system()):
        pressed = ContactAttempt.objects.get()
    at = {"round_id": made.pk, "unit_id": world.alna.pk, "attempt_id": pressed.pk}
    answer = log_in(world.stovner_contact).post(reverse("lists:otuk_undo_contact", kwargs=at))
    assert answer.status_code == 404
    with acting_as(make.system()):
        assert ContactAttempt.objects.get().superseded_at is None
