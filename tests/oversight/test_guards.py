"""The coverage guard: everything holds in a county that is kept, and each thing that slips is told of by itself."""

import json
from argparse import Namespace
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.models import WheelTask
from fotfeste.casework.models import CounsellorPeriod, Feedback, Registration, Responsibility
from fotfeste.casework.services.counsellors import assign_counsellor
from fotfeste.casework.services.residence import set_protection
from fotfeste.collaboration.models import Task
from fotfeste.config.commands import check
from fotfeste.integrations.models import Import
from fotfeste.kernel import clock
from fotfeste.organisations.models import NamedContact, Unit
from fotfeste.oversight.selectors.guards import GUARDS, CountyDay, Standing, guard_named, standings
from tests import factories as make
from tests.lists.otuk_world import World
from tests.oversight.conftest import text_of

pytestmark = pytest.mark.django_db

LIST_DAY = date(2026, 11, 20)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.OSLO)


def taken_in(source: str, day: date, **fields) -> Import:
    moment = noon(day)
    rest = {"digest": "", "read_at": moment, "applied_at": moment, "run_by_id": make.system().user_id}
    return Import.objects.create(source=source, county_id=make.OSLO, on=day, **rest, **fields)


def named(unit: Unit, role: str) -> NamedContact:
    return NamedContact.objects.create(unit=unit, role=role, name="Kari Prøve", first_day=date(2026, 8, 1))


@pytest.fixture
def world():
    """A county where everything is as it must be."""
    world = World.made()
    world.contact = named(world.school, "counsellor")
    world.listed, world.other = world.unknown("Aas"), world.unknown("Berg")
    world.unknown("Uten", district="", street="")
    with clock.frozen(LIST_DAY):
        world.freeze(LIST_DAY)
    for week in range(17):
        taken_in("leavers", date(2026, 8, 3) + timedelta(days=7 * week))
    private = Unit.objects.filter(county_id=make.OSLO, kind="upper_secondary", is_private=True)
    numbers = list(private.exclude(org_number="").values_list("org_number", flat=True))
    taken_in("private-school", date(2026, 9, 10), schools=numbers)
    return world


def broken(actor=None, on: date = make.TODAY) -> dict[str, int]:
    with acting_as(actor or make.system()):
        return {each.guard.name: each.found.count for each in standings(county_id=make.OSLO, on=on) if each.sentence}


def of(name: str) -> tuple[Standing, list[int]]:
    with acting_as(make.system()):
        found = Standing(guard_named(name), guard_named(name).look(CountyDay(make.OSLO, make.TODAY)))
        return found, list(found.found.youth_ids)


def count(name: str) -> int:
    return of(name)[0].found.count


