"""A morning in the education administration, in a real browser: the queue, the messages, and the keyboard alone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Registration, Responsibility
from fotfeste.casework.services import feedback
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.people.models import Address
from tests import factories as make


@pytest.fixture
def hersleb(live):
    return Unit.objects.get(name="Hersleb videregående skole")


@pytest.fixture
def admin(live):
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Marit Prøve")


def waiting(last_name: str, *, near: Unit | None = None) -> Registration:
    registration = make.case(make.education_admin(), last_name=last_name)
    with acting_as(make.system()):
        Responsibility.objects.filter(youth_id=registration.youth_id).update(ground="undecided", rule="")
        if near is not None:
            Address.objects.create(
                youth_id=registration.youth_id,
                kind="registered",
                latitude=near.latitude,
                longitude=near.longitude,
                municipality="0301",
                source="test",
                recorded_at=clock.now(),
            )
    return registration


def holder(registration: Registration) -> str:
    with acting_as(make.system()):
        held = Responsibility.objects.select_related("holder").get(youth_id=registration.youth_id, last_day=None)
        return str(held.holder.name)


def test_from_the_morning_to_an_empty_queue(at_work, accessible, admin, hersleb):
    # Given three youths no rule has found a unit for, two of whom live beside a school
    near = [waiting("Aas", near=hersleb), waiting("Berg", near=hersleb)]
    far = waiting("Carlsen")
    page = at_work(admin)

    # When the day begins, the number leads to those it counts
    page.goto("/")
    accessible(page)
    page.get_by_role("link", name="3 Uten enhet").click()
    accessible(page)
    expect(page.get_by_role("row", name="Aas, Amina")).to_contain_text("Utdanningsadministrasjonen må tildele")

    # Then one is assigned to the nearest school with one button
    page.get_by_role("button", name="Tildel – Aas, Amina").click()
    expect(page.get_by_text("1 tildelt.")).to_be_visible()
    assert holder(near[0]) == hersleb.name

    # And the others together, with one reason
    page.get_by_role("checkbox", name="Velg Berg, Amina").check()
    page.get_by_role("checkbox", name="Velg Carlsen, Amina").check()
    expect(page.locator("[data-chosen=valgt]")).to_have_text("2")
    page.get_by_label("Tildel de valgte til").select_option(label="Stovner videregående skole")
    page.get_by_role("button", name="Tildel de valgte").click()
    expect(page.get_by_text("Skriv hvorfor enheten skal ha ansvaret.").first).to_be_visible()
    accessible(page)
    page.get_by_label("Hvorfor får enheten ansvaret?").fill("Avtalt med skolen")
    page.get_by_role("button", name="Tildel de valgte").click()
    expect(page.get_by_text("Køen er tom")).to_be_visible()
    assert [holder(near[1]), holder(far)] == ["Stovner videregående skole"] * 2
    accessible(page)


def test_why_no_rule_decided_is_told_where_one_chooses(at_work, accessible, admin, hersleb):
    registration = waiting("Aas", near=hersleb)
    page = at_work(admin)
    page.goto("/ko/")
    page.get_by_role("row", name="Aas, Amina").get_by_text("Hvorfor?").click()
    expect(page.get_by_text("unit-change").first).to_be_visible()
    page.get_by_role("link", name="Velg en annen enhet").click()
    accessible(page)
    page.get_by_role("combobox", name="Enhet").select_option(label="Stovner videregående skole")
    page.get_by_label("Hvorfor får enheten ansvaret?").fill("Begynner på Stovner")
    page.get_by_role("button", name="Tildel").click()
    expect(page.get_by_text("Aas, Amina er tildelt.")).to_be_visible()
    assert holder(registration) == "Stovner videregående skole"


def test_the_queue_is_worked_down_with_the_keyboard_alone(at_work, admin, hersleb):
    registration = waiting("Aas", near=hersleb)
    page = at_work(admin)
    page.goto("/ko/")
    row = page.locator("#queue [data-row]").first
    row.focus()
    page.keyboard.press("1")
    expect(page.get_by_text("1 tildelt.")).to_be_visible()
    assert holder(registration) == hersleb.name


def test_without_javascript_everything_still_works(at_work, admin, hersleb):
    registration = waiting("Aas", near=hersleb)
    page = at_work(admin, javascript=False)
    page.goto("/ko/")
    page.get_by_role("checkbox", name="Velg Aas, Amina").check()
    page.get_by_role("button", name="Tildel de valgte").click()
    expect(page.get_by_text("1 tildelt.")).to_be_visible()
    assert holder(registration) == hersleb.name


def test_a_message_becomes_a_status_or_goes_back_with_a_question(at_work, accessible, admin, hersleb):
    # Given two messages from a district
    alna = Unit.objects.get(kind=UnitKind.DISTRICT, name="Bydel Alna")
    contact = make.actor(Role.DISTRICT_CONTACT, alna, name="Fatima Prøve")
    cases = [make.case(hersleb, last_name=name) for name in ("Aas", "Berg")]
    for case in cases:
        make.grant(case.youth, alna, Topic.IDENTITY, Topic.STATUS, Topic.FEEDBACK)
        with acting_as(contact):
            feedback.send_feedback(actor=contact, youth_id=case.youth_id, category="reached", on=date(2026, 11, 15))
    page = at_work(admin)

    # When one is used and the other is asked about
    page.goto("/meldinger/")
    accessible(page)
    page.get_by_role("button", name="Bruk som status – Aas, Amina").click()
    expect(page.get_by_text("1 behandlet.")).to_be_visible()
    page.get_by_text("Send tilbake med spørsmål").click()
    page.get_by_label("Spørsmål om Berg, Amina").fill("Hvem snakket dere med?")
    page.get_by_role("button", name="Send spørsmålet – Berg, Amina").click()
    expect(page.get_by_text("Ingen meldinger venter")).to_be_visible()

    # Then the status stands, and the district sees the question
    with acting_as(make.system()):
        assert Registration.objects.get(pk=cases[0].pk).status_code == "OTOV"
    district = at_work(contact, width=390)
    district.goto("/")
    accessible(district)
    district.get_by_role("link", name="Se og svar").click()
    expect(district.get_by_text("«Hvem snakket dere med?»")).to_be_visible()
    accessible(district)


@pytest.mark.parametrize("role", list(Role))
def test_every_home_screen_is_accessible_and_fits_a_phone(at_work, accessible, live, role):
    school = Unit.objects.get(name="Hersleb videregående skole")
    for number in range(6):
        make.case(school, last_name=f"Nummer{number}", since=date(2026, 9, 1))
    at = school if role in {Role.COUNSELLOR, Role.UNIT_LEADER} else make.education_admin()
    page = at_work(make.actor(role, at), width=390)
    page.goto("/")
    accessible(page)


def test_a_line_of_the_morning_is_answered_and_undone_with_the_keyboard(at_work, accessible, live):
    school = Unit.objects.get(name="Hersleb videregående skole")
    make.case(school, last_name="Aas", since=date(2026, 9, 1))
    page = at_work(make.actor(Role.COUNSELLOR, school))
    page.goto("/")
    page.get_by_role("button", name="Ikke svar – Aas, Amina").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Forsøk registrert.")).to_be_visible()
    expect(page.get_by_role("button", name="Angre – Aas, Amina")).to_be_focused()
    accessible(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ingen har forsøkt å ta kontakt.")).to_be_visible()
