"""The style guide in a real browser: every component, at several widths, by keyboard and without scripts."""

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.axe import complaints_of_axe


def look(page: Page, url: str, width: int = 1280, scheme: str = "light") -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(url)


def start_at_the_top(page: Page) -> None:
    """Put focus before everything; the guide's form with mistakes took it when the page opened."""
    page.evaluate(
        """() => { const a = document.createElement('a'); a.href = '#';
             document.body.prepend(a); a.focus(); a.remove(); }"""
    )


def what_has_focus(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim().slice(0, 20) || document.activeElement.name")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_to_complain_of(page, styleguide_url, width, scheme):
    look(page, styleguide_url, width, scheme)
    page.locator(".fot-menu > summary").click()
    for table in page.locator(".fot-chart-table > summary").all():
        table.click()
    results = complaints_of_axe(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_nothing_is_wider_than_the_screen(page, styleguide_url, width):
    look(page, styleguide_url, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_tab_offers_the_way_past_the_menu(page, styleguide_url):
    look(page, styleguide_url)
    start_at_the_top(page)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hopp til innholdet")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_focus_follows_the_order_one_reads_in(page, styleguide_url):
    look(page, styleguide_url)
    start_at_the_top(page)
    tops = []
    for _ in range(17):
        page.keyboard.press("Tab")
        tops.append(what_has_focus(page))
    wanted = ["Hopp til innholdet", "Fotfeste", "I dag", "Mine ungdommer 31", "Møter", "Lister", "Oversikt", "q"]
    assert tops[:8] == wanted
    assert tops[-5:] == ["Sett status", "Oversikt", "Plan", "Møter 2", "Nav"]


def test_whatever_has_focus_can_be_seen_to_have_it(page, styleguide_url):
    look(page, styleguide_url)
    start_at_the_top(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const at = document.activeElement;
                 const width = (element) => element ? parseFloat(getComputedStyle(element).outlineWidth) || 0 : 0;
                 return [at.outerHTML.slice(0, 120), Math.max(width(at), width(at.closest('.ds-field')))] }"""
        )
        assert seen[1] >= 2, seen[0]


def test_arrows_choose_the_row_and_a_number_answers_it(page, styleguide_url):
    look(page, styleguide_url)
    rows = page.locator("[data-keys] [data-row]")
    page.evaluate(
        """() => { window.pressed = [];
             for (const b of document.querySelectorAll('[data-key]')) b.addEventListener('click',
               () => window.pressed.push(b.closest('tr').querySelector('th').textContent.trim() + b.dataset.key)); }"""
    )
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("2")
    page.keyboard.press("End")
    expect(rows.last).to_be_focused()
    page.keyboard.press("1")
    assert page.evaluate("window.pressed") == ["Jonas Prøve2", "Ali Liksom-Hansen1"]


def test_a_number_written_in_a_field_answers_nothing(page, styleguide_url):
    look(page, styleguide_url)
    page.evaluate(
        """() => { window.pressed = 0;
             for (const b of document.querySelectorAll('[data-key]'))
               b.addEventListener('click', () => window.pressed++) }"""
    )
    page.locator("#f-q").fill("")
    page.locator("#f-q").press("1")
    assert page.evaluate("window.pressed") == 0


def test_choosing_in_a_filter_sends_it(page, styleguide_url):
    look(page, styleguide_url)
    page.locator("#f-b").select_option("Alna")
    page.wait_for_url("**/?*bydel=Alna*")


def test_choosing_all_chooses_every_row(page, styleguide_url):
    look(page, styleguide_url)
    page.get_by_label("Velg alle").check()
    assert page.locator("input[name=valgt]:checked").count() == 5
    page.get_by_label("Velg Jonas Prøve").uncheck()
    assert page.get_by_label("Velg alle").evaluate("box => box.indeterminate")


def test_a_question_opens_in_a_dialog_and_gives_focus_back(page, styleguide_url):
    look(page, styleguide_url)
    opener = page.get_by_role("link", name="Feilregistrert …")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Merke som feilregistrert?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_chance_to_undo_waits_while_one_stands_in_it(page, styleguide_url):
    # Given the word that something is done, with ten minutes to undo it
    page.clock.install()
    look(page, styleguide_url)
    toast = page.locator("[data-toast]")
    # When one stands in it for longer than that
    toast.get_by_role("button", name="Angre").focus()
    page.clock.run_for(700_000)
    # Then it is still there, and goes when one has left and the time is up
    expect(toast).to_have_count(1)
    page.evaluate("document.activeElement.blur()")
    page.clock.run_for(700_000)
    expect(toast).to_have_count(0)


def test_the_users_menu_closes_with_escape(page, styleguide_url):
    look(page, styleguide_url)
    page.locator(".fot-menu > summary").click()
    expect(page.get_by_role("button", name="Logg ut")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Logg ut")).to_be_hidden()
    expect(page.locator(".fot-menu > summary")).to_be_focused()


def give_htmx(page: Page, element: str, **attributes: str) -> None:
    """Let an element of the page ask for a part, as a screen's own would."""
    page.locator(element).evaluate(
        """(element, given) => { for (const name in given) element.setAttribute(name.replace('_', '-'), given[name]);
             window.htmx.process(element) }""",
        attributes,
    )


def test_an_answered_row_gives_focus_to_the_next(page, styleguide_url):
    # Given a row whose answer replaces it
    look(page, styleguide_url)
    first = "[data-row]:first-child"
    give_htmx(page, f"{first} [data-key='1']", hx_get="/svar", hx_target="closest tr", hx_swap="outerHTML")
    page.locator(first).focus()
    # When it is answered from the keyboard
    page.keyboard.press("1")
    # Then the answered row stands there, and one goes on with the next
    expect(page.get_by_role("rowheader", name="Besvart")).to_be_visible()
    expect(page.locator("[data-row]").nth(1)).to_be_focused()


def test_a_part_that_gets_no_answer_says_so_and_keeps_what_stood_there(browser, styleguide_url):
    # Given a button whose part fails on the server
    page = browser.new_page()
    look(page, styleguide_url)
    give_htmx(page, "#next .ds-button >> nth=0", hx_get="/feil", hx_target="#next")
    # When it is pressed
    page.locator("#next .ds-button").first.click()
    # Then the page says that nothing is saved, and neither the part nor the server's words are in it
    expect(page.locator("#messages")).to_contain_text("det du gjorde, er ikke lagret")
    expect(page.locator("#next")).to_contain_text("Ring før 24. nov.")
    assert "hemmelig" not in page.content()
    page.close()


def test_a_part_refused_for_its_mistakes_is_put_in(browser, styleguide_url):
    page = browser.new_page()
    look(page, styleguide_url)
    give_htmx(page, "#next .ds-button >> nth=0", hx_get="/avvist", hx_target="#next")
    page.locator("#next .ds-button").first.click()
    expect(page.locator("#next #part")).to_have_text("Må fylles ut.")
    page.close()


def test_unsaved_writing_is_not_left_without_a_word(browser, styleguide_url):
    # Given a page with a form, and one heard leaving it
    page = browser.new_page()
    asked: list[str] = []

    def hear(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", hear)
    look(page, styleguide_url)
    # When one leaves before and after writing
    page.reload()
    before = list(asked)
    page.get_by_label("Hva kom fram?").first.fill("Svarte")
    page.reload()
    # Then only the second is asked about
    assert before == []
    assert asked == ["beforeunload"]
    page.close()


def test_everything_can_be_done_without_scripts(browser: Browser, styleguide_url):
    # Given a browser that runs no scripts
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(styleguide_url)
    # Then what scripts only make easier is there as buttons, links and text
    for name in ("Vis", "Angre", "Lagre"):
        expect(page.get_by_role("button", name=name, exact=True).first).to_be_visible()
    expect(page.locator("table").first).to_be_visible()
    expect(page.locator(".fot-svg").first).to_be_visible()
    expect(page.get_by_role("link", name="Feilregistrert …")).to_have_attribute("href", "#")
    page.locator(".fot-chart-table > summary").first.click()
    expect(page.get_by_role("table", name="Andel med ukjent aktivitet")).to_be_visible()
    context.close()
