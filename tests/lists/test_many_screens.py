"""The same said of several on the board, and agreed of several in the wash: chosen, told of, and taken back."""

import re

import pytest
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback
from fotfeste.kernel import clock
from fotfeste.kernel.opaque import encode
from fotfeste.lists.models import WashAgreement
from fotfeste.lists.services.answers import answer_row
from fotfeste.lists.services.rounds import freeze_round
from fotfeste.lists.services.wash import open_wash, record_answers
from tests import factories as make
from tests.lists.otuk_world import STOVNER
from tests.seen import seen

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " "))


@pytest.fixture
def listed(world):
    return [world.unknown(name) for name in ("Aas", "Bakke", "Dahl", "Eide")]


@pytest.fixture
def made(world, listed):
    return world.freeze()


class Board:
    """A browser at a unit's board, with the form that says the same of several."""

    def __init__(self, client, made, unit) -> None:
        at = {"round_id": made.pk, "unit_id": unit.pk}
        self.client, self.url = client, reverse("lists:otuk_board", kwargs=at)
        self.path, self.undo = (reverse(f"lists:{name}", kwargs=at) for name in ("otuk_answer_many", "otuk_undo_many"))

    def say(self, answer, *cases, follow=True, narrowed="", **given):
        """Choose some, and send the form as it was shown."""
        shown = seen(self.client.get(self.url + narrowed), self.path + narrowed)
        sent = {
            **shown,
            "valgt": [encode(case.youth_id) for case in cases],
            "answer": answer,
            "on": "2026-11-23",
            **given,
        }
        return self.client.post(self.path + narrowed, sent, follow=follow)

    def take_back(self, page):
        return self.client.post(self.undo, {"satt": list(page.context["report"].undo)}, follow=True)


@pytest.fixture
def alna(world, log_in, made):
    return Board(log_in(world.alna_contact), made, world.alna)


def sent(world, *cases):
    with acting_as(make.system()):
        rows = Feedback.objects.order_by("youth_id", "pk").select_related("from_unit")
        return [
            (row.category, row.activity_code, row.next_owner, row.next_step, row.state)
            for row in rows.filter(youth_id__in=[case.youth_id for case in cases])
        ]


@pytest.mark.proves("avt-dc-review-lists", "dl-list-review", "form-list-review")
def test_the_same_is_said_of_those_chosen_and_all_of_it_is_taken_back(world, alna, listed):
    first, second, third, fourth = listed
    page = alna.say(
        "in_activity:OTAR", first, second, on="16.11.2026", next_owner="district", next_step="Bydelen ringer i januar"
    )
    assert "Svaret er sendt for 2 ungdommer." in text_of(page)
    said = ("in_activity", "OTAR", "district", "Bydelen ringer i januar", "new")
    assert sent(world, *listed) == [said, said]
    # It is told once, and whoever is answered is no longer there to choose
    again = alna.client.get(alna.url)
    assert "Svaret er sendt" not in text_of(again)
    assert [f'value="{encode(case.youth_id)}" form="samme-svar"' in text_of(again) for case in listed] == [
        False, False, True, True,
    ]  # fmt: skip
    # One press takes all of it back
    undone = alna.take_back(page)
    assert "Svarene er trukket tilbake for 2 ungdommer." in text_of(undone)
    assert {state for *_said, state in sent(world, *listed)} == {"withdrawn"}
    # All that was shown without an answer is chosen at once, and a part of the page is come back to
    narrowed = "?vis=ubesvart"
    page = alna.say("still_unknown", alle="ja", narrowed=narrowed)
    assert page.redirect_chain == [(alna.url + narrowed, 302)]
    assert "Svaret er sendt for 4 ungdommer." in text_of(page)
    assert "Alle er besvart" in text_of(page)
    assert sent(world, third, fourth) == [("still_unknown", "", "", "", "new")] * 2


