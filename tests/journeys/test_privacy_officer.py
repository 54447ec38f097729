"""A privacy officer hands somebody a copy of all that stands about them, in a real browser, wide and narrow."""

import zipfile

import pytest
from django.conf import settings
from playwright.sync_api import expect

from fotfeste.access.roles import Role
from tests import factories as make


@pytest.mark.parametrize("width", [1280, 390])
def test_a_copy_is_taken_out_for_the_person_who_asks(at_work, accessible, width):
    # Given a youth who has asked, and the officer of the county
    youth = make.case(make.unit(name="Prøve videregående skole"), last_name="Kopisen").youth
    page = at_work(make.actor(Role.PRIVACY_OFFICER, make.education_admin()), width=width, javascript=width > 390)
    page.goto("/logg/")
    page.get_by_role("link", name="Kopi til den det gjelder").click()
    # When the number alone is given, the form says what is missing
    page.get_by_label("Fødselsnummer eller annet identitetsnummer").fill(youth.national_id)
    page.get_by_role("button", name="Last ned kopien").click()
    expect(page.get_by_text("Må fylles ut.").first).to_be_visible()
    if width > 390:
        accessible(page)
    # And when it is made sure who asks, the files come
    page.get_by_label("Jeg har forsikret meg om").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Last ned kopien").click()
    assert download.value.suggested_filename == "innsyn.zip"
    with zipfile.ZipFile(download.value.path()) as packed:
        assert "Kopisen" in packed.read("opplysninger.html").decode()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_fits_a_telephone_in_every_language(live, at_work, accessible, language):
    page = at_work(make.actor(Role.PRIVACY_OFFICER, make.education_admin()), width=390)
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live}])
    page.goto("/logg/innsyn/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    accessible(page)
