"""The counsellor's whole round without a mouse: the morning, the list, a call, a status, a task and a notice done."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Registration
from fotfeste.collaboration.enums import TaskState
from fotfeste.collaboration.models import Task
from fotfeste.collaboration.services.records import Sent, make_record
from fotfeste.collaboration.services.tasks import set_task
from fotfeste.organisations.enums import UnitKind
from tests import factories as make


@pytest.fixture
def counsellor(live):
    school = make.unit(name="Prøve videregående skole")
    actor = make.actor(Role.COUNSELLOR, school, name="Kari Prøve")
    for name, days in (("Amina", 72), ("Berit", 40)):
        case = make.case(school, first_name=name, last_name="Testesen", since=make.TODAY - timedelta(days))
    with acting_as(actor):
        for what in ("Ringe hjem", "Sende brev", "Spørre Nav"):
            set_task(actor=actor, youth_id=case.youth_id, what=what, due_on=make.TODAY, for_user_id=actor.user_id)
    nav = make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.FEEDBACK)
    with acting_as(make.actor(Role.NAV_RESPONSIBLE, nav)) as adviser:
        told = {
            "kind": "nav-referral",
            "on": make.TODAY,
            "said": {"why": ["outside"]},
            "sent": Sent(told_on=make.TODAY),
        }
        make_record(actor=adviser, youth_id=case.youth_id, **told)
    return actor


def test_the_whole_round_is_done_by_keyboard_alone(at_work, accessible, counsellor):
    page = at_work(counsellor)

    def press(key):
        """Press a key as soon as the page answers keys: its heading is there before its scripts are."""
        page.wait_for_load_state("domcontentloaded")
        page.keyboard.press(key)

    title = page.get_by_role("heading", level=1)
    page.goto("/")
    # The morning page says which keys there are, and they can be turned off and on
    press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Mine ungdommer")
    accessible(page)
    dialog.get_by_label("Bruk hurtigtaster").press("Space")
    press("Escape")
    press("g")
    press("2")
    page.get_by_role("button", name="Hurtigtaster").press("Enter")
    expect(dialog.get_by_label("Bruk hurtigtaster")).not_to_be_checked()
    dialog.get_by_label("Bruk hurtigtaster").press("Space")
    press("Escape")
    expect(title).to_have_text("I dag")
    # The list, and the first youth on it
    press("g")
    press("2")
    expect(title).to_have_text("Mine ungdommer")
    press("l")
    expect(page.locator("#worklist tbody tr").first).to_be_focused()
    press("Enter")
    expect(title).to_contain_text("Amina Testesen")
    # A call that was answered, and the status it gives
    press("k")
    press("1")
    expect(page.get_by_role("status").first).to_contain_text("Kontakten er registrert.")
    press("s")
    press("1")
    first = page.locator("main form input[type=radio]").first
    expect(first).to_be_focused()
    page.get_by_label("Oppfølging og veiledning (OTOV)").press("Space")
    press("Control+Enter")
    expect(page.locator(".fot-person-status")).to_contain_text("Oppfølging og veiledning")
    # On to the next, and back to the list where one stood
    press("n")
    expect(title).to_contain_text("Berit Testesen")
    press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("kn")
    expect(title).to_contain_text("Berit Testesen")
    page.locator("body").press("Tab")
    press("b")
    expect(page.locator("#worklist tbody tr").first).to_be_focused()
    # A task done, and work goes on at the next, also when both are about the same youth
    press("g")
    press("3")
    expect(title).to_have_text("Oppgaver")
    press("o")
    press("ArrowDown")
    press("1")
    expect(page.get_by_role("status").first).to_contain_text("Oppgaven er gjort.")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()
    expect(page).to_have_url(re.compile("/oppgaver/$"))
    # A notice from another unit answered
    page.goto("/meldinger-og-overtakelser/")
    press("v")
    press("1")
    expect(page.get_by_role("status").first).to_contain_text("Svaret er sendt.")
    with acting_as(counsellor):
        assert Task.objects.filter(state=TaskState.DONE, step_run=None).count() == 1
        assert Registration.objects.filter(status_code="OTOV").count() == 1


def test_the_statuses_of_all_on_the_page_are_confirmed_by_keyboard(at_work, accessible, counsellor):
    page = at_work(counsellor)
    page.goto("/ungdommer/")
    page.get_by_label("Velg alle på siden").press("Space")
    page.get_by_role("button", name="Bekreft status").press("Enter")
    expect(page.locator("#confirmed")).to_contain_text("2 bekreftet.")
    accessible(page)
