"""What ends a youth's waiting for real contact: a talk both ways, also one that only minutes or a mapping tell of."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import ContactAttempt, Registration
from fotfeste.casework.selectors.contact_waits import contact_waits
from fotfeste.casework.services import contacts
from fotfeste.collaboration.enums import GuestKind, MeetingKind
from fotfeste.collaboration.models import Guest
from fotfeste.collaboration.services import meetings, minutes
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.mapping import write_mapping
from fotfeste.collaboration.services.minutes import Part
from fotfeste.kernel import clock
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_mapping import SAID
from tests.collaboration.test_meetings import call, when
from tests.collaboration.test_minutes import ANSWERS
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db

UNKNOWN_FROM = date(2026, 9, 12)  # of the case, in tests/factories.py
NOON = datetime(2026, 11, 20, 12, tzinfo=clock.OSLO)
DAYS = (NOON.date() - UNKNOWN_FROM).days
YOUTH = Called(GuestKind.YOUTH)


def talked(actor, case, *, kind=MeetingKind.CLARIFICATION, **other):
    with acting_as(actor):
        told = when(**{"starts_at": NOON, "purpose": "", **other})
        return meetings.record_held(actor=actor, youth_id=case.youth_id, kind=kind, when=told, there=[YOUTH])


def sign(actor, meeting, *, was_there=True, **answers):
    with acting_as(make.system()):
        names = {guest.pk: "Gjest" for guest in Guest.objects.filter(meeting=meeting)}
    with acting_as(actor):
        return minutes.sign_minutes(
            actor=actor, meeting_id=meeting.pk, answers={**ANSWERS, **answers}, names=names,
            parts={pk: Part(was_there=was_there, contributes="cannot") for pk in names},
        )  # fmt: skip


def kept(case):
    with acting_as(make.system()):
        rows = ContactAttempt.objects.filter(youth_id=case.youth_id, superseded_at=None).order_by("pk")
        return [(row.on, row.channel, row.is_contact) for row in rows]


def waited():
    with acting_as(make.system()):
        return [(each.days, each.reached) for each in contact_waits(since=UNKNOWN_FROM, on=make.TODAY)]


@pytest.mark.proves("ind-days-to-contact", "ind-share-contacted")
def test_signed_minutes_with_the_youth_there_are_the_first_real_contact_once_on_the_day_of_the_meeting(
    counsellor, case
):
    meeting = talked(counsellor, case)
    assert (kept(case), waited()) == ([], [((make.TODAY - UNKNOWN_FROM).days, False)])
    sign(counsellor, meeting)
    assert (kept(case), waited()) == ([(NOON.date(), "meeting", True)], [(DAYS, True)])
    with acting_as(counsellor):
        assert Registration.objects.get(pk=case.pk).first_contact_on == NOON.date()
    # A new version is no new contact, nor are the minutes of a talk that was logged by hand.
    sign(counsellor, meeting, wish="Jobb")
    assert len(kept(case)) == 1
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor, youth_id=case.youth_id, on=NOON.date() + timedelta(1), channel="call",
            result="answered", answered_by="youth",
        )  # fmt: skip
    sign(counsellor, talked(counsellor, case, starts_at=NOON + timedelta(1)))
    assert [channel for _on, channel, _is in kept(case)] == ["meeting", "call"]


def test_a_meeting_without_the_youth_or_before_the_waiting_began_ends_none(counsellor, case, school):
    with acting_as(counsellor):
        mother = Called(GuestKind.GUARDIAN, name="Mor")
        told = when(starts_at=NOON, purpose="")
        alone = meetings.record_held(
            actor=counsellor, youth_id=case.youth_id, kind=MeetingKind.CLARIFICATION, when=told, there=[mother]
        )
    sign(counsellor, alone)
    before = talked(counsellor, case, starts_at=NOON - timedelta((NOON.date() - UNKNOWN_FROM).days + 1))
    sign(counsellor, before)
    assert (kept(case), [reached for _days, reached in waited()]) == ([], [False])
    # Who signs is told what it counts as.
    meeting = talked(counsellor, case)
    browser = browser_of(counsellor)
    page = reverse("collaboration:minutes", kwargs={"youth_id": case.youth_id, "meeting_id": meeting.pk})
    form = browser.get(page).context["form"]
    (guest,) = form.guests
    filled = {**ANSWERS, "version": 0, "sign": "1", f"was_there_{guest}": "on"}
    assert "Møtet teller som kontakt med ungdommen." in browser.post(page, filled, follow=True).content.decode()


def test_the_districts_meeting_counts_for_the_unit_that_answers_though_the_district_knows_no_status(
    counsellor, case, district, district_contact
):
    release(counsellor, case, district, topics=(Topic.MEETINGS,))
    meeting = call(district_contact, case, YOUTH, kind=MeetingKind.COOPERATION, starts_at=clock.now() + timedelta(1))
    with clock.frozen(clock.now() + timedelta(1, 3600)):
        sign(district_contact, meeting)
        with acting_as(district_contact):
            assert not ContactAttempt.objects.exists()
        with acting_as(counsellor):
            assert ContactAttempt.objects.get().registered_by_id == district_contact.user_id


@pytest.mark.proves("map-place")
def test_a_mapping_made_in_a_talk_is_contact_and_one_made_of_what_was_known_is_none(counsellor, case):
    def mapped(**said):
        with acting_as(counsellor):
            write_mapping(actor=counsellor, youth_id=case.youth_id, **{**SAID, "held_on": NOON.date(), **said})

    mapped(talked=False)
    assert kept(case) == []
    mapped(talked=True, place="phone")
    assert kept(case) == [(NOON.date(), "call", True)]
    mapped(talked=True, place="school")
    assert len(kept(case)) == 1
    # The form asks, and takes no silence for an answer.
    page = reverse("collaboration:write_mapping", kwargs={"youth_id": case.youth_id})
    assert "talked" in browser_of(counsellor).post(page, {"place": "school"}).context["form"].errors
