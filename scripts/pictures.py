#!/usr/bin/env python3
"""
Take the pictures of Kari's morning and of working together that the documentation shows, wide and narrow.

    fotfeste demo --on 2026-11-28 --port 8000 &  python scripts/pictures.py http://localhost:8000
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
#: width -> height at which a long page is cut.
WIDTHS = {1280: 1200, 390: 1400}
#: Below this the picture begins at the tabs: who it is about fills the screen, and is in the first picture.
WIDE = 768
#: The youth of the demo whose story has come all the way, found by a task of hers.
TASK = "Sende søknadsskjema for Vg2"
MORNING = "home-counsellor"
#: Those that begin at the top also on a narrow screen.
WHOLE = {MORNING, "person-together"}
#: name of the picture -> the page after the youth's address.
SHOWN = {"person-together": "", "staircase": "samarbeid/", "actors": "kartlegging/", "plan": "plan/"}


def _log_in(browser: Browser, address: str, width: int) -> Page:
    context = browser.new_context(base_url=address, locale="nb-NO", viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/logg-inn/")
    page.locator("main a, main button").first.click()
    page.get_by_role("button", name=re.compile("Kari")).click()
    page.get_by_role("heading", name="I dag").wait_for()
    return page


def _take(page: Page, name: str, width: int) -> None:
    page.wait_for_load_state("networkidle")
    tall = page.evaluate("document.documentElement.scrollHeight")
    tabs = page.locator(".fot-tabs").bounding_box() if width < WIDE and name not in WHOLE else None
    top = tabs["y"] if tabs else 0
    clip = {"x": 0, "y": top, "width": width, "height": min(tall - top, WIDTHS[width])}
    page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True, clip=clip)  # type: ignore[arg-type]


def take(address: str) -> None:
    """Take all pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width in WIDTHS:
            page = _log_in(browser, address, width)
            _take(page, MORNING, width)
            page.goto("/oppgaver/")
            row = page.locator("[data-row]", has_text=TASK)
            person = str(row.locator("a").first.get_attribute("href"))
            for name, path in SHOWN.items():
                page.goto(person + path)
                _take(page, name, width)
            page.goto(f"{person}moter/")
            page.get_by_role("link", name=re.compile("Avklaringsmøte")).last.click()
            _take(page, "minutes", width)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
