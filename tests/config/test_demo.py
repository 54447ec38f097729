"""The demo is in the middle of things: something waits on every desk of it."""

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback, JournalNote, Registration
from fotfeste.casework.services import consistency
from fotfeste.collaboration.enums import MeetingState, PlanAgrees, TaskState
from fotfeste.collaboration.models import (
    Meeting,
    MinutesCopy,
    MinutesVersion,
    PlanAgreement,
    PlanVersion,
    Record,
    RoutineRun,
    SharedNote,
    Task,
)
from fotfeste.collaboration.selectors.records import questions
from fotfeste.config.demo.building import build
from fotfeste.config.demo.stage import Stage
from fotfeste.config.demo.users import SEES, USERS
from fotfeste.kernel import clock
from fotfeste.lists.models import OtukRound
from fotfeste.lists.selectors import otuk
from fotfeste.organisations.models import Unit
from fotfeste.people.models import DuplicatePair, Youth
from tests import factories as make

pytestmark = pytest.mark.django_db

ON = make.TODAY


@pytest.fixture
def built():
    return build(people="1200", seed=1, on=ON, say=lambda step: None)


def test_answers_wait_for_the_administration_and_statuses_to_be_confirmed(built):
    with acting_as(make.system(), on=ON):
        assert built.cases > 200
        assert Feedback.objects.filter(state="new").count() > 5
        assert Registration.objects.filter(last_day=None, status_confirm_by__lt=ON).count() > 10
        assert DuplicatePair.objects.filter(state="open").exists()
        assert Youth.objects.filter(protection="strictly_confidential").exists()
        assert consistency.problems() == []
        latest, before = OtukRound.objects.order_by("-on")[:2]
        assert [{each.reason for each in made.closings.all()} for made in (latest, before)] == [
            set(),
            {"waits", "new_list"},
        ]
        listed, answered = otuk.counts_of(made=latest)[Unit.objects.get(name="Bydel Alna").pk]
        assert answered == -(-listed // 2)
    _working_together_is_under_way()


def _working_together_is_under_way():
    stage = Stage.set_up(ON)
    with clock.frozen(ON), acting_as(stage.cast["Kari"]) as kari:
        assert {row.number for row in PlanVersion.objects.all()} >= {1, 2}
        assert PlanAgreement.objects.filter(answer=PlanAgrees.YES).exists()
        assert Task.objects.filter(for_user=kari.user_id, state=TaskState.OPEN, due_on__lt=ON).exists()
        assert Task.objects.filter(for_user=kari.user_id, state=TaskState.OPEN, due_on=ON).exists()
        assert RoutineRun.objects.filter(ended_on=None).count() > 1
        assert MinutesVersion.objects.exists()
        assert {meeting.state for meeting in Meeting.objects.all()} == {MeetingState.CALLED, MeetingState.HELD}
    with clock.frozen(ON), acting_as(stage.cast["Fatima"]):
        assert Record.objects.filter(kind="handover", answer="").count() == 2
        assert MinutesCopy.objects.exists()
        assert SharedNote.objects.exists()
        assert not JournalNote.objects.filter(written_by=kari.user_id).exists()
    with clock.frozen(ON), acting_as(stage.cast["Ingrid"]) as ingrid:
        assert len(questions(actor=ingrid)) == 1
    assert {user.name for user in USERS} == SEES.keys()
