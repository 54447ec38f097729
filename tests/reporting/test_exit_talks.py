"""Of those who quit, how many a school had talked with before they were signed out: counted, listed and said of one."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.collaboration.enums import MeetingKind, MeetingState
from fotfeste.collaboration.models import Meeting
from fotfeste.collaboration.selectors.meetings import is_before_signout, signed_out_on
from fotfeste.config.home.meetings import left_over
from fotfeste.kernel import clock
from fotfeste.people.models import Enrolment
from fotfeste.reporting.policies import Reach, ReachKind
from fotfeste.reporting.selectors.figures import standing
from fotfeste.reporting.selectors.indicators import Period, indicators, share_talked_before_signout
from fotfeste.reporting.shares import Share
from fotfeste.reporting.suppression import SMALL_COUNTS
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 11, 13)
AUTUMN = Period(date(2026, 8, 1), date(2026, 11, 23))


@pytest.fixture(autouse=True)
def the_day():
    with clock.frozen(make.TODAY):
        yield


def leaver(school, *, first_day=LAST_DAY + timedelta(1), **told):
    """Somebody who left the school, registered the day after or later; another unit answers for them."""
    left_on = told.pop("left_on", first_day - timedelta(1))
    case = make.case(told.pop("holder", school), since=first_day, **told)
    with acting_as(make.system()):
        Enrolment.objects.create(
            youth=case.youth, kind="pupil", school_id=school.pk, school_name=school.name, level="vg1", source="prøve",
            first_day=date(2025, 8, 18), last_day=left_on, end_reason="quit", recorded_at=clock.now(),
        )  # fmt: skip
    return case


def talk(case, day, *, kind=MeetingKind.EXIT, state=MeetingState.HELD):
    worker = make.system()
    with acting_as(worker):
        return Meeting.objects.create(
            youth=case.youth, kind=kind, called_by_unit_id=case.unit_id, called_by_id=worker.user_id, place="Rom 1",
            called_at=clock.now(), starts_at=datetime.combine(day, time(10), tzinfo=clock.OSLO), purpose="Slutt",
            state=state, cancel_reason="Syk" if state == MeetingState.CANCELLED else "",
        )  # fmt: skip


@pytest.mark.proves("ind-exit-before-signout", "exit-before-signout")
def test_the_leavers_talked_with_before_their_last_day_was_over_are_a_share_of_all_who_left():
    school, other, elsewhere = make.unit(name="Prøve videregående skole"), make.unit(), make.unit()
    talked, moved, clarified = leaver(school), leaver(school, holder=elsewhere), leaver(school)
    late, called, three_way, long_ago, never = (leaver(school) for _ in range(5))
    reported_late = leaver(school, left_on=LAST_DAY - timedelta(5))
    talk(talked, LAST_DAY)
    talk(moved, LAST_DAY - timedelta(10))
    talk(clarified, LAST_DAY - timedelta(3), kind=MeetingKind.CLARIFICATION)
    talk(late, LAST_DAY + timedelta(1))
    # It is the last day at school that counts, not the day somebody registered it.
    talk(reported_late, LAST_DAY - timedelta(4))
    talk(called, LAST_DAY - timedelta(1), state=MeetingState.CANCELLED)
    talk(three_way, LAST_DAY - timedelta(1), kind=MeetingKind.THREE_WAY)
    talk(long_ago, LAST_DAY - timedelta(400))
    # Those who left another school, left before the period, or did not quit at all, are not this school's.
    talk(leaver(other), LAST_DAY)
    leaver(school, first_day=date(2026, 7, 1))
    make.case(school, since=LAST_DAY, reason="not_applied")
    of_school = Reach(ReachKind.UNIT, school.name, 3, school.pk)
    county = Reach(ReachKind.COUNTY, "Oslo", 3)
    assert share_talked_before_signout(reach=of_school, period=AUTUMN) == Share(3, 9)
    assert share_talked_before_signout(reach=county, period=AUTUMN) == Share(4, 10)
    year = {each.id: each.share for each in indicators(reach=county, standing=standing(reach=county, on=make.TODAY))}
    assert year["ind-exit-before-signout"] == Share(4, 11)
    # The leader sees it, and not where it is of too few.
    leader, admin = make.actor(Role.UNIT_LEADER, school), make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    shown = browser_of(admin).get("/oversikt/").content.decode()
    assert "Sluttsamtale før utskriving" in shown
    assert "4 av 11 som sluttet" in shown.replace("\xa0", " ")
    assert SMALL_COUNTS.is_small(3)
    few = browser_of(leader).get("/oversikt/").content.decode()
    assert ("Sluttsamtale før utskriving" in few, "3 av 10 som sluttet" in few) == (True, False)
    # The unit that answers is told whom it did not talk with, on its list and on the page of each.
    counsellor = browser_of(make.actor(Role.COUNSELLOR, school))
    listed = {pk: day for pk, _who, day in counsellor.get(reverse("collaboration:my_meetings")).context["quit_alone"]}
    assert listed == {
        **{each.youth_id: LAST_DAY for each in (late, called, three_way, long_ago, never)},
        reported_late.youth_id: LAST_DAY - timedelta(5),
    }
    for case, lacks in ((never, True), (late, True), (reported_late, True), (talked, False)):
        page = counsellor.get(reverse("casework:person", kwargs={"youth_id": case.youth_id})).content.decode()
        assert ("uten at det er registrert en avklarings- eller sluttsamtale" in page) is lacks
    # The meeting itself says the same.
    with acting_as(make.system()):
        for case, expected in ((talked, True), (late, False), (reported_late, False), (three_way, None)):
            meeting = Meeting.objects.get(youth_id=case.youth_id)
            assert is_before_signout(meeting, signout=signed_out_on(youth_id=case.youth_id)) is expected


def test_the_unit_is_told_in_the_morning_how_many_quit_without_being_talked_with():
    school = make.unit(name="Prøve videregående skole")
    counsellor = make.actor(Role.COUNSELLOR, school)
    for _number in range(2):
        leaver(school)
    talk(leaver(school), LAST_DAY)
    leaver(school, first_day=date(2026, 7, 1))  # too long ago to do anything about
    with acting_as(counsellor):
        told = {str(each.label): each.count for each in left_over(counsellor.assignments[0], make.TODAY)}
    assert told == {"Sluttet uten sluttsamtale": 2}
