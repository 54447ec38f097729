"""Two who say the same of many at the very same moment, some of them the same youths: once each, and none waits forever."""

from collections import Counter
from datetime import timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback
from fotfeste.casework.services.feedback import Said
from fotfeste.collaboration.models import Task
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict
from fotfeste.lists.models import WashAgreement
from fotfeste.lists.services.answers import answer_rows, undo_answers
from fotfeste.lists.services.wash import open_wash, record_answers
from fotfeste.lists.services.wash_owners import agree_owners
from tests import factories as make
from tests.at_once.threads import at_once
from tests.lists.otuk_world import World

pytestmark = pytest.mark.usefixtures("committed_database")


@pytest.fixture
def desk(committed_database):
    """A list of twelve, and two who work at the district."""
    with clock.frozen(make.TODAY):
        world = World.made()
        world.ids = [world.unknown(f"Navn{number:02}").youth_id for number in range(12)]
        world.round = world.freeze()
        world.pair = [world.alna_contact, make.actor(Role.DISTRICT_CONTACT, world.alna, name="Ola Lie")]
        yield world


def answering(desk, who, ids, category, version=None):
    def act():
        actor = desk.pair[who]
        said = {youth_id: Said(category=category, on=clock.today(), version=version) for youth_id in ids}
        with acting_as(actor):
            return answer_rows(actor=actor, made=desk.round, unit_id=desk.alna.pk, said=said)

    return act


def states() -> dict[int, Counter]:
    found: dict[int, Counter] = {}
    with acting_as(make.system()):
        for youth_id, state in Feedback.objects.values_list("youth_id", "state"):
            found.setdefault(youth_id, Counter())[state] += 1
    return found


def test_of_two_who_saw_the_same_rows_unanswered_each_row_is_answered_once(desk):
    ids = desk.ids
    first, second = at_once(
        answering(desk, 0, ids[:8], "reached", 0), answering(desk, 1, [*reversed(ids[4:])], "followed_up", 0)
    )
    assert states() == {youth_id: Counter(new=1) for youth_id in ids}
    done = [{youth_id for youth_id, _sent in each.done} for each in (first, second)]
    assert (done[0] | done[1], done[0] & done[1]) == (set(ids), set())
    late = [why for each in (first, second) for _youth_id, why in each.stopped]
    assert len(late) == 4
    assert {type(why) for why in late} == {EditConflict}


def test_two_who_were_shown_nothing_leave_one_answer_each_in_the_place_of_the_other(desk):
    both = at_once(*(answering(desk, n % 2, desk.ids if n % 2 else [*reversed(desk.ids)], "reached") for n in range(4)))
    assert [len(each.done) for each in both] == [12] * 4
    assert states() == {youth_id: Counter(new=1, withdrawn=3) for youth_id in desk.ids}


def test_two_who_take_the_same_answers_back_do_it_once(desk):
    sent = list(answering(desk, 0, desk.ids, "reached")().all_or_none().values())

    def undoing(who, asked):
        def act():
            with acting_as(desk.pair[who]):
                return undo_answers(actor=desk.pair[who], sent=asked)

        return act

    both = at_once(undoing(0, sent), undoing(1, sent[::-1]))
    assert sum(len(each.done) for each in both) == 12
    assert states() == {youth_id: Counter(withdrawn=1) for youth_id in desk.ids}


def test_two_who_agree_of_the_same_set_one_task_each(desk):
    with acting_as(desk.alna_contact):
        session = open_wash(actor=desk.alna_contact, made=desk.round, district_id=desk.alna.pk)
    with acting_as(desk.nav):
        answers = dict.fromkeys(desk.ids, "still_unknown")
        record_answers(actor=desk.nav, session_id=session.pk, answers=answers)

    def agreeing(who, owner, ids):
        def act():
            actor, due_on = desk.pair[who], clock.today() + timedelta(7)
            with acting_as(actor):
                return agree_owners(
                    actor=actor, session_id=session.pk, versions=dict.fromkeys(ids, 0), owner=owner, due_on=due_on
                )

        return act

    both = at_once(agreeing(0, "nav", desk.ids), agreeing(1, "district", desk.ids[::-1]))
    assert sorted(len(each.done) for each in both) == [0, 12]
    with acting_as(make.system()):
        assert WashAgreement.objects.values("owner").distinct().count() == 1
        assert Task.objects.filter(state="open").count() == WashAgreement.objects.count() == 12
