"""The end of a session in a real browser: warned in time, and what was written is there for the same person only."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import Page, expect

from fotfeste.access.models import Session
from fotfeste.access.roles import Role
from fotfeste.access.session_store import SESSION_USER, SessionStore
from fotfeste.kernel import opaque
from tests import factories as make

MINUTE = timedelta(minutes=1)
IS_KEPT = "Object.keys(localStorage).some((name) => name.startsWith('fot-draft:'))"
OTHER_VERSION = """() => {
  const form = document.querySelector("form[data-unsaved]");
  const field = form.elements.namedItem("version") ?? form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name: "version", value: "999" });
}"""
NOTE = "Ringte mor. Hun vil snakke med rådgiver på torsdag."


@pytest.fixture
def counsellor(live):
    return make.actor(Role.COUNSELLOR, make.unit(name="Prøve videregående skole"), name="Kari Prøve")


@pytest.fixture
def journal(counsellor) -> str:
    from fotfeste.organisations.models import Unit

    case = make.case(Unit.objects.get(pk=counsellor.unit_id), first_name="Amina", last_name="Testesen")
    return f"/ungdom/{opaque.encode(case.youth_id)}/journal/"


@pytest.fixture
def page(at_work, counsellor) -> Page:
    """Somebody at work in a browser whose clock the test moves."""
    page = at_work(counsellor)
    page.clock.install(time=make.TODAY.isoformat())
    return page


def log_in_again(page: Page, user_id: int) -> None:
    """Let another session begin in the same tab, as a login does."""
    session = SessionStore()
    session[SESSION_USER] = user_id
    session.create()
    page.context.add_cookies(
        [{"name": "sessionid", "value": str(session.session_key), "url": page.url.split("/logg")[0].split("/ung")[0]}]
    )


def write(page: Page, journal: str) -> None:
    page.goto(journal)
    page.get_by_role("textbox", name="Notat").fill(NOTE)
    page.clock.run_for(400)
    page.wait_for_function(IS_KEPT)


def let_time_pass() -> None:
    """Let nobody have used any session for longer than it lasts."""
    Session.objects.update(seen_at=F("seen_at") - 31 * MINUTE, begun_at=F("begun_at") - 31 * MINUTE)


def be_logged_out(page: Page) -> None:
    """Let the session's time be up, and the page find out."""
    let_time_pass()
    page.clock.fast_forward("40:00")
    expect(page.get_by_text("Du er logget ut fordi")).to_be_visible()


def kept(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(localStorage)"))


def test_one_is_warned_in_time_and_goes_on_with_a_press(page, accessible, journal, settings):
    settings.SESSION_IDLE = 2 * MINUTE
    page.goto(journal)
    page.clock.fast_forward("00:06")
    warning = page.get_by_role("alertdialog")
    expect(warning).to_contain_text("Du blir snart logget ut")
    accessible(page)
    settings.SESSION_IDLE = 30 * MINUTE
    warning.get_by_role("button", name="Fortsett å jobbe").click()
    expect(warning).to_be_hidden()
    page.clock.fast_forward("00:30")
    expect(warning).to_be_hidden()


def test_use_in_another_tab_counts_so_that_no_warning_comes(page, journal, settings):
    settings.SESSION_IDLE = 4 * MINUTE
    page.goto(journal)
    settings.SESSION_IDLE = 30 * MINUTE
    with page.expect_response("**/okt/"):
        page.clock.fast_forward("02:00")
    expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_when_time_is_up_the_page_goes_and_the_same_person_finds_the_writing_again(
    page, accessible, journal, counsellor
):
    write(page, journal)
    be_logged_out(page)
    # Nothing of it can be read in the browser meanwhile
    assert "Ringte" not in kept(page)
    assert "Amina" not in page.content()
    # The same person logs in again and is back where they were
    log_in_again(page, counsellor.user_id)
    page.goto(journal)
    expect(page.get_by_role("textbox", name="Notat")).to_have_value(NOTE)
    expect(page.get_by_text("Det er ikke lagret ennå.")).to_be_visible()
    accessible(page)
    # And it is forgotten when it has been saved
    page.get_by_role("button", name="Lagre").first.click()
    expect(page.get_by_role("status").first).to_contain_text("agret")
    assert "fot-draft" not in kept(page)
    page.goto(journal)
    expect(page.get_by_role("textbox", name="Notat")).to_have_value("")


def test_somebody_else_at_the_same_machine_finds_nothing_and_the_first_finds_it_again(page, journal, counsellor):
    from fotfeste.access.models import RoleAssignment

    write(page, journal)
    be_logged_out(page)
    school = RoleAssignment.objects.get(user_id=counsellor.user_id).unit
    log_in_again(page, make.actor(Role.COUNSELLOR, school, name="Ola Prøve").user_id)
    page.goto(journal)
    expect(page.get_by_role("textbox", name="Notat")).to_have_value("")
    assert "Ringte" not in kept(page)
    # Nor does it go when they log out
    page.get_by_label("Meny for Ola Prøve").click()
    page.get_by_role("button", name="Logg ut", exact=True).click()
    expect(page.get_by_text("Du er logget ut.", exact=True)).to_be_visible()
    log_in_again(page, counsellor.user_id)
    page.goto(journal)
    expect(page.get_by_role("textbox", name="Notat")).to_have_value(NOTE)


def test_what_is_written_is_not_put_over_what_somebody_changed_meanwhile(page, journal, counsellor):
    """The writing stands beside the form, to be copied."""
    page.goto(journal)
    page.evaluate(OTHER_VERSION)
    page.get_by_role("textbox", name="Notat").fill(NOTE)
    page.clock.run_for(400)
    page.wait_for_function(IS_KEPT)
    be_logged_out(page)
    log_in_again(page, counsellor.user_id)
    page.goto(journal)
    expect(page.get_by_text("Dette er endret siden du skrev")).to_be_visible()
    expect(page.locator(".fot-draft")).to_contain_text(NOTE)
    expect(page.get_by_role("textbox", name="Notat")).to_have_value("")
    page.get_by_role("button", name="Forkast det").click()
    expect(page.get_by_text("Dette er endret siden du skrev")).to_be_hidden()
    assert "fot-draft" not in kept(page)


def test_logging_out_leaves_nothing_in_the_tab(page, journal):
    write(page, journal)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Meny for Kari Prøve").click()
    page.get_by_role("button", name="Logg ut", exact=True).click()
    expect(page.get_by_text("Du er logget ut.", exact=True)).to_be_visible()
    assert "fot-draft" not in kept(page)


def test_logging_out_in_one_tab_empties_the_others(page, journal):
    write(page, journal)
    other = page.context.new_page()
    other.goto("/enheter/")
    other.get_by_label("Meny for Kari Prøve").click()
    other.get_by_role("button", name="Logg ut", exact=True).click()
    expect(page).to_have_url(re.compile("/logg-inn/$"))
    assert "fot-draft" not in kept(page)


def test_a_form_sent_too_late_is_found_again(page, journal, counsellor):
    write(page, journal)
    let_time_pass()
    page.get_by_role("button", name="Lagre").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dette ble ikke lagret")
    expect(page.get_by_label("Du skrev")).to_have_value(NOTE)
    assert not Session.objects.filter(user=counsellor.user_id, data__contains="Ringte").exists()
    log_in_again(page, counsellor.user_id)
    page.goto(journal)
    expect(page.get_by_role("textbox", name="Notat")).to_have_value(NOTE)
