"""Access for people: ended at once, looked for, gone through, stood in for and handed over, as its people do it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from fotfeste.casework.services import counsellors
from fotfeste.kernel import opaque
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
def keeper(live):
    return make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin(), name="Per Dahl")


@pytest.fixture
def case(school, kari):
    made = make.case(school, last_name="Aas")
    with acting_as(kari):
        counsellors.assign_counsellor(actor=kari, youth_id=made.youth_id, counsellor_id=kari.user_id, version=None)
    return made


def test_the_administrator_finds_a_user_and_ends_a_mistaken_role_at_once(at_work, accessible, keeper, school):
    held = make.assign(make.user("Feil Person"), Role.COUNSELLOR, school, first_day=make.TODAY)
    page = at_work(keeper)
    page.goto("/brukere/")
    accessible(page)
    page.get_by_label("Navn eller e-post").fill("feil")
    page.get_by_role("button", name="Søk").click()
    expect(page.get_by_text("1 bruker", exact=True)).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Feil Person").click()
    page.get_by_role("link", name="Avslutt med en gang").click()
    accessible(page)
    page.get_by_label("Hvorfor avsluttes rollen med en gang?").fill("Gitt til en annen med samme navn")
    page.get_by_role("button", name="Avslutt med en gang").click()
    expect(page.get_by_text("Gitt til en annen med samme navn")).to_be_visible()
    accessible(page)
    held.refresh_from_db()
    assert held.ended_by_id == keeper.user_id


def test_the_leader_goes_through_who_has_access(at_work, accessible, school, kari, ola):
    leader = make.actor(Role.UNIT_LEADER, school, name="Lena Leder")
    page = at_work(leader, width=390)
    page.goto("/")
    accessible(page)
    page.get_by_role("link", name="Gå gjennom tilgangene").click()
    accessible(page)
    page.get_by_role("group", name="Kari Berg").get_by_label("Skal fortsatt ha rollen").check()
    page.get_by_role("group", name="Ola Lie").get_by_label("Avslutt rollen i dag").check()
    page.get_by_role("button", name="Lagre gjennomgangen").click()
    expect(page.get_by_text("2 roller er gått gjennom.")).to_be_visible()
    accessible(page)
    ends = dict(RoleAssignment.objects.filter(unit=school).values_list("user__name", "last_day"))
    assert (ends["Kari Berg"], ends["Ola Lie"]) == (None, make.TODAY)


def test_the_administrator_sees_which_units_are_left(at_work, accessible, keeper, kari):
    page = at_work(keeper)
    page.goto("/tilganger/")
    accessible(page)
    page.get_by_role("link", name="Prøve videregående skole").click()
    accessible(page)
    page.goto("/vikarer/")
    accessible(page)


def test_a_counsellor_gives_a_substitute_who_sees_the_open_work_first(at_work, accessible, kari, ola, case):
    page = at_work(kari)
    page.goto("/ungdommer/")
    page.get_by_role("link", name="Vikarer").click()
    accessible(page)
    page.get_by_role("combobox", name="Vikar").select_option(label="Ola Lie")
    page.get_by_label("Fra og med").fill("2026-11-23")
    page.get_by_label("Til og med").fill("2026-12-04")
    page.get_by_role("button", name="Registrer vikaren").click()
    expect(page.get_by_text("Vikaren er registrert.")).to_be_visible()
    accessible(page)
    substitute = at_work(ola, width=390)
    substitute.goto("/")
    expect(substitute.get_by_role("heading", name="Vikar for Kari Berg til og med 4. des. 2026")).to_be_visible()
    expect(substitute.get_by_role("link", name="Aas, Amina")).to_have_count(1)
    accessible(substitute)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 390)], ids=["with javascript", "without"])
def test_a_colleague_takes_over_from_one_who_has_left(at_work, accessible, fits, kari, ola, case, width, javascript):
    RoleAssignment.objects.filter(user_id=kari.user_id).update(last_day=date(2026, 11, 20))
    page = at_work(ola, width=width, javascript=javascript)
    look = accessible if javascript else fits
    page.goto("/overlevering/")
    look(page)
    page.get_by_role("link", name="Kari Berg").click()
    look(page)
    page.get_by_role("checkbox", name="Velg Aas, Amina").check()
    page.get_by_label("Ny ansvarlig person").select_option(label="Meg (Ola Lie)")
    page.get_by_role("button", name="Overlever de valgte").click()
    expect(page.get_by_text("Ola Lie er ansvarlig person for 1 ungdom fra i dag.")).to_be_visible()
    look(page)
    with acting_as(make.system()):
        assert Registration.objects.get(pk=case.pk).counsellor_id == ola.user_id


@pytest.mark.parametrize("width", [1280, 390])
def test_a_youth_is_offered_a_colleague_who_says_yes(at_work, accessible, kari, ola, case, width):
    # Given Kari, who offers it from the page of the youth with a note
    page = at_work(kari, width=width)
    page.goto(f"/ungdom/{opaque.encode(case.youth_id)}/")
    accessible(page)
    page.get_by_role("link", name="Tilby en kollega").click()
    accessible(page)
    page.get_by_label("Tilby til").select_option(label="Ola Lie")
    page.get_by_label("Det viktigste å vite").fill("Møte på fredag")
    page.get_by_role("button", name="Send tilbudet").click()
    expect(page.get_by_text("Tilbudet er sendt.")).to_be_visible()
    page.goto("/meldinger-og-overtakelser/")
    accessible(page)
    # When Ola, who has it among his tasks, goes to it and says yes from the keyboard
    receiver = at_work(ola, width=width)
    receiver.goto("/oppgaver/")
    expect(receiver.get_by_text("Møte på fredag")).to_be_visible()
    accessible(receiver)
    receiver.keyboard.press("v")
    receiver.keyboard.press("1")
    expect(receiver.get_by_text("Svaret er sendt.")).to_be_visible()
    # Then he answers for the youth, and Kari is told
    with acting_as(make.system()):
        assert Registration.objects.get(pk=case.pk).counsellor_id == ola.user_id
    page.goto("/meldinger-og-overtakelser/")
    expect(page.get_by_role("heading", name="Svar på det du har tilbudt en kollega")).to_be_visible()
    accessible(page)
