"""A meeting about a youth is called with those the youth lets take part, and nobody else sees it."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django import app

from fotfeste.access.models import AccessGrant
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground, Topic
from fotfeste.collaboration.enums import CallChannel, GuestKind, MeetingKind, Reply
from fotfeste.collaboration.models import Guest, Meeting, MeetingMail, StepRun
from fotfeste.collaboration.services import invitations, meetings, routines
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.meetings import When
from fotfeste.consent.enums import PartnerKind
from fotfeste.consent.services import releases
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.services import contacts
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 12, 3, 10, tzinfo=clock.OSLO)


def when(**other):
    told = {"starts_at": TEN, "minutes_long": 60, "place": "Rom 204", "video_url": "", "purpose": "Hva bydelen kan"}
    return When(**told | other)


def call(actor, case, *called, kind=MeetingKind.CLARIFICATION, **other):
    with acting_as(actor):
        return meetings.call_meeting(actor=actor, youth_id=case.youth_id, kind=kind, when=when(**other), called=called)


def unit(each):
    return Called(GuestKind.UNIT, unit_id=each.pk)


def guest_of(meeting, body=None):
    with acting_as(make.system()):
        return Guest.objects.get(meeting=meeting, body=body)


def sees(actor):
    with acting_as(actor):
        return Meeting.objects.count()


@pytest.mark.proves("form-invitation", "inv-youth", "inv-recipients", "inv-consent", "inv-reply", "inv-purpose")
def test_a_body_is_called_when_the_youth_lets_it_and_sees_the_meeting_until_it_is_taken_back(
    counsellor, case, district, nav, district_contact, nav_responsible
):
    with pytest.raises(NotAllowed, match="Bydel Prøve kan ikke kalles inn"):
        call(counsellor, case, unit(district))
    given = release(counsellor, case, district, topics=(Topic.MEETINGS,))
    with pytest.raises(NotAllowed, match="Nav Prøve"):
        call(counsellor, case, unit(district), unit(nav))
    assert sees(counsellor) == 0
    meeting = call(counsellor, case, unit(district), Called(GuestKind.YOUTH, channel=CallChannel.PHONE))
    assert (sees(district_contact), sees(nav_responsible)) == (1, 0)
    with acting_as(make.system()):
        opened = AccessGrant.objects.filter(ground=Ground.INVITATION)
        assert {(row.topic, row.source) for row in opened} == {
            (Topic.IDENTITY, f"meeting:{meeting.pk}"),
            (Topic.MEETINGS, f"meeting:{meeting.pk}"),
        }
        assert grants.reconcile(on=make.TODAY) == (0, 0)
    # The district answers for itself, once; Nav and a stranger do not.
    guest = guest_of(meeting, district)
    with acting_as(district_contact):
        with pytest.raises(Invalid, match="stedet"):
            invitations.reply(actor=district_contact, guest_id=guest.pk, answer=Reply.SUBSTITUTE, version=1)
        invitations.reply(
            actor=district_contact, guest_id=guest.pk, answer=Reply.SUBSTITUTE, substitute="Ola", version=1
        )
        with pytest.raises(EditConflict):
            invitations.reply(actor=district_contact, guest_id=guest.pk, answer=Reply.COMES, version=1)
        with pytest.raises(NotAllowed):
            invitations.reply(actor=district_contact, guest_id=guest_of(meeting).pk, answer=Reply.COMES)
    # When the youth takes it back, all that the invitation opened closes.
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    assert sees(district_contact) == 0
    with acting_as(make.system()):
        assert not AccessGrant.objects.filter(ground=Ground.INVITATION, closed_at=None).exists()
        assert grants.reconcile(on=make.TODAY) == (0, 0)
    # And an invitation that was is no cover for the next.
    with pytest.raises(NotAllowed):
        call(counsellor, case, unit(district))


def test_what_an_invitation_opened_closes_when_one_is_taken_off_or_the_meeting_is_called_off(
    counsellor, case, district, nav
):
    release(counsellor, case, district, nav, topics=(Topic.MEETINGS,))
    meeting = call(counsellor, case, unit(district), unit(nav))

    def open_to():
        with acting_as(make.system()):
            rows = AccessGrant.objects.filter(ground=Ground.INVITATION, closed_at=None)
            return set(rows.values_list("unit_id", flat=True))

    assert open_to() == {district.pk, nav.pk}
    with acting_as(counsellor):
        invitations.uninvite(actor=counsellor, guest_id=guest_of(meeting, nav).pk, version=1)
    assert open_to() == {district.pk}
    with acting_as(counsellor):
        with pytest.raises(Invalid, match="hvorfor"):
            meetings.cancel_meeting(actor=counsellor, meeting_id=meeting.pk, reason=" ")
        meetings.cancel_meeting(actor=counsellor, meeting_id=meeting.pk, reason="Syk", version=1)
        with pytest.raises(IllegalTransition):
            meetings.change_meeting(actor=counsellor, meeting_id=meeting.pk, when=when())
    assert open_to() == set()


@pytest.mark.proves("inv-type", "amb-17", "amb-35")
def test_each_kind_is_called_by_those_who_call_it(counsellor, case, school, district, district_contact):
    for kind in (MeetingKind.COOPERATION, MeetingKind.INTAKE):
        with pytest.raises(NotAllowed, match="bydelen til samarbeidsmøte"):
            call(counsellor, case, kind=kind)
    release(counsellor, case, district, topics=(Topic.MEETINGS,))
    meeting = call(district_contact, case, unit(school), kind=MeetingKind.COOPERATION)
    assert meeting.called_by_unit_id == district.pk
    stranger = make.actor(Role.COUNSELLOR, make.unit())
    with acting_as(stranger), pytest.raises(Invalid, match="har ikke tilgang"):
        meetings.cancel_meeting(actor=stranger, meeting_id=meeting.pk, reason="Vil ikke")


def test_a_partner_without_users_here_is_called_by_name_and_needs_a_release_as_well(counsellor, case):
    partner = Called(GuestKind.PARTNER, partner=PartnerKind.PPT, name="Kari", email="ppt@example.org")
    with pytest.raises(NotAllowed, match="PPT"):
        call(counsellor, case, partner)
    with acting_as(counsellor):
        releases.record_release(
            actor=counsellor,
            youth_id=case.youth_id,
            given=releases.Given(
                purpose="cooperation",
                answer="yes",
                how="paper",
                bodies=(releases.Body(topics=frozenset({Topic.MEETINGS}), partner=PartnerKind.PPT),),
                first_day=make.TODAY,
                last_day=make.TODAY + timedelta(30),
            ),
        )
    assert guest_of(call(counsellor, case, partner)).cover.startswith("release:")


@pytest.mark.proves("inv-time", "inv-place", "inv-channel")
def test_the_calendar_is_told_of_each_change_and_says_nothing_of_the_youth(
    counsellor, case, district, admin, django_capture_on_commit_callbacks
):
    with acting_as(admin):
        contacts.name_contact(
            actor=admin, unit_id=district.pk, name="Per", role=ContactRole.DISTRICT_CONTACT, phone="22222222",
            email="per@example.org", first_day=make.TODAY, on=make.TODAY,
        )  # fmt: skip
    release(counsellor, case, district, topics=(Topic.MEETINGS,))
    meeting = call(counsellor, case, unit(district))
    with acting_as(counsellor):
        meetings.change_meeting(
            actor=counsellor, meeting_id=meeting.pk, when=when(starts_at=TEN + timedelta(days=1)), version=1
        )
        with pytest.raises(EditConflict) as late:
            meetings.change_meeting(actor=counsellor, meeting_id=meeting.pk, when=when(place="Rom 1"), version=1)
        assert (late.value.theirs["Sted"], late.value.yours["Sted"]) == ("Rom 204", "Rom 1")
        meetings.cancel_meeting(actor=counsellor, meeting_id=meeting.pk, reason="Syk", version=2)
    with acting_as(make.system()):
        waiting = list(MeetingMail.objects.order_by("pk").values_list("pk", flat=True))
    for pk in (*waiting, *waiting):
        app.tasks["collaboration.send_meeting_mail"](mail_id=pk)
    # What was overtaken before it was sent is not sent; the cancellation says it all, once.
    (sent,) = mail.outbox
    calendar = sent.attachments[0].get_payload(decode=True).decode()
    assert sent.to == ["per@example.org"]
    for line in ("METHOD:CANCEL", "SEQUENCE:2", f"UID:{meeting.uid}@fotfeste", "DTSTART:20261204T090000Z"):
        assert line in calendar
    youth = case.youth
    for word in (youth.first_name, youth.last_name, "bydelen kan", "Avklaringsmøte", "Syk"):
        assert word not in calendar + sent.subject + sent.body


@pytest.mark.proves("tw-preparation")
def test_a_three_way_conversation_is_prepared_and_that_does_the_step(counsellor, case):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-three-way")
    meeting = call(counsellor, case, kind=MeetingKind.THREE_WAY)
    with acting_as(counsellor):
        with pytest.raises(Invalid):
            meetings.prepare_meeting(actor=counsellor, meeting_id=meeting.pk, text=" ", version=1)
        meetings.prepare_meeting(actor=counsellor, meeting_id=meeting.pk, text="Veien tilbake", version=1)
    with acting_as(make.system()):
        assert StepRun.objects.get(step="rut-three-way-s01").state == "done"


def test_the_screens_call_answer_and_list_a_meeting_and_say_what_covers_each(
    counsellor, case, district, nav, district_contact
):
    rule_release = release(counsellor, case, district, topics=(Topic.MEETINGS,))
    at = {"youth_id": case.youth_id}
    browser = browser_of(counsellor)
    page = browser.get(reverse("collaboration:call_meeting", kwargs=at))
    shown = page.content.decode()
    assert "Bydel Prøve – samtykke til" in shown
    assert "Nav Prøve – ikke dekket" in shown
    # A body nothing lets in is shown, with what lacks, and cannot be ticked; a partner alike.
    boxes = {str(each.data["label"]): each.data["attrs"] for each in page.context["form"]["units"].subwidgets}
    assert {label.split(" –")[0]: "disabled" in attrs for label, attrs in boxes.items()} == {
        "Bydel Prøve": False,
        "Nav Prøve": True,
    }
    lines = {each.data["value"]: each.data for each in page.context["form"]["partner"].subwidgets}
    assert "ikke dekket" in lines["ppt"]["label"]
    assert lines["ppt"]["attrs"]["disabled"]
    units = {str(label).split(" –")[0]: value for value, label in page.context["form"].fields["units"].choices}
    sent = {
        "kind": "clarification", "day": "03.12.2026", "time": "10:00", "minutes_long": "60", "place": "Rom 204",
        "purpose": "Hva bydelen kan", "youth_channel": "phone", "units": [units["Nav Prøve"]],
    }  # fmt: skip
    refused = browser.post(reverse("collaboration:call_meeting", kwargs=at), sent)
    assert "Nav Prøve kan ikke kalles inn" in refused.content.decode()
    done = browser.post(reverse("collaboration:call_meeting", kwargs=at), sent | {"units": [units["Bydel Prøve"]]})
    assert done.status_code == 302
    mine = browser_of(district_contact)
    lists = mine.get(reverse("collaboration:my_meetings")).content.decode()
    assert "Venter på svar fra dere" in lists
    with acting_as(make.system()):
        guest = Guest.objects.get(body=district)
    where = at | {"meeting_id": guest.meeting_id}
    answer = {"answer": "comes", "substitute": "", "version": "1"}
    mine.post(reverse("collaboration:reply", kwargs=where | {"guest_id": guest.pk}), answer)
    lists = mine.get(reverse("collaboration:my_meetings")).content.decode()
    assert "Venter på svar fra dere" not in lists
    shown = browser.get(reverse("collaboration:meeting", kwargs=where)).content.decode()
    assert "Kommer" in shown
    release(counsellor, case, nav, topics=(Topic.MEETINGS,))
    more = {"other_unit": opaque.encode(nav.pk), "partner": "", "partner_name": "", "partner_email": ""}
    browser.post(reverse("collaboration:invite", kwargs=where), more)
    with acting_as(make.system()):
        assert Guest.objects.get(body=nav).cover.startswith("release:")
    # Once the release is taken back, the screen says that the district is not covered any more.
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=rule_release.pk)
    assert "Ikke lenger dekket" in browser.get(reverse("collaboration:meeting", kwargs=where)).content.decode()
    assert mine.get(reverse("collaboration:meeting", kwargs=where)).status_code == 404


def test_a_meeting_is_not_called_for_a_day_no_calendar_can_hold(counsellor, case):
    for year in (2029, 9999):
        with pytest.raises(Invalid, match="innen to år"):
            call(counsellor, case, starts_at=datetime(year, 12, 31, 23, 30, tzinfo=clock.OSLO))
    assert sees(counsellor) == 0
