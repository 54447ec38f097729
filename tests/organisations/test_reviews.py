"""Twice a year each unit goes through who has access: who does it, what it does, and what is left."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.audit.selectors import entries
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, NotAllowed
from fotfeste.kernel.opaque import encode
from fotfeste.organisations.enums import ReviewOutcome, ReviewState
from fotfeste.organisations.models import RoleReview
from fotfeste.organisations.review_rounds import round_on
from fotfeste.organisations.selectors.reviews import roles_to_review, unit_reviews
from fotfeste.organisations.services import reviews
from tests import factories as make
from tests.at_once.race import browser_of
from tests.seen import seen

pytestmark = pytest.mark.django_db

CONFIRMED, ENDED = ReviewOutcome.CONFIRMED, ReviewOutcome.ENDED
LATE = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def school():
    return make.unit(name="Prøve vgs")


@pytest.fixture
def leader(school):
    return make.actor(Role.UNIT_LEADER, school, name="Lena Leder")


@pytest.fixture
def keeper():
    return make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(), name="Per Prøve")


@pytest.fixture
def held(school):
    return make.assign(make.user("Kari Prøve"), Role.COUNSELLOR, school)


def review(actor, held, outcome=CONFIRMED, **more) -> RoleReview:
    with acting_as(actor):
        return reviews.review_role(actor=actor, assignment_id=held.pk, outcome=outcome, on=make.TODAY, **more)


def of_unit(school, on=make.TODAY):
    (found,) = unit_reviews(round_=round_on(on), on=on, unit_ids=[school.pk])
    return found


@pytest.mark.parametrize(
    ("day", "key", "due"),
    [
        (date(2026, 10, 31), None, None),
        (date(2026, 11, 1), "2026-autumn", date(2026, 12, 1)),
        (date(2027, 3, 31), "2026-autumn", date(2026, 12, 1)),
        (date(2027, 4, 1), "2027-spring", date(2027, 5, 1)),
        (date(2027, 11, 1), "2027-autumn", date(2027, 12, 1)),
    ],
)
def test_a_round_is_the_current_one_until_the_next_opens(day, key, due):
    found = round_on(day)
    assert (found and found.key, found and found.due) == (key, due)


def test_the_leader_confirms_a_role_and_it_stays_with_who_and_when(school, leader, held):
    made = review(leader, held)
    assert (made.outcome, made.round, made.decided_by_id, made.decided_at) == (
        CONFIRMED,
        "2026-autumn",
        leader.user_id,
        clock.now(),
    )
    assert actor_for(user_id=held.user_id, on=LATE).assignments
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        (entry,) = entries().filter(verb="role.confirmed")
    assert (entry.user_id, entry.details["user"], entry.details["round"]) == (
        leader.user_id,
        held.user_id,
        "2026-autumn",
    )


def test_a_role_that_is_ended_in_the_round_opens_nothing_the_day_after(school, leader, held):
    review(leader, held, ENDED)
    held.refresh_from_db()
    assert held.last_day == make.TODAY
    assert not actor_for(user_id=held.user_id, on=make.TODAY + timedelta(1)).assignments
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        assert entries().filter(verb="role.ended").count() == 1


def test_whoever_administers_access_goes_through_any_unit_of_the_county(keeper, held):
    assert review(keeper, held).decided_by_id == keeper.user_id


def test_nobody_goes_through_their_own_role_and_nobody_else_goes_through_any(school, leader, held):
    make.county(46, "Vestland")
    own = RoleAssignment.objects.get(user_id=leader.user_id)
    with pytest.raises(NotAllowed, match="sin egen tilgang"):
        review(leader, own)
    for stranger in (
        make.actor(Role.UNIT_LEADER, make.unit()),
        make.actor(Role.COUNSELLOR, school),
        make.actor(Role.EDUCATION_ADMIN, make.education_admin()),
        make.actor(Role.PRIVACY_OFFICER, make.education_admin()),
        make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(46)),
    ):
        for outcome in (CONFIRMED, ENDED):
            with pytest.raises(NotAllowed, match="Bare lederen"):
                review(stranger, held, outcome)
    assert not RoleReview.objects.exists()


def test_a_leader_who_is_counsellor_elsewhere_goes_through_nothing_there(leader, held):
    other = make.unit()
    make.assign(RoleAssignment.objects.get(user_id=leader.user_id).user, Role.COUNSELLOR, other)
    theirs = make.assign(make.user(), Role.COUNSELLOR, other)
    both = actor_for(user_id=leader.user_id, on=make.TODAY)
    with pytest.raises(NotAllowed):
        review(both, theirs)
    review(both, held)


def test_what_is_confirmed_may_still_be_ended_and_what_is_ended_no_more(leader, held):
    review(leader, held)
    with pytest.raises(IllegalTransition, match="alt gått gjennom"):
        review(leader, held)
    review(leader, held, ENDED)
    for outcome in (CONFIRMED, ENDED):
        with pytest.raises(IllegalTransition):
            review(leader, held, outcome)
    assert RoleReview.objects.count() == 2


def test_whoever_decides_second_is_shown_what_was_decided(school, leader, keeper, held):
    (row, _own) = roles_to_review(unit_id=school.pk, round_=round_on(make.TODAY), on=make.TODAY)
    review(leader, held, version=row.mark)
    with pytest.raises(EditConflict) as told:
        review(keeper, held, ENDED, version=row.mark)
    assert told.value.theirs["Gjennomgang"] == "Skal fortsatt ha rollen"


def test_roles_nobody_goes_through_become_overdue_and_are_never_ended(school, leader, held):
    assert (of_unit(school).left, of_unit(school).state) == (2, ReviewState.OPEN)
    assert of_unit(school, LATE).state == ReviewState.OVERDUE
    held.refresh_from_db()
    assert held.last_day is None
    assert actor_for(user_id=held.user_id, on=date(2027, 3, 1)).assignments


def test_a_unit_is_done_when_every_role_held_at_the_opening_is_gone_through(school, leader, keeper, held):
    make.assign(make.user(), Role.COUNSELLOR, school, first_day=date(2026, 11, 1))
    make.assign(make.user(), Role.COUNSELLOR, school, last_day=date(2026, 11, 10))
    assert of_unit(school).total == 2
    review(leader, held)
    review(keeper, RoleAssignment.objects.get(user_id=leader.user_id))
    assert (of_unit(school, LATE).left, of_unit(school, LATE).state) == (0, ReviewState.DONE)
    # And everything is asked for again in the next round
    assert of_unit(school, date(2027, 4, 1)).left == 3


def test_what_is_written_stands(leader, held):
    made = review(leader, held)
    for change in (lambda: RoleReview.objects.update(outcome=ENDED), lambda: made.delete()):
        with acting_as(leader), pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_overview_shows_which_units_have_not_done_it(keeper, school, leader, held):
    done = make.unit(name="Ferdig vgs")
    review(keeper, make.assign(make.user(), Role.COUNSELLOR, done))
    browser = browser_of(keeper)
    left = browser.get("/tilganger/").content.decode()
    assert "Prøve vgs" in left
    assert "0 av 2" in left
    assert "Ferdig vgs" not in left
    everything = browser.get("/tilganger/?vis=alle").content.decode()
    assert "1 av 1" in everything
    with clock.frozen(LATE):
        assert "Fristen er ute" in browser_of(keeper).get("/tilganger/").content.decode()


def test_the_overview_shows_no_unit_of_another_county(keeper):
    make.county(46, "Vestland")
    abroad = make.unit(name="Vestland vgs", county_id=46)
    make.assign(make.user(), Role.COUNSELLOR, abroad)
    browser = browser_of(keeper)
    assert "Vestland vgs" not in browser.get("/tilganger/?vis=alle").content.decode()
    assert browser.get(f"/tilganger/{encode(abroad.pk)}/").status_code == 404


def test_the_leader_goes_straight_to_the_unit_and_decides_there(school, leader, held):
    browser = browser_of(leader)
    page = f"/tilganger/{encode(school.pk)}/"
    assert browser.get("/tilganger/").headers["Location"] == page
    shown = browser.get(page)
    assert "Kari Prøve" in shown.content.decode()
    assert "En annen går gjennom din tilgang" in shown.content.decode()
    # Nothing chosen is told, and nothing is written
    assert browser.post(page, seen(shown)).status_code == 422
    done = browser.post(page, {f"valg-{encode(held.pk)}": "confirmed"} | seen(shown), follow=True).content.decode()
    assert "1 rolle er gått gjennom" in done
    assert "Lena Leder" in done
    # What was confirmed by mistake can still be ended there
    browser.post(page, {f"valg-{encode(held.pk)}": "ended"} | seen(browser.get(page)))
    held.refresh_from_db()
    assert held.last_day == make.TODAY
    # And another unit is none of the leader's
    assert browser.get(f"/tilganger/{encode(make.unit().pk)}/").status_code == 404


def test_a_role_of_another_unit_in_the_form_is_left_alone(school, leader):
    theirs = make.assign(make.user(), Role.COUNSELLOR, make.unit())
    answer = browser_of(leader).post(f"/tilganger/{encode(school.pk)}/", {f"valg-{encode(theirs.pk)}": "ended"})
    assert answer.status_code == 422
    theirs.refresh_from_db()
    assert theirs.last_day is None


def test_before_the_first_round_there_is_nothing_to_go_through(keeper, leader):
    with clock.frozen(date(2026, 10, 31)):
        assert "Ingenting å gå gjennom" in browser_of(keeper).get("/tilganger/").content.decode()
        assert "Ingenting å gå gjennom" in browser_of(leader).get("/tilganger/", follow=True).content.decode()


def test_the_morning_tells_the_leader_and_the_administrator_what_is_left(leader, keeper, held):
    assert "1 rolle gjenstår. Fristen er 1. des. 2026" in flat(browser_of(leader).get("/"))
    with clock.frozen(LATE):
        assert "Fristen var 1. des. 2026" in flat(browser_of(leader).get("/"))
    assert "2 roller gjenstår" in flat(browser_of(keeper).get("/"))
    review(leader, held)
    assert "gjenstår" not in flat(browser_of(leader).get("/"))


def flat(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_all_shown_are_confirmed_at_once_but_those_unticked(school, leader, held):
    # Given two others, both ticked when one asks for all
    other = make.assign(make.user("Ola Prøve"), Role.COUNSELLOR, school)
    browser, page = browser_of(leader), f"/tilganger/{encode(school.pk)}/"
    assert 'href="?alle=ja"' in browser.get(page).content.decode()
    ticked = browser.get(f"{page}?alle=ja")
    assert ticked.content.decode().count(" checked") == 2
    # When one is unticked
    chosen = {f"valg-{encode(held.pk)}": "confirmed"}
    done = flat(browser.post(f"{page}?alle=ja", chosen | seen(ticked), follow=True))
    # Then that one is left, and no tick was set for nobody
    assert list(RoleReview.objects.values_list("assignment_id", "outcome")) == [(held.pk, CONFIRMED)]
    assert "1 rolle gjenstår" in done
    assert other.user.name in done
    nothing = browser.post(f"{page}?alle=ja", seen(browser.get(f"{page}?alle=ja")))
    assert nothing.status_code == 422
    assert " checked" not in nothing.content.decode()


def test_who_confirmed_and_ended_what_in_earlier_rounds_is_shown(school, leader, keeper, held):
    gone = make.assign(make.user("Borte Prøve"), Role.COUNSELLOR, school)
    review(leader, held)
    review(keeper, gone, ENDED)
    page = f"/tilganger/{encode(school.pk)}/"
    # In the round itself the ended one stands also the day after
    with clock.frozen(LATE):
        shown = flat(browser_of(leader).get(page))
    assert "Borte Prøve" in shown
    assert "Runder" not in shown
    # And in the next round the earlier one is a choice, with who did what
    with clock.frozen(date(2027, 4, 2)):
        browser = browser_of(leader)
        assert f'href="{page}?runde=2026-autumn"' in browser.get(page).content.decode()
        earlier = flat(browser.get(f"{page}?runde=2026-autumn"))
        assert "Kari Prøve" in flat(browser.get(f"{page}?runde=2026-tull"))
    for name, outcome, by in (
        ("Kari Prøve", CONFIRMED.label, "Lena Leder"),
        ("Borte Prøve", ENDED.label, "Per Prøve"),
    ):
        row = earlier[earlier.index(name) :].partition("</tr>")[0]
        assert str(outcome) in row
        assert by in row


def test_ones_own_role_is_counted_alike_in_the_morning_on_the_overview_and_on_the_page(school, leader, keeper, held):
    def said(actor, path):
        return flat(browser_of(actor).get(path, follow=True))

    for path in ("/", "/tilganger/"):
        assert "1 rolle gjenstår" in said(leader, path)
    # And whoever alone administers access sees that own role wait for another, and is not asked to go through it
    review(keeper, held)
    review(keeper, RoleAssignment.objects.get(user_id=leader.user_id))
    assert "gjenstår" not in said(keeper, "/")
    overview = said(keeper, "/tilganger/")
    assert "0 av 1" in overview
    assert "Din egen tilgang går en annen gjennom." in overview


def test_the_overview_asks_the_database_as_often_however_many_units(keeper, django_assert_max_num_queries):
    for _number in range(12):
        make.assign(make.user(), Role.COUNSELLOR, make.unit())
    browser = browser_of(keeper)
    browser.get("/tilganger/")
    with django_assert_max_num_queries(10):
        browser.get("/tilganger/")
