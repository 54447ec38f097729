#!/usr/bin/env python3
"""
Answer a washed list as the Nav office of a running demo, by keyboard, and tell what sixty rows take a person.

    fotfeste demo --port 8000 &  python scripts/timed_wash.py http://localhost:8000

Seconds are those of the model ``timed_walk.py`` tells of: one thought and one key for each row, and what the page
itself takes until the row is answered and the next one is reached, measured. It changes the demo: walk on a new one.
"""

import re
import sys
from time import perf_counter

from playwright.sync_api import Page, expect, sync_playwright
from timed_walk import CHROMIUM, KEY, THINK

#: A person's time for as many rows as a district's list has.
ROWS, MOST_SECONDS = 60, 180.0


def _log_in(page: Page) -> None:
    page.goto("/logg-inn/")
    page.locator("main a, main button").first.click()
    page.get_by_role("button", name=re.compile("Ingrid")).click()
    page.goto("/otuk/?vis=ubesvart")
    page.wait_for_load_state()


def _answer_all(page: Page) -> list[float]:
    """Answer row after row with one key each; return how long the page took of each."""
    board = page.locator("tr[data-row]")
    waits: list[float] = []
    keys = [row.get_attribute("id") for row in board.all()]
    board.first.focus()
    for key, after in zip(keys, [*keys[1:], None], strict=True):
        began = perf_counter()
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.keyboard.press("1")
        expect(page.locator(f"#{key}")).to_contain_text("Ivaretatt")
        if after:
            expect(page.locator(f"#{after}")).to_be_focused()
        waits.append(perf_counter() - began)
    return waits


def walk(address: str) -> float:
    """Answer the rows that wait, and return the seconds sixty of them take."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(base_url=address, locale="nb-NO").new_page()
        page.set_default_timeout(15_000)
        _log_in(page)
        waits = _answer_all(page)
        browser.close()
    if not waits:
        raise SystemExit("nobody waits for an answer: walk on a new demo")
    waited = sum(waits) / len(waits)
    seconds = KEY + ROWS * (THINK + KEY + waited)
    print(
        f"{len(waits)} rows answered, {waited:.2f} s each for the page; {ROWS} rows take {seconds:.0f} s by the model"
    )
    return seconds


if __name__ == "__main__":
    sys.exit(walk(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000") > MOST_SECONDS)
