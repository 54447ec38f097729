"""A school shares its youths out among its people in the worklist: with a mouse, from the keyboard, without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from tests import factories as make


@pytest.fixture
def school(live):
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def kari(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Berg")


@pytest.fixture
def ola(school):
    return make.actor(Role.COUNSELLOR, school, name="Ola Lie")


@pytest.fixture
def cases(school):
    return [make.case(school, last_name=name) for name in ("Aas", "Berg", "Carlsen")]


def person(case) -> int | None:
    with acting_as(make.system()):
        return Registration.objects.get(pk=case.pk).counsellor_id


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 390)], ids=["with javascript", "without"])
def test_two_are_given_to_a_colleague_and_taken_back(at_work, accessible, fits, kari, ola, cases, width, javascript):
    # Given the list, with two of three ticked
    page = at_work(kari, width=width, javascript=javascript)
    look = accessible if javascript else fits
    page.goto("/ungdommer/?sort=name")
    look(page)
    page.get_by_role("checkbox", name="Velg Aas, Amina").check()
    page.get_by_role("checkbox", name="Velg Carlsen, Amina").check()
    # When the colleague is chosen
    page.get_by_label("Ansvarlig person for de valgte").select_option(label="Ola Lie")
    page.get_by_role("button", name="Sett ansvarlig person").click()
    # Then the list says so, and the choice can be taken back
    expect(page.get_by_text("Ola Lie er ansvarlig person for 2 ungdommer fra i dag.")).to_be_visible()
    look(page)
    assert [person(case) for case in cases] == [ola.user_id, None, ola.user_id]
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_text("Angret for 2 ungdommer.")).to_be_visible()
    assert [person(case) for case in cases] == [None, None, None]


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def test_the_keyboard_alone_is_enough(at_work, kari, ola, cases):
    page = at_work(kari)
    page.goto("/ungdommer/?sort=name")
    # Rows are ticked with V while the arrows go down the list
    _tab_to(page, "#worklist tr[data-row]")
    page.keyboard.press("v")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("v")
    expect(page.locator("[data-chosen=valgt]")).to_have_text("2")
    # The person and the button are reached by Tab
    page.keyboard.press("Home")
    page.get_by_label("Ansvarlig person for de valgte").focus()
    page.keyboard.type("Ola")
    _tab_to(page, "button[formaction$='/ansvarlig/']")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ola Lie er ansvarlig person for 2 ungdommer fra i dag.")).to_be_visible()
    assert [person(case) for case in cases] == [ola.user_id, None, ola.user_id]


def test_one_youth_is_given_to_somebody_from_the_person_page(at_work, accessible, kari, ola, cases):
    page = at_work(kari)
    page.goto("/ungdommer/?sort=name")
    page.get_by_role("link", name="Aas, Amina").click()
    page.get_by_role("link", name="Velg person").click()
    accessible(page)
    page.get_by_label("Ansvarlig person").select_option(label="Meg (Kari Berg)")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Kari Berg er ansvarlig person fra i dag.")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_text("Den ansvarlige personen er den samme som før.")).to_be_visible()
    assert person(cases[0]) is None