@pytest.mark.proves("rep-otuk-list", "rep-private-schools", "dl-weekly-leavers")
@pytest.mark.proves("avt-school-has-counsellor", "avt-district-has-contact")
def test_each_thing_that_slips_is_told_of_by_itself_and_told_no_more_when_it_is_put_right(world, enter, capsys):
    # Given a county that is kept: every guard holds, for the system and for the administration
    assert broken() == {}
    assert broken(world.admin) == {}
    page = text_of(enter(world.admin).get(reverse("oversight:guards")))
    assert "Alt stemmer i dag" in page

    # A registration nobody answers for
    with acting_as(make.system()):
        held = Responsibility.objects.filter(youth=world.listed.youth)
        held.update(last_day=date(2026, 11, 1))
        assert count("responsible-unit") == 1
        held.update(last_day=None)

    # Nobody named: with the day the place became empty it is excused, without it is not
    world.contact.last_day = date(2026, 11, 10)
    world.contact.save()
    assert count("named-person") == 0
    assert of("named-person")[0].excuse == "For 3 til er plassen ledig fra en dag som er registrert."
    world.contact.delete()
    assert count("named-person") == 3
    # Somebody is chosen for one, and leaves; for another it is written down that nobody is
    leader = make.actor(Role.UNIT_LEADER, world.school)
    chosen = make.actor(Role.COUNSELLOR, world.school, name="Per Borte")
    with acting_as(leader):
        assign_counsellor(actor=leader, youth_id=world.listed.youth_id, counsellor_id=chosen.user_id, version=None)
    assert count("named-person") == 2
    RoleAssignment.objects.filter(user_id=chosen.user_id).update(last_day=date(2026, 11, 20))
    assert count("named-person") == 3
    with acting_as(make.system()):
        CounsellorPeriod.objects.create(
            youth=world.other.youth,
            counsellor=None,
            unit_then=world.school.pk,
            first_day=date(2026, 11, 1),
            ground="moved",
            chosen_by_id=make.system().user_id,
            recorded_at=clock.now(),
        )
    assert count("named-person") == 2
    named(world.school, "counsellor")
    with acting_as(make.system()):
        Registration.objects.filter(pk=world.listed.pk).update(counsellor=None)
    assert count("named-person") == 0

    # The list of a list day is not made; somebody is on none; who has no district has a reason
    assert guard_named("list-made").look(CountyDay(make.OSLO, date(2027, 2, 22))).count == 1
    passed_by = world.unknown("Glemt")
    found, ids = of("on-last-list")
    assert (ids, found.found.excused) == ([passed_by.youth_id], 1)

    # A message that waits, a task of somebody who left, and one of the year
    with acting_as(make.system()):
        Feedback.objects.create(
            youth=world.other.youth,
            from_unit=world.alna,
            category="reached",
            on=date(2026, 11, 13),
            sent_by_id=world.alna_contact.user_id,
            sent_at=noon(date(2026, 11, 13)),
        )
        Task.objects.create(
            youth=world.other.youth,
            for_unit=world.school,
            for_user_id=chosen.user_id,
            what="Ring",
            made_by_id=leader.user_id,
            made_at=clock.now(),
        )
    gone = named(world.alna, "district_contact")
    NamedContact.objects.filter(pk=gone.pk).update(last_day=date(2026, 11, 10))
    WheelTask.objects.create(
        unit=world.alna,
        event="dl-list-review",
        turn="2026-1",
        due_on=date(2026, 11, 27),
        opened_on=date(2026, 11, 2),
        contact=gone,
        given_on=date(2026, 11, 2),
    )
    # A week that was not read in, and a private school that has not reported
    Import.objects.filter(source="leavers", on=date(2026, 9, 7)).delete()
    Import.objects.filter(source="private-school").update(schools=[])
    now = broken(world.admin)
    assert set(now) == {each.name for each in GUARDS} - {"responsible-unit", "named-person", "list-made"}
    assert of("weekly-loads")[0].sentence == "1 uke mangler dette skoleåret: uke 37."
    assert "Alna" in of("year-tasks-of-leavers")[0].sentence
    assert now["feedback-answered"] == now["tasks-of-leavers"] == 1

    # The administration is told where to go and whom it is about; the check counts and names nobody
    client = enter(world.admin)
    page = text_of(client.get(reverse("oversight:guards")))
    assert "1 ungdom var ukjent da listen ble laget, og står ikke på den." in page
    assert reverse("oversight:guard", args=["on-last-list"]) in page
    assert "Glemt" not in page
    assert "Glemt" in text_of(client.get(reverse("oversight:guard", args=["on-last-list"])))
    assert client.get(reverse("oversight:guard", args=["finnes-ikke"])).status_code == 404
    assert enter(world.alna_contact).get(reverse("oversight:guards")).status_code == 403
    assert check.run(Namespace(json=True, show_ids=False)) == 1
    told = {each["name"]: each for each in json.loads(capsys.readouterr().out)["checks"]}
    assert "1 ungdom var ukjent" in told["on-last-list"]["problems"][0]
    assert "mangler dette skoleåret: uke 37" in told["weekly-loads"]["to_do"][0]
    assert "Glemt" not in json.dumps(told)


def test_a_guard_does_not_tell_at_which_school_somebody_protected_is(world, enter):
    with acting_as(make.system()) as importer:
        for case in (world.listed, world.other):
            Responsibility.objects.filter(youth=case.youth).update(last_day=date(2026, 11, 1))
        set_protection(actor=importer, youth_id=world.listed.youth_id, grade="confidential")
    page = reverse("oversight:guard", kwargs={"name": "responsible-unit"})
    shown = {pk: unit for pk, _name, _born, unit in enter(world.admin).get(page).context["people"]}
    assert shown == {world.listed.youth_id: "", world.other.youth_id: world.school.name}
    # Whoever handles those under protection is told
    shown = {pk: unit for pk, _name, _born, unit in enter(world.handler).get(page).context["people"]}
    assert shown[world.listed.youth_id] == world.school.name


@pytest.mark.usefixtures("world")
def test_all_guards_are_looked_at_together_and_read_the_year_once(django_assert_max_num_queries):
    with acting_as(make.system()):
        standings(county_id=make.OSLO, on=make.TODAY)
    with acting_as(make.system()), django_assert_max_num_queries(28) as asked:
        standings(county_id=make.OSLO, on=make.TODAY)
    assert sum('FROM "integrations_import"' in each["sql"] for each in asked) == 1
