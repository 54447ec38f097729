#!/usr/bin/env python3
"""
Walk through the counsellor's ten most common acts in a browser, as Kari on a running demo, and count what they take.

    fotfeste demo --port 8000 &  python scripts/timed_walk.py http://localhost:8000

Seconds are those of the Keystroke-Level Model (Card, Moran and Newell 1980; an average typist): 0.28 s a key, 1.1 s to
point, 0.2 s to press and let go, 0.4 s to move the hand between mouse and keys, 1.35 s to think before each new thing,
and what the page itself takes, measured. It tells one design from another, and measures no people: they also read.
A choice from a menu is two presses. The acts change the demo: walk on a new one.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from playwright.sync_api import Browser, Locator, Page, sync_playwright

KEY, POINT, PRESS, HAND, THINK = 0.28, 1.1, 0.2, 0.4, 1.35
CHROMIUM = "/usr/bin/chromium"
#: What a short act may take: so many presses, or so many seconds.
MOST_CLICKS, MOST_SECONDS = 3, 20.0


@dataclass
class Hand:
    """A hand on the mouse and the keys, and what it has done."""

    page: Page
    clicks: int = 0
    keys: int = 0
    seconds: float = 0.0
    waited: float = 0.0
    at_keys: bool = field(default=False)

    def click(self, what: Locator, *, thinks: bool = True, loads: bool = False) -> None:
        """Point at something and press it; with ``loads`` wait for the page it leads to."""
        self._move(to_keys=False)
        self.clicks += 1
        self.seconds += (THINK if thinks else 0) + POINT + PRESS
        self._timed(what.click, loads=loads)

    def choose(self, what: Locator, label: str | None = None, *, index: int = 0) -> None:
        """Choose from a menu: open it, point at the choice, press."""
        self._move(to_keys=False)
        self.clicks += 2
        self.seconds += THINK + 2 * (POINT + PRESS)
        what.select_option(label=label) if label else what.select_option(index=index)

    def write(self, what: Locator, text: str) -> None:
        """Press a field and write in it."""
        self.click(what)
        self._move(to_keys=True)
        self.keys += len(text)
        self.seconds += KEY * len(text)
        what.fill(text)

    def look(self, what: Locator) -> bool:
        """Look at what is proposed and think; say whether anything is."""
        self.seconds += THINK
        return bool(what.input_value())

    def tick(self, what: Locator) -> None:
        """Tick a box, or look at one that is ticked."""
        if what.is_checked():
            self.seconds += THINK
        else:
            self.click(what)

    def enter(self) -> None:
        """Press Enter and wait for the page it leads to."""
        self.keys += 1
        self.seconds += KEY
        self._timed(lambda: self.page.keyboard.press("Enter"), loads=True)

    def _move(self, *, to_keys: bool) -> None:
        if self.at_keys != to_keys:
            self.at_keys = to_keys
            self.seconds += HAND

    def _timed(self, act: Callable[[], object], *, loads: bool) -> None:
        began = perf_counter()
        if loads:
            with self.page.expect_navigation():
                act()
            took = perf_counter() - began
            self.waited += took
            self.seconds += took
        else:
            act()


def _named(page: Page, role: str, name: str) -> Locator:
    return page.get_by_role(role, name=re.compile(name)).first  # type: ignore[arg-type]


def open_list(hand: Hand) -> None:
    hand.click(_named(hand.page, "link", "^Mine ungdommer"), loads=True)


def find_youth(hand: Hand) -> None:
    hand.write(hand.page.locator("#fot-search"), "emma erik")
    hand.enter()
    hand.click(_named(hand.page, "link", "Eriksen, Emma"), thinks=False, loads=True)


def log_call(hand: Hand) -> None:
    hand.click(hand.page.locator("summary", has_text="Registrer kontakt"))
    hand.click(_named(hand.page, "button", "Ringte – fikk svar"), thinks=False, loads=True)


def set_status(hand: Hand) -> None:
    hand.click(hand.page.locator("summary", has_text="Sett status"))
    hand.click(_named(hand.page, "link", "Ny status"), thinks=False, loads=True)
    hand.click(hand.page.locator("input[value=OTOV]"))
    hand.click(_named(hand.page, "button", "^Lagre"), thinks=False, loads=True)


def call_meeting(hand: Hand) -> None:
    page = hand.page
    hand.click(_named(page, "link", "^Kall inn til møte"), loads=True)
    # Day and what is to be settled are proposed and looked at; another time and room are chosen.
    hand.look(page.locator("[name=day]"))
    hand.write(page.locator("[name=time]"), "10:30")
    hand.write(page.locator("[name=place]"), "Rom 204")
    hand.look(page.locator("[name=purpose]"))
    hand.click(_named(page, "button", "^Kall inn"), thinks=False, loads=True)


def write_minutes(hand: Hand) -> None:
    page = hand.page
    hand.click(_named(page, "link", "Skriv referat"), loads=True)
    hand.write(page.locator("[name=common_understanding]"), "Alle vil ha en praktisk vei med få fag.")
    hand.click(page.locator("[name=rights_given][value=yes]"))
    hand.write(page.locator("[name=other_actors]"), "PPT, ikke nå")
    hand.click(page.locator("[name=plan_needed][value=yes]"))
    hand.tick(page.locator("[name^=was_there_]").first)
    hand.write(page.locator("[name^=contribution_]").first, "Ukentlig samtale")
    hand.tick(page.locator("[name^=was_there_]").last)
    hand.click(_named(page, "button", "Signer referatet"), loads=True)


def make_plan(hand: Hand) -> None:
    page = hand.page
    hand.click(_named(page, "link", "^Plan$"), loads=True)
    hand.click(page.locator("main a[href$='/plan/ny/']").first, loads=True)
    for name in ("last_day", "review_on", "information_flow", "roles-0-role"):
        if not hand.look(page.locator(f"[name={name}]")):
            raise SystemExit(f"nothing is proposed for {name}")
    if not hand.look(page.locator("[name=main_goal]")):
        hand.choose(page.locator("[name=main_goal]"), "Tilbake til opplæring")
    if not hand.look(page.locator("[name=goals-0-goal]")):
        hand.write(page.locator("[name=goals-0-goal]"), "Jeg vil fullføre Vg2")
    hand.click(_named(page, "button", "Lagre planen"), loads=True)


def record_consent(hand: Hand) -> None:
    page = hand.page
    hand.click(_named(page, "link", "^Samtykke$"), loads=True)
    hand.click(_named(page, "link", "Registrer samtykke"), thinks=False, loads=True)
    hand.look(page.locator("[name=last_day]"))
    hand.click(page.locator("[name=units]").last)
    for topic in ("status", "plan", "meetings"):
        hand.click(page.locator(f"[name=topics][value={topic}]"))
    hand.click(page.locator("[name=answer][value=yes]"))
    hand.click(page.locator("[name=how][value=spoken]"))
    hand.look(page.locator("[name=present]"))
    hand.click(_named(page, "button", "^Registrer$"), thinks=False, loads=True)


def hand_over(hand: Hand) -> None:
    page = hand.page
    hand.click(page.locator("main a[href$='/registrer/handover/']").first, loads=True)
    hand.write(page.locator("[name=what]"), "Ukentlig samtale")
    hand.click(_named(page, "button", "^Send$"), thinks=False, loads=True)


def answer_notice(hand: Hand) -> None:
    hand.click(_named(hand.page, "link", "Meldinger og overtakelser som venter"), loads=True)
    hand.click(_named(hand.page, "button", "^Mottatt"), loads=True)


@dataclass(frozen=True)
class Act:
    """An act, where it begins, and whether it is to be short."""

    name: str
    walk: Callable[[Hand], None]
    start: str
    is_short: bool = True


ACTS = (
    Act("Åpne listen", open_list, "/"),
    Act("Finne en ungdom", find_youth, "/"),
    Act("Registrere en samtale", log_call, "Emma Eriksen"),
    Act("Sette status", set_status, "Emma Eriksen"),
    Act("Kalle inn til møte", call_meeting, "Emma Eriksen", is_short=False),
    Act("Skrive og signere referat", write_minutes, "møtet", is_short=False),
    Act("Lage plan", make_plan, "Emma Eriksen", is_short=False),
    Act("Registrere samtykke", record_consent, "Emma Eriksen", is_short=False),
    Act("Tilby å overta", hand_over, "Áilo Máhtte"),
    Act("Svare på en melding", answer_notice, "/"),
)


def _log_in(browser: Browser, address: str) -> Page:
    page = browser.new_context(base_url=address, locale="nb-NO", viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(15_000)
    page.goto("/logg-inn/")
    page.locator("main a, main button").first.click()
    page.get_by_role("button", name=re.compile("Kari")).click()
    page.get_by_role("heading", name="I dag").wait_for()
    return page


def _go_to_start(page: Page, start: str) -> None:
    if start == "møtet":
        page.goto("/moter/")
        page.get_by_role("link", name=re.compile("^Avklaringsmøte")).first.click()
    elif start.startswith("/"):
        page.goto(start)
    else:
        page.goto("/oppgaver/")
        page.get_by_role("link", name=start).first.click()
    page.wait_for_load_state()


def walk(address: str) -> int:
    """Walk through all acts and print the table; return how many short acts take too much."""
    missed = 0
    print("| Handling | Klikk | Taster | Sekunder (KLM) | herav siden | Mål |\n|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = _log_in(browser, address)
        for act in ACTS:
            _go_to_start(page, act.start)
            hand = Hand(page)
            act.walk(hand)
            if wrong := page.locator(".fot-error-summary").all_inner_texts():
                raise SystemExit(f"{act.name}: {wrong[0]}")
            is_met = hand.clicks <= MOST_CLICKS or hand.seconds <= MOST_SECONDS
            missed += act.is_short and not is_met
            told = "" if not act.is_short else "ja" if is_met else "nei"
            print(f"| {act.name} | {hand.clicks} | {hand.keys} | {hand.seconds:.1f} | {hand.waited:.1f} | {told} |")
        browser.close()
    return missed


if __name__ == "__main__":
    sys.exit(1 if walk(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000") else 0)
