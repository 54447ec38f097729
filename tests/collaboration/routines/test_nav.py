"""The routines that begin at Nav: a youth Nav meets first, and one whose measure has stopped."""

import pytest

from fotfeste.collaboration.enums import MeetingKind

pytestmark = pytest.mark.django_db


@pytest.mark.proves("rut-nav-learns-first", "rut-nav-learns-first-s01", "rut-nav-learns-first-s02")
def test_a_youth_nav_meets_first_is_referred_to_whoever_has_the_case_and_met_by_all_three(world_of):
    world = world_of()
    world.start("school", "rut-nav-learns-first")
    # Until the youth has let Nav in, whoever answers for them is to ask
    world.turns(nav_learns_first_s01="school")
    world.release("school", "nav")
    world.turns(nav_learns_first_s01="adviser")
    referral = world.write("adviser", "nav-referral", told=True, why=["outside"])
    world.turns(nav_learns_first_s02="school")
    world.answer("school", referral, "followed_up")
    assert world.ended("rut-nav-learns-first") == "done"
    world.turns(three_way_s01="school")
    world.prepare("school", world.call("school", MeetingKind.THREE_WAY, "nav"))
    world.turns(three_way_s02="school")


@pytest.mark.proves("rut-measure-stopped", "rut-measure-stopped-s01", "rut-measure-stopped-s02")
def test_a_measure_that_stopped_is_told_to_whoever_coordinates_who_looks_at_the_plan_anew(world_of):
    world = world_of()
    world.release("school", "nav", "district")
    world.plan("school")
    world.wait(days=10)
    world.start("school", "rut-measure-stopped")
    world.turns(measure_stopped_s01="adviser")
    world.write("adviser", "notice", what="measure")
    world.turns(measure_stopped_s02="school")
    world.contact("school", answered=False)
    world.turns(measure_stopped_s02="school")
    world.review("school", "adjusted")
    assert (world.ended("rut-measure-stopped"), world.under_way()) == ("done", {"rut-staircase"})
    world.turns(staircase_s02="school")
