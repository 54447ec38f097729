"""The routines of an apprentice who may quit, and of one who has."""

import pytest

from fotfeste.collaboration.enums import MeetingKind

pytestmark = pytest.mark.django_db

LEFT = {"what": "left", "left_on": "2026-09-01", "without_offer": "yes"}


@pytest.mark.proves(
    "rut-apprentice-at-risk",
    "rut-apprentice-at-risk-s01",
    "rut-apprentice-at-risk-s02",
    "rut-apprentice-at-risk-s03",
    "rut-apprentice-at-risk-s04",
    "rut-apprentice-at-risk-s05",
    "rut-apprentice-at-risk-s06",
)
def test_an_apprentice_at_risk_is_told_of_mapped_at_the_company_and_keeps_the_contract(world_of):
    world = world_of("department", reason="preventive")
    world.start("department", "rut-apprentice-at-risk")
    world.turns(apprentice_at_risk_s01="department")
    world.write("department", "apprentice-notice", "district", told=True, what="at_risk")
    # The notice alone is enough for the district to have its turn
    world.turns(apprentice_at_risk_s02="district")
    world.write("district", "responsibility-decision", lead="apprenticeship", **{"with": ["district"]}, how="Ringer")
    world.turns(apprentice_at_risk_s03="department")
    world.map("department")
    world.write("department", "adaptation-entry", **{"with": ["company"]}, what=["hours"])
    world.turns(apprentice_at_risk_s04="department")
    world.release("department", "district", "nav")
    world.turns(apprentice_at_risk_s05="district", apprentice_at_risk_s06="nav")
    world.write("district", "contribution-line", can="can", what="Losteam")
    world.hold("department", world.call("department", MeetingKind.CLARIFICATION, "nav"))
    world.choose("department", "apprentice-at-risk-s06", "end")
    assert (world.ended("rut-apprentice-at-risk"), world.under_way()) == ("done", {"rut-staircase"})


def test_an_apprentice_at_risk_who_quits_after_all_goes_on_in_the_routine_of_those_who_have(world_of):
    world = world_of("department", reason="preventive")
    world.write("department", "apprentice-notice", "district", told=True, what="at_risk")
    # The notice is the first step, and shows it done
    assert world.states() == {"apprentice-at-risk-s01": "done", "apprentice-at-risk-s02": "open"}
    for step in ("s02", "s03", "s04", "s05", "s06"):
        world.skip("department", f"apprentice-at-risk-{step}")
    world.wait(days=100)
    world.choose("department", "apprentice-at-risk-s06", "rut-apprentice-leaves")
    assert world.ended("rut-apprentice-at-risk") == "done"
    world.turns(apprentice_leaves_s01="department", staircase_s02="department")


@pytest.mark.proves(
    "rut-apprentice-leaves",
    "rut-apprentice-leaves-s01",
    "rut-apprentice-leaves-s02",
    "rut-apprentice-leaves-s03",
    "rut-apprentice-leaves-s04",
    "rut-apprentice-leaves-s05",
    "rut-apprentice-leaves-s06",
)
def test_an_apprentice_who_has_quit_is_reached_by_the_district_mapped_and_planned_with(world_of):
    world = world_of("department", reason="quit_apprenticeship")
    world.start("department", "rut-apprentice-leaves")
    world.turns(apprentice_leaves_s01="department")
    notice = world.write("department", "apprentice-notice", "district", told=True, **LEFT)
    world.turns(apprentice_leaves_s02="department", apprentice_leaves_s03="district")
    world.write("department", "information-entry", about=["will_be_called"], how="phone")
    world.turns(apprentice_leaves_s03="district")
    # What the district may know before a release is how to reach the youth: it answers the notice when it has
    world.answer("district", notice, "followed_up")
    world.write("district", "information-entry", about=["rights"], how="phone")
    # The department asks for the release the district must have to map
    world.turns(apprentice_leaves_s04="department")
    world.release("department", "district", "nav")
    world.turns(apprentice_leaves_s04="district")
    world.map("district")
    world.mark("district")
    world.turns(apprentice_leaves_s05="district")
    offered = world.write("department", "handover", "district", what="Oppfølgingen")
    world.answer("district", offered, "accepted")
    world.plan("district")
    world.turns(apprentice_leaves_s06="nav")
    world.hold("district", world.call("district", MeetingKind.COOPERATION, "nav"))
    assert world.ended("rut-apprentice-leaves") == "done"
    world.turns(staircase_s03="district")


def test_a_youth_who_does_not_answer_keeps_the_district_at_it_and_no_is_chosen(world_of):
    world = world_of("department", reason="quit_apprenticeship")
    world.write("department", "apprentice-notice", "district", told=True, **LEFT)
    world.write("department", "information-entry", about=["will_be_called"], how="phone")
    world.release("department", "district")
    world.contact("district", answered=False)
    world.write("district", "information-entry", about=["rights"], how="letter")
    # Nobody has been reached: nothing says which way to go, and the district says so when the youth has said no
    world.turns()
    world.choose("district", "apprentice-leaves-s03", "end")
    assert world.ended("rut-apprentice-leaves") == "done"


def test_an_apprentice_read_in_as_having_quit_is_the_departments_to_tell_the_district_of(world_of):
    world = world_of("department", reason="quit_apprenticeship")
    world.registered()
    assert world.states()["apprentice-leaves-s03"] == "waits"
    assert "Skjer hos andre" in world.page("department")
    world.write("department", "apprentice-notice", "district", told=True, **LEFT)
    world.turns(apprentice_leaves_s02="department", apprentice_leaves_s03="district")
