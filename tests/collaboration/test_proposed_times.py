"""A meeting may stand between several times: those called say which suit, and whoever called chooses one."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django import app

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import CallChannel, GuestKind, MeetingKind, Reply
from fotfeste.collaboration.models import Guest, Meeting, MeetingMail, ProposalState, ProposedTime
from fotfeste.collaboration.selectors.meeting_times import lacks_reply, time_choices
from fotfeste.collaboration.selectors.records import count_waiting
from fotfeste.collaboration.services import invitations, meeting_times, meetings
from fotfeste.collaboration.services.invitations import Called
from fotfeste.consent.services import releases
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.services import contacts
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_meetings import TEN, unit, when
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db

ELEVEN, NEXT_DAY = TEN + timedelta(hours=1), TEN + timedelta(days=1)
YOUTH = Called(GuestKind.YOUTH, channel=CallChannel.PHONE)


@pytest.fixture
def given(counsellor, case, district, nav):
    """The release that lets the district and Nav come to meetings."""
    return release(counsellor, case, district, nav, topics=(Topic.MEETINGS,))


@pytest.fixture
def meeting(given, counsellor, case, district, nav):
    """A meeting at ten that may as well be at eleven or the day after, with the district, Nav and the youth."""
    with acting_as(counsellor):
        return meetings.call_meeting(
            actor=counsellor,
            youth_id=case.youth_id,
            kind=MeetingKind.CLARIFICATION,
            when=when(),
            called=[unit(district), unit(nav), YOUTH],
            other_times=[ELEVEN, NEXT_DAY],
        )


def guest(meeting, body=None):
    with acting_as(make.system()):
        return Guest.objects.get(meeting=meeting, body=body)


def proposed(starts_at) -> ProposedTime:
    with acting_as(make.system()):
        return ProposedTime.objects.get(starts_at=starts_at)


def answer(actor, meeting, body, reply=Reply.COMES, *suits, **other):
    with acting_as(actor):
        return invitations.reply(
            actor=actor,
            guest_id=guest(meeting, body).pk,
            answer=reply,
            suits=[proposed(each).pk for each in suits],
            **other,
        )


def choose(actor, meeting, starts_at, **other):
    with acting_as(actor):
        return meeting_times.choose_time(actor=actor, meeting_id=meeting.pk, time_id=proposed(starts_at).pk, **other)


def now_of(meeting) -> Meeting:
    with acting_as(make.system()):
        return Meeting.objects.get(pk=meeting.pk)


@pytest.mark.proves("form-invitation", "inv-time", "inv-reply")
def test_those_called_say_which_times_suit_and_the_meeting_moves_to_the_one_chosen(
    meeting, counsellor, district, nav, district_contact, nav_responsible
):
    # Given that the district can come at eleven only, Nav at all of them but the next day, and the youth has not said
    answer(district_contact, meeting, district, Reply.NOT, ELEVEN)
    answer(nav_responsible, meeting, nav, Reply.COMES, ELEVEN)
    # Then the one who called sees who can when
    with acting_as(counsellor):
        choices = {each.starts_at: each for each in time_choices(now_of(meeting))}
        assert [each.body_id for each in choices[ELEVEN].can] == [district.pk, nav.pk]
        assert [each.body_id for each in choices[TEN].cannot] == [district.pk]
        assert [each.body_id for each in choices[NEXT_DAY].cannot] == [district.pk, nav.pk]
        assert [each.kind for each in choices[ELEVEN].silent] == [GuestKind.YOUTH]
    # When eleven is chosen, who can come then comes, the youth is asked anew, and nothing else is proposed
    choose(counsellor, meeting, ELEVEN)
    assert (now_of(meeting).starts_at, now_of(meeting).sequence) == (ELEVEN, 1)
    replies = [guest(meeting, each).reply for each in (district, nav, None)]
    assert replies == [Reply.COMES, Reply.COMES, Reply.NONE]
    assert (proposed(ELEVEN).state, proposed(NEXT_DAY).state) == (ProposalState.CHOSEN, ProposalState.DROPPED)
    with pytest.raises(IllegalTransition, match="ikke lenger foreslått"):
        choose(counsellor, meeting, NEXT_DAY)


def test_somebody_called_proposes_a_time_that_suits_them_and_the_others_are_asked_of_it(
    meeting, counsellor, district, nav, district_contact, nav_responsible
):
    later = NEXT_DAY + timedelta(hours=3)
    answer(nav_responsible, meeting, nav, Reply.COMES, ELEVEN)
    answer(district_contact, meeting, district, Reply.NOT, proposes=later)
    with acting_as(counsellor):
        own = next(each for each in time_choices(now_of(meeting)) if each.starts_at == later)
        assert (own.by.body_id, [each.body_id for each in own.can]) == (district.pk, [district.pk])
        # Nav had answered, and has not been asked of this one
        assert nav.pk in {each.body_id for each in lacks_reply(now_of(meeting))}
    choose(counsellor, meeting, later)
    assert guest(meeting, district).reply == Reply.COMES


def test_whoever_called_is_told_of_another_time_somebody_proposes_until_one_is_chosen(
    meeting, counsellor, case, school, district, district_contact
):
    colleague, later = make.actor("counsellor", school), NEXT_DAY + timedelta(hours=3)
    page, sent = reverse("collaboration:notices"), len(mail.outbox)

    def told(actor) -> tuple[int, bool]:
        shown = " ".join(browser_of(actor).get(page).content.decode().replace("\xa0", " ").split())
        with acting_as(actor):
            waits = count_waiting(actor=actor, today=clock.today())
        is_told = "Bydel Prøve foreslår 4. des. 2026 kl. 13.00. Møtet står nå 3. des. 2026 kl. 10.00." in shown
        return waits, is_told and case.youth.last_name in shown

    assert told(counsellor) == (0, False)
    answer(district_contact, meeting, district, Reply.NOT, proposes=later)
    assert told(counsellor) == (1, True)
    assert told(colleague) == told(district_contact) == (0, False)
    with acting_as(make.system()):
        assert not MeetingMail.objects.filter(sequence__gt=0).exists()
    choose(counsellor, meeting, later)
    assert told(counsellor) == (0, False)
    assert len(mail.outbox) == sent


def test_the_meeting_may_stay_where_it_stands_and_then_no_answer_is_lost(
    meeting, counsellor, district, district_contact
):
    answer(district_contact, meeting, district, Reply.COMES)
    with acting_as(counsellor):
        meeting_times.keep_time(actor=counsellor, meeting_id=meeting.pk)
        assert time_choices(now_of(meeting)) == []
        with pytest.raises(IllegalTransition, match="Ingen andre tider"):
            meeting_times.keep_time(actor=counsellor, meeting_id=meeting.pk)
    assert (now_of(meeting).starts_at, guest(meeting, district).reply) == (TEN, Reply.COMES)


def test_times_that_cannot_be_are_refused_and_nothing_is_kept_of_them(meeting, counsellor, district, district_contact):
    def propose(*times):
        with acting_as(counsellor):
            meeting_times.propose_times(actor=counsellor, meeting_id=meeting.pk, times=times)

    for times, sentence in (
        ([clock.now() - timedelta(hours=1)], "fram i tid"),
        ([datetime(9999, 12, 31, tzinfo=clock.OSLO)], "innen to år"),
        ([NEXT_DAY + timedelta(hours=1), ELEVEN], "alt foreslått"),
        ([TEN], "alt foreslått"),
        ([NEXT_DAY + timedelta(days=day) for day in range(1, 6)], "ikke flere enn 6 tider"),
        ([], "minst én tid"),
    ):
        with pytest.raises(Invalid, match=sentence):
            propose(*times)
    with pytest.raises(Invalid, match="alt foreslått"):
        answer(district_contact, meeting, district, Reply.NOT, proposes=ELEVEN)
    with acting_as(make.system()):
        assert ProposedTime.objects.count() == 2
        assert guest(meeting, district).reply == Reply.NONE


def test_only_who_runs_the_meeting_proposes_and_chooses_and_nobody_answers_for_another(
    meeting, given, counsellor, district, nav, district_contact, nav_responsible
):
    stranger = make.actor("counsellor", make.unit(name="Annen videregående skole"))
    with pytest.raises(NotAllowed):
        choose(district_contact, meeting, ELEVEN)
    with pytest.raises(Invalid, match="ikke tilgang"):
        choose(stranger, meeting, ELEVEN)
    with pytest.raises(NotAllowed):
        answer(nav_responsible, meeting, district, Reply.COMES, ELEVEN, proposes=NEXT_DAY + timedelta(hours=2))
    with acting_as(stranger):
        assert not ProposedTime.objects.exists()
    # Whoever is let in no more sees none of the times either
    with acting_as(district_contact):
        assert ProposedTime.objects.count() == 2
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    with acting_as(district_contact):
        assert not ProposedTime.objects.exists()


def test_who_answered_before_a_time_was_added_is_told_that_they_were_not_shown_it(
    meeting, counsellor, district, district_contact
):
    shown = guest(meeting, district).version
    with acting_as(counsellor):
        meeting_times.propose_times(actor=counsellor, meeting_id=meeting.pk, times=[NEXT_DAY + timedelta(hours=1)])
    with pytest.raises(EditConflict):
        answer(district_contact, meeting, district, Reply.COMES, version=shown)
    version = now_of(meeting).version
    choose(counsellor, meeting, ELEVEN, version=version)
    with pytest.raises(EditConflict):
        choose(counsellor, meeting, NEXT_DAY, version=version)


def test_a_meeting_that_is_moved_by_hand_or_called_off_stands_between_no_times(meeting, counsellor):
    with acting_as(counsellor):
        meetings.change_meeting(actor=counsellor, meeting_id=meeting.pk, when=when(place="Rom 1"))
        assert len(time_choices(now_of(meeting))) == 3
        meetings.change_meeting(actor=counsellor, meeting_id=meeting.pk, when=when(starts_at=NEXT_DAY))
        assert time_choices(now_of(meeting)) == []


def test_the_invitation_tells_the_other_times_and_nothing_more_and_the_choice_moves_the_calendar(
    given, counsellor, case, district, admin
):
    with acting_as(admin):
        contacts.name_contact(
            actor=admin, unit_id=district.pk, name="Per", role=ContactRole.DISTRICT_CONTACT, phone="22222222",
            email="per@example.org", first_day=make.TODAY, on=make.TODAY,
        )  # fmt: skip

    def sent():
        """What is sent of what waits."""
        with acting_as(make.system()):
            waiting = list(MeetingMail.objects.filter(state="waiting").values_list("pk", flat=True))
        for pk in waiting:
            app.tasks["collaboration.send_meeting_mail"](mail_id=pk)
        return mail.outbox.pop()

    with acting_as(counsellor):
        made = meetings.call_meeting(
            actor=counsellor,
            youth_id=case.youth_id,
            kind=MeetingKind.CLARIFICATION,
            when=when(),
            called=[unit(district)],
            other_times=[ELEVEN],
        )
    invited = sent()
    assert "Også foreslått: 3. des. 2026 kl. 11.00." in invited.body.replace("\xa0", " ")
    assert case.youth.last_name not in invited.body + invited.subject
    choose(counsellor, made, ELEVEN)
    moved = sent()
    assert "foreslått" not in moved.body
    calendar = moved.attachments[0].get_payload(decode=True).decode()
    for line in ("METHOD:REQUEST", "SEQUENCE:1", f"UID:{made.uid}@fotfeste", "DTSTART:20261203T100000Z"):
        assert line in calendar


def test_the_times_are_proposed_answered_and_chosen_in_the_browser(
    given, counsellor, case, district, nav, district_contact
):
    browser, at = browser_of(counsellor), {"youth_id": case.youth_id}
    sent = {
        "kind": "clarification", "day": "03.12.2026", "time": "10:00", "minutes_long": "60", "place": "Rom 204",
        "purpose": "Hva bydelen kan", "youth_channel": "phone", "units": [opaque.encode(district.pk)],
        "times-0-day": "04.12.2026", "times-0-time": "",
    }  # fmt: skip
    url = reverse("collaboration:call_meeting", kwargs=at)
    half = browser.post(url, sent)
    assert (half.status_code, "Rett de andre tidene du foreslår." in half.content.decode()) == (422, True)
    assert browser.post(url, sent | {"times-0-time": "09:30"}).status_code == 302
    with acting_as(make.system()):
        called = Guest.objects.get(body=district)
        time, meeting = ProposedTime.objects.get(), called.meeting
    where = at | {"meeting_id": called.meeting_id}
    page = reverse("collaboration:meeting", kwargs=where)
    # The district is asked, answers of both, and proposes another
    mine = browser_of(district_contact)
    assert "4. des. 2026 kl. 09.30" in mine.get(page).content.decode().replace("\xa0", " ")
    assert "Velg denne tiden" not in mine.get(page).content.decode()
    reply = {"answer": "not", "suits": [opaque.encode(time.pk)], "other_day": "05.12.2026", "version": called.version}
    answer_url = reverse("collaboration:reply", kwargs=where | {"guest_id": called.pk})
    told = mine.post(answer_url, reply, follow=True).content.decode()
    assert "Klokken: Må fylles ut." in told
    mine.post(answer_url, reply | {"other_day": ""})
    # The school sees that the time suits, and that it has something to choose between
    assert "Tider å velge mellom" in browser.get(reverse("collaboration:my_meetings")).content.decode()
    shown = browser.get(page).content.decode()
    assert "Kan: Bydel Prøve" in shown
    choose_url = reverse("collaboration:choose_time", kwargs=where | {"time_id": time.pk})
    assert mine.post(choose_url, {}).status_code in {403, 404}
    done = browser.post(choose_url, {"version": now_of(meeting).version}, follow=True).content.decode()
    assert "Tiden er valgt." in done
    assert "Tider å velge mellom" not in done


def test_a_version_nobody_was_shown_is_no_fault_of_the_page(meeting, counsellor, case, district):
    browser, at = browser_of(counsellor), {"youth_id": case.youth_id, "meeting_id": meeting.pk}
    paths = (
        reverse("collaboration:keep_time", kwargs=at),
        reverse("collaboration:choose_time", kwargs=at | {"time_id": proposed(ELEVEN).pk}),
        reverse("collaboration:uninvite", kwargs=at | {"guest_id": guest(meeting, district).pk}),
    )
    for path in paths:
        assert browser.post(path, {"version": "9" * 5000}).status_code == 302
