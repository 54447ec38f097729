"""Two at the Nav office with the same wash on their screens, who answer about the same youth at the same moment."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.enums import FeedbackCategory
from fotfeste.casework.models import Feedback
from fotfeste.kernel import clock
from fotfeste.lists.selectors import wash as washes
from fotfeste.lists.services.wash import open_wash
from tests import factories as make
from tests.at_once.race import browser_of
from tests.at_once.threads import at_once
from tests.lists.otuk_world import World
from tests.seen import seen

pytestmark = pytest.mark.usefixtures("committed_database")
FIRST, SECOND = "still_unknown", "moved"
LABELS = {each.value: str(each.label) for each in FeedbackCategory}


@pytest.fixture
def desk(committed_database):
    """A wash of a list of two, open on the screens of two who work at the Nav office."""
    with clock.frozen(make.TODAY):
        world = World.made()
        world.one, world.other = world.unknown("Aas"), world.unknown("Bakke")
        world.round = world.freeze()
        with acting_as(world.alna_contact):
            world.session = open_wash(actor=world.alna_contact, made=world.round, district_id=world.alna.pk)
        office = world.nav_alna
        world.pair = [world.nav, make.actor(Role.NAV_RESPONSIBLE, office, name="Ola Lie")]
        world.at = {"round_id": world.round.pk, "unit_id": office.pk}
        world.screens = [browser_of(each) for each in world.pair]
        yield world


def form(desk, browser, case) -> tuple[str, dict[str, str]]:
    """Return where the row's answer is sent, and what the screen sends along."""
    path = reverse("lists:otuk_answer", kwargs={**desk.at, "youth_id": case.youth_id})
    return path, seen(browser.get(reverse("lists:otuk_board", kwargs=desk.at)), path)


def answers() -> list[tuple[int, str, str]]:
    with acting_as(make.system()):
        return list(Feedback.objects.order_by("pk").values_list("youth_id", "category", "state"))


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "row"])
def test_of_two_answers_at_the_same_moment_one_stands_and_the_other_is_shown_both(desk, headers):
    # Given that both have the row before them, unanswered
    shown = [form(desk, browser, desk.one) for browser in desk.screens]
    assert [each["version"] for _path, each in shown] == ["0", "0"]

    def send(number, category):
        (path, hidden), browser = shown[number], desk.screens[number]
        return browser.post(path, {**hidden, "category": category}, headers=headers)

    # When both answer
    both = at_once(lambda: send(0, FIRST), lambda: send(1, SECOND))
    # Then one is kept, and whoever came late is shown what stands beside what they were about to say
    late = [each for each in both if each.status_code == 409]
    assert len(late) == 1
    assert {each.status_code for each in both} - {409} <= {200, 302}
    ((youth_id, stands, state),) = answers()
    mine = SECOND if stands == FIRST else FIRST
    assert (youth_id, state) == (desk.one.youth_id, "new")
    assert "Noen lagret før deg" in late[0].content.decode()
    conflict = late[0].context["conflict"]
    assert LABELS[stands] in conflict.theirs.values()
    assert LABELS[mine] in conflict.yours.values()
    # And after having seen it they may still say so; the answer before is kept as it was
    loser = both.index(late[0])
    path, again = form(desk, desk.screens[loser], desk.one)
    assert desk.screens[loser].post(path, {**again, "category": mine}).status_code == 302
    assert [(category, state) for _youth, category, state in answers()] == [(stands, "withdrawn"), (mine, "new")]


def test_two_who_answer_about_each_their_own_row_lose_nothing_and_the_district_sees_both(desk):
    shown = [form(desk, browser, case) for browser, case in zip(desk.screens, (desk.one, desk.other), strict=True)]
    both = at_once(
        *[lambda n=number: desk.screens[n].post(shown[n][0], {**shown[n][1], "category": FIRST}) for number in range(2)]
    )
    assert [each.status_code for each in both] == [302, 302]
    assert {youth_id for youth_id, _category, _state in answers()} == {desk.one.youth_id, desk.other.youth_id}
    with acting_as(desk.alna_contact):
        found = washes.wash_of(washes.session_of(made=desk.round, district_id=desk.alna.pk))
    assert found.answered == 2


def test_the_same_click_on_two_screens_is_one_answer(desk):
    shown = [form(desk, browser, desk.one) for browser in desk.screens]
    at_once(
        *[lambda n=number: desk.screens[n].post(shown[n][0], {**shown[n][1], "category": FIRST}) for number in range(2)]
    )
    assert [(category, state) for _youth, category, state in answers()] == [(FIRST, "new")]


def test_an_answer_on_its_way_when_the_district_closes_the_wash_is_kept_or_refused_and_never_half(desk):
    path, hidden = form(desk, desk.screens[0], desk.one)
    district = browser_of(desk.alna_contact)
    close = reverse("lists:wash_close", kwargs={"round_id": desk.round.pk, "unit_id": desk.alna.pk})
    page = reverse("lists:wash", kwargs={"round_id": desk.round.pk, "unit_id": desk.alna.pk})
    closing = seen(district.get(page), close)
    answered, _closed = at_once(
        lambda: desk.screens[0].post(path, {**hidden, "category": "by_nav"}),
        lambda: district.post(close, closing),
    )
    kept = answers()
    assert len(kept) == (1 if answered.status_code == 302 else 0)
    with acting_as(desk.alna_contact):
        found = washes.session_of(made=desk.round, district_id=desk.alna.pk)
    assert found.unanswered in {None, 1, 2}
