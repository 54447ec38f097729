"""The routines of those outside: on the list, from adult education, lacking single subjects, and not in the target group."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.collaboration.enums import MeetingKind
from fotfeste.kernel import clock, formats
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.proves(
    "rut-outside",
    "rut-outside-s04",
    "rut-outside-s05",
    "rut-outside-s08",
    "rut-outside-s09",
    "rut-outside-s11",
    "rut-term-cooperation-meeting",
)
def test_a_youth_without_a_place_is_reached_listed_reported_on_and_met_by_the_district(world_of):
    world = world_of(reason="did_not_start")
    world.registered()
    world.turns(outside_s04="school")
    world.contact("school")
    world.write("school", "offer", offer=["follow_up"], answer="accepted")
    world.turns(outside_s04="school")
    world.status("school")
    world.turns(outside_s05="school")
    world.hold("school", world.call("school"))
    world.turns()
    world.put_on_the_list()
    world.turns(outside_s08="district")
    world.report("nav", "followed_up")
    world.turns(outside_s08="district")
    world.report("district", "followed_up")
    # The answer about the list is the report to the administration too
    assert world.states()["outside-s09"] == "done"
    world.turns(outside_s11="school")
    world.release("school", "district", "nav")
    world.turns(outside_s11="district")
    world.call("district", MeetingKind.COOPERATION, "nav")
    assert (world.ended("rut-outside"), world.under_way()) == ("done", {"rut-staircase"})
    world.turns(staircase_s02="school")


@pytest.mark.proves(
    "rut-vo",
    "rut-vo-s01",
    "rut-vo-s02",
    "rut-vo-s03",
    "rut-vo-s04",
    "rut-vo-s05",
)
@pytest.mark.parametrize("kind", ["adults", "centre"])
def test_a_participant_in_adult_education_is_caught_informed_and_put_in_touch(world_of, kind):
    world = world_of(kind, reason="quit_adult_education")
    world.start(kind, "rut-vo")
    world.turns(vo_s01=kind)
    world.contact(kind)
    world.turns(vo_s02=kind)
    world.write(kind, "enquiry", who="youth", how="phone")
    world.turns(vo_s03=kind)
    world.write(kind, "information-entry", about=["follow_up"], how="talk")
    world.turns(vo_s04=kind)
    world.release(kind, "district")
    course = {"programme": "vo_vov", "left_on": "2026-09-10"}
    referral = world.write(kind, "referral", "district", told=True, how="together", **course)
    world.turns(vo_s05="district")
    world.answer("district", referral, "followed_up")
    assert (world.ended("rut-vo"), world.under_way()) == ("done", {"rut-outside"})
    world.turns(outside_s11="district")


@pytest.mark.proves(
    "rut-more-training",
    "rut-more-training-s01",
    "rut-more-training-s02",
    "rut-more-training-s03",
    "rut-more-training-s04",
    "form-more-training-enrolment",
    "form-more-training-intake",
    "mte-contact",
    "mti-enrolment",
    "mti-called",
    "mti-attended",
    "mti-level",
    "mti-need",
    "mti-format",
    "mti-start",
    "mti-ot",
    "mti-outcome",
)
def test_who_lacks_single_subjects_is_enrolled_called_and_begins(world_of):
    world = world_of("school", "adults")
    world.start("school", "rut-more-training")
    world.write("school", "information-entry", about=["offers"], how="talk")
    world.turns(more_training_s03="school")
    enrolment = {
        "basis": "failed", "subjects": "MAT1019", "last_school": world.units["school"].pk,
        "enrolled_by": "school_youth", "contact": "41 23 45 67",
    }  # fmt: skip
    world.write("school", "form-more-training-enrolment", "adults", **enrolment)
    world.turns(more_training_s04="adults")
    # Called and not come: the conversation is still to be held
    browser = browser_of(world.people["adults"])
    page = reverse("collaboration:record", kwargs={"youth_id": world.youth_id, "kind": "form-more-training-intake"})
    form = browser.get(page).context["form"]
    sent = {"on": "23.11.2026", "enrolment": form.initial["enrolment"], "called": "23.11.2026", "in_ot": "no"}
    assert browser.post(page, {**sent, "attended": "new_time"}).status_code == 302
    world.turns(more_training_s04="adults")
    # Held: where the person stands, what is needed and what came of it are asked for
    lacking = browser.post(page, {**sent, "attended": "yes"}).context["form"].errors
    assert set(lacking) == {"level", "need", "format", "outcome"}
    held = {"attended": "yes", "level": "Mangler Vg2", "need": "Matematikk", "format": "evening", "outcome": "admitted"}
    assert browser.post(page, {**sent, **held, "start": "11.01.2027"}).status_code == 302
    told = world.page("school")
    days = [formats.day(clock.today()), formats.day(date(2027, 1, 11))]
    shown = [f"Påmelding til mer-opplæring {days[0]}", "Mangler Vg2", "Kveld", days[1], "Tatt inn"]
    assert [words for words in shown if words not in told] == []
    world.choose("school", "more-training-s04", "end")
    assert world.ended("rut-more-training") == "done"


@pytest.mark.proves(
    "rut-not-ot",
    "rut-not-ot-s01",
    "rut-not-ot-s02",
    "rut-not-ot-s03",
    "rut-not-ot-s04",
    "rut-not-ot-s05",
    "rut-not-ot-s06",
)
def test_who_is_not_in_the_target_group_is_guided_to_nav_which_goes_on_when_let_in(world_of):
    world = world_of()
    world.start("school", "rut-not-ot")
    nav = world.units["nav"].pk
    world.turns(not_ot_s01="school")
    world.write("school", "target-group-decision", reason="completed")
    world.turns(not_ot_s02="school")
    world.write("school", "guide-to-nav-entry", reason="completed", informed=True, office=nav)
    world.turns(not_ot_s03="school")
    world.write("school", "registration-assistance", helped="registered", office=nav)
    # Nav assesses the need in its own work: the school hears how it went, and nobody waits for a release
    world.turns(not_ot_s04="school")
    world.write("school", "need-assessment-outcome", outcome="need")
    world.turns(not_ot_s05="school")
    world.write("school", "adviser-assignment", office=nav, name="Kari Prøve")
    world.turns(not_ot_s06="school")
    world.release("school", "nav", "district")
    assert (world.ended("rut-not-ot"), world.under_way()) == ("done", {"rut-staircase"})


def test_nav_declines_and_the_routine_ends_with_the_advice(world_of):
    world = world_of()
    world.start("school", "rut-not-ot")
    world.write("school", "target-group-decision", reason="over_age")
    world.write("school", "guide-to-nav-entry", reason="over_age", informed=True)
    world.write("school", "registration-assistance", helped="registered")
    world.write("school", "need-assessment-outcome", outcome="advice")
    assert "not-ot-s05" not in world.states()
    world.choose("school", "not-ot-s04", "end")
    assert world.ended("rut-not-ot") == "done"
