"""The long forms begin with what is known, and take nothing for said that somebody must say."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import Reply
from fotfeste.collaboration.models import Guest, MinutesVersion
from fotfeste.collaboration.services import invitations
from fotfeste.collaboration.services.mapping import write_mapping
from fotfeste.consent.models import Release
from fotfeste.kernel import clock, formats
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_mapping import SAID
from tests.collaboration.test_meetings import TEN, call, unit
from tests.collaboration.test_minutes import ANSWERS, sign
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db


@pytest.mark.proves("plan-goals", "plan-roles", "plan-from", "plan-to")
def test_a_plan_begins_with_the_mapped_goals_and_what_each_body_let_in_said_it_can_do(
    counsellor, case, school, district
):
    release(counsellor, case, district, topics=(Topic.PLAN, Topic.MEETINGS))
    with acting_as(counsellor):
        write_mapping(actor=counsellor, youth_id=case.youth_id, **{**SAID, "goal": "Fullføre Vg2\n\nTa lappen"})
    meeting = call(counsellor, case, unit(district))
    with clock.frozen(TEN + timedelta(hours=1)):
        sign(counsellor, meeting)
        form = browser_of(counsellor).get(reverse("collaboration:new_plan", args=[case.youth_id])).context["form"]
    rows = {name: [row.initial for row in form.tables[name] if len(row.initial) > 1] for name in ("goals", "roles")}
    assert [row["goal"] for row in rows["goals"]] == ["Fullføre Vg2", "Ta lappen"]
    assert [(row["body"], row["role"]) for row in rows["roles"]] == [
        (str(school.pk), "Koordinerer planen"),
        (str(district.pk), "Losteam"),
    ]
    assert form["first_day"].value() < form["review_on"].value() < form["last_day"].value()
    assert len(form.tables["goals"]) == 4


def test_minutes_begin_with_those_who_said_they_come_and_who_said_what_it_does_does_something(
    counsellor, case, district, district_contact, released
):
    meeting = call(counsellor, case, unit(district))
    with acting_as(make.system()):
        guest = Guest.objects.get(meeting=meeting)
    page = reverse("collaboration:minutes", kwargs={"youth_id": case.youth_id, "meeting_id": meeting.pk})
    with clock.frozen(TEN + timedelta(hours=1)):
        assert not browser_of(counsellor).get(page).context["form"][f"was_there_{guest.pk}"].value()
    with acting_as(district_contact):
        invitations.reply(actor=district_contact, guest_id=guest.pk, answer=Reply.COMES, version=1)
    with clock.frozen(TEN + timedelta(hours=1)):
        browser = browser_of(counsellor)
        assert browser.get(page).context["form"][f"was_there_{guest.pk}"].value()
        told = {f"was_there_{guest.pk}": "on", f"contribution_{guest.pk}": "Losteam"}
        assert browser.post(page, {**ANSWERS, **told, "version": 0, "sign": "1"}).status_code == 302
    with acting_as(counsellor):
        (part,) = MinutesVersion.objects.get().parts
    assert (part["contributes"], part["contribution"]) == ("yes", "Losteam")


@pytest.mark.proves("con-to", "con-purpose")
def test_until_when_a_release_is_stands_before_who_and_what_is_chosen_and_no_answer_is_taken_for_given(
    counsellor, case, district
):
    page = reverse("casework:record_release", args=[case.youth_id])
    browser = browser_of(counsellor)
    form = browser.get(page).context["form"]
    order = list(form.fields)
    assert order.index("last_day") < order.index("units") < order.index("topics") < order.index("answer")
    assert [form[name].value() for name in ("topics", "units", "answer", "how")] == [None] * 4
    present = form["present"].value()
    assert case.youth.first_name in present
    # Who was there is kept of what was said, and not of what came on paper.
    said = {
        "purpose": "cooperation", "units": [str(district.pk)], "topics": ["plan"], "answer": "yes", "present": present,
        "first_day": formats.short_day(make.TODAY), "last_day": formats.short_day(make.TODAY + timedelta(90)),
    }  # fmt: skip
    for how in ("spoken", "paper"):
        sent = browser.post(page, {**said, "how": how})
        assert sent.status_code == 302, sent.context["form"].errors
    with acting_as(counsellor):
        assert list(Release.objects.order_by("pk").values_list("how", "present")) == [
            ("spoken", present),
            ("paper", ""),
        ]
