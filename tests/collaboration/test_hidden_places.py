"""Working together does not tell where a protected youth is, nor what another body writes before it has signed."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from fotfeste.access.models import User
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration import minutes_printing, printing
from fotfeste.collaboration.enums import Confirmed, GuestKind, MeetingKind
from fotfeste.collaboration.models import Meeting
from fotfeste.collaboration.selectors.meetings import UNNAMED
from fotfeste.collaboration.services import confirming, records
from fotfeste.collaboration.services import minutes as services
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.minutes import Part
from fotfeste.collaboration.services.records import Sent
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import NotAllowed
from fotfeste.kernel.pdf import render_pdf
from fotfeste.people.models import Youth
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_meetings import TEN, call, guest_of, unit
from tests.collaboration.test_minutes import ANSWERS
from tests.collaboration.test_plan import made
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db


def protect(case):
    with acting_as(make.system()):
        Youth.objects.filter(pk=case.youth_id).update(protection="strictly_confidential")


def page(actor, name, **at):
    return browser_of(actor).get(reverse(f"collaboration:{name}", kwargs=at))


def on_paper(answer, module):
    """Return all that a paper is made of."""
    told = []

    def kept(template, data, **other):
        told.append(str(data))
        return render_pdf(template, data, **other)

    with patch.object(module, "render_pdf", kept):
        assert answer().status_code == 200
    return told[0]


def test_a_body_that_is_let_in_is_shown_no_draft_of_another_and_no_place_by_a_form_it_may_not_send(
    counsellor, case, district, nav, district_contact
):
    release(counsellor, case, district, nav, topics=(Topic.MEETINGS,))
    meeting = call(counsellor, case, unit(district), unit(nav), place="Rom Kanari", video_url="https://kanari.example/")
    protect(case)
    guests = {pk: Part(was_there=True, contributes="cannot", contribution="Utkastkanari")
              for pk in (guest_of(meeting, district).pk, guest_of(meeting, nav).pk)}  # fmt: skip
    at = {"youth_id": case.youth_id, "meeting_id": meeting.pk}
    with clock.frozen(TEN + timedelta(hours=1)):
        with acting_as(counsellor):
            services.save_minutes(actor=counsellor, meeting_id=meeting.pk, answers=ANSWERS, parts=guests)
        assert "Utkastkanari" in page(counsellor, "minutes", **at).content.decode()
        for name in ("change_meeting", "cancel_meeting", "prepare_meeting", "minutes"):
            assert page(district_contact, name, **at).status_code == 404
        told = page(district_contact, "meeting", **at).content.decode()
        assert not re.search("(?i)kanari", told)


def test_who_stood_by_the_minutes_or_coordinates_the_plan_tells_nobody_where_a_protected_youth_is(
    counsellor, case, school, district, nav, district_contact, nav_responsible
):
    with acting_as(make.system()):
        User.objects.filter(pk__in=[counsellor.user_id, nav_responsible.user_id]).update(name="Kari Kanari")
    release(counsellor, case, district, nav, topics=(Topic.MEETINGS, Topic.PLAN))
    plan = made(counsellor, case)
    meeting = call(counsellor, case, unit(district), unit(nav))
    guests = {each: guest_of(meeting, each).pk for each in (district, nav)}
    at = {"youth_id": case.youth_id, "meeting_id": meeting.pk}
    protect(case)
    with clock.frozen(TEN + timedelta(hours=1)):
        with acting_as(counsellor):
            parts = {pk: Part(was_there=True, contributes="cannot") for pk in guests.values()}
            named = {pk: each.name for each, pk in guests.items()}
            services.sign_minutes(actor=counsellor, meeting_id=meeting.pk, answers=ANSWERS, parts=parts, names=named)
        with acting_as(nav_responsible):
            confirming.confirm_minutes(actor=nav_responsible, guest_id=guests[nav], number=1, answer=Confirmed.YES)
        shown = page(district_contact, "meeting", **at).content.decode()
        paper = on_paper(lambda: page(district_contact, "minutes_paper", **at), minutes_printing)
        its_plan = {"youth_id": case.youth_id, "plan_id": plan.pk}
        plan_paper = on_paper(lambda: page(district_contact, "plan_paper", **its_plan), printing)
        for told in (shown, paper, plan_paper):
            assert "Kanari" not in told
            assert school.name not in told
        # Each unit still sees who answered for itself, and the paper says who the plan of any other youth is led by.
        assert "Kari Kanari" in page(nav_responsible, "meeting", **at).content.decode()
        with acting_as(make.system()):
            Youth.objects.filter(pk=case.youth_id).update(protection="none")
        assert "Kari Kanari" in on_paper(lambda: page(district_contact, "plan_paper", **its_plan), printing)


def test_no_unit_is_filled_in_for_whoever_is_not_told_where_the_youth_is(
    counsellor, case, school, nav, nav_responsible
):
    release(counsellor, case, nav)
    at = {"youth_id": case.youth_id}

    def filled_in(kind):
        form = page(nav_responsible, "record", **at, kind=kind).context["form"]
        return set(form.initial) - {"on"}

    kinds = ("transition-notice", "form-more-training-enrolment")
    assert all(filled_in(each) for each in kinds)
    protect(case)
    assert not any(filled_in(each) for each in kinds)


def test_whoever_calls_a_meeting_calls_the_unit_that_answers_without_learning_which_it_is(
    counsellor, case, school, district, nav, district_contact
):
    release(counsellor, case, district, nav, topics=(Topic.MEETINGS,))
    at = {"youth_id": case.youth_id}
    first = {"units", "other_unit"}

    def offered(name="call_meeting", form="form", **where):
        fields = page(district_contact, name, **at, **where).context[form].fields
        return {opaque.decode(value): label for field in first & set(fields)
                for value, label in fields[field].choices if value}  # fmt: skip

    assert "har ansvaret" in offered()[school.pk]
    protect(case)
    shown, other = offered(), make.unit(name="Annen skole")
    assert set(shown) == {UNNAMED, nav.pk}
    assert shown[UNNAMED] == "Enheten som har ansvaret"
    # Asked by name, the unit that answers is refused like any other; asked as what it is, it comes.
    for each in (school, other):
        with pytest.raises(NotAllowed, match=f"{each.name} kan ikke kalles inn"):
            call(district_contact, case, unit(each), kind=MeetingKind.COOPERATION)
    meeting = call(
        district_contact, case, unit(nav), Called(GuestKind.UNIT, unit_id=UNNAMED), kind=MeetingKind.COOPERATION
    )
    assert guest_of(meeting, school).cover == "responsible"
    with acting_as(counsellor):
        assert Meeting.objects.get() == meeting
    left = offered("meeting", "invite_form", meeting_id=meeting.pk)
    assert left == {}
    told = page(district_contact, "meeting", **at, meeting_id=meeting.pk).content.decode()
    assert school.name not in told
    with clock.frozen(TEN + timedelta(hours=1)):
        assert school.name not in page(district_contact, "minutes", **at, meeting_id=meeting.pk).content.decode()
        assert "En enhet" in page(district_contact, "minutes", **at, meeting_id=meeting.pk).content.decode()


def test_a_question_about_a_protected_youth_does_not_say_which_unit_asks(
    counsellor, case, school, nav, nav_responsible
):
    release(counsellor, case, nav, topics=(Topic.STATUS, Topic.MEETINGS, Topic.PLAN))
    with acting_as(counsellor):
        said = {"question": "Kan dere ta imot?"}
        records.make_record(
            actor=counsellor, youth_id=case.youth_id, kind="nav-question", on=make.TODAY, said=said, sent=Sent(nav.pk)
        )

    def told():
        shown = (page(nav_responsible, "notices"), page(nav_responsible, "cooperation", youth_id=case.youth_id))
        return [(school.name in each.content.decode(), "Kan dere ta imot?" in each.content.decode()) for each in shown]

    assert told() == [(True, True), (True, True)]
    protect(case)
    assert told() == [(False, True), (False, True)]
