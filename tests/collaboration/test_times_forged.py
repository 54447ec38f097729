"""Several times of a meeting, attacked: ids of another meeting, who is let in no more, and where a protected youth is."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from fotfeste.access.scope import acting_as
from fotfeste.casework.services.residence import set_protection
from fotfeste.collaboration.enums import CallChannel, GuestKind, MeetingKind, Reply
from fotfeste.collaboration.models import Guest, Meeting, MeetingMail, ProposedTime
from fotfeste.collaboration.services import meeting_times, meetings
from fotfeste.collaboration.services.invitations import Called
from fotfeste.consent.services import releases
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import IllegalTransition, Refused
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_meetings import TEN, unit, when
from tests.collaboration.test_proposed_times import ELEVEN, NEXT_DAY, answer, given, guest, meeting, now_of, proposed

pytestmark = pytest.mark.django_db
__all__ = ("given", "meeting")


@pytest.fixture
def other(given, counsellor, case, district):
    """Another meeting about the same youth, with a time of its own besides."""
    with acting_as(counsellor):
        return meetings.call_meeting(
            actor=counsellor,
            youth_id=case.youth_id,
            kind=MeetingKind.CLARIFICATION,
            when=when(starts_at=TEN + timedelta(days=7)),
            called=[unit(district)],
            other_times=[TEN + timedelta(days=8)],
        )


def test_a_time_of_another_meeting_is_neither_chosen_nor_answered(
    meeting, other, counsellor, district, district_contact, case
):
    strange = proposed(TEN + timedelta(days=8))
    with acting_as(counsellor), pytest.raises(IllegalTransition):
        meeting_times.choose_time(actor=counsellor, meeting_id=meeting.pk, time_id=strange.pk)
    for actor in (counsellor, district_contact):
        where = {"youth_id": case.youth_id, "meeting_id": meeting.pk, "time_id": strange.pk}
        browser_of(actor).post(reverse("collaboration:choose_time", kwargs=where), {"version": "1"})
    answer(district_contact, meeting, district, Reply.COMES, TEN + timedelta(days=8))
    called = guest(meeting, district)
    assert str(strange.pk) not in called.times_answered
    assert set(called.times_answered.values()) == {False}
    assert (now_of(meeting).starts_at, now_of(other).starts_at) == (TEN, TEN + timedelta(days=7))
    assert proposed(TEN + timedelta(days=8)).state == "open"


def test_who_is_let_in_no_more_neither_answers_nor_proposes_and_is_told_nothing(
    meeting, given, counsellor, district, district_contact, case
):
    called = guest(meeting, district)
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    with pytest.raises(Refused):
        answer(district_contact, meeting, district, Reply.COMES, proposes=NEXT_DAY + timedelta(hours=3))
    where = {"youth_id": case.youth_id, "meeting_id": meeting.pk, "guest_id": called.pk}
    sent = {
        "answer": "comes", "suits": [opaque.encode(proposed(ELEVEN).pk)], "other_day": "05.12.2026",
        "other_time": "09:00", "version": called.version,
    }  # fmt: skip
    refused = browser_of(district_contact).post(reverse("collaboration:reply", kwargs=where), sent)
    assert refused.status_code == 404
    assert case.youth.last_name not in refused.content.decode()
    with acting_as(make.system()):
        assert ProposedTime.objects.count() == 2
        assert Guest.objects.get(pk=called.pk).reply == Reply.NONE
    with acting_as(district_contact):
        assert ProposedTime.objects.update(starts_at=NEXT_DAY) == 0
        assert Guest.objects.update(reply=Reply.COMES) == 0


def test_no_message_says_where_a_meeting_about_somebody_protected_since_is(given, counsellor, case):
    with acting_as(counsellor):
        meetings.call_meeting(
            actor=counsellor,
            youth_id=case.youth_id,
            kind=MeetingKind.CLARIFICATION,
            when=when(place="Furuveien 7, kjelleren"),
            called=[Called(GuestKind.GUARDIAN, name="Mor", email="mor@example.org", channel=CallChannel.EMAIL)],
            other_times=[ELEVEN, NEXT_DAY],
        )
    with acting_as(make.system()) as importer:
        set_protection(actor=importer, youth_id=case.youth_id, grade="confidential")
        waiting = list(MeetingMail.objects.filter(state="waiting").values_list("pk", flat=True))
    for pk in waiting:
        app.tasks["collaboration.send_meeting_mail"](mail_id=pk)
    assert mail.outbox
    for each in mail.outbox:
        told = each.body + each.subject + each.attachments[0].get_payload(decode=True).decode()
        for hidden in ("Furuveien", "kjelleren", case.youth.last_name, case.youth.first_name):
            assert hidden not in told


def write_time(meeting, actor, **other):
    """Write a proposed time by hand, past the services."""
    written = {"starts_at": NEXT_DAY + timedelta(hours=5), "proposed_by_id": actor.user_id, "proposed_at": clock.now()}
    return ProposedTime.objects.create(youth_id=meeting.youth_id, meeting=meeting, **{**written, **other})


FORGED = {
    "was_there": True, "contributes": "can", "contribution": "Alt", "cover": "responsible", "meeting_id": 0,
    "email": "hit@example.org", "removed_at": clock.now(),
}  # fmt: skip


def test_by_hand_who_is_called_changes_their_own_answer_and_nothing_more(
    meeting, counsellor, district, nav, district_contact
):
    own, others, youth = guest(meeting, district), guest(meeting, nav), guest(meeting)
    with acting_as(district_contact):
        # What the service writes of an answer may be written
        mine = Guest.objects.filter(pk=own.pk)
        assert mine.update(reply=Reply.NOT, times_answered={}, replied_by=district_contact.user_id, version=9) == 1
        # and nothing of what was proposed or sent
        assert ProposedTime.objects.update(state="chosen") == 0
        assert MeetingMail.objects.update(address="hit@example.org") == 0
        # nor the meeting, nor anybody else's answer, nor that one was there, what one can do, or what let one in
        for rows, forged in (
            (Meeting.objects, {"starts_at": NEXT_DAY, "place": "Et annet sted"}),
            (Guest.objects.exclude(pk=own.pk), {"reply": Reply.COMES}),
            *((mine, {name: value}) for name, value in FORGED.items()),
            (mine, {"body_id": nav.pk}),
        ):
            with pytest.raises(DatabaseError, match="whoever runs"), transaction.atomic():
                rows.update(**forged)
        own.pk = own.id = None
        own.body_id, own.kind = None, GuestKind.PARTNER
        with pytest.raises(DatabaseError), transaction.atomic():
            own.save(force_insert=True)
    assert (guest(meeting, nav).reply, guest(meeting).reply) == (others.reply, youth.reply)


def test_by_hand_who_is_called_proposes_as_themselves_only(meeting, other, nav, district, district_contact):
    own, others = guest(meeting, district), guest(meeting, nav)
    with acting_as(district_contact):
        for forged in (
            {}, {"guest": others}, {"guest": own, "state": "chosen"}, {"guest": guest(other, district)},
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                write_time(meeting, district_contact, **forged)
        assert write_time(meeting, district_contact, guest=own).pk


def test_by_hand_who_answers_for_the_youth_runs_the_meeting(meeting, counsellor, district):
    with acting_as(counsellor):
        assert Guest.objects.filter(meeting=meeting).update(was_there=True) == 3
        assert Meeting.objects.update(place="Rom 2") == 1
        assert ProposedTime.objects.update(state="dropped") == 2
