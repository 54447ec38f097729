"""What each unit sees of a case, and that nobody writes about a youth they cannot see."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.http import Http404

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import (
    ContactAttempt,
    Feedback,
    JournalNote,
    MembershipDecision,
    Registration,
    Responsibility,
    StatusConfirmation,
    StatusEvent,
)
from fotfeste.casework.selectors.person_page import person_page
from fotfeste.casework.services import contacts, journal, responsibility, statuses
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
TABLES = (
    Registration,
    Responsibility,
    StatusEvent,
    StatusConfirmation,
    ContactAttempt,
    JournalNote,
    MembershipDecision,
)


@pytest.fixture
def full_case(school, counsellor):
    """A case with something in every table."""
    case = make.case(school)
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor, youth_id=case.youth_id, on=date(2026, 11, 1), channel="call", result="answered",
            answered_by="youth",
        )  # fmt: skip
        statuses.set_status(
            actor=counsellor, registration_id=case.pk, code="OTOV", on=date(2026, 11, 2), ground=Ground(), version=1
        )
        journal.write_note(actor=counsellor, youth_id=case.youth_id, text="Avtalt møte.")
    return case


def _seen(actor, *, on=None):
    with acting_as(actor, on=on):
        return {model.__name__ for model in TABLES if model.objects.exists()}


def test_the_responsible_counsellor_sees_the_whole_case(counsellor, full_case):
    assert _seen(counsellor) == {model.__name__ for model in TABLES}


def test_a_counsellor_at_another_school_sees_nothing_of_it(other_school, full_case):
    other = make.actor(Role.COUNSELLOR, other_school)
    assert _seen(other) == set()
    with acting_as(other), pytest.raises(Http404):
        person_page(youth_id=full_case.youth_id)


def test_a_district_sees_what_its_list_opens_and_not_the_journal(district, full_case):
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    assert _seen(contact) == set()
    make.grant(full_case.youth, district, Topic.IDENTITY, Topic.STATUS, last_day=make.TODAY)
    assert _seen(contact) == {model.__name__ for model in TABLES} - {"JournalNote"}
    assert _seen(contact, on=date(2026, 11, 24)) == set()


def test_after_a_transfer_the_old_unit_keeps_what_a_hand_over_takes_and_the_new_one_sees_everything(
    admin, counsellor, other_school, full_case
):
    with acting_as(admin):
        responsibility.assign(
            actor=admin, youth_id=full_case.youth_id, holder_id=other_school.pk, reason="Avtalt", version=None
        )
    by_status = {model.__name__ for model in TABLES if model.row_access.topic is Topic.STATUS}
    assert _seen(counsellor) == by_status
    with acting_as(counsellor, on=make.TODAY + timedelta(days=40)):
        assert not Registration.objects.exists()
    assert _seen(make.actor(Role.COUNSELLOR, other_school)) == {model.__name__ for model in TABLES}


def test_the_schools_leader_sees_status_and_not_the_journal(school, full_case):
    assert "JournalNote" not in _seen(make.actor(Role.UNIT_LEADER, school))


def test_the_countys_leader_sees_figures_and_no_person(full_case):
    leader = make.actor(Role.COUNTY_LEADER, make.education_admin())
    with acting_as(leader):
        assert StatusEvent.objects.filter(superseded_at=None).count() == 2
        with pytest.raises(Http404):
            person_page(youth_id=full_case.youth_id)


def _about(model, youth, actor, school):
    now = {"recorded_at": clock.now()}
    fields = {
        Registration: {
            "school_year": 2026, "reason": "other", "first_day": make.TODAY, "source": "x", "status_code": "OTUK",
            "status_since": make.TODAY, "status_confirmed_on": make.TODAY, **now,
        },
        Responsibility: {
            "holder": school, "first_day": date(2020, 1, 1), "last_day": date(2020, 1, 2), "ground": "manual",
            "decided_by_id": actor.user_id, **now,
        },
        ContactAttempt: {
            "on": make.TODAY, "channel": "call", "result": "answered", "is_contact": True,
            "registered_by_id": actor.user_id, **now,
        },
        JournalNote: {"text": "x", "written_on": make.TODAY, "written_by_id": actor.user_id, **now},
        Feedback: {
            "from_unit": school, "category": "reached", "on": make.TODAY, "sent_by_id": actor.user_id,
            "sent_at": clock.now(),
        },
    }  # fmt: skip
    return model.objects.create(youth=youth, **fields[model])


@pytest.mark.parametrize("model", [Registration, Responsibility, ContactAttempt, JournalNote, Feedback])
def test_no_row_is_written_about_a_youth_one_cannot_see(model, other_school, full_case):
    stranger = make.actor(Role.COUNSELLOR, other_school)
    with acting_as(stranger), pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        _about(model, full_case.youth, stranger, other_school)
