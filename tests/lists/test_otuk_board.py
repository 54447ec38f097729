"""A district or Nav office answers its list: one answer for each youth, sent to the administration, undone at once."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback
from fotfeste.casework.services import handling
from fotfeste.kernel import clock
from fotfeste.kernel.opaque import encode
from tests.lists.otuk_world import STOVNER

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


class Board:
    """A browser at one unit's board."""

    def __init__(self, client, made, unit) -> None:
        self.client, self.made, self.unit = client, made, unit
        self.url = reverse("lists:otuk_board", kwargs={"round_id": made.pk, "unit_id": unit.pk})

    def see(self):
        return self.client.get(self.url)

    def answer_url(self, case) -> str:
        return f"{self.url}{encode(case.youth_id)}/"

    def answer(self, case, category: str, *, htmx: bool = True, **said):
        headers = HTMX if htmx else {}
        page = self.see()
        rows = page.context["board"].rows if page.status_code == 200 else []
        row = next((row for row in rows if row.youth_id == case.youth_id), None)
        given = {"category": category, "version": row.version if row else 0, **said}
        return self.client.post(self.answer_url(case), given, headers=headers)

    def undo(self, answered, *, htmx: bool = True):
        sent, replaced = answered.context["sent"], answered.context["replaced"]
        url = f"{self.url}{encode(sent.feedback_id)}/angre/"
        return self.client.post(url, {"erstattet": replaced, "version": sent.version}, headers=HTMX if htmx else {})


@pytest.fixture
def listed(world):
    return world.unknown("Aas", phone="+4790012301"), world.unknown("Bakke")


@pytest.fixture
def made(world, listed):
    return world.freeze()


@pytest.fixture
def alna(world, log_in, made):
    return Board(log_in(world.alna_contact), made, world.alna)


@pytest.fixture
def nav(world, log_in, made):
    return Board(log_in(world.nav), made, world.nav_alna)


def messages_in(world) -> list[tuple[str, str, str]]:
    with acting_as(world.admin):
        rows = Feedback.objects.order_by("pk").select_related("from_unit")
        return [(row.from_unit.name, row.category, row.state) for row in rows]


def test_the_board_shows_each_youth_with_what_is_needed_to_reach_them(alna):
    page = text_of(alna.see())
    for told in (
        "Aas, Amina",
        "14. mai 2008",
        ">90 01 23 01<",
        "Furuveien 1",
        "Prøve videregående skole",
        "12. sep. 2026",
    ):
        assert told in page
    assert "0 av 2" in page
    assert page.count('data-key="') == 18


@pytest.mark.proves("avt-dc-review-lists", "avt-dc-feedback-uda", "dl-list-review", "rep-district-feedback")
@pytest.mark.parametrize("category", ["reached", "moved", "followed_up", "by_nav", "wrong", "still_unknown"])
def test_an_answer_is_one_click_and_goes_to_the_administration(world, alna, listed, category):
    answered = alna.answer(listed[0], category)
    assert answered.status_code == 200
    assert messages_in(world) == [("Bydel Alna", category, "new")]
    page = text_of(answered)
    assert f'id="rad-{encode(listed[0].youth_id)}"' in page
    assert "1 av 2" in page
    assert 'Ikke besvart <span class="fot-count">1</span>' in page, "the tab counts down with the answers"
    assert "Angre" in page
    assert "<html" not in page


@pytest.mark.proves("wash-next-owner")
def test_in_activity_asks_which_one_and_sends_its_code(world, alna, listed):
    # Given the question, in the row's place
    url = alna.answer_url(listed[0]) + "?svar=in_activity"
    asked = alna.client.get(url, headers=HTMX)
    assert "Hvilken aktivitet" in text_of(asked)
    assert "<html" not in text_of(asked)
    # When it is sent without, then with
    assert alna.answer(listed[0], "in_activity").status_code == 422
    assert messages_in(world) == []
    alna.answer(
        listed[0], "in_activity", activity_code="OTAR", on="16.11.2026", next_step="Bydelen ringer i januar",
        told_by="nav", next_owner="school",
    )  # fmt: skip
    # Then the activity, the day, who told it and who does what are there
    with acting_as(world.admin):
        sent = Feedback.objects.get()
    assert (sent.activity_code, sent.on, sent.next_step) == ("OTAR", date(2026, 11, 16), "Bydelen ringer i januar")
    page = text_of(alna.see())
    assert "I aktivitet: " in page
    assert "Kilde: Nav" in page
    assert "Neste steg: Skolen" in page


