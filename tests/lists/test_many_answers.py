"""The same said about many on a list: each by itself, together no more asked for than for one, and the same rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Feedback
from fotfeste.casework.services import handling
from fotfeste.casework.services.feedback import Said, withdraw_all
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.lists.services import answers as services
from fotfeste.lists.services.answers import Answered, answer_row, answer_rows, undo_answer, undo_answers
from tests import factories as make
from tests.lists.otuk_world import STOVNER

pytestmark = pytest.mark.django_db
NAMES = ("Aas", "Bakke", "Dahl", "Eide", "Foss", "Grim")


@pytest.fixture
def listed(world):
    return [world.unknown(name) for name in NAMES]


@pytest.fixture
def made(world, listed):
    return world.freeze()


def answer(world, made, cases, category="followed_up", **said):
    """Let the district say the same about some."""
    given = {case.youth_id: Said(category=category, **{"on": clock.today()} | said) for case in cases}
    with acting_as(world.alna_contact):
        return answer_rows(actor=world.alna_contact, made=made, unit_id=world.alna.pk, said=given)


def answer_one(world, made, case, category="followed_up", **said):
    with acting_as(world.alna_contact):
        given = {"category": category, "on": clock.today()} | said
        return answer_row(actor=world.alna_contact, made=made, unit_id=world.alna.pk, youth_id=case.youth_id, **given)


def written(world, cases):
    """Return the messages and the log about some, told so that those of others can be compared with them."""
    number = {case.youth_id: place for place, case in enumerate(cases)}
    told = ("category", "activity_code", "on", "told_by", "next_step", "next_owner", "state", "question")
    sent = (*told, "version", "from_unit_id", "sent_by_id", "sent_at", "handled_by_id", "unit_id", "county_id")
    with acting_as(make.system()):
        rows = Feedback.objects.filter(youth_id__in=number).order_by("pk")
        nth = {row.pk: (number[row.youth_id], place) for place, row in enumerate(rows)}
        messages = sorted((number[row.youth_id], *(getattr(row, name) for name in sent)) for row in rows)
    entries = [each for each in logged("feedback.") if each.youth_id in number]
    assert all(each.details["feedback"] in nth for each in entries)
    log = sorted(
        (number[each.youth_id], each.verb, each.details["category"], each.user_id, each.county_id, each.at)
        for each in entries
    )
    assert len(log) >= len(messages)
    return messages, log


def logged(verb):
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        return list(AuditEntry.objects.filter(verb__startswith=verb).order_by("pk"))


def states(cases):
    with acting_as(make.system()):
        rows = Feedback.objects.filter(youth_id__in=[case.youth_id for case in cases]).order_by("youth_id", "pk")
        return [(row.category, row.state) for row in rows]


@pytest.mark.proves("avt-dc-review-lists", "avt-dc-feedback-uda", "rep-district-feedback")
def test_one_that_is_refused_stops_none_of_the_others_and_is_told_of_with_why(world, made, listed):
    # Given one of another district, one a colleague has answered about, and one whose day is ahead
    elsewhere = world.unknown("Hals", district=STOVNER)
    theirs = answer_one(world, made, listed[0], "reached")
    given = {case.youth_id: Said(category="followed_up", on=clock.today(), version=0) for case in (*listed, elsewhere)}
    given[listed[1].youth_id] = Said(category="followed_up", on=clock.today() + timedelta(1))
    # When all of them are answered
    with acting_as(world.alna_contact):
        came = answer_rows(actor=world.alna_contact, made=made, unit_id=world.alna.pk, said=given)
    # Then the others are, and what was refused is as it was
    assert {youth_id for youth_id, _answered in came.done} == {case.youth_id for case in listed[2:]}
    stopped = dict(came.stopped)
    assert stopped.keys() == {listed[0].youth_id, listed[1].youth_id, elsewhere.youth_id}
    assert isinstance(stopped[listed[0].youth_id], EditConflict)
    said = dict(came.refused())
    assert "Nå står det: Svar: Nådd" in said[listed[0].youth_id]
    assert "fram i tid" in said[listed[1].youth_id]
    assert "ikke tilgang" in said[elsewhere.youth_id]
    assert states(listed) == [("reached", "new")] + [("followed_up", "new")] * 4
    with acting_as(world.alna_contact):
        assert Feedback.objects.get(youth_id=listed[0].youth_id).pk == theirs.feedback_id


def test_who_may_not_answer_for_the_unit_answers_about_nobody(world, made, listed):
    given = {case.youth_id: Said(category="reached", on=clock.today()) for case in listed}
    for stranger in (world.stovner_contact, world.admin, make.actor(Role.COUNSELLOR, world.school)):
        with acting_as(stranger):
            came = answer_rows(actor=stranger, made=made, unit_id=world.alna.pk, said=given)
        assert (came.done, len(came.stopped)) == ([], len(listed))
        assert {type(why) for _youth_id, why in came.stopped} <= {NotAllowed, Invalid}
    with acting_as(make.system()):
        assert not Feedback.objects.exists()
    # and one who answers for two units says each under its own
    with acting_as(world.nav):
        came = answer_rows(actor=world.nav, made=made, unit_id=world.nav_alna.pk, said=given)
    assert {str(why) for _youth_id, why in came.stopped} == {
        "Nav svarer med ivaretatt, ikke ivaretatt eller flyttet, uten tekst."
    }


def test_many_are_written_as_one_by_one_and_so_is_taking_them_back(world, made, listed):
    alone, together = listed[:3], listed[3:]
    said = {
        "category": "in_activity",
        "activity_code": "OTAR",
        "next_step": " Ringer mandag ",
        "next_owner": "district",
    }
    # Given that one of each three has an answer that waits
    for first in (alone[0], together[0]):
        answer_one(world, made, first, "reached")
    # When the same is said about three, one by one and together
    one_by_one = [answer_one(world, made, case, **said) for case in alone]
    at_once = answer(world, made, together, **said).all_or_none()
    # Then the same stands of them, in the messages and in the log
    assert written(world, alone) == written(world, together)
    assert [bool(each.replaced_id) for each in one_by_one] == [True, False, False]
    assert [bool(at_once[case.youth_id].replaced_id) for case in together] == [True, False, False]
    # and taken back, what the first ones had said is said anew
    with acting_as(world.alna_contact):
        for each in one_by_one:
            undo_answer(
                actor=world.alna_contact, feedback_id=each.feedback_id, replaced_id=each.replaced_id,
                version=each.version,
            )  # fmt: skip
        undone = undo_answers(actor=world.alna_contact, sent=at_once.values())
    assert {youth_id for _answer, youth_id in undone.done} == {case.youth_id for case in together}
    assert written(world, alone) == written(world, together)
    assert states(together[:1]) == [("reached", "withdrawn"), ("in_activity", "withdrawn"), ("reached", "new")]


def test_of_many_taken_back_one_that_is_used_stands_and_a_forged_one_restores_nothing(world, made, listed):
    first, second, third, *_rest = listed
    other = answer_one(world, made, third, "reached")
    sent = answer(world, made, [first, second, third]).all_or_none()
    with acting_as(world.admin):
        handling.accept_feedback(actor=world.admin, feedback_id=sent[first.youth_id].feedback_id, version=1)
    # The second is said to have replaced what was about the third
    forged = Answered(sent[second.youth_id].feedback_id, other.feedback_id, 1)
    with acting_as(world.alna_contact):
        asked = [sent[first.youth_id], forged, sent[third.youth_id]]
        undone = undo_answers(actor=world.alna_contact, sent=asked)
    assert [youth_id for _answer, youth_id in undone.done] == [third.youth_id]
    said = dict(undone.refused())
    assert "Noen andre har behandlet meldingen" in said[sent[first.youth_id].feedback_id]
    assert said[forged.feedback_id] == "Svaret som skulle settes tilbake, finnes ikke."
    assert states([second]) == [("followed_up", "new")]
    assert states([third])[-1] == ("reached", "new")
    # Nobody takes back what another unit has said
    with acting_as(world.nav):
        assert undo_answers(actor=world.nav, sent=[sent[third.youth_id]]).done == []


def test_messages_of_two_units_about_one_youth_are_each_in_the_log(world, made, listed):
    both = make.user("Ola Lie")
    for role, unit in ((Role.DISTRICT_CONTACT, world.alna), (Role.NAV_RESPONSIBLE, world.nav_alna)):
        make.assign(both, role, unit)
    actor = actor_for(user_id=both.pk, on=make.TODAY)
    said = {listed[0].youth_id: Said(category="followed_up", on=clock.today())}
    with acting_as(actor):
        sent = [
            answer_rows(actor=actor, made=made, unit_id=unit.pk, said=said).all_or_none()[listed[0].youth_id]
            for unit in (world.alna, world.nav_alna)
        ]
        ids = [each.feedback_id for each in sent]
        assert len(withdraw_all(actor=actor, versions=dict.fromkeys(ids)).done) == 2
    assert [each.details["feedback"] for each in logged("feedback.withdrawn")] == ids


def test_of_all_or_none_none_is_written_when_one_is_refused(world, made, listed, monkeypatch):
    with pytest.raises(Invalid, match="fra listen"), acting_as(world.alna_contact):
        answer_row(
            actor=world.alna_contact, made=made, unit_id=world.alna.pk, youth_id=listed[0].youth_id,
            category="in_activity", on=clock.today(), activity_code="OTSY",
        )  # fmt: skip
    # and where writing itself fails, nothing of the set is left
    waiting = answer_one(world, made, listed[0], "reached")

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("fotfeste.casework.services.feedback.audit.record_each", fail)
    with pytest.raises(RuntimeError):
        answer(world, made, listed)
    monkeypatch.undo()
    assert states(listed) == [("reached", "new")]
    with acting_as(world.alna_contact):
        assert Feedback.objects.get().pk == waiting.feedback_id


def test_ten_times_as_many_take_as_many_statements(world):
    cases = [world.unknown(f"Navn{number:02}") for number in range(24)]
    made = world.freeze()
    few, many = cases[:2], cases[2:]

    def cost(act) -> int:
        with CaptureQueriesContext(connection) as asked:
            act()
        return len(asked)

    for _time in ("new", "in the place of those that wait"):
        assert cost(lambda: answer(world, made, many)) <= cost(lambda: answer(world, made, few)) + 2
    sent = {case: [] for case in ("few", "many")}
    sent["few"], sent["many"] = (list(answer(world, made, cases).all_or_none().values()) for cases in (few, many))

    def undo(which):
        with acting_as(world.alna_contact):
            assert services.undo_answers(actor=world.alna_contact, sent=sent[which]).stopped == []

    assert cost(lambda: undo("many")) <= cost(lambda: undo("few")) + 2
