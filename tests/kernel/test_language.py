"""A page is in the language the user chose; what decides is told in that language too."""

from dataclasses import replace
from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from fotfeste.access.login.profiles import OTHER
from fotfeste.kernel import formats
from fotfeste.kernel.language import language_of
from fotfeste.law import sources
from fotfeste.law.decision import Reason, decided, gettext_noop

DAY = date(2026, 11, 23)


def _asked(*, cookie: str = "", browser: str = "") -> str:
    request = RequestFactory().get("/", headers={"accept-language": browser})
    if cookie:
        request.COOKIES["django_language"] = cookie
    return language_of(request)


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("", "nb"),
        ("nb-NO,nb;q=0.9,en;q=0.8", "nb"),
        ("no", "nb"),
        ("nn-NO,nn;q=0.9,nb;q=0.8", "nn"),
        ("en-US,en;q=0.9", "nb"),
        ("de,nn;q=0.5", "nn"),
    ],
)
def test_before_a_choice_the_pages_are_in_the_norwegian_the_browser_asks_for(browser, language):
    assert _asked(browser=browser) == language


def test_the_users_choice_stands_above_the_browsers():
    assert _asked(cookie="en", browser="nn") == "en"
    assert _asked(cookie="nn", browser="nb") == "nn"


def test_a_language_we_do_not_speak_is_no_choice():
    assert _asked(cookie="se", browser="nn") == "nn"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "button"),
    [("nb", "Logg inn med jobbkonto"), ("nn", "Logg inn med jobbkonto"), ("en", "Log in with your work account")],
)
def test_the_login_page_says_which_language_it_is_in_and_changes_it(client, settings, language, button):
    settings.LOGIN_PROFILES = (replace(OTHER, name="oidc", issuer="https://login.example.no"),)
    changed = client.post("/sprak/", {"language": language, "next": "/logg-inn/"}, follow=True)
    page = changed.content.decode()
    assert f'<html lang="{language}"' in page
    assert button in page
    assert changed.headers["Content-Language"] == language


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Født i 2009: OT varer til 31. desember 2033."),
        ("nn", "Fødd i 2009: OT varer til 31. desember 2033."),
        ("en", "Born in 2009: the Follow-up Service lasts until 31 December 2033."),
    ],
)
def test_why_is_translated_first_and_filled_in_afterwards(language, sentence):
    text = gettext_noop("Født i {born_year}: OT varer til 31. desember {last_year}.")
    reason = Reason("tg-age", sources.AGREEMENT_4, text, (("born_year", "2009"), ("last_year", "2033")))
    with translation.override(language):
        drawn = Template("{% load ui %}{% why decision %}{% endwhy %}").render(
            Context({"decision": decided(True, [reason])})
        )
    assert sentence in drawn


@pytest.mark.parametrize(
    ("language", "question"),
    [("nn", "Kva er den næraste skulen?"), ("en", "What is the nearest school?")],
)
def test_why_asks_the_unclear_question_in_the_users_language(language, question):
    reason = Reason("unit-nearest", sources.AGREEMENT_4, "Er elev.", (), True, "amb-24")
    with translation.override(language):
        drawn = Template("{% load ui %}{% why decision %}{% endwhy %}").render(
            Context({"decision": decided(True, [reason])})
        )
    assert question in drawn


@pytest.mark.parametrize(
    ("language", "day", "share", "ago"),
    [
        ("nb", "23. nov. 2026", "12,5 %", "for 3 dager siden"),
        ("nn", "23. nov. 2026", "12,5 %", "for 3 dagar sidan"),
        ("en", "23 Nov 2026", "12.5%", "3 days ago"),
    ],
)
def test_days_and_numbers_follow_the_language(language, day, share, ago):
    with translation.override(language):
        written = (formats.day(DAY), formats.percent(0.125, 1), formats.relative_day(date(2026, 11, 20), DAY))
    assert tuple(text.replace("\u00a0", " ") for text in written) == (day, share, ago)
