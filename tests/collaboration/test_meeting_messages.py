"""Who is called is told when and where by mail or SMS, and nothing once they are let in no more."""

import json

import pytest
from django.core import mail
from django.test import override_settings
from procrastinate.contrib.django import app

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.services import responsibility
from fotfeste.collaboration import texting
from fotfeste.collaboration.enums import CallChannel, GuestKind, MailState, MeetingKind
from fotfeste.collaboration.models import MeetingMail
from fotfeste.collaboration.services import invitations, meetings
from fotfeste.collaboration.services.invitations import Called
from fotfeste.consent.services import releases
from fotfeste.kernel import clock
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.services import contacts
from fotfeste.people.models import ContactDetail, Youth
from tests import factories as make
from tests.collaboration.test_meetings import call, guest_of, unit, when
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db

NUMBER = "+4791234567"


def work():
    """Let the worker send what waits, and return how each went."""
    with acting_as(make.system()):
        asked = list(MeetingMail.objects.order_by("pk").values_list("pk", flat=True))
    for pk in (*asked, *asked):
        app.tasks["collaboration.send_meeting_mail"](mail_id=pk)
    with acting_as(make.system()):
        return list(MeetingMail.objects.order_by("pk").values_list("method", "state"))


def calendars():
    return [each.attachments[0].get_payload(decode=True).decode() for each in mail.outbox]


@pytest.mark.proves("inv-consent")
def test_a_body_that_is_let_in_no_more_has_the_meeting_taken_out_at_once_and_is_told_nothing_after(
    counsellor, case, district, admin
):
    with acting_as(admin):
        contacts.name_contact(
            actor=admin, unit_id=district.pk, name="Per", role=ContactRole.DISTRICT_CONTACT, phone="22222222",
            email="per@example.org", first_day=make.TODAY, on=make.TODAY,
        )  # fmt: skip
    given = release(counsellor, case, district, topics=(Topic.MEETINGS,))
    meeting = call(counsellor, case, unit(district), purpose="Hva bydelen kan")
    assert work() == [("REQUEST", MailState.SENT)]
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    assert work()[1:] == [("CANCEL", MailState.SENT)]
    cancelled = mail.outbox[-1]
    assert (cancelled.to, cancelled.subject) == (["per@example.org"], "Innkallingen er trukket")
    for word in ("Rom 204", "Hva bydelen kan", "Avklaringsmøte", "LOCATION", "URL:", case.youth.first_name):
        assert word not in calendars()[-1] + cancelled.body
    assert f"UID:{meeting.uid}@fotfeste" in calendars()[-1]
    # Where the meeting is moved is not told, and the night's round says nothing twice.
    with acting_as(counsellor):
        meetings.change_meeting(actor=counsellor, meeting_id=meeting.pk, when=when(place="Rom 1"), version=1)
    app.tasks["collaboration.tell_of_cover"]()
    assert work()[2:] == []
    # Let in anew, the body is called anew; taken off the list, it is told once more, and of no place.
    release(counsellor, case, district, topics=(Topic.MEETINGS,))
    assert work()[2:] == [("REQUEST", MailState.SENT)]
    assert "Rom 1" in mail.outbox[-1].body
    with acting_as(counsellor):
        invitations.uninvite(actor=counsellor, guest_id=guest_of(meeting, district).pk)
    assert work()[3:] == [("CANCEL", MailState.SENT)]
    assert ("Rom 1" in mail.outbox[-1].body + calendars()[-1], len(mail.outbox)) == (False, 4)


def test_a_unit_the_youth_has_moved_from_is_told_no_more_of_where_the_meeting_is(
    case, school, district, admin, counsellor, district_contact
):
    with acting_as(admin):
        contacts.name_contact(
            actor=admin, unit_id=school.pk, name="Eva", role=ContactRole.COUNSELLOR, phone="22222222",
            email="eva@example.org", first_day=make.TODAY, on=make.TODAY,
        )  # fmt: skip
    release(counsellor, case, district, topics=(Topic.MEETINGS,))
    meeting = call(district_contact, case, unit(school), kind=MeetingKind.COOPERATION)
    assert work() == [("REQUEST", MailState.SENT)]
    elsewhere = make.unit(name="Annen skole")
    with acting_as(admin):
        responsibility.assign(
            actor=admin, youth_id=case.youth_id, holder_id=elsewhere.pk, reason="Avtalt", version=None
        )
    with acting_as(district_contact):
        meetings.change_meeting(actor=district_contact, meeting_id=meeting.pk, when=when(place="Rom 1"), version=1)
    assert work()[1:] == []
    app.tasks["collaboration.tell_of_cover"]()
    assert work()[1:] == [("CANCEL", MailState.SENT)]
    assert "Rom" not in mail.outbox[-1].body + calendars()[-1]


@pytest.fixture
def outbox(tmp_path):
    """SMS are put in a folder."""
    place = tmp_path / "sms"
    with override_settings(TEXTING={"adapter": f"{texting.__name__}.FolderOutbox", "folder": str(place)}):
        yield place


def has_number(case, value=NUMBER, **told):
    with acting_as(make.system()):
        told = {"source": "ungdommen", "recorded_at": clock.now(), **told}
        ContactDetail.objects.create(youth=case.youth, kind="phone", value=value, **told)


@pytest.mark.proves("inv-channel")
def test_a_youth_is_texted_once_at_a_number_of_their_own_and_is_told_nothing_but_when_and_where(
    counsellor, case, outbox
):
    youth = Called(GuestKind.YOUTH, channel=CallChannel.SMS)
    # Without a mobile number with a source nothing is sent.
    has_number(case, "+4722334455")
    has_number(case, "+4798765432", source="")
    call(counsellor, case, youth)
    assert work() == []
    has_number(case)
    meeting = call(counsellor, case, youth, purpose="Hva skolen kan")
    assert work() == [("REQUEST", MailState.SENT)]
    (sent,) = outbox.iterdir()
    said = json.loads(sent.read_text())
    assert said["to"] == NUMBER
    assert "Du er kalt inn til et møte." in said["text"]
    assert "Rom 204" in said["text"]
    told = said["text"] + sent.name
    for word in (case.youth.first_name, case.youth.last_name, "Hva skolen kan", "Avklaring", "Fotfeste", "skole"):
        assert word not in told
    assert sent.stat().st_mode & 0o077 == 0
    # A number that is not the youth's any more, and a youth who is under protection since, get nothing.
    with acting_as(counsellor):
        meetings.change_meeting(actor=counsellor, meeting_id=meeting.pk, when=when(place="Rom 1"), version=1)
    with acting_as(make.system()):
        Youth.objects.filter(pk=case.youth_id).update(protection="confidential")
    assert work()[1:] == [("REQUEST", MailState.FAILED)]
    with acting_as(counsellor):
        meetings.cancel_meeting(actor=counsellor, meeting_id=meeting.pk, reason="Syk")
    assert (len(work()), len(list(outbox.iterdir()))) == (2, 1)


def test_no_sms_is_sent_where_the_county_has_not_said_how(counsellor, case):
    has_number(case)
    call(counsellor, case, Called(GuestKind.YOUTH, channel=CallChannel.SMS))
    assert work() == []
