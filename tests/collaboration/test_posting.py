"""What the youth gets by letter of what was just done: the invitation, a copy of a release, and of the plan, once each."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from procrastinate.contrib.django import app

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import CallChannel, GuestKind
from fotfeste.collaboration.services import meetings, posting
from fotfeste.collaboration.services.invitations import Called
from fotfeste.correspondence.models import Letter, Mailing
from fotfeste.correspondence.services.one_letter import send_release_copy
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid, NotAllowed
from fotfeste.people.models import Address, Youth
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_meetings import call, when
from tests.collaboration.test_plan import made
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letters(settings, tmp_path):
    settings.LETTERS = {**settings.LETTERS, "folder": str(tmp_path / "brev")}
    return tmp_path / "brev"


@pytest.fixture
def lives(case):
    with acting_as(make.system()):
        told = {"street": "Furuveien 1", "postcode": "0668", "city": "Oslo", "source": "test"}
        Address.objects.create(youth=case.youth, kind="registered", recorded_at=clock.now(), **told)
    return case


def sent():
    """Let the worker send what waits, and return each letter by what it is about, with how many papers it has."""
    found = {}
    for mailing in Mailing.objects.all():
        app.tasks["correspondence.send_mailing"](mailing_id=mailing.pk)
    with acting_as(make.system()):
        for each in Letter.objects.select_related("mailing"):
            found[each.about.split(":")[0]] = each
    return found


def papers(root: Path, letter: Letter) -> int:
    return len(list((root / letter.mailing.key).glob(f"{letter.key}*.pdf")))


@pytest.mark.proves("inv-channel")
def test_each_is_put_in_the_post_where_it_was_made_and_goes_once(
    letters, lives, counsellor, district, district_contact, admin
):
    mine = browser_of(counsellor)
    given = release(counsellor, lives, district, topics=(Topic.MEETINGS,))
    meeting = call(counsellor, lives, Called(GuestKind.YOUTH, channel=CallChannel.PHONE))
    plan = made(counsellor, lives)
    here = {"youth_id": lives.youth_id}
    addresses = [
        reverse("correspondence:release_copy", kwargs={**here, "release_id": given.pk}),
        reverse("collaboration:meeting_letter", kwargs={**here, "meeting_id": meeting.pk}),
        reverse("collaboration:plan_copy", kwargs={**here, "plan_id": plan.pk}),
    ]
    for address, page in zip(
        addresses, ("casework:releases", "collaboration:meeting", "collaboration:plan"), strict=True
    ):
        at = {**here, "meeting_id": meeting.pk} if page == "collaboration:meeting" else here
        assert f'action="{address}"' in mine.get(reverse(page, kwargs=at)).content.decode()
        assert "lagt til utsending" in mine.post(address, follow=True).content.decode()
        assert "Brevet er alt lagt til utsending." in mine.post(address, follow=True).content.decode()
    found = sent()
    assert {about: (each.state, papers(letters, each)) for about, each in found.items()} == {
        "release": ("sent", 2),
        "meeting": ("sent", 1),
        "plan": ("sent", 2),
    }
    # An invitation is an attempt to reach the youth, a copy is none; where and why they meet is not kept with it.
    assert [each for each, letter in found.items() if letter.attempt_id] == ["meeting"]
    assert found["meeting"].said["møtetype"] == "avklaringsmøte"
    assert not {"sted", "formål"} & set(found["meeting"].said)
    # They lie together with the others of the day, to be printed by the administration.
    bundle = browser_of(admin).get(reverse("correspondence:bundle", kwargs={"mailing_id": found["plan"].mailing_id}))
    assert bundle["Content-Type"] == "application/zip"
    sent()
    assert set(Mailing.objects.values_list("state", flat=True)) == {"sending"}
    with clock.frozen(clock.today() + timedelta(1)):
        sent()
    assert set(Mailing.objects.values_list("state", flat=True)) == {"sent"}
    # A new time is a new letter.
    with acting_as(counsellor):
        meetings.change_meeting(
            actor=counsellor, meeting_id=meeting.pk, when=when(place="Rom 101"), version=meeting.version
        )
        posting.send_invitation(actor=counsellor, meeting_id=meeting.pk)
    with acting_as(district_contact), pytest.raises((NotAllowed, Invalid)):
        posting.send_plan_copy(actor=district_contact, youth_id=lives.youth_id, plan_id=plan.pk)


def test_nobody_is_written_to_without_an_address_a_cause_or_past_who_handles_them(
    case, counsellor, letters, district, admin
):
    given = release(counsellor, case, district, topics=(Topic.MEETINGS,))

    def copy():
        with acting_as(counsellor):
            return send_release_copy(actor=counsellor, youth_id=case.youth_id, release_id=given.pk)

    with pytest.raises(Invalid, match="Ingen adresse"):
        copy()
    meeting = call(counsellor, case)
    with acting_as(counsellor), pytest.raises(Invalid, match="Kall inn ungdommen"):
        posting.send_invitation(actor=counsellor, meeting_id=meeting.pk)
    with clock.frozen(meeting.starts_at), acting_as(counsellor), pytest.raises(IllegalTransition):
        posting.send_invitation(actor=counsellor, meeting_id=meeting.pk)
    with acting_as(make.system()):
        Youth.objects.filter(pk=case.youth_id).update(protection="shielded")
    copy()
    # Whoever handles them is told that it waits, and nobody else is.
    handler = make.user("Anders Vern")
    for role in (Role.EDUCATION_ADMIN, Role.PROTECTED_HANDLER):
        make.assign(handler, role, make.education_admin())
    address = reverse("correspondence:own_channel", kwargs={"mailing_id": Mailing.objects.get().pk})
    for reader, is_told in ((actor_for(user_id=handler.pk, on=make.TODAY), True), (admin, False)):
        assert (f'href="{address}"' in browser_of(reader).get("/brev/").content.decode()) is is_told
    (letter,) = sent().values()
    assert (letter.state, letter.is_protected, list(letters.rglob("*.pdf"))) == ("own_channel", True, [])
