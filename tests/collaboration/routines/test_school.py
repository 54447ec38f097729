"""The routines the school leads: a pupil at risk, one who leaves, the closing talk, and the three-way conversation."""

import pytest

from fotfeste.collaboration.enums import MeetingKind
from fotfeste.consent.enums import Answer

pytestmark = pytest.mark.django_db


@pytest.mark.proves(
    "rut-at-risk",
    "rut-at-risk-s01",
    "rut-at-risk-s02",
    "rut-at-risk-s03",
    "rut-at-risk-s04",
    "rut-at-risk-s05",
    "rut-at-risk-s06",
    "rut-at-risk-s07",
    "rut-at-risk-s08",
    "rut-at-risk-s09",
    "rut-term-clarification-meeting",
)
def test_a_pupil_at_risk_is_met_with_the_district_and_nav_and_stays(world_of):
    world = world_of(reason="preventive")
    world.registered()
    world.turns(at_risk_s01="school")
    world.map("school")
    world.turns(at_risk_s02="school")
    world.release("school", "district", "nav")
    world.turns(at_risk_s03="school", at_risk_s05="school")
    asked = world.write("school", "nav-question", "nav", question="Kan Nav gi arbeidstrening?")
    world.turns(at_risk_s04="nav", at_risk_s05="school")
    world.answer("nav", asked, "has_right")
    world.turns(at_risk_s05="school")
    meeting = world.call("school", MeetingKind.CLARIFICATION, "district", "nav")
    world.turns(at_risk_s06="district", at_risk_s07="nav")
    world.hold("school", meeting)
    world.turns(at_risk_s08="school")
    plan = world.plan("school")
    world.measure("nav", plan)
    world.turns(at_risk_s09="school")
    world.review("school")
    world.turns()
    world.choose("school", "at-risk-s09", "end")
    assert world.ended("rut-at-risk") == "done"


def test_a_pupil_at_risk_who_lets_nobody_in_is_followed_up_by_the_school_alone_and_may_still_leave(world_of):
    world = world_of(reason="preventive")
    world.registered()
    world.map("school")
    world.release("school", "district", answer=Answer.NO)
    # Nobody else is asked or told: the plan is the school's and the pupil's
    world.turns(at_risk_s08="school")
    world.plan("school")
    world.turns(at_risk_s09="school")
    world.wait(days=14)
    world.review("school")
    world.choose("school", "at-risk-s09", "rut-leaves")
    world.turns(leaves_s01="school")
    assert (world.under_way(), world.ended("rut-at-risk")) == ({"rut-leaves"}, "done")


def test_when_no_other_body_is_needed_nobody_is_asked_to_share(world_of):
    world = world_of(reason="preventive")
    world.registered()
    world.map("school", next_step="school_alone")
    world.turns(at_risk_s08="school")


@pytest.mark.proves(
    "rut-leaves",
    "rut-leaves-s01",
    "rut-leaves-s02",
    "rut-leaves-s03",
    "rut-leaves-s04",
    "rut-leaves-s05",
    "rut-leaves-s06",
    "rut-leaves-s07",
    "rut-leaves-s08",
    "rut-staircase-s03",
)
def test_a_pupil_who_leaves_is_taken_over_by_the_district_and_goes_on_in_the_staircase(world_of, tmp_path):
    world = world_of()
    world.registered()
    world.turns(leaves_s01="school")
    world.hold("school", world.call("school", MeetingKind.EXIT))
    world.turns(leaves_s02="school")
    world.write("school", "information-entry", about=["rights"], how="talk")
    world.turns(leaves_s02="school")
    world.mark("school")
    world.turns(leaves_s03="school")
    world.file(tmp_path)
    world.turns(leaves_s04="school")
    world.release("school", "district", "nav")
    world.turns(leaves_s05="school")
    meeting = world.call("school", MeetingKind.CLARIFICATION, "district", "nav")
    world.turns(leaves_s06="district", leaves_s08="nav")
    world.hold("school", meeting, takeover="yes", nav_entitlement="yes")
    world.turns(leaves_s06="district", staircase_s03="school")
    offered = world.write("school", "handover", "district", what="Oppfølgingen")
    world.turns(leaves_s06="district", staircase_s03="school")
    world.answer("district", offered, "accepted")
    # From this moment all of it is the district's
    world.turns(leaves_s07="district", staircase_s03="district")
    world.plan("district")
    world.turns(staircase_s03="district")
    assert world.ended("rut-leaves") == "done"


@pytest.mark.proves("rut-exit-agreement", "rut-exit-agreement-s01", "rut-exit-agreement-s02")
def test_a_closing_talk_with_nav_becomes_an_agreement_and_the_meeting_of_who_leaves(world_of):
    world = world_of()
    world.start("school", "rut-exit-agreement")
    world.turns(exit_agreement_s01="school")
    world.release("school", "nav", "district")
    world.hold("school", world.call("school", MeetingKind.EXIT, "nav"))
    world.turns(exit_agreement_s02="school")
    world.plan("school", shared_with_nav_on=None)
    assert world.ended("rut-exit-agreement") == "done"
    world.turns(leaves_s05="school")


@pytest.mark.proves("rut-three-way", "rut-three-way-s01", "rut-three-way-s02", "rut-three-way-s03")
def test_a_three_way_conversation_is_prepared_held_and_shared_out(world_of):
    world = world_of()
    world.release("school", "nav")
    world.start("school", "rut-three-way")
    world.turns(three_way_s01="school")
    meeting = world.call("school", MeetingKind.THREE_WAY, "nav")
    world.prepare("school", meeting)
    world.turns(three_way_s02="school")
    world.hold("school", meeting)
    world.turns(three_way_s03="school")
    plan = world.plan("school")
    world.measure("nav", plan)
    assert (world.ended("rut-three-way"), world.under_way()) == ("done", {"rut-staircase"})
    world.turns(staircase_s03="school")
