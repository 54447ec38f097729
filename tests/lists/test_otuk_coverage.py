"""How much of a list is answered by the schools' deadline, and how fast: the same to the administration and leaders."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback
from fotfeste.casework.services import feedback
from fotfeste.kernel import clock
from fotfeste.lists.selectors import coverage, otuk
from fotfeste.lists.services.answers import answer_row
from fotfeste.reporting.policies import Reach, ReachKind
from fotfeste.reporting.selectors.indicators import lines_answered
from fotfeste.reporting.shares import Share
from tests import factories as make
from tests.lists.otuk_world import STOVNER

pytestmark = pytest.mark.django_db

FIRST, DEADLINE = date(2026, 10, 9), date(2026, 11, 10)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def answer(actor, made, case, category="still_unknown", on=None):
    with clock.frozen(on), acting_as(actor):
        return answer_row(
            actor=actor, made=made, unit_id=actor.unit_id, youth_id=case.youth_id, category=category, on=on
        )


@pytest.fixture
def autumn(world):
    """A list of ten at Alna and one at Stovner, answered in part before the deadline and in part after."""
    cases = [world.unknown(f"Aas {number}") for number in range(10)]
    world.unknown("Dahl", district=STOVNER)
    with clock.frozen(FIRST):
        made = world.freeze(FIRST)
    for number, case in enumerate(cases[:6]):
        answer(world.alna_contact, made, case, on=date(2026, 10, 12 + number))
    for case in cases[6:8]:
        answer(world.nav, made, case, "followed_up", on=date(2026, 10, 30))
    # The first is answered anew after the deadline: it was answered in time all the same
    answer(world.alna_contact, made, cases[0], "reached", on=date(2026, 11, 12))
    # One answers on the day of the deadline, one after it, and one takes the answer back
    answer(world.alna_contact, made, cases[6], on=DEADLINE)
    answer(world.alna_contact, made, cases[7], on=date(2026, 11, 11))
    sent = answer(world.alna_contact, made, cases[8], on=date(2026, 11, 2))
    with clock.frozen(date(2026, 11, 2)), acting_as(world.alna_contact):
        feedback.withdraw_feedback(actor=world.alna_contact, feedback_id=sent.feedback_id)
    return made


@pytest.mark.proves("ind-wash-coverage")
def test_what_is_answered_by_the_schools_deadline_is_said_once_and_shown_to_both(world, autumn, log_in):
    assert coverage.deadline_of(autumn) == DEADLINE
    # Seven of eleven lines in the county, and of Nav, which was asked about ten
    county = Reach(ReachKind.COUNTY, "Oslo", make.OSLO)
    share, days = lines_answered(reach=county, on=make.TODAY)
    assert (share.share, share.period.last_day) == (Share(7, 11), DEADLINE)
    assert (days.wait.median, days.wait.waiting, days.wait.longest) == (8, 4, 32)
    alna = Reach(ReachKind.DISTRICT, "Bydel Alna", make.OSLO, world.alna.pk, district_code="12")
    assert lines_answered(reach=alna, on=make.TODAY)[0].share == Share(7, 10)
    office = Reach(ReachKind.UNIT, "Nav Alna", make.OSLO, world.nav_alna.pk)
    assert lines_answered(reach=office, on=make.TODAY)[0].share == Share(2, 10)
    school = Reach(ReachKind.UNIT, "Skole", make.OSLO, world.school.pk)
    assert lines_answered(reach=school, on=make.TODAY) == []
    # Before the deadline has passed there is nothing to say of it
    assert lines_answered(reach=county, on=DEADLINE) == []
    # The administration reads the same of the round, and the leader of the county in the figures
    page = text_of(log_in(world.admin).get(reverse("lists:otuk_round", kwargs={"round_id": autumn.pk})))
    assert "Besvart innen skolenes frist 10. nov. 2026: 64 % (7 av 11 linjer)." in page
    assert "Halvparten var besvart 8 dager etter listen." in page
    figures = reverse("reporting:figures")
    leader = make.actor(Role.COUNTY_LEADER, make.education_admin())
    page = text_of(log_in(leader).get(figures))
    assert "7 av 11 linjer på listen 9. okt. 2026 var besvart innen skolenes frist 10. nov. 2026" in page


def test_a_nav_office_of_two_districts_is_counted_for_the_lines_it_was_asked_about(world, autumn):
    world.stovner.nav_office = world.nav_alna
    world.stovner.save(update_fields=["nav_office"])
    counts = {each.name: each.office_answered for each in _counts(world, autumn)}
    assert counts == {"Bydel Alna": 2, "Bydel Stovner": 0}
    asked = coverage.coverage_of(made=autumn, by_day=DEADLINE, for_nav=True)
    assert [(each.lines, each.answered) for each in asked if each.unit_id == world.nav_alna.pk] == [(11, 2)]


def _counts(world, made):
    with acting_as(world.admin):
        assert Feedback.objects.exists()
        return otuk.district_counts(made=made)