def test_nobody_chosen_or_nothing_said_is_told_beside_the_form_with_what_was_chosen(world, alna, listed):
    page = alna.say("reached")
    assert page.status_code == 422
    assert "Velg minst én ungdom i listen." in text_of(page)
    page = alna.say("", listed[1], on="")
    assert page.status_code == 422
    assert page.context["same"].errors.keys() == {"answer", "on"}
    key = encode(listed[1].youth_id)
    assert re.search(rf'<input [^>]*value="{key}" form="samme-svar"[^>]* checked>', page.content.decode())
    assert '<details class="fot-inline-details" id="samme" open>' in text_of(page)
    page = alna.say("reached", listed[1], on="2027-01-01")
    assert "fram i tid" in text_of(page), "refused of each, and told of each"
    assert "1 ble ikke besvart" in text_of(page)
    assert sent(world, *listed) == []


def test_one_a_colleague_answered_in_between_is_told_by_name_and_the_others_are_sent(world, alna, made, listed):
    shown = seen(alna.client.get(alna.url), alna.path)
    with acting_as(world.alna_contact):
        answer_row(
            actor=world.alna_contact, made=made, unit_id=world.alna.pk, youth_id=listed[0].youth_id,
            category="moved", on=clock.today(),
        )  # fmt: skip
    # Somebody on another district's list is not among those who can be chosen
    elsewhere = world.unknown("Hals", district=STOVNER)
    keys = [encode(case.youth_id) for case in (listed[0], listed[1], elsewhere)]
    page = alna.client.post(
        alna.path, {**shown, "valgt": [*keys, "tull"], "answer": "reached", "on": "2026-11-23"}, follow=True
    )
    told = text_of(page)
    assert "Svaret er sendt for 1 ungdom." in told
    assert "1 ble ikke besvart" in told
    assert "Aas, Amina:</strong> En kollega har svart om ungdommen mens du holdt på." in told
    assert sent(world, listed[0], listed[1], elsewhere) == [
        ("moved", "", "", "", "new"), ("reached", "", "", "", "new"),
    ]  # fmt: skip
    # What the administration has used since is not taken back, and is told of
    with acting_as(make.system()):
        Feedback.objects.filter(youth_id=listed[1].youth_id).update(state="accepted", version=2)
    assert "Noen lagret før deg" in text_of(alna.take_back(page))
    assert sent(world, listed[1]) == [("reached", "", "", "", "accepted")]
    page = alna.say("still_unknown", *listed[2:])
    with acting_as(make.system()):
        Feedback.objects.filter(youth_id=listed[2].youth_id).update(state="accepted", version=2)
    undone = text_of(alna.take_back(page))
    assert "Svaret er trukket tilbake for 1 ungdom." in undone
    assert "1 ble ikke angret" in undone
    assert "Dahl, Amina:</strong> Noen andre har behandlet meldingen." in undone
    assert [state for *_said, state in sent(world, *listed[2:])] == ["accepted", "withdrawn"]
    for wrong in ("tull", "a.b.c.d", f"{keys[1]}..", ""):
        assert alna.client.post(alna.undo, {"satt": [wrong]}, follow=True).status_code == 200


def test_nothing_is_taken_back_and_the_board_says_why_when_what_was_said_before_cannot_be_said_again(
    world, alna, made, listed
):
    # Given two answers, one in the place of an earlier one with a code that is in no list any more
    said = {"actor": world.alna_contact, "made": made, "unit_id": world.alna.pk, "on": clock.today()}
    before = {"category": "in_activity", "activity_code": "OTAR"}
    with acting_as(world.alna_contact):
        answer_row(**said, youth_id=listed[0].youth_id, **before)
        given = [(case.youth_id, answer_row(**said, youth_id=case.youth_id, category="reached")) for case in listed[:2]]
    with acting_as(make.system()):
        Feedback.objects.filter(pk=given[0][1].replaced_id).update(activity_code="OTXX")
    # When both are taken back
    values = [
        f"{encode(youth_id)}.{encode(one.feedback_id)}.{encode(one.replaced_id) if one.replaced_id else ''}.{one.version}"
        for youth_id, one in given
    ]
    page = alna.client.post(alna.undo, {"satt": values}, follow=True)
    # Then both stand, and the board says why
    assert page.redirect_chain == [(alna.url, 302)]
    assert "Velg en aktivitet fra listen." in text_of(page)
    assert "trukket tilbake" not in text_of(page)
    assert sent(world, *listed) == [
        ("in_activity", "OTXX", "", "", "withdrawn"), ("reached", "", "", "", "new"), ("reached", "", "", "", "new"),
    ]  # fmt: skip


