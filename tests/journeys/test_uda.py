"""A file comes in and a list goes out, in a real browser: the import desk, an OTUK round, a board by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback
from fotfeste.integrations.models import Import
from tests.integrations.reading.files import csv_of, people
from tests.lists.otuk_world import World

IS_KEPT = """new Promise((done) => {
  const look = () => Object.keys(localStorage).some((name) => name.startsWith('fot-draft:')) ? done() : setTimeout(look, 20);
  look();
})"""


@pytest.fixture
def world(live):
    return World.made()


def sent(world) -> list[tuple[str, str, str]]:
    with acting_as(world.admin):
        return list(Feedback.objects.order_by("pk").values_list("category", "activity_code", "state"))


def test_a_file_becomes_a_plan_and_is_used(at_work, accessible, world):
    page = at_work(world.admin)
    # Given the desk, and a file of two who quit and one that cannot be read
    page.goto("/innlesing/")
    accessible(page)
    good, other, bad = people("leavers", 3)
    content = csv_of([good, other, bad | {"slutt": "31.02.2026"}])
    page.get_by_label("Kilde").select_option("leavers")
    page.locator("#id_file").set_input_files({"name": "uke47.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Les filen").click()
    # When the plan is shown, it tells the bad row and gives it back
    expect(page.get_by_text("Planen. Ingenting er endret ennå.")).to_be_visible()
    expect(page.locator("#errors")).to_contain_text("31.02.2026")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned avviste rader").click()
    assert download.value.suggested_filename == "avvist-leavers-2026-11-23.csv"
    page.get_by_role("link", name="Eksempler").first.click()
    page.get_by_text("Hvorfor denne enheten?").first.click()
    accessible(page)
    page.go_back()
    # Then it is used, and the history tells by whom
    page.get_by_role("button", name="Ta i bruk").click()
    expect(page.get_by_text("Filen er tatt i bruk.", exact=True)).to_be_visible()
    accessible(page)
    page.goto("/innlesing/historikk/")
    expect(page.get_by_role("cell", name="Marit Prøve")).to_be_visible()
    accessible(page)
    assert Import.objects.get().new == 2


def test_a_round_is_made_followed_and_proved(at_work, accessible, world):
    world.unknown("Aas")
    world.unknown("Uten", district="", street="")
    page = at_work(world.admin)
    page.goto("/otuk/")
    accessible(page)
    page.get_by_role("button", name="Lag lister").click()
    expect(page.get_by_text("Listene er laget, og bydelene kan svare.")).to_be_visible()
    expect(page.locator("#left-out")).to_contain_text("Ingen adresse er kjent")
    accessible(page)
    page.get_by_role("link", name="Kontroller").click()
    expect(page.get_by_text("Listen er den samme")).to_be_visible()
    accessible(page)


def test_a_district_answers_its_list_by_keyboard_alone(at_work, accessible, world):
    # Given three on the list, and the cursor on the first
    for name in ("Aas", "Bakke", "Dahl"):
        world.unknown(name)
    world.freeze()
    page = at_work(world.alna_contact)
    page.goto("/otuk/")
    accessible(page)
    rows = page.locator("tr[data-row]")
    rows.nth(0).focus()
    # When 1 answers the first, work goes on with the second
    page.keyboard.press("1")
    expect(rows.nth(0)).to_contain_text("Fatima Prøve, i dag")
    expect(rows.nth(1)).to_be_focused()
    expect(page.locator("#meter")).to_contain_text("1 av 3")
    # And 2 asks which activity, there in the row, a key says it, and work goes on
    page.keyboard.press("2")
    expect(page.get_by_role("button", name="Opplæring og arbeidspraksis i regi av fylket")).to_be_focused()
    accessible(page)
    page.keyboard.press("4")
    expect(rows.nth(1)).to_contain_text("I aktivitet: I arbeid")
    expect(rows.nth(2)).to_be_focused()
    # And N adds what happens now to what is said, and keeps the rest
    page.keyboard.press("ArrowUp")
    page.keyboard.press("n")
    expect(page.get_by_label("Hvilken aktivitet")).to_have_value("OTAR")
    expect(page.get_by_label("Hva skjer nå, og hvem gjør det")).to_be_focused()
    page.get_by_label("Hva skjer nå, og hvem gjør det").fill("Bydelen ringer i januar")
    page.keyboard.press("Enter")
    expect(rows.nth(1)).to_contain_text("Bydelen ringer i januar")
    expect(rows.nth(1)).to_be_focused()
    # And the arrow leads on to the last
    page.keyboard.press("ArrowDown")
    page.keyboard.press("6")
    expect(page.locator("#meter")).to_contain_text("3 av 3")
    accessible(page)
    # Then what was just sent is undone
    page.get_by_role("button", name="Angre").click()
    expect(page.locator("#meter")).to_contain_text("2 av 3")
    assert sent(world) == [
        ("reached", "", "new"),
        ("in_activity", "OTAR", "withdrawn"),
        ("in_activity", "OTAR", "new"),
        ("still_unknown", "", "withdrawn"),
    ]


def test_a_district_says_the_same_of_several_by_keyboard_alone(at_work, accessible, world):
    # Given three on the list, and the fold opened from the keyboard
    for name in ("Aas", "Bakke", "Dahl"):
        world.unknown(name)
    world.freeze()
    page = at_work(world.alna_contact)
    page.goto("/otuk/")
    rows, fold = page.locator("tr[data-row]"), page.get_by_text("Svar det samme for flere")
    expect(page.get_by_role("checkbox")).to_have_count(0)
    rows.nth(0).focus()
    page.keyboard.press("v")
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-chosen]")).to_have_text("0")
    # When V chooses two, and one answer is sent for both
    rows.nth(0).focus()
    for key in ("v", "ArrowDown", "v", "ArrowDown", "v", "v"):
        page.keyboard.press(key)
    expect(page.locator("[data-chosen]")).to_have_text("2")
    accessible(page)
    page.get_by_label("Svar for de valgte").select_option("in_activity:OTAR")
    page.locator("#id_same_next_step").fill("Bydelen ringer i januar")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Svaret er sendt for 2 ungdommer.")).to_be_visible()
    expect(page.locator("#meter")).to_contain_text("2 av 3")
    accessible(page)
    assert sent(world) == [("in_activity", "OTAR", "new")] * 2
    # Then both are taken back, and all that have no answer are chosen at once
    page.get_by_role("button", name="Angre").press("Enter")
    expect(page.locator("#meter")).to_contain_text("0 av 3")
    fold.press("Enter")
    page.get_by_label("Velg alle uten svar").press("Space")
    expect(page.locator("[data-chosen]")).to_have_text("3")
    # and one that is answered by itself meanwhile is not among them any more
    rows.nth(0).focus()
    page.keyboard.press("1")
    expect(page.locator("[data-chosen]")).to_have_text("2")
    page.get_by_label("Svar for de valgte").select_option("still_unknown")
    page.get_by_role("button", name="Send for de valgte").press("Enter")
    expect(page.locator("#meter")).to_contain_text("3 av 3")
    assert sorted(sent(world)[2:]) == [("reached", "", "new"), *[("still_unknown", "", "new")] * 2]


def test_nav_answers_by_name_only(at_work, accessible, world):
    world.unknown("Aas", phone="+4790012301")
    world.freeze()
    page = at_work(world.nav, width=390)
    page.goto("/otuk/")
    expect(page.locator("main")).not_to_contain_text("Furuveien")
    page.locator("button[value=followed_up]").click()
    expect(page.locator("#meter")).to_contain_text("1 av 1")
    accessible(page)
    assert sent(world) == [("followed_up", "", "new")]


def test_without_javascript_the_board_is_answered_all_the_same(at_work, world):
    world.unknown("Aas")
    world.freeze()
    page = at_work(world.alna_contact, javascript=False)
    page.goto("/otuk/")
    page.locator("button[value=reached]").click()
    expect(page.get_by_text("1 av 1").first).to_be_visible()
    assert sent(world) == [("reached", "", "new")]


def test_what_is_written_on_a_row_is_there_again_when_the_session_has_ended(at_work, world):
    world.unknown("Aas")
    world.freeze()
    page = at_work(world.alna_contact)
    page.goto("/otuk/")
    rows, step = page.locator("tr[data-row]"), page.get_by_label("Hva skjer nå, og hvem gjør det")
    # Given something written in the row, and a session that ends before it is sent
    rows.nth(0).focus()
    page.keyboard.press("n")
    step.fill("Bydelen ringer i januar")
    page.evaluate(IS_KEPT)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/logg-inn/"))
    assert sent(world) == []
    # When the same person is back and opens the row, then what was written is there, and is sent
    page.context.add_cookies(cookies)
    page.goto("/otuk/")
    rows.nth(0).focus()
    page.keyboard.press("n")
    expect(step).to_have_value("Bydelen ringer i januar")
    page.get_by_label("Nådd").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(rows.nth(0)).to_contain_text("Bydelen ringer i januar")
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('fot-draft:')).length") == 0
    assert sent(world) == [("reached", "", "new")]
