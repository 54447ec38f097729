"""Who takes the next step, agreed of several at once: each by itself, the same task and history as of one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.services import responsibility
from fotfeste.collaboration.models import Task, TaskEvent
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.lists.models import WashAgreement
from fotfeste.lists.services import wash as services
from fotfeste.lists.services.wash_owners import agree_owner, agree_owners
from tests import factories as make

pytestmark = pytest.mark.django_db
NOT_TAKEN, MOVED, TAKEN = "still_unknown", "moved", "followed_up"


@pytest.fixture
def listed(world):
    return [world.unknown(name) for name in ("Aas", "Bakke", "Dahl", "Eide", "Foss", "Grim")]


def open_and_answer(world, cases, *said):
    """Open the wash of the list they stand on, and let Nav answer about each in turn."""
    made = world.freeze()
    with acting_as(world.alna_contact):
        session = services.open_wash(actor=world.alna_contact, made=made, district_id=world.alna.pk)
    answers = {case.youth_id: said[number % len(said)] for number, case in enumerate(cases)}
    with acting_as(world.nav):
        services.record_answers(actor=world.nav, session_id=session.pk, answers=answers)
    return session


def agree(world, session, versions, owner="district", *, due_in=7, actor=None):
    actor = actor or world.alna_contact
    with acting_as(actor):
        return agree_owners(
            actor=actor, session_id=session.pk, versions={case.youth_id: seen for case, seen in versions.items()},
            owner=owner, due_on=clock.today() + timedelta(due_in),
        )  # fmt: skip


def standing(cases):
    """Return what is agreed of some, their tasks and what was done with those, and the log, without numbers of rows."""
    number = {case.youth_id: place for place, case in enumerate(cases)}
    with acting_as(make.system()):
        agreed = [
            (number[each.youth_id], each.owner, each.for_unit_id, each.for_user_id, each.due_on, each.version,
             each.agreed_by_id, each.agreed_at, each.task.what, each.task.state)
            for each in WashAgreement.objects.filter(youth_id__in=number).select_related("task")
        ]  # fmt: skip
        told = (
            "what",
            "state",
            "for_unit_id",
            "for_user_id",
            "due_on",
            "made_by_id",
            "made_at",
            "closed_at",
            "version",
        )
        tasks = Task.objects.filter(youth_id__in=number).order_by("pk")
        set_of = [(number[each.youth_id], *(str(getattr(each, name)) for name in told)) for each in tasks]
        events = TaskEvent.objects.filter(youth_id__in=number).order_by("pk")
        done = [(number[each.youth_id], each.move, each.by_id, each.at) for each in events]
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        entries = AuditEntry.objects.filter(youth_id__in=number, verb="wash.agreed").order_by("pk")
        log = [(number[each.youth_id], each.details["owner"], each.user_id, each.county_id) for each in entries]
    return sorted(agreed), sorted(set_of), sorted(done), sorted(log)


@pytest.mark.proves("wash-next-owner", "rut-wash-session-s04")
def test_several_are_agreed_as_one_by_one(world, listed):
    session = open_and_answer(world, listed, NOT_TAKEN, MOVED, NOT_TAKEN)
    alone, together = listed[:3], listed[3:]

    def one(case, owner, version):
        with acting_as(world.alna_contact):
            agree_owner(
                actor=world.alna_contact, session_id=session.pk, youth_id=case.youth_id, owner=owner,
                due_on=clock.today() + timedelta(7), version=version,
            )  # fmt: skip

    # Agreed the first time, and then the school's instead, which drops the task of before
    for version, owner in enumerate(("nav", "school", "administration", "district")):
        for case in alone:
            one(case, owner, version)
        agree(world, session, dict.fromkeys(together, version), owner).all_or_none()
        found = standing(together)
        assert found == standing(alone)
        agreed, tasks, _done, log = found
        assert {each[1] for each in agreed} == {owner}
        assert [sum(task[2] == "open" for task in tasks), len(tasks), len(log)] == [3, *[3 * (version + 1)] * 2]


def test_one_it_cannot_be_agreed_of_stops_none_of_the_others_and_is_told_of_with_why(world, listed):
    # Given one Nav takes care of, one no school answers for, one agreed by a colleague, and one on no such list
    session = open_and_answer(world, listed, NOT_TAKEN, NOT_TAKEN, NOT_TAKEN, TAKEN, NOT_TAKEN, MOVED)
    first, homeless, theirs, taken, *rest = listed
    with acting_as(world.admin):
        responsibility.assign(
            actor=world.admin, youth_id=homeless.youth_id, holder_id=world.alna.pk, reason="Avtalt", version=None
        )
    agree(world, session, {theirs: 0}, "nav").all_or_none()
    stranger = world.unknown("Hals")
    # When the school is to take the next step with all of them
    came = agree(world, session, dict.fromkeys([*listed, stranger], 0), "school")
    # Then it is agreed of the others, and of those it is told why not
    assert {youth_id for youth_id, _agreed in came.done} == {case.youth_id for case in (first, *rest)}
    why = dict(came.refused())
    assert why.keys() == {case.youth_id for case in (homeless, theirs, taken, stranger)}
    assert why[homeless.youth_id] == "Ingen skole har ansvaret for ungdommen. Velg en annen."
    assert "Nå står det: Hvem tar neste steg: " in why[theirs.youth_id]
    assert why[taken.youth_id].startswith("Neste steg avtales når")
    assert why[stranger.youth_id] == why[taken.youth_id]
    with acting_as(make.system()):
        owners = dict(WashAgreement.objects.values_list("youth_id", "owner"))
        assert owners == dict.fromkeys([first.youth_id, *(case.youth_id for case in rest)], "school") | {
            theirs.youth_id: "nav"
        }
        assert Task.objects.filter(youth_id__in=owners, state="open").count() == len(owners)
        assert not Task.objects.filter(youth_id__in=[homeless.youth_id, taken.youth_id]).exists()
    # and one asked for alone is stopped by what it was, so that both versions can be shown
    with pytest.raises(EditConflict):
        agree(world, session, {theirs: 0}).refused()
    with pytest.raises(Invalid, match="passert"):
        agree(world, session, {first: 1}, due_in=-1)
    for other in (world.stovner_contact, world.nav):
        with pytest.raises((NotAllowed, Invalid)):
            agree(world, session, {first: 1}, actor=other)


def test_each_goes_to_its_own_person_at_the_school(world, listed):
    session = open_and_answer(world, listed, NOT_TAKEN)
    kari, ola = (make.actor(Role.COUNSELLOR, world.school, name=name) for name in ("Kari Prøve", "Ola Prøve"))
    with acting_as(make.system()):
        for case, person in zip(listed, (kari, ola, kari), strict=False):
            type(case).objects.filter(pk=case.pk).update(counsellor_id=person.user_id)
    agreed = agree(world, session, dict.fromkeys(listed, 0), "school").all_or_none()
    given = [agreed[case.youth_id].for_user_id for case in listed]
    assert given == [kari.user_id, ola.user_id, kari.user_id, None, None, None]


def test_ten_times_as_many_take_as_many_statements(world):
    cases = [world.unknown(f"Navn{number:02}") for number in range(22)]
    session = open_and_answer(world, cases, NOT_TAKEN)
    few, many = cases[:2], cases[2:]

    def cost(cases) -> int:
        with CaptureQueriesContext(connection) as asked:
            agree(world, session, dict.fromkeys(cases, 0)).all_or_none()
        return len(asked)

    alone = cost(few)
    assert cost(many) <= alone + 2
    assert alone <= 32