def test_nav_says_one_of_its_three_of_several_and_nothing_more(world, log_in, made, listed):
    nav = Board(log_in(world.nav), made, world.nav_alna)
    form = nav.client.get(nav.url).context["same"]
    assert list(form.fields) == ["answer", "on"]
    assert [value for value, _label in form.fields["answer"].choices] == ["", "followed_up", "still_unknown", "moved"]
    page = nav.say("followed_up", *listed[:2], next_step="Ringer i morgen")
    assert "Svaret er sendt for 2 ungdommer." in text_of(page)
    assert sent(world, *listed) == [("followed_up", "", "", "", "new")] * 2
    assert nav.say("reached", listed[2]).status_code == 422


def test_who_does_not_answer_for_the_unit_has_neither_boxes_nor_address(world, log_in, made, listed):
    for actor, shown in ((world.admin, 200), (world.stovner_contact, 404)):
        board = Board(log_in(actor), made, world.alna)
        page = board.client.get(board.url)
        assert page.status_code == shown
        assert "samme-svar" not in text_of(page)
        for path in (board.path, board.undo):
            assert board.client.post(path, {"valgt": [encode(listed[0].youth_id)]}).status_code in {403, 404}
    # and a list that a newer one has followed is answered no more
    alna = Board(log_in(world.alna_contact), made, world.alna)
    given = {"valgt": [encode(listed[0].youth_id)], "answer": "reached", "on": "2026-11-23"}
    with acting_as(world.admin):
        freeze_round(actor=world.admin, county_id=make.OSLO, on=clock.today())
    assert alna.client.post(alna.path, given).status_code == 404


@pytest.mark.proves("wash-next-owner", "rut-wash-session-s04")
def test_the_same_is_agreed_of_all_who_lack_somebody(world, log_in, made, listed):
    with acting_as(world.alna_contact):
        session = open_wash(actor=world.alna_contact, made=made, district_id=world.alna.pk)
    at = {"round_id": made.pk, "unit_id": world.alna.pk}
    page_url, path = reverse("lists:wash", kwargs=at), reverse("lists:wash_agree_many", kwargs=at)
    browser = log_in(world.alna_contact)
    assert path not in text_of(browser.get(page_url)), "nobody lacks anybody"
    said = dict(
        zip((case.youth_id for case in listed), ("still_unknown", "moved", "still_unknown", "followed_up"), strict=True)
    )
    with acting_as(world.nav):
        record_answers(actor=world.nav, session_id=session.pk, answers=said)
    page = log_in(world.alna_contact).get(page_url)
    assert "Det samme for alle 3 uten neste eier" in text_of(page)
    given = {"valgt": [encode(case.youth_id) for case in listed], "owner": "nav", "due_on": "2026-12-07"}
    assert "Velg hvem som tar neste steg" in text_of(browser.post(path, {**given, "owner": ""}, follow=True))
    assert "passert" in text_of(browser.post(path, {**given, "due_on": "2026-11-01"}, follow=True))
    # One of them has nobody to be agreed for: that is told, and the others are
    told = text_of(browser.post(path, given, follow=True))
    assert "3 avtalt." in told
    assert "1 ble ikke avtalt" in told
    assert "Eide, Amina:</strong> Neste steg avtales når" in told
    assert path not in told
    with acting_as(make.system()):
        assert set(WashAgreement.objects.values_list("youth_id", flat=True)) == {case.youth_id for case in listed[:3]}
    # Sent once more, what was agreed stands
    told = text_of(browser.post(path, {**given, "owner": "district"}, follow=True))
    assert "4 ble ikke avtalt" in told
    with acting_as(make.system()):
        assert set(WashAgreement.objects.values_list("owner", flat=True)) == {"nav"}
