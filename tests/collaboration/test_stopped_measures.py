"""When a youth leaves a measure, the one who coordinates the plan is told to act, and the others in it know."""

from dataclasses import replace

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration.models import Record, RoutineRun
from fotfeste.collaboration.services import plan_measures
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_plan import add, made, measure
from tests.collaboration.test_records import write
from tests.collaboration.test_routine_engine import release, steps, turn

pytestmark = pytest.mark.django_db

TOPICS = (Topic.PLAN, Topic.MEETINGS, Topic.STATUS)


def coordinated_by(coordinator, owner, case):
    """Return a plan made by the one who answers and coordinated by another."""
    return made(owner, case, coordinator_id=coordinator.user_id, coordinator_unit_id=coordinator.unit_id)


def told():
    """Return who was told, by whom and what, and by when an answer is waited for."""
    with acting_as(make.system()):
        rows = Record.objects.filter(kind="notice").order_by("to_unit__name")
        return {row.to_unit.name: (row.by_unit.name, row.said["what"], bool(row.due_on)) for row in rows}


@pytest.mark.proves("rut-measure-stopped", "rut-measure-stopped-s01", "f-stopped-measure-not-told")
def test_a_measure_that_breaks_off_in_the_plan_is_told_to_the_coordinator_and_the_others_in_it(
    counsellor, case, school, nav, district, district_contact
):
    adviser = make.actor(Role.NAV_ADVISER, nav)
    release(counsellor, case, nav, district, topics=TOPICS)
    ppt = make.unit(UnitKind.OTHER, name="PPT Prøve")
    plan = coordinated_by(district_contact, counsellor, case)
    practice = measure(nav, owner_kind="nav", measure="m-arbeidspraksis")
    row = add(adviser, plan, practice)
    with acting_as(adviser):
        for status in ("interrupted", "interrupted"):  # saying so once more tells nobody again
            plan_measures.edit_measure(actor=adviser, measure_id=row.pk, content=replace(practice, status=status))
    by_nav = ("Nav Prøve", "measure")
    assert told() == {"Bydel Prøve": (*by_nav, True), school.name: (*by_nav, False)}
    assert ppt.name not in told()
    assert (steps(case)["measure-stopped-s01"], steps(case)["measure-stopped-s02"]) == ("done", "open")
    assert turn(case, "measure-stopped-s02") == "Bydel Prøve"
    own = browser_of(district_contact).get(f"{reverse('collaboration:tasks')}?vis=").context["lines"]
    assert [each.what for each in own] == ["Ta ny kontakt"]
    for reader in (district_contact, counsellor):
        page = browser_of(reader).get(reverse("collaboration:notices")).content.decode()
        assert "Melding om stans i tiltak eller meldekort" in page
        assert "data-key=" in page


@pytest.mark.proves("rut-measure-stopped-s01")
def test_cards_that_stop_are_told_to_the_coordinator_alone_and_are_not_called_a_measure(
    counsellor, case, school, nav, district, district_contact
):
    adviser = make.actor(Role.NAV_ADVISER, nav)
    release(counsellor, case, nav, district, topics=TOPICS)
    coordinated_by(district_contact, counsellor, case)
    write(adviser, case, "notice", said={"what": "card"})
    assert told() == {"Bydel Prøve": ("Nav Prøve", "card", True)}
    with acting_as(make.system()):
        run = RoutineRun.objects.get(routine="rut-measure-stopped")
    assert run.get_trigger_display() == "Ungdommen sender ikke lenger meldekort"
    # The same by hand of a measure goes to the others as well, and a plan nobody has goes to whoever answers.
    write(adviser, case, "notice", said={"what": "measure"})
    assert told()[school.name] == ("Nav Prøve", "measure", False)
