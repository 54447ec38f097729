"""What goes otherwise than one hoped, and what those around the youth are then shown."""

import pytest
from django.urls import reverse

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.collaboration.enums import MeetingKind, TaskState
from fotfeste.collaboration.models import Task
from fotfeste.collaboration.services import tasks
from fotfeste.consent.enums import Answer
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


def invited(world_of):
    """A pupil at risk, with the district and Nav called to a meeting, and the release they are called by."""
    world = world_of(reason="preventive")
    world.registered()
    world.map("school")
    given = world.release("school", "district", "nav")
    meeting = world.call("school", MeetingKind.CLARIFICATION, "district", "nav")
    world.turns(at_risk_s06="district", at_risk_s07="nav")
    return world, given, meeting


def test_consent_taken_back_midway_closes_the_youth_to_the_others_and_the_school_is_to_ask_again(world_of):
    world, given, _meeting = invited(world_of)
    assert "Gjøres nå" in world.page("district")
    world.withdraw("school", given)
    world.turns(at_risk_s06="school", at_risk_s07="school")
    assert (world.page("district"), world.page("nav")) == (404, 404)
    shown = world.page("school")
    assert all(text in shown for text in ("Venter på samtykke", "Innhent samtykke. «Bydelens bidrag avklares»"))
    # A new yes, to the district alone, goes on where it stopped
    world.release("school", "district")
    world.turns(at_risk_s06="district", at_risk_s07="school")
    # And a plan with the school alone is open all the time
    world.plan("school")
    world.turns(at_risk_s06="district", at_risk_s07="school", at_risk_s09="school")


def test_no_consent_sends_a_pupil_who_leaves_to_those_outside_and_calls_nobody(world_of):
    world = world_of()
    world.registered()
    for step in ("s01", "s02", "s03"):
        world.skip("school", f"leaves-{step}", "Gjort på papir")
    world.turns(leaves_s04="school")
    world.release("school", "district", "nav", answer=Answer.NO)
    assert (world.ended("rut-leaves"), world.under_way()) == ("done", {"rut-outside"})
    world.turns(outside_s04="school")
    # Asked another day the youth may say yes: the old no decides nothing then
    world.wait(days=30)
    world.start("school", "rut-at-risk")
    world.map("school")
    world.turns(at_risk_s02="school", outside_s04="school")


def test_nav_declines_and_the_district_helps_alone(world_of):
    world = world_of(reason="preventive")
    world.registered()
    world.map("school")
    # Asked without a name, Nav says there is no right; nobody at Nav learns who it was
    asked = world.write("school", "nav-question", "nav", without_name=True, question="Kan en elev få arbeidstrening?")
    world.turns(at_risk_s02="school")
    world.answer("nav", asked, "no_right")
    world.release("school", "district")
    world.turns(at_risk_s05="school")
    assert world.page("nav") == 404
    world.hold("school", world.call("school", MeetingKind.CLARIFICATION, "district"))
    # Nav was not there, and its part is not said to be clarified
    world.turns(at_risk_s07="school", at_risk_s08="school")
    world.skip("school", "at-risk-s07", "Nav har svart at det ikke er rett")
    world.plan("school")
    world.turns(at_risk_s09="school")


def test_a_youth_who_does_not_answer_stays_the_schools_turn_past_the_day_and_is_shown_as_late(world_of):
    world = world_of(reason="did_not_start")
    world.registered()
    for _time in range(3):
        world.contact("school", answered=False)
    world.turns(outside_s04="school")
    world.wait(days=20)
    (line,) = browser_of(world.people["school"]).get(reverse("collaboration:tasks")).context["lines"]
    assert (line.what, line.is_overdue) == ("Kontakte og avklare", True)
    world.skip("school", "outside-s04", "Ikke svar på tre forsøk og brev")
    world.turns(outside_s05="school")


def test_a_youth_who_moves_district_is_the_new_districts_turn_when_the_youth_lets_it_in(world_of):
    world, _given, _meeting = invited(world_of)
    nav = make.unit(UnitKind.NAV_OFFICE, name="Nav Andre")
    other = make.unit(UnitKind.DISTRICT, name="Bydel Andre", code="039902", takes_responsibility=True, nav_office=nav)
    world.units["other"], world.people["other"] = other, make.actor(Role.DISTRICT_CONTACT, other)
    world.moves_to(other)
    # The old ones have no turn any more, and the new ones must be let in first
    world.turns(at_risk_s06="school", at_risk_s07="school")
    assert "Bydel Andre" in world.page("school")
    world.release("school", "other")
    world.turns(at_risk_s06="other", at_risk_s07="school")


def test_a_contact_person_who_leaves_leaves_the_turn_with_the_unit_and_the_next_one_takes_it(world_of):
    world, _given, _meeting = invited(world_of)
    leaving, district = world.people["district"], world.units["district"]
    with acting_as(leaving):
        task = Task.objects.get(state=TaskState.OPEN)
        tasks.give_task(actor=leaving, task_id=task.pk, to_user_id=leaving.user_id, version=task.version)
    with acting_as(make.system()):
        RoleAssignment.objects.filter(user_id=leaving.user_id).update(last_day=make.TODAY)
    new = make.actor(Role.DISTRICT_CONTACT, district)
    world.people["district"] = new
    world.turns(at_risk_s06="district", at_risk_s07="nav")
    with acting_as(new):
        task.refresh_from_db()
        tasks.give_task(actor=new, task_id=task.pk, to_user_id=new.user_id, version=task.version)
        assert Task.objects.get(pk=task.pk).for_user_id == new.user_id
