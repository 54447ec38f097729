"""What is written in minutes and in a plan is there again, whatever happens midway, and two who write see each other's."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db.models import F
from playwright.sync_api import Page, expect

from fotfeste.access.models import Session
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.session_store import SESSION_USER, SessionStore
from fotfeste.collaboration.enums import CallChannel, GuestKind, MeetingKind
from fotfeste.collaboration.models import Minutes
from fotfeste.collaboration.services import meetings, minutes, plans
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.plan_content import PlanContent
from fotfeste.kernel import clock, opaque
from tests import factories as make

WISH, SHARED, FLOW = "Hva ungdommen ønsker videre", "Felles forståelse av situasjonen", "Informasjonsflyt"


@pytest.fixture
def school(live):
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def writers(school):
    return [make.actor(Role.COUNSELLOR, school, name=name) for name in ("Kari Prøve", "Ola Prøve")]


@pytest.fixture
def case(school):
    return make.case(school, first_name="Amina", last_name="Testesen")


def minutes_page(case, actor) -> tuple[str, int]:
    """Return where the minutes of a meeting that has begun are written, and which meeting it is."""
    start = datetime.combine(make.TODAY, datetime.min.time(), tzinfo=clock.OSLO) - timedelta(days=1)
    with clock.frozen(start - timedelta(days=1)), acting_as(actor):
        made = meetings.call_meeting(
            actor=actor, youth_id=case.youth_id, kind=MeetingKind.CLARIFICATION,
            when=meetings.When(start, 60, "Rom 1", "", "Plan"),
            called=[Called(GuestKind.YOUTH, channel=CallChannel.PHONE)],
        )  # fmt: skip
    return f"/ungdom/{opaque.encode(case.youth_id)}/moter/{opaque.encode(made.pk)}/referat/", made.pk


IS_KEPT = "Object.keys(localStorage).some((name) => name.startsWith('fot-draft:'))"


def plan_of(case, actor):
    """Make a plan; return it, with its contents."""
    content = PlanContent(
        coordinator_id=actor.user_id,
        coordinator_unit_id=actor.unit_id,
        first_day=date(2026, 11, 23),
        last_day=date(2027, 2, 1),
        review_on=date(2027, 1, 10),
        main_goal="education",
        information_flow="Ukentlig.",
        goals=[{"key": "g1", "goal": "Tilbake", "term": "short", "seen_by": ""}],
        roles=[{"key": "", "body": str(actor.unit_id), "person": "", "role": "Følger opp"}],
        transitions=[],
        no_transitions=True,
    )
    with acting_as(actor):
        return plans.make_plan(actor=actor, youth_id=case.youth_id, content=content), content


def field(page: Page, name: str):
    return page.get_by_role("textbox", name=name)


def session_ends_midway(page: Page, user_id: int) -> None:
    """Let the session's time be up while somebody writes, and the same person log in again in the tab."""
    page.clock.run_for(400)
    page.wait_for_function(IS_KEPT)
    ages = timedelta(minutes=31)
    Session.objects.update(seen_at=F("seen_at") - ages, begun_at=F("begun_at") - ages)
    page.clock.fast_forward("40:00")
    expect(page.get_by_text("Du er logget ut fordi")).to_be_visible()
    assert "Amina" not in page.content()
    session = SessionStore()
    session[SESSION_USER] = user_id
    session.create()
    root = page.evaluate("location.origin")
    page.context.add_cookies([{"name": "sessionid", "value": str(session.session_key), "url": root}])


def test_what_is_written_is_there_again_and_two_who_write_see_both(at_work, accessible, case, writers):
    kari, ola = writers
    address, meeting_id = minutes_page(case, kari)
    page = at_work(kari)
    page.clock.install(time=make.TODAY.isoformat())
    page.goto(address)
    # The window is closed in the middle of the minutes
    field(page, WISH).fill("Begynne som lærling")
    page.clock.run_for(4500)
    expect(page.get_by_text("Utkastet er lagret.")).to_be_visible()
    context = page.context
    page.close()
    page = context.new_page()
    page.clock.install(time=make.TODAY.isoformat())
    page.goto(address)
    expect(field(page, WISH)).to_have_value("Begynne som lærling")
    accessible(page)
    # The session ends in the middle of the next word
    field(page, SHARED).fill("Vil ha praksis")
    session_ends_midway(page, kari.user_id)
    page.goto(address)
    expect(field(page, SHARED)).to_have_value("Vil ha praksis")
    expect(field(page, WISH)).to_have_value("Begynne som lærling")
    # Somebody else writes meanwhile: nothing of theirs is written over, and both are shown
    with acting_as(ola):
        told = {"wish": "Tilbake til skolen"}
        minutes.save_minutes(actor=ola, meeting_id=meeting_id, answers=told, parts={}, version=None)
    field(page, WISH).fill("Begynne som lærling i høst")
    page.clock.run_for(4500)
    expect(page.get_by_text("Noen andre har skrevet i referatet.")).to_be_visible()
    with acting_as(kari):
        assert Minutes.objects.get().answers == told
    page.get_by_role("button", name="Lagre utkast").click()
    sees_both(page, WISH, "Begynne som lærling i høst", "Tilbake til skolen")
    # The same in a plan
    plan, content = plan_of(case, kari)
    address = f"/ungdom/{opaque.encode(case.youth_id)}/plan/{opaque.encode(plan.pk)}/endre/"
    page.goto(address)
    field(page, FLOW).fill("Møte hver torsdag")
    # A row is added from the keyboard, and what is written in it and after it is found again too
    page.get_by_role("button", name="Legg til en rad – Ungdommens mål").press("Enter")
    added, after = page.locator("[name=goals-3-goal]"), page.locator("[name=roles-0-person]")
    expect(added).to_be_focused()
    added.fill("Ta lappen")
    after.fill("Kari")
    page.clock.run_for(400)
    page.wait_for_function(IS_KEPT)
    page.close()
    page = context.new_page()
    page.clock.install(time=make.TODAY.isoformat())
    page.goto(address)
    expect(field(page, FLOW)).to_have_value("Møte hver torsdag")
    expect(page.locator("[name=goals-3-goal]")).to_have_value("Ta lappen")
    expect(page.locator("[name=roles-0-person]")).to_have_value("Kari")
    field(page, FLOW).fill("Møte hver fredag")
    session_ends_midway(page, kari.user_id)
    page.goto(address)
    expect(field(page, FLOW)).to_have_value("Møte hver fredag")
    with acting_as(ola):
        theirs = replace(content, information_flow="Telefon på mandager")
        plans.edit_plan(actor=ola, plan_id=plan.pk, content=theirs, version=None)
    page.get_by_role("button", name="Lagre").first.click()
    sees_both(page, FLOW, "Møte hver fredag", "Telefon på mandager")


def sees_both(page: Page, name: str, mine: str, theirs: str) -> None:
    expect(page.locator(".fot-conflict")).to_contain_text(theirs)
    expect(page.locator(".fot-conflict")).to_contain_text(mine)
    expect(field(page, name)).to_have_value(mine)
