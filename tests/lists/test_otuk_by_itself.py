"""The lists of the year make themselves on their day; the administration is told, and may make others beside them."""

from datetime import date, datetime, timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.kernel import clock
from fotfeste.lists.jobs import make_rounds_that_are_due
from fotfeste.lists.models import OtukRound
from fotfeste.lists.selectors.otuk import extra_rounds, list_days
from fotfeste.organisations.models import CountyReading
from tests import factories as make

pytestmark = pytest.mark.django_db

NOV, FEB, APR = date(2026, 11, 20), date(2027, 2, 19), date(2027, 4, 20)  # 20 February 2027 is a Saturday
FAR = 46


def run(day: date, hour: int = 7) -> list[tuple[int, date]]:
    """Run the job on a day, and return all rounds there are."""
    with clock.frozen(datetime(day.year, day.month, day.day, hour, tzinfo=clock.OSLO)):
        make_rounds_that_are_due()
    return list(OtukRound.objects.order_by("county_id", "on").values_list("county_id", "on"))


@pytest.mark.proves("dl-otuk-list-nov", "dl-otuk-list-feb", "dl-otuk-list-apr", "std-uda-otuk-lists", "std-send-lists")
def test_a_list_makes_itself_on_its_day_once_and_others_may_be_made_beside_it(world, log_in):
    # Given another county, where nobody makes lists
    make.education_admin(FAR)
    world.unknown("Bakke")
    # Then nothing is made before the day, on it the round is made once, and the district can answer
    assert run(NOV - timedelta(days=1)) == []
    for hour in (6, 7, 18):
        assert run(NOV, hour) == [(make.OSLO, NOV)]
    made = OtukRound.objects.get()
    assert (made.frozen_by.is_system, made.known_at.astimezone(clock.OSLO).hour) == (True, 6)
    assert "Bakke" in log_in(world.alna_contact).get("/otuk/", follow=True).content.decode()
    # And the administration sees it, is told of the next, and makes an extra one that takes nothing from it
    page = log_in(world.admin).post("/otuk/lag/", {"on": "23.11.2026"}, follow=True)
    assert "Listene er laget" in page.content.decode()
    assert extra_rounds(county_id=make.OSLO) == {OtukRound.objects.get(on=make.TODAY).pk}
    page = log_in(world.admin).get("/otuk/").content.decode()
    assert "Den lages av seg selv" in page
    assert "Fotfeste – planlagte jobber" in page
    # When no job ran on the day, the list is made on the next it runs; and one made in the week before is the list
    assert run(FEB + timedelta(days=3))[-1] == (make.OSLO, FEB)
    with clock.frozen(APR - timedelta(days=4)):
        world.freeze(APR - timedelta(days=4))
        assert list_days(county_id=make.OSLO, today=APR).is_made
    assert run(APR)[-1] == (make.OSLO, APR - timedelta(days=4))
    # And a county that joins long after a list day gets no list of that day
    make.actor(Role.EDUCATION_ADMIN, make.education_admin(FAR))
    assert {county for county, _on in run(APR + timedelta(days=8))} == {make.OSLO}


def test_a_list_the_county_has_moved_or_left_out_follows_its_wheel(world):
    def choose(event_id, value="on", **told):
        CountyReading.objects.create(
            county_id=make.OSLO, reading=event_id, value=value, told=told, first_day=make.TODAY, reason="Avtalt.",
            chosen_by_id=world.admin.user_id, recorded_at=clock.now(),
        )  # fmt: skip

    choose("dl-otuk-list-feb", day=[2, 24])
    choose("dl-otuk-list-apr", value="off")
    assert run(FEB) == []
    assert run(date(2027, 2, 24)) == [(make.OSLO, date(2027, 2, 24))]
    assert len(run(APR)) == 1


def test_the_way_to_those_nobody_has_answered_about_leads_there(world, log_in):
    world.unknown("Bakke")
    world.freeze(NOV)
    browser = log_in(world.alna_contact)
    assert browser.get("/otuk/?vis=ubesvart").url.endswith("/?vis=ubesvart")
    assert browser.get("/otuk/").url.endswith("/")
