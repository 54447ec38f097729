"""Each body says for itself whether it stands by the minutes; what the youth says is written down by who held them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import CallChannel, Confirmed, GuestKind, MeetingKind
from fotfeste.collaboration.models import Confirmation, Guest, MeetingMail, Minutes, MinutesCopy, MinutesVersion
from fotfeste.collaboration.selectors.minutes import to_confirm
from fotfeste.collaboration.services import confirming, meetings
from fotfeste.collaboration.services import minutes as services
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.minutes import Part
from fotfeste.consent.services import releases
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from tests.at_once.race import browser_of
from tests.collaboration.test_meetings import TEN, call, guest_of, unit, when
from tests.collaboration.test_minutes import ANSWERS
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db


@pytest.mark.proves("principle-common-understanding")
def test_a_body_confirms_for_itself_the_youth_through_who_held_it_and_a_new_version_is_asked_of_anew(
    counsellor, case, district, nav, district_contact, nav_responsible
):
    given = release(counsellor, case, district, nav, topics=(Topic.MEETINGS,))
    youth = Called(GuestKind.YOUTH, channel=CallChannel.PHONE)
    meeting = call(counsellor, case, unit(district), unit(nav), youth)
    guests = {each: guest_of(meeting, each).pk for each in (district, nav, None)}
    with clock.frozen(TEN + timedelta(hours=1)):

        def sign(**answers):
            with acting_as(counsellor):
                services.sign_minutes(
                    actor=counsellor, meeting_id=meeting.pk, answers=ANSWERS | answers,
                    parts={pk: Part(was_there=True, contributes="cannot") for pk in guests.values()},
                    names=dict.fromkeys(guests.values(), "Part"),
                )  # fmt: skip

        def say(actor, body, answer=Confirmed.YES, number=1, remark=""):
            with acting_as(actor):
                return confirming.confirm_minutes(
                    actor=actor, guest_id=guests[body], number=number, answer=answer, remark=remark
                )

        def unread(actor):
            with acting_as(actor):
                return to_confirm(unit_ids=actor.unit_ids)

        # Before anything is signed there is nothing to stand by.
        with pytest.raises(Invalid, match="ikke noe signert referat"):
            say(district_contact, district)
        sign()
        assert (unread(district_contact), unread(nav_responsible), unread(counsellor)) == ([meeting], [meeting], [])
        morning = [browser_of(each).get("/").content.decode() for each in (district_contact, counsellor)]
        assert ["Referater dere ikke har bekreftet: 1" in text for text in morning] == [True, False]
        # Nobody says it for another: not who wrote it for a body, nor a body for the youth or another body.
        for actor, body in ((counsellor, district), (district_contact, nav), (district_contact, None)):
            with pytest.raises(NotAllowed):
                say(actor, body)
        with pytest.raises(Invalid, match="merknaden"):
            say(nav_responsible, nav, Confirmed.NO, remark=" ")
        say(nav_responsible, nav, Confirmed.NO, remark="Nav var ikke spurt om praksis.")
        assert say(counsellor, None).replied_by_id == counsellor.user_id
        # The district says so on its own page, and is not asked again.
        at = {"youth_id": case.youth_id, "meeting_id": meeting.pk}
        browser, page = browser_of(district_contact), reverse("collaboration:meeting", kwargs=at)
        lists = reverse("collaboration:my_meetings")
        assert "Referater dere ikke har bekreftet" in browser.get(lists).content.decode()
        told = browser.get(page).content.decode()
        assert told.count("Bekreft eller skriv en merknad") == 1
        browser.post(
            reverse("collaboration:confirm_minutes", kwargs=at | {"guest_id": guests[district]}),
            {"answer": "yes", "remark": "", "number": "1"},
        )
        told = browser.get(page).content.decode()
        for words in ("Har lest og står inne for referatet", "Nav var ikke spurt om praksis.", district_contact.name):
            assert words in told
        assert "Bekreft eller skriv en merknad" not in told
        assert "Referater dere ikke har bekreftet" not in browser.get(lists).content.decode()
        with pytest.raises(EditConflict) as twice:
            say(nav_responsible, nav)
        assert twice.value.theirs["Merknad"] == "Nav var ikke spurt om praksis."
        # A new version is asked of anew; what was said of the first stands.
        sign(wish="Tilbake til skolen")
        assert unread(district_contact) == [meeting]
        assert "Har ikke bekreftet ennå" in browser.get(page).content.decode()
        with pytest.raises(EditConflict):
            say(district_contact, district, number=1)
        say(district_contact, district, number=2)
        with acting_as(counsellor):
            assert Confirmation.objects.count() == 4
            releases.withdraw_release(actor=counsellor, release_id=given.pk)
        with acting_as(nav_responsible):
            assert not Confirmation.objects.exists()
        with pytest.raises(Invalid):
            say(nav_responsible, nav, number=2)


def test_by_hand_nobody_says_for_another_what_they_think_or_writes_the_minutes_of_who_runs_the_meeting(
    counsellor, case, district, nav, district_contact
):
    release(counsellor, case, district, nav, topics=(Topic.MEETINGS,))
    meeting = call(counsellor, case, unit(district), unit(nav), Called(GuestKind.YOUTH, channel=CallChannel.PHONE))
    guests = {each: guest_of(meeting, each).pk for each in (district, nav, None)}
    other = call(counsellor, case, unit(district))
    with clock.frozen(TEN + timedelta(hours=1)):
        mine = {"youth_id": case.youth_id, "meeting": meeting}
        written = {"written_at_unit": district, "written_by_id": district_contact.user_id, "written_at": clock.now()}

        def forge(model, **fields):
            with acting_as(district_contact), pytest.raises(DatabaseError), transaction.atomic():
                model.objects.create(**fields)

        # Before anything is written: nobody called writes it first
        forge(Minutes, **mine, **written)
        with acting_as(counsellor):
            services.sign_minutes(
                actor=counsellor, meeting_id=meeting.pk, answers=ANSWERS,
                parts={pk: Part(was_there=True, contributes="cannot") for pk in guests.values()},
                names=dict.fromkeys(guests.values(), "Part"),
            )  # fmt: skip
            signed = MinutesVersion.objects.get()
        said = {"number": 1, "answer": "yes", "replied_by_id": district_contact.user_id, "replied_at": clock.now()}
        forge(Confirmation, **mine, guest_id=guests[nav], **said)
        forge(Confirmation, **mine, guest_id=guests[None], **said)
        forge(Confirmation, **mine, guest_id=guest_of(other, district).pk, **said)
        copied = {"answers": {}, "parts": [], "language": "nb"}
        forge(
            MinutesVersion, youth_id=case.youth_id, minutes_id=signed.minutes_id, number=2, written_at_unit=district,
            signed_by_id=district_contact.user_id, signed_at=clock.now(), **copied,
        )  # fmt: skip
        forge(
            MinutesCopy, **mine, minutes_version=signed, for_unit=district, number=2, cover="x", signed_at=clock.now(),
            sent_by_id=district_contact.user_id, sent_at=clock.now(), **copied,
        )  # fmt: skip
        with acting_as(district_contact):
            assert Confirmation.objects.create(**mine, guest_id=guests[district], **said).pk


def test_a_body_let_in_by_the_youth_that_called_signs_and_hands_out_to_the_others(
    counsellor, case, district, nav, district_contact, nav_responsible
):
    release(counsellor, case, district, nav, topics=(Topic.MEETINGS,))
    with acting_as(district_contact):
        meeting = meetings.call_meeting(
            actor=district_contact, youth_id=case.youth_id, kind=MeetingKind.COOPERATION, when=when(),
            called=[
                unit(nav), Called(GuestKind.YOUTH, channel=CallChannel.PHONE),
                Called(GuestKind.GUARDIAN, name="Mor", email="mor@example.org", channel=CallChannel.EMAIL),
            ],
        )  # fmt: skip
    with acting_as(district_contact):
        assert MeetingMail.objects.get().address == "mor@example.org"
        guests = list(Guest.objects.values_list("pk", flat=True))
    with clock.frozen(TEN + timedelta(hours=1)):
        with acting_as(district_contact):
            services.sign_minutes(
                actor=district_contact, meeting_id=meeting.pk, answers=ANSWERS,
                parts={pk: Part(was_there=True, contributes="cannot") for pk in guests},
                names=dict.fromkeys(guests, "Part"),
            )  # fmt: skip
        with acting_as(nav_responsible):
            assert MinutesCopy.objects.filter(for_unit=nav).count() == 1
            assert to_confirm(unit_ids=nav_responsible.unit_ids) == [meeting]
