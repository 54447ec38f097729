"""A talk nobody was called to is written down afterwards, and the forms begin with what is known of the youth."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.services import contacts
from fotfeste.collaboration.enums import GuestKind, MeetingKind, MeetingState
from fotfeste.collaboration.models import Guest, Meeting, MeetingMail
from fotfeste.collaboration.services import meetings
from fotfeste.collaboration.services.invitations import Called
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.people.models import ContactDetail, Guardian
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_meetings import unit, when
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=clock.OSLO)


def page_of(name, case, **where):
    return reverse(f"collaboration:{name}", kwargs={"youth_id": case.youth_id, **where})


@pytest.mark.proves("ind-exit-before-signout", "exit-before-signout")
def test_an_exit_talk_held_without_a_call_is_written_down_goes_to_its_minutes_and_sends_nothing(
    counsellor, case, district, nav, django_capture_on_commit_callbacks
):
    release(counsellor, case, district, topics=(Topic.MEETINGS,))
    browser, address = browser_of(counsellor), page_of("record_meeting", case)
    sent = {
        "kind": "exit", "day": "20.11.2026", "time": "12:00", "minutes_long": "30", "place": "Rom 204",
        "youth_there": "on", "units": [opaque.encode(district.pk)],
    }  # fmt: skip
    ahead = browser.post(address, {**sent, "day": "20.11.2027"})
    assert "Velg en tid som har vært." in ahead.content.decode()
    alone = browser.post(address, {**sent, "youth_there": "", "units": []})
    assert "Kryss av for hvem som var til stede." in alone.content.decode()
    done = browser.post(address, sent)
    with acting_as(make.system()):
        meeting = Meeting.objects.get()
        assert not MeetingMail.objects.exists()
        assert set(Guest.objects.values_list("was_there", flat=True)) == {True}
    assert (meeting.starts_at, meeting.state, meeting.kind) == (NOON, MeetingState.CALLED, MeetingKind.EXIT)
    minutes = page_of("minutes", case, meeting_id=meeting.pk)
    assert done.url == minutes
    form = browser.get(minutes).context["form"]
    assert all(form[f"was_there_{pk}"].value() for pk in form.guests)
    # It is among those that lack minutes, not among those ahead, and the page does not say that anybody was called.
    listed = browser.get(page_of("meetings", case)).context
    assert ([row["meeting"] for row in listed["unwritten"]], listed["ahead"]) == ([meeting], [])
    shown = browser.get(page_of("meeting", case, meeting_id=meeting.pk)).content.decode()
    assert "registrert etterpå" in shown
    assert "Har ikke svart" not in shown
    # Calling it off tells nobody either.
    with acting_as(counsellor):
        meetings.cancel_meeting(actor=counsellor, meeting_id=meeting.pk, reason="Feil ungdom", version=1)
    with acting_as(make.system()):
        assert not MeetingMail.objects.exists()


def test_a_talk_is_written_down_by_those_who_hold_such_talks_with_those_the_youth_lets_take_part(
    counsellor, case, district, district_contact
):
    def record(actor, *there, **other):
        told = when(**{"starts_at": NOON, "purpose": "", **other})
        with acting_as(actor):
            return meetings.record_held(
                actor=actor, youth_id=case.youth_id, kind=MeetingKind.EXIT, when=told, there=there
            )

    with pytest.raises(NotAllowed, match="Bydel Prøve kan ikke kalles inn"):
        record(counsellor, unit(district))
    release(counsellor, case, district, topics=(Topic.MEETINGS,))
    with pytest.raises(NotAllowed, match="Skolen kaller inn til avklaringsmøte og sluttsamtale"):
        record(district_contact)
    for wrong in ({"starts_at": clock.now() + timedelta(hours=1)}, {"starts_at": NOON - timedelta(400)}, {"place": ""}):
        with pytest.raises(Invalid):
            record(counsellor, **wrong)


@pytest.mark.proves("inv-channel", "inv-recipients")
def test_the_call_begins_with_the_youths_own_addresses_the_way_they_answer_and_the_guardian_of_a_minor(
    counsellor, school, case
):
    minor = make.case(school, born=date(2009, 6, 1))
    with acting_as(make.system()):
        for each in (case, minor):
            for kind, value in (("phone", "+4791234567"), ("email", "ung@example.org")):
                ContactDetail.objects.create(
                    youth=each.youth, kind=kind, value=value, source="prøve", recorded_at=clock.now()
                )
            Guardian.objects.create(
                youth=each.youth, name="Kari Prøve", phone="+4792345678", source="prøve", recorded_at=clock.now()
            )
    browser = browser_of(counsellor)
    form = browser.get(page_of("call_meeting", case)).context["form"]
    told = {name: form[name].value() for name in ("youth_channel", "youth_email", "place")}
    assert told == {"youth_channel": "phone", "youth_email": "ung@example.org", "place": school.name}
    assert "91 23 45 67" in str(form["youth_channel"].help_text)
    assert "guardian" not in form.fields
    with acting_as(counsellor):
        told = {"channel": "email", "result": "answered", "answered_by": "youth"}
        contacts.register_attempt(actor=counsellor, youth_id=case.youth_id, on=make.TODAY, **told)
    assert browser.get(page_of("call_meeting", case)).context["form"]["youth_channel"].value() == "email"
    # Sent as it stands, it is a whole call; no day is proposed that nobody works on.
    form = browser.get(page_of("call_meeting", minor)).context["form"]
    assert (form["guardian"].value(), "+4792345678" in str(form["guardian"].help_text)) == ("Kari Prøve", True)
    given = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    assert given["day"].weekday() < 5
    given |= {"day": f"{given['day']:%d.%m.%Y}", "time": f"{given['time']:%H:%M}"}
    assert browser.post(page_of("call_meeting", minor), given).status_code == 302
    with acting_as(make.system()):
        names = list(Guest.objects.filter(youth=minor.youth).values_list("kind", "name", "email"))
    assert sorted(names) == [("guardian", "Kari Prøve", ""), ("youth", "", "ung@example.org")]


def test_the_time_of_a_talk_that_was_held_is_corrected_and_it_is_taken_away_without_telling_anybody(counsellor, case):
    with acting_as(counsellor):
        talk = meetings.record_held(
            actor=counsellor, youth_id=case.youth_id, kind=MeetingKind.EXIT, there=(Called(GuestKind.YOUTH),),
            when=when(starts_at=NOON, purpose=""),
        )  # fmt: skip
    browser, at = browser_of(counsellor), {"meeting_id": talk.pk}
    sent = {"day": "19.11.2026", "time": "09:30", "minutes_long": "30", "place": "Rom 1", "version": "1"}
    late = browser.post(page_of("change_meeting", case, **at), {**sent, "day": "01.12.2026"})
    assert "Velg en tid som har vært." in late.content.decode()
    done = browser.post(page_of("change_meeting", case, **at), sent, follow=True)
    assert "Samtalen er rettet." in done.content.decode()
    with acting_as(counsellor):
        assert Meeting.objects.get().starts_at == datetime(2026, 11, 19, 9, 30, tzinfo=clock.OSLO)
        ahead = when(starts_at=clock.now() + timedelta(days=1), purpose="")
        with pytest.raises(Invalid, match="før samtalen ble registrert"):
            meetings.change_meeting(actor=counsellor, meeting_id=talk.pk, when=ahead)
    gone = browser.post(page_of("cancel_meeting", case, **at), {"reason": "Feil ungdom", "version": "2"}, follow=True)
    assert "Ingen får beskjed" in gone.content.decode()
    with acting_as(make.system()):
        assert not MeetingMail.objects.exists()