@pytest.mark.proves("form-uda-feedback", "fb-youth", "fb-activity", "fb-known-date", "fb-source", "fb-received")
def test_which_activity_is_the_second_click_and_the_unit_itself_knows_it(world, alna, listed):
    asked = alna.client.get(alna.answer_url(listed[0]) + "?svar=in_activity", headers=HTMX)
    assert 'name="aktivitet" value="OTAR"' in text_of(asked)
    alna.client.post(alna.answer_url(listed[0]), {"aktivitet": "OTAR", "version": 0}, headers=HTMX)
    with acting_as(world.admin):
        sent = Feedback.objects.get()
    assert (sent.category, sent.activity_code, sent.on, sent.told_by) == (
        "in_activity", "OTAR", date(2026, 11, 23), "district",
    )  # fmt: skip
    assert (sent.youth_id, sent.sent_at.date()) == (listed[0].youth_id, date(2026, 11, 23))


def test_the_row_tells_why_the_youth_is_on_the_list_in_the_readers_language(alna):
    assert "Sluttet på skolen" in text_of(alna.see())
    alna.client.cookies["django_language"] = "en"
    assert "Sluttet på skolen" not in text_of(alna.see())


def test_without_javascript_the_same_is_pages_and_posts(world, alna, listed):
    page = alna.client.get(alna.answer_url(listed[0]) + "?svar=in_activity")
    assert "<html" in text_of(page)
    back = alna.answer(listed[0], "reached", htmx=False)
    assert back.url == alna.url
    assert messages_in(world) == [("Bydel Alna", "reached", "new")]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"category": "tull"}, "Velg noe fra listen."),
        ({"category": "reached", "on": "24.11.2026"}, "fram i tid"),
        ({"category": "in_activity", "activity_code": "OTXX"}, "Velg noe fra listen."),
        ({"category": "reached", "next_step": "x" * 201}, "For langt"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_the_rows_place(world, alna, listed, said, sentence):
    answer = alna.client.post(alna.answer_url(listed[0]), said, headers=HTMX)
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert messages_in(world) == []


def test_answering_in_the_list_of_those_without_an_answer_one_stays_there(world, alna, listed):
    page = alna.client.post(
        alna.answer_url(listed[0]),
        {"category": "reached", "version": 0},
        headers={**HTMX, "HX-Current-URL": f"http://testserver{alna.url}?vis=ubesvart"},
    ).content.decode()
    assert re.search(r'vis=ubesvart" aria-current="page"', page)


def test_an_answer_is_undone(world, alna, listed):
    undone = alna.undo(alna.answer(listed[0], "reached"))
    assert messages_in(world) == [("Bydel Alna", "reached", "withdrawn")]
    assert "Ikke besvart" in text_of(undone)
    assert "0 av 2" in text_of(undone)


def test_undoing_puts_the_answer_it_replaced_in_its_place_again(world, alna, listed):
    alna.answer(listed[0], "still_unknown")
    alna.undo(alna.answer(listed[0], "reached"))
    states = [(category, state) for _unit, category, state in messages_in(world)]
    assert states == [("still_unknown", "withdrawn"), ("reached", "withdrawn"), ("still_unknown", "new")]


def test_an_answer_the_administration_has_used_is_not_undone(world, alna, listed):
    answered = alna.answer(listed[0], "still_unknown")
    with acting_as(world.admin):
        handling.accept_feedback(actor=world.admin, feedback_id=answered.context["sent"].feedback_id, version=None)
    page, part = alna.undo(answered, htmx=False), alna.undo(answered)
    assert (page.status_code, part.status_code, part.headers["HX-Retarget"]) == (409, 409, "main")
    assert "Noen andre har behandlet meldingen" in text_of(page)
    assert messages_in(world) == [("Bydel Alna", "still_unknown", "accepted")]


def test_a_question_back_is_shown_and_the_row_counts_as_unanswered(world, alna, listed):
    answered = alna.answer(listed[0], "reached")
    with acting_as(world.admin):
        handling.return_feedback(
            actor=world.admin, feedback_id=answered.context["sent"].feedback_id, question="Når?", version=None
        )
    page = text_of(alna.see())
    assert "«Når?»" in page
    assert "0 av 2" in page


@pytest.mark.proves("fb-clarified")
def test_an_answer_that_nobody_knows_anything_is_an_answer_and_clarifies_nothing(alna, listed):
    alna.answer(listed[0], "still_unknown")
    page = text_of(alna.answer(listed[1], "wrong"))
    assert "2 av 2" in page
    assert "1 er avklart. Resten av de besvarte er fortsatt ukjent." in page


def test_what_was_answered_last_time_is_shown_beside(world, log_in):
    case = world.unknown("Aas")
    with clock.frozen(date(2026, 10, 10)):
        first = Board(log_in(world.alna_contact), world.freeze(date(2026, 10, 10)), world.alna)
        first.answer(case, "still_unknown")
    second = Board(log_in(world.alna_contact), world.freeze(), world.alna)
    page = text_of(second.see())
    assert "Forrige: Fortsatt ukjent, 10. okt. 2026" in page
    assert "0 av 1" in page
    # The round that is over is closed
    assert first.see().status_code == 404
    assert first.answer(case, "reached").status_code == 404


def test_another_districts_board_is_not_found(world, log_in, made, listed):
    theirs = Board(log_in(world.stovner_contact), made, world.alna)
    assert theirs.see().status_code == 404
    assert theirs.client.get(theirs.answer_url(listed[0])).status_code == 404
    assert theirs.answer(listed[0], "reached").status_code == 404
    assert messages_in(world) == []


def test_a_youth_on_another_list_cannot_be_answered_from_ones_own(world, alna):
    other = world.unknown("Dahl", district=STOVNER)
    assert alna.answer(other, "reached").status_code == 404


def test_another_units_answer_is_not_undone(world, log_in, alna, nav, listed):
    log_in(world.nav)
    theirs = nav.answer(listed[0], "followed_up")
    log_in(world.alna_contact)
    alna.undo(theirs)
    assert messages_in(world) == [("Nav Alna", "followed_up", "new")]


@pytest.mark.proves("avt-nor-otuk-cooperation", "form-list-review", "rule-nav-answers-only")
def test_nav_sees_names_and_birth_dates_only_and_answers_in_three_ways(world, nav, listed):
    page = text_of(nav.see())
    assert "Aas, Amina" in page
    assert "14. mai 2008" in page
    for hidden in ("Furuveien", "90012301", "Prøve videregående skole", "12. sep. 2026", "Ukjent siden"):
        assert hidden not in page
    for key, category in (("1", "followed_up"), ("2", "still_unknown"), ("3", "moved")):
        assert f'value="{category}" data-key="{key}"' in page
    answered = nav.answer(listed[0], "followed_up")
    assert (answered.status_code, "Kilde" in text_of(answered), "avklart" in text_of(answered)) == (200, False, False)
    assert nav.answer(listed[1], "reached").status_code == 422
    assert messages_in(world) == [("Nav Alna", "followed_up", "new")]


def test_nav_and_district_do_not_see_each_others_answers(world, log_in, alna, nav, listed):
    log_in(world.alna_contact)
    alna.answer(listed[0], "wrong")
    log_in(world.nav)
    assert "0 av 2" in text_of(nav.see())
    nav.answer(listed[0], "followed_up")
    log_in(world.alna_contact)
    assert "Ivaretatt" not in text_of(alna.see())


def test_the_administration_sees_every_board_and_answers_none(world, log_in, alna, listed):
    log_in(world.alna_contact)
    alna.answer(listed[0], "reached", next_step="Bydelen ringer")
    seen = Board(log_in(world.admin), alna.made, world.alna)
    page = text_of(seen.see())
    assert "Bydelen ringer" in page
    assert "Last ned" in page
    assert 'data-key="1"' not in page
    assert seen.answer(listed[1], "reached").status_code == 403
    office = Board(seen.client, alna.made, world.nav_alna)
    assert "Aas, Amina" in text_of(office.see())


def test_a_unit_that_is_asked_about_nobody_has_no_board(world, log_in, made):
    assert Board(log_in(world.admin), made, world.school).see().status_code == 404


def test_leaving_the_form_gives_the_row_back(alna, listed):
    row = alna.client.get(f"{alna.url}?rad={encode(listed[0].youth_id)}", headers=HTMX)
    assert 'data-key="1"' in text_of(row)
    assert "<html" not in text_of(row)
    assert alna.client.get(f"{alna.url}?rad=finnes-ikke", headers=HTMX).status_code == 404


def test_the_board_asks_the_database_as_often_however_long_the_list(world, log_in):
    def asked(made) -> int:
        browser = log_in(world.alna_contact)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(Board(browser, made, world.alna).url).status_code == 200
        return len(queries)

    world.unknown("Aas")
    with clock.frozen(date(2026, 11, 10)):
        made = world.freeze(date(2026, 11, 10))
        asked(made)  # what is read once and kept
        few = asked(made)
    for number in range(8):
        world.unknown(f"Bakke {number}")
    assert asked(world.freeze()) == few
