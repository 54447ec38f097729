"""The way from a task to its form: to what is not made yet, and never to a page that turns the reader away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework.services import contacts
from fotfeste.collaboration.enums import MeetingKind, TaskState
from fotfeste.collaboration.models import Task
from fotfeste.collaboration.services import routines, tasks
from fotfeste.collaboration.views.opening import FORMS, PLAN, ROUTINE, Doors
from fotfeste.kernel import clock
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_meetings import TEN, call, unit
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db


def address(name, case):
    return reverse(f"casework:{name}", kwargs={"youth_id": case.youth_id})


def led_to(actor, case):
    """Return where the list of tasks and the youth's own tab lead, of all the steps that stand open."""
    browser = browser_of(actor)
    listed = browser.get(reverse("collaboration:tasks")).context["lines"]
    runs = browser.get(reverse("collaboration:cooperation", args=[case.youth_id])).context["runs"]
    steps = [step["form_url"] for run in runs for step in run["steps"] if step["is_open"]]
    return {line.form_url for line in listed} | set(steps)


def test_a_step_of_several_records_leads_to_the_first_one_that_is_not_made(counsellor, case):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-outside")
    assert led_to(counsellor, case) == {address("register_contact", case)}
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor,
            youth_id=case.youth_id,
            on=make.TODAY,
            channel="call",
            result="answered",
            answered_by="youth",
        )
    assert led_to(counsellor, case) == {address("set_status", case)}


def test_whatever_a_task_leads_to_opens_for_whoever_is_led_there(case, school, district, nav):
    """Every form there is, for every role that has tasks, with and without what the youth has opened."""
    make.grant(case.youth, district, Topic.IDENTITY)
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.MEETINGS, ground=Ground.RELEASE)
    held = [(Role.COUNSELLOR, school), (Role.UNIT_LEADER, school), (Role.DISTRICT_CONTACT, district)]
    held += [(Role.NAV_RESPONSIBLE, nav), (Role.NAV_ADVISER, nav), (Role.EDUCATION_ADMIN, make.education_admin())]
    led, turned_away = {}, []
    for role, place in held:
        actor = make.actor(role, place)
        with acting_as(actor):
            doors = Doors(actor, [case.youth], make.TODAY)
            found = {doors.to(place, youth=case.youth) for place in (*FORMS.values(), PLAN, ROUTINE)}
            found = (found | {doors.form_of([kind], youth=case.youth) for kind in FORMS}) - {""}
        led[role] = len(found)
        browser = browser_of(actor)
        turned_away += [(role, url) for url in sorted(found) if browser.get(url).status_code != 200]
    assert turned_away == []
    assert led[Role.COUNSELLOR] > led[Role.NAV_RESPONSIBLE] > 0


def test_a_leader_is_told_who_does_a_step_of_a_meeting_and_led_to_no_page_that_is_closed(counsellor, school, case):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-leaves")
        task = Task.objects.get(state=TaskState.OPEN)
    leader = browser_of(make.actor(Role.UNIT_LEADER, school))
    shown = leader.get(reverse("collaboration:tasks")).content.decode()
    call = reverse("collaboration:call_meeting", args=[case.youth_id]) + "?type=exit"
    assert "/moter/nytt/" not in shown
    assert "gjøres av: Rådgiver i skole" in shown
    page = leader.get(reverse("collaboration:task", args=[task.pk])).content.decode()
    assert "Gjøres av: Rådgiver i skole" in page
    assert call in browser_of(counsellor).get(reverse("collaboration:tasks")).content.decode()


def test_a_step_another_role_begins_is_no_form_for_the_leader_though_one_of_its_records_could_be(
    counsellor, school, case
):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-outside")
    assert led_to(make.actor(Role.UNIT_LEADER, school), case) == {""}


def test_a_step_of_a_meeting_leads_to_its_minutes_else_to_the_one_ahead_else_to_the_call_of_that_kind(
    counsellor, case, district, district_contact
):
    release(counsellor, case, district, topics=(Topic.MEETINGS,))

    def leads(actor, *kinds):
        with acting_as(actor):
            return Doors(actor, [case.youth], make.TODAY).form_of(kinds, youth=case.youth)

    def at(name, meeting=None):
        where = {"youth_id": case.youth_id, **({"meeting_id": meeting.pk} if meeting else {})}
        return reverse(f"collaboration:{name}", kwargs=where)

    assert leads(counsellor, "form-exit-conversation") == at("call_meeting") + "?type=exit"
    assert leads(district_contact, "form-clarification-minutes") == at("call_meeting") + "?type=cooperation"
    assert leads(district_contact, "form-exit-conversation") == at("meetings")
    three_way = call(counsellor, case, unit(district), kind=MeetingKind.THREE_WAY)
    assert leads(counsellor, "preparation-note") == at("prepare_meeting", three_way)
    assert leads(counsellor, "form-three-way-conversation") == at("meeting", three_way)
    assert leads(counsellor, "form-exit-conversation") == at("call_meeting") + "?type=exit"
    with clock.frozen(TEN + timedelta(hours=1)):
        assert leads(counsellor, "form-three-way-conversation") == at("minutes", three_way)
        assert leads(counsellor, "contribution-line") == at("minutes", three_way)
        # Who is called and does not run it, is led to what they may open.
        assert leads(district_contact, "form-three-way-conversation") == at("meeting", three_way)
        assert browser_of(district_contact).get(at("meeting", three_way)).status_code == 200
        form = browser_of(counsellor).get(leads(counsellor, "form-exit-conversation")).context["form"]
        assert form["kind"].value() == "exit"


def test_a_task_is_opened_given_and_put_off_by_keys(counsellor, case):
    with acting_as(counsellor):
        made = tasks.set_task(actor=counsellor, youth_id=case.youth_id, what="Ring skolen", due_on=None)
    browser, page = browser_of(counsellor), reverse("collaboration:task", kwargs={"task_id": made.pk})
    assert (
        f'href="{page}" data-key="2"' in browser.get(f"{reverse('collaboration:tasks')}?vis=enheten").content.decode()
    )
    shown = browser.get(page).content.decode()
    assert ('data-hotkey="i"' in shown, 'data-hotkey="u"' in shown) == (True, True)


def test_whoever_calls_no_such_meeting_is_led_to_write_down_how_it_went(counsellor, case):
    """Never to an empty page of meetings: an intake conversation is called by adult education alone."""
    with acting_as(counsellor):
        led = Doors(counsellor, [case.youth], make.TODAY).form_of(["form-more-training-intake"], youth=case.youth)
    at = {"youth_id": case.youth_id, "kind": "form-more-training-intake"}
    assert led == reverse("collaboration:record", kwargs=at)
