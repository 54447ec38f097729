"""Logging in at a provider and out of both, in a real browser, with and without JavaScript."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from fotfeste.access.login import provider as conversation
from fotfeste.access.roles import Role
from fotfeste.access.services.identities import connect
from tests import factories as make
from tests.access.providers import HIGH, OLD_KEY, idporten_like, key_set


@pytest.fixture
def pid(live: str, settings, monkeypatch) -> Iterator[str]:
    """Give the number by which Kari logs in at a strict provider."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    settings.LOGIN_KEYS = key_set(OLD_KEY)
    ours = {
        "redirect_uris": [f"{live}/logg-inn/svar/idporten/"],
        "post_logout_redirect_uris": [f"{live}/logg-ut/ferdig/"],
    }
    with idporten_like(**ours) as profile:
        settings.LOGIN_PROFILES = (profile,)
        conversation.forget()
        user = make.user("Kari Prøve")
        make.assign(user, Role.COUNSELLOR, make.unit(name="Prøve videregående skole"))
        number = make.tenor_number(make.TODAY.replace(year=1980), 1)
        connect(user_id=user.pk, profile=profile, value=number)
        yield number
    conversation.forget()


@pytest.fixture
def page_of(live: str, browser: Browser) -> Iterator[Callable[[bool], Page]]:
    contexts = []

    def new(javascript: bool) -> Page:
        contexts.append(browser.new_context(base_url=live, java_script_enabled=javascript, locale="nb-NO"))
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1].new_page()

    yield new
    for context in contexts:
        context.close()


def log_in(page: Page, number: str) -> None:
    page.get_by_role("link", name="Logg inn med ID-porten").click()
    page.get_by_label("Person").fill(number)
    page.get_by_label("Nivå").select_option(HIGH)
    page.get_by_role("button", name="Logg inn").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_in_at_the_provider_and_out_of_both(page_of, accessible, pid, javascript):
    page = page_of(javascript)
    page.goto("/enheter/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fotfeste")
    if javascript:
        accessible(page)
    log_in(page, pid)
    # One lands where one was going, and the menu says how one is logged in
    expect(page).to_have_url(re.compile("/enheter/$"))
    page.locator("details.fot-menu > summary").click()
    expect(page.locator(".fot-menu-panel")).to_contain_text("Logget inn med ID-porten, nivå høyt")
    # Out here, and led on to the provider by itself
    page.get_by_role("button", name="Logg ut").click()
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_text("Du er logget ut.", exact=True)).to_be_visible()
    # And the provider asks anew
    page.get_by_role("link", name="Logg inn med ID-porten").click()
    expect(page.get_by_role("heading")).to_have_text("Test-ID (login)")
