"""The next step stands in the tasks of the person who follows up the youth, and follows when somebody else does."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.services.counsellors import assign_counsellor
from fotfeste.casework.services.substitutes import give_substitute
from fotfeste.collaboration.models import Task
from fotfeste.collaboration.services import routines, tasks
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(school):
    return make.actor(Role.COUNSELLOR, school, name="Kollega")


def answers(actor, case, whom):
    with acting_as(actor):
        assign_counsellor(actor=actor, youth_id=case.youth_id, counsellor_id=whom, version=None)


def own(actor):
    """Return the tasks under «Mine», each with whom it is said to be for."""
    shown = browser_of(actor).get(f"{reverse('collaboration:tasks')}?vis=")
    return [(each.what, each.person) for each in shown.context["lines"]]


def test_a_step_is_the_task_of_who_answers_for_the_youth_until_somebody_else_does_or_is_given_it(
    counsellor, colleague, case
):
    step = "Kartleggingssamtale"
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-at-risk")
    assert (own(counsellor), own(colleague)) == ([], [])
    answers(counsellor, case, colleague.user_id)
    assert (own(counsellor), own(colleague)) == ([], [(step, "Kollega")])
    answers(counsellor, case, counsellor.user_id)
    assert ([what for what, _person in own(counsellor)], own(colleague)) == ([step], [])
    with acting_as(counsellor):
        tasks.give_task(actor=counsellor, task_id=Task.objects.get().pk, to_user_id=colleague.user_id)
    assert (own(counsellor), own(colleague)) == ([], [(step, "Kollega")])


def test_who_stands_in_for_somebody_has_their_steps_and_the_morning_begins_with_ones_own(
    school, counsellor, colleague, case
):
    other = make.case(school)
    with acting_as(counsellor):
        for each in (other, case):
            routines.start_routine(actor=counsellor, youth_id=each.youth_id, routine_id="rut-at-risk")
    answers(counsellor, case, colleague.user_id)
    morning = browser_of(colleague).get("/").context["tasks"]
    assert [each.youth_id for each in morning.lines] == [case.youth_id, other.youth_id]
    leader = make.actor(Role.UNIT_LEADER, school)
    with acting_as(leader):
        give_substitute(
            actor=leader,
            unit_id=school.pk,
            absent_id=colleague.user_id,
            substitute_id=counsellor.user_id,
            first_day=make.TODAY,
            last_day=make.TODAY,
        )
    assert own(counsellor) == [("Kartleggingssamtale", "Kollega")]
