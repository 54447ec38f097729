"""Who begins with a youth on a list, and a list that is closed: with nobody left, or with the reason why somebody is."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.casework.services import handling
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.lists.models import OtukClosing
from fotfeste.lists.selectors import otuk
from fotfeste.lists.services.answers import answer_row
from fotfeste.lists.services.closing import close_list
from tests.casework.reading_steps import choose, chosen
from tests.lists.otuk_world import STOVNER

pytestmark = pytest.mark.django_db

FIRST = date(2026, 10, 9)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def answer(world, made, case, category="still_unknown"):
    with acting_as(world.alna_contact):
        answer_row(
            actor=world.alna_contact, made=made, unit_id=world.alna.pk, youth_id=case.youth_id, category=category,
            on=clock.today(),
        )  # fmt: skip


def closed(world, made, actor=None, **said):
    actor = actor or world.alna_contact
    with acting_as(actor):
        return close_list(actor=actor, made=made, unit_id=world.alna.pk, **said)


def closings(made) -> dict[str, tuple[int, int, str]]:
    return {
        each.district.name: (each.listed, each.unanswered, each.reason)
        for each in OtukClosing.objects.filter(round=made).select_related("district")
    }


@pytest.mark.proves("dl-list-review", "avt-dc-review-lists")
def test_a_list_is_closed_with_nobody_left_or_with_the_reason(world, log_in):
    # Given two on the list, of whom one is answered about
    first, second = world.unknown("Aas"), world.unknown("Bakke")
    made = world.freeze()
    answer(world, made, first)
    browser = log_in(world.alna_contact)
    board = reverse("lists:otuk_board", kwargs={"round_id": made.pk, "unit_id": world.alna.pk})
    assert "Velg hvorfor" in text_of(browser.get(board))
    # Then it is not closed without a reason
    page = text_of(browser.post(f"{board}avslutt/", {}, follow=True))
    assert "velg hvorfor de blir stående" in page
    assert closings(made) == {}
    # And with one, it says who, and how many are left, to the district and to the administration
    page = text_of(browser.post(f"{board}avslutt/", {"reason": "waits"}, follow=True))
    assert "Fatima Prøve avsluttet listen 23. nov. 2026." in page
    assert "Venter på svar fra andre" in page
    assert closings(made) == {"Bydel Alna": (2, 1, "waits")}
    round_page = text_of(log_in(world.admin).get(reverse("lists:otuk_round", kwargs={"round_id": made.pk})))
    assert "1 av 1 bydeler har avsluttet listen." in round_page
    assert "Venter på svar fra andre (1)" in round_page
    # And what is answered later counts all the same
    answer(world, made, second)
    with acting_as(world.admin):
        assert otuk.counts_of(made=made) == {world.alna.pk: (2, 2)}


def test_a_list_with_nobody_left_needs_no_reason_and_a_question_back_leaves_somebody(world):
    case = world.unknown("Aas")
    made = world.freeze()
    answer(world, made, case)
    with acting_as(world.admin):
        sent = otuk.board(made=made, unit_id=world.alna.pk)[0].answer
        handling.return_feedback(actor=world.admin, feedback_id=sent.feedback_id, question="Når?", version=None)
    with pytest.raises(Invalid, match="velg hvorfor"):
        closed(world, made)
    answer(world, made, case, "reached")
    assert (closed(world, made, reason="no_time").unanswered, closings(made)["Bydel Alna"][2]) == (0, "")


def test_only_the_district_and_the_administration_close_its_list(world):
    world.unknown("Aas")
    made = world.freeze()
    for other in (world.stovner_contact, world.nav):
        with pytest.raises(NotAllowed, match="Bare bydelen selv"):
            closed(world, made, other, reason="waits")
    with pytest.raises(Invalid, match="velg hvorfor"):
        closed(world, made, reason="new_list")
    closed(world, made, world.admin, reason="silent")
    assert closings(made) == {"Bydel Alna": (1, 1, "silent")}
    assert made.closings.get().closed_by_id == world.admin.user_id


@pytest.mark.proves("rep-otuk-list")
def test_a_newer_list_closes_the_last_one_and_says_that_it_came_before_all_were_answered(world):
    # Given a list on which one district is done and another is not
    stays = world.unknown("Aas")
    world.unknown("Dahl", district=STOVNER)
    with clock.frozen(FIRST):
        first = world.freeze(FIRST)
        answer(world, first, stays)
    # When the next is made
    made = world.freeze()
    # Then the last one is closed, each part with nobody left or with the reason, and cannot be closed again
    assert closings(first) == {"Bydel Alna": (1, 0, ""), "Bydel Stovner": (1, 1, "new_list")}
    first.refresh_from_db()
    assert (first.closed_at, made.closed_at) == (clock.now(), None)
    assert closings(made) == {}
    with pytest.raises(Invalid, match="nyere liste"):
        closed(world, first, reason="waits")


@pytest.mark.proves("unit-outside-initiative", "amb-30")
def test_the_school_makes_first_contact_and_the_district_begins_with_whom_the_list_keeps(world):
    stays = world.unknown("Aas")
    with clock.frozen(FIRST):
        world.freeze(FIRST)
    new = world.unknown("Bakke", recorded_at=date(2026, 11, 1))
    made = world.freeze()

    def begins() -> dict[int, bool]:
        with acting_as(world.alna_contact):
            return {row.youth_id: row.begins for row in otuk.board(made=made, unit_id=world.alna.pk)}

    assert begins() == {stays.youth_id: True, new.youth_id: False}
    # Where the county reads it the other way, the district begins at once
    choose(world.admin, chosen("amb-30", "both", first_day=date(2026, 8, 1)))
    assert begins() == {stays.youth_id: True, new.youth_id: True}
