"""A counsellor's day in a real browser: open the list, find the youth, call, set a status, see what has happened."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from fotfeste.casework.services import contacts, journal
from fotfeste.kernel import clock
from fotfeste.people.enums import ContactKind, Protection
from fotfeste.people.models import ContactDetail
from tests import factories as make

DAYS = timedelta(days=1)


@pytest.fixture
def school(live):
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Prøve")


@pytest.fixture
def youths(school, counsellor):
    """Three who need something: one long unknown, one newly told of, one at work whose status nobody has confirmed."""
    long_unknown = make.case(school, first_name="Amina", last_name="Testesen", since=make.TODAY - 72 * DAYS)
    make.case(school, first_name="Jonas", last_name="Prøve", since=make.TODAY - 3 * DAYS, reason="not_applied")
    working = make.case(school, first_name="Sara", last_name="Eksempel", status="OTAR", since=make.TODAY - 200 * DAYS)
    with acting_as(make.system()):
        Registration.objects.filter(pk=working.pk).update(status_confirm_by=make.TODAY - DAYS)
        ContactDetail.objects.create(
            youth_id=long_unknown.youth_id, kind=ContactKind.PHONE, value="+4740000001", source="enrolment",
            recorded_at=clock.now(),
        )  # fmt: skip
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor, youth_id=long_unknown.youth_id, on=make.TODAY - 5 * DAYS, channel="sms", result="sent"
        )
        journal.write_note(actor=counsellor, youth_id=long_unknown.youth_id, text="Bor hos tante.")
    return long_unknown


def test_from_the_list_to_a_status_with_contact_between(at_work, accessible, youths, counsellor):
    page = at_work(counsellor)
    # Find the youth on the list: the longest unknown is first
    page.goto("/ungdommer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine ungdommer")
    accessible(page)
    page.get_by_role("link", name="Ukjent aktivitet 2").click()
    rows = page.locator("#worklist tbody tr")
    expect(rows).to_have_count(2)
    rows.first.get_by_role("link", name="Testesen, Amina").click()
    # A status cannot be set before somebody has answered, and the law says why
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Amina Testesen, 18 år"))
    assert page.title() == "Ungdom – Fotfeste"
    accessible(page)
    page.get_by_text("Sett status", exact=True).first.click()
    page.get_by_role("link", name="Ny status …").click()
    page.get_by_label("I arbeid (OTAR)").check()
    page.get_by_label("Ungdommen har fortalt det").check()
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator(".fot-error-summary")).to_contain_text("ingen kontakt begge veier")
    accessible(page)
    # Call, and get an answer
    page.get_by_role("link", name="Registrer kontakt").click()
    expect(page.locator("#rule")).to_contain_text("Dette er et forsøk")
    page.get_by_label("Fikk kontakt").check()
    expect(page.locator("#rule")).to_contain_text("Dette teller som kontakt")
    page.get_by_label("Kort merknad").fill("Jobber på lager.")
    accessible(page)
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("status").first).to_contain_text("Nå kan du sette status")
    # Now the status is set
    page.get_by_role("link", name="Sett status").first.click()
    page.get_by_label("I arbeid (OTAR)").check()
    page.get_by_role("button", name="Lagre").click()
    # And everything stands on the timeline
    expect(page.locator(".fot-person-status")).to_contain_text("I arbeid")
    titles = page.locator("#timeline .fot-timeline-title")
    expect(titles.filter(has_text="Status: I arbeid")).to_have_count(1)
    expect(titles.filter(has_text="Telefon: Fikk kontakt")).to_have_count(1)
    accessible(page)


def test_calls_are_logged_from_the_list_by_keyboard_and_undone(at_work, accessible, youths, counsellor):
    page = at_work(counsellor)
    page.goto("/ungdommer/?sort=name")
    first = page.locator("#worklist tbody tr").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    second = page.locator("#worklist tbody tr").nth(1)
    expect(second).to_contain_text("1 forsøk")
    expect(page.locator("#messages")).to_contain_text("Prøve, Jonas: Forsøk registrert.")
    accessible(page)
    page.get_by_role("button", name="Angre").click()
    expect(second).to_contain_text("Ikke forsøkt")
    expect(page.locator("#messages")).to_contain_text("Angret.")


def test_the_list_is_narrowed_without_losing_ones_place_and_kept_as_a_filter(at_work, youths, counsellor):
    page = at_work(counsellor)
    page.goto("/ungdommer/")
    page.get_by_label("Ukjent minst").select_option("30")
    expect(page.locator("#worklist tbody tr")).to_have_count(1)
    assert "ukjent=30" in page.url
    page.get_by_text("Lagre valgene som filter").click()
    page.get_by_label("Navn på filteret").fill("Lenge ukjent")
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("link", name="Lenge ukjent 1")).to_have_attribute("aria-current", "true")


def test_a_youth_is_found_by_name_and_going_back_shows_the_result(at_work, accessible, youths, counsellor):
    page = at_work(counsellor)
    page.goto("/ungdommer/")
    page.get_by_placeholder("Navn eller fødselsdato").fill("Testesen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Søk etter ungdom")
    assert page.url.endswith("/sok/")
    accessible(page)
    page.get_by_role("link", name="Testesen, Amina").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amina Testesen")
    page.go_back()
    expect(page.get_by_role("link", name="Testesen, Amina")).to_be_visible()


TABS = ("", "skolehistorikk/", "journal/", "historikk/", "hvem-ser-hva/")
FORMS = ("kontakt/", "status/", "status/rett/", "status/feil/", "navn/", "telefon/", "foresatt/", "adresse/")


def unfold(page: Page) -> None:
    # From below: what the menu in the header opens may lie over the next one on a phone.
    for opener in reversed(page.locator("details > summary").all()):
        if opener.is_visible():
            opener.click()


def test_every_screen_about_a_youth_is_accessible(at_work, accessible, youths, counsellor):
    page = at_work(counsellor)
    page.goto("/ungdommer/")
    page.locator("#worklist tbody th a").first.click()
    expect(page.locator("#timeline")).to_be_visible()
    person = page.url
    for part in (*TABS[1:], *FORMS):
        page.goto(person + part)
        accessible(page)
    page.goto(person)
    unfold(page)
    accessible(page)


def test_the_list_and_a_youth_are_for_a_phone_too(at_work, accessible, youths, counsellor):
    page = at_work(counsellor, width=390)
    page.goto("/ungdommer/")
    accessible(page)
    page.locator("#worklist tbody th a").first.click()
    expect(page.locator("#timeline")).to_be_visible()
    unfold(page)
    accessible(page)


def test_a_case_is_worked_through_without_javascript(at_work, youths, counsellor):
    page = at_work(counsellor, javascript=False)
    page.goto("/ungdommer/?hurtig=unknown")
    page.locator("#worklist tbody tr").first.get_by_role("button", name="Fikk svar").click()
    expect(page.get_by_role("status").first).to_contain_text("Kontakt registrert.")
    page.get_by_role("link", name="Nådd – sett status").click()
    page.get_by_label("Oppfølging og veiledning (OTOV)").check()
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator(".fot-person-status")).to_contain_text("Oppfølging og veiledning")


def test_wrongly_registered_is_two_presses_with_a_reason_and_asks_first(at_work, accessible, youths, counsellor):
    page = at_work(counsellor)
    page.goto("/ungdommer/")
    page.locator("#worklist tbody th a").first.click()
    page.get_by_text("Sett status", exact=True).first.click()
    page.get_by_role("link", name="Registrert ved feil …").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Ingenting slettes")
    accessible(page)
    dialog.get_by_label("Hvorfor er tilmeldingen feil?").fill("Er elev ved Foss")
    dialog.get_by_role("button", name="Merk som feil").click()
    expect(page.locator(".fot-person-status")).to_contain_text("Registrert i OT ved en feil")


def test_a_protected_youth_is_marked_and_its_place_stands_nowhere(at_work, accessible, school):
    make.case(school, last_name="Skjult", protection=Protection.STRICTLY_CONFIDENTIAL)
    page = at_work(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
    page.goto("/ungdommer/")
    expect(page.locator("#worklist tbody tr").first).to_contain_text("Skjermet")
    accessible(page)
    page.get_by_role("link", name="Skjult, Amina").click()
    expect(page.get_by_text("Strengt fortrolig.")).to_be_visible()
    assert "Prøve videregående skole" not in page.content()
    accessible(page)
