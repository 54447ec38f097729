"""The staircase: climbed, gone back to when a review finds something new, and climbed once more."""

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.collaboration.enums import ActorBody, MeetingKind
from fotfeste.collaboration.selectors.staircase import stairs_of
from fotfeste.kernel import clock
from tests import factories as make

pytestmark = pytest.mark.django_db


def missing(world):
    """Return how many checkpoints are missing on each step, and which step one stands on."""
    with acting_as(make.system()):
        stairs = stairs_of(youth_id=world.youth_id, on=clock.today())
    current = [number for number, each in enumerate(stairs, 1) if each.is_current]
    return [len(each.missing) for each in stairs], current


@pytest.mark.proves(
    "rut-staircase", "rut-staircase-s01", "rut-staircase-s02", "rut-staircase-s03", "rut-rule-iterative"
)
@pytest.mark.proves(
    "cp-s1-needs-goals", "cp-s1-existing-contacts", "cp-s1-who-should-cooperate", "cp-s1-consent", "cp-s2-meeting-held",
    "cp-s2-contributions", "cp-s2-plan-limited", "cp-s2-coordinator", "cp-s2-information-flow", "cp-s2-measure-owner",
    "cp-s2-transition-owner", "cp-s3-measures-running", "cp-s3-coordination", "cp-s3-return",
)  # fmt: skip
@pytest.mark.proves("principle-share-information", "principle-common-understanding", "principle-common-plan")
def test_the_staircase_is_climbed_gone_back_to_and_climbed_again_until_somebody_says_it_is_done(world_of):
    world = world_of()
    world.start("school", "rut-staircase")
    world.turns(staircase_s01="school")
    assert missing(world) == ([4, 7, 3], [1])
    world.map("school")
    world.mark("school", ActorBody.NAV)
    world.turns(staircase_s01="school")
    assert missing(world) == ([1, 7, 3], [1])
    world.release("school", "nav")
    world.turns(staircase_s02="school")
    world.hold("school", world.call("school", MeetingKind.CLARIFICATION, "nav"))
    assert missing(world) == ([0, 5, 3], [2])
    world.turns(staircase_s02="school")
    plan = world.plan("school")
    world.measure("nav", plan)
    world.turns(staircase_s03="school")
    assert missing(world) == ([0, 0, 2], [3])
    world.wait(days=7)
    world.review("school", "new_needs")
    # What the review found leads back: the first step is done anew, and the others after it
    world.turns(staircase_s01="school")
    shown = world.page("school")
    assert "gang nr. 2" in shown
    world.wait(days=1)
    world.map("school", needs="Et sted å bo.")
    world.turns(staircase_s02="school")
    world.hold("school", world.call("school", MeetingKind.CLARIFICATION, "nav"))
    world.edit_plan("school", information_flow="Rådgiver ringer Nav hver mandag.")
    world.turns(staircase_s03="school")
    assert missing(world) == ([0, 0, 0], [3])
    world.wait(days=7)
    world.review("school")
    world.turns()
    # Nobody is asked to go on: whoever followed up says whether one goes back or is done
    shown = world.page("school")
    assert all(text in shown for text in ("Kartlegge og innhente samtykke", "Avslutt rutinen"))
    world.choose("school", "staircase-s03", "end")
    assert world.ended("rut-staircase") == "done"


def test_the_person_page_says_what_is_missing_on_each_step_whose_turn_each_is_and_which_time_it_is(world_of):
    world = world_of()
    world.start("school", "rut-staircase")
    world.map("school", next_step="school_alone")
    world.start("school", "rut-at-risk")
    shown = world.front_page("school")
    # What is missing is said of each step, and of each open step whose turn it is
    assert shown.count("<details") >= 3
    assert all(text in shown for text in ("Samtykke innhentet", "Møte gjennomført", "Koordinering underveis"))
    assert shown.count("Nå: Prøve videregående skole, siden") == 2
    # A step gone back to says which time it is, and one that somebody must go on from asks for it
    world.skip("school", "staircase-s01", "Prøve")
    world.repeat("school", "staircase-s01")
    for step in ("at-risk-s08", "at-risk-s09"):
        world.skip("school", step)
    shown = world.front_page("school")
    assert "gang nr. 2" in shown
    assert "Velg hvordan dere går videre etter «Koordinere og sikre informasjonsflyt»" in shown
