"""What each role opens in the morning."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Responsibility
from fotfeste.casework.services import feedback, handling
from fotfeste.integrations.models import Import
from fotfeste.kernel import clock, opaque
from fotfeste.lists.services.rounds import freeze_round
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.people.models import Address
from tests import factories as make
from tests.config.conftest import text_of

pytestmark = pytest.mark.django_db

LONG_AGO = date(2026, 9, 1)


@pytest.fixture
def school():
    return Unit.objects.get(name="Hersleb videregående skole")


@pytest.fixture
def alna():
    return Unit.objects.get(kind=UnitKind.DISTRICT, name="Bydel Alna")


@pytest.fixture
def administration():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


@pytest.fixture
def listed(school, alna, administration):
    """A youth on Alna's list of 20 November."""
    case = make.case(school, last_name="Oppført", since=LONG_AGO)
    with acting_as(make.system()):
        Address.objects.create(
            youth=case.youth,
            kind="registered",
            district_code=alna.code,
            municipality="0301",
            source="test",
            recorded_at=clock.now(),
        )
    with acting_as(administration):
        freeze_round(actor=administration, county_id=3, on=date(2026, 11, 20))
    return case


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home(enter, role):
    response = enter(make.actor(role, make.education_admin())).get("/")
    assert response.status_code == 200
    assert "I dag" in text_of(response)


def test_somebody_with_two_roles_chooses_between_them(enter, school):
    person = make.user()
    make.assign(person, Role.COUNSELLOR, school)
    make.assign(person, Role.UNIT_LEADER, Unit.objects.get(name="Stovner videregående skole"))
    client = enter(actor_for(user_id=person.pk, on=make.TODAY))
    first = text_of(client.get("/"))
    assert "Trenger deg nå" in first
    assert "Leder i enhet, Stovner videregående skole" in first
    assert "Trenger deg nå" not in text_of(client.get("/?rolle=1"))
    assert "Trenger deg nå" in text_of(client.get("/?rolle=tull"))


# --- The district and Nav --------------------------------------------------------------------------------


def test_a_district_contact_sees_how_far_the_list_has_come_and_whom_to_answer_about(enter, alna, listed):
    text = text_of(enter(make.actor(Role.DISTRICT_CONTACT, alna)).get("/"))
    assert "OTUK-listen" in text
    assert "0 av 1" in text
    assert "Svarfrist 4. des. 2026 (om 11 dager)" in text
    assert "<bdi>Oppført, Amina</bdi>" in text


def test_a_district_that_has_answered_is_told_so(enter, alna, listed):
    contact = make.actor(Role.DISTRICT_CONTACT, alna)
    with acting_as(contact):
        feedback.send_feedback(actor=contact, youth_id=listed.youth_id, category="reached", on=make.TODAY)
    text = text_of(enter(contact).get("/"))
    assert "1 av 1" in text
    assert "Alle på listen er besvart" in text


def test_a_district_sees_its_own_youths_and_reports_instead_of_setting_a_status(enter, alna):
    case = make.case(alna, last_name="Vår", since=LONG_AGO, status="OTAR")
    with acting_as(make.system()):
        type(case).objects.filter(pk=case.pk).update(status_confirm_by=date(2026, 11, 1))
    text = text_of(enter(make.actor(Role.DISTRICT_CONTACT, alna)).get("/"))
    assert "<bdi>Vår, Amina</bdi>" in text
    assert f"/ungdom/{opaque.encode(case.youth_id)}/melding/" in text
    assert "Ja, bekreft" not in text


def test_questions_back_stand_on_top(enter, alna, listed, administration):
    contact = make.actor(Role.DISTRICT_CONTACT, alna)
    with acting_as(contact):
        sent = feedback.send_feedback(actor=contact, youth_id=listed.youth_id, category="reached", on=make.TODAY)
    with acting_as(administration):
        handling.return_feedback(actor=administration, feedback_id=sent.pk, question="Når?", version=1)
    text = text_of(enter(contact).get("/"))
    assert "har sendt tilbake 1 melding med spørsmål" in text
    assert "0 av 1" in text


def test_nav_sees_the_names_it_is_asked_about_and_nothing_else(enter, alna, listed, school):
    make.case(school, last_name="Annen", since=LONG_AGO)
    nav = make.actor(Role.NAV_RESPONSIBLE, alna.nav_office)
    text = text_of(enter(nav).get("/"))
    assert "Dere er spurt om" in text
    assert "<bdi>Oppført, Amina</bdi>" in text
    for hidden in ("Annen", "Ukjent aktivitet", "Hersleb", "83 dager"):
        assert hidden not in text


def test_a_nav_office_nobody_has_asked_is_told_what_will_come(enter, alna):
    text = text_of(enter(make.actor(Role.NAV_RESPONSIBLE, alna.nav_office)).get("/"))
    assert "Ingen spørsmål venter" in text


# --- The education administration ------------------------------------------------------------------------


def test_the_administration_sees_what_waits_each_number_opening_what_it_counts(enter, administration, school, alna):
    # Given one without a unit and one message
    waiting = make.case(make.education_admin(), since=LONG_AGO)
    with acting_as(make.system()):
        Responsibility.objects.filter(youth_id=waiting.youth_id).update(ground="undecided")
    case = make.case(school, since=LONG_AGO)
    make.grant(case.youth, alna, Topic.IDENTITY, Topic.FEEDBACK)
    contact = make.actor(Role.DISTRICT_CONTACT, alna)
    with acting_as(contact):
        feedback.send_feedback(actor=contact, youth_id=case.youth_id, category="reached", on=make.TODAY)
    # When
    client = enter(administration)
    text = text_of(client.get("/"))
    # Then
    for url, count, label in (("/ko/", 1, "Uten enhet"), ("/meldinger/", 1, "Meldinger"), ("/dubletter/", 0, "Dubl")):
        assert f'<a href="{url}"><strong>{count}</strong> <span>{label}' in text
        assert client.get(url).status_code == 200


def test_the_administration_sees_what_came_in_and_what_was_rejected(enter, administration):
    Import.objects.create(
        source="leavers",
        county_id=3,
        on=date(2026, 11, 20),
        digest="x",
        rows=1204,
        new=310,
        changed=61,
        rejected=9,
        read_at=clock.now(),
        applied_at=clock.now(),
        run_by_id=administration.user_id,
    )
    text = text_of(enter(administration).get("/"))
    assert "Sluttere" in text
    assert "1 204" in text
    assert "9</span>" in text


def test_before_anything_is_read_in_the_administration_is_told_to_begin(enter, administration):
    text = text_of(enter(administration).get("/"))
    assert "Ingenting er lest inn ennå" in text
    assert 'href="/innlesing/"' in text


def test_the_administrations_next_dates_follow_the_year_and_never_fall_on_a_day_off(enter, administration):
    text = text_of(enter(administration).get("/"))
    # 20 February 2027 is a Saturday: the list goes out the working day before.
    assert "19. feb. 2027" in text
    assert "OTUK-liste 3 (februar)" in text
    assert "Nasjonal rapportering vår" in text


# --- Leaders ---------------------------------------------------------------------------------------------


def test_a_unit_leader_sees_the_figures_with_day_and_code_list_and_the_way_on(enter, school):
    make.case(school, since=LONG_AGO)
    text = text_of(enter(make.actor(Role.UNIT_LEADER, school)).get("/"))
    assert "100 %" in text
    assert "Tall for 23. nov. 2026." in text
    assert 'href="/oversikt/"' in text
    assert "Enheten har ingen navngitt kontakt." in text


def test_a_county_leader_sees_figures_per_district_and_school_and_no_name(enter, school):
    for number in range(12):
        at = (school, Unit.objects.get(name="Stovner videregående skole"))[number % 2]
        make.case(at, last_name=f"Hemmelig{number}", since=LONG_AGO)
    text = text_of(enter(make.actor(Role.COUNTY_LEADER, make.education_admin())).get("/"))
    assert "Ukjent aktivitet per ansvarlig enhet" in text
    assert "Hersleb videregående skole" in text
    assert "Hemmelig" not in text
    assert "/ungdommer/" not in text


def test_the_picture_always_has_its_table(enter, school):
    for number in range(12):
        at = (school, Unit.objects.get(name="Stovner videregående skole"))[number % 2]
        make.case(at, last_name=f"Nummer{number}", since=LONG_AGO)
    text = text_of(enter(make.actor(Role.COUNTY_LEADER, make.education_admin())).get("/"))
    assert text.count("Vis tallene som tabell") >= 2


# --- The others ------------------------------------------------------------------------------------------


def test_an_adviser_for_apprentices_sees_own_youths_and_how_to_tell_the_service(enter):
    department = Unit.objects.get(kind=UnitKind.APPRENTICESHIP_DEPARTMENT, county_id=3)
    make.case(department, last_name="Lærling", since=date(2026, 11, 16), status="OTLL")
    text = text_of(enter(make.actor(Role.APPRENTICESHIP_ADVISER, department)).get("/"))
    assert "<bdi>Lærling, Amina</bdi>" in text
    assert "Er en lærekontrakt hevet" in text
    assert 'action="/sok/"' in text


def test_the_system_administrator_sees_who_holds_roles_and_no_case(enter, school):
    make.case(school, last_name="Hemmelig", since=LONG_AGO)
    person = make.user("Vikar Prøve")
    make.assign(person, Role.COUNSELLOR, school, last_day=date(2026, 12, 1))
    text = text_of(enter(make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin())).get("/"))
    assert "blir ikke viruskontrollert, fordi ingen viruskontroll er satt opp" in text
    assert "Vikar Prøve" in text
    assert "1. des. 2026" in text
    assert "Hemmelig" not in text


def test_whoever_only_handles_protected_youths_is_shown_the_way_to_them(enter, school):
    make.case(school, protection="confidential", since=LONG_AGO)
    text = text_of(enter(make.actor(Role.PROTECTED_HANDLER, make.education_admin())).get("/"))
    assert '<a href="/ungdommer/"><strong>1</strong>' in text


def test_whoever_also_handles_protected_youths_finds_them_under_a_role_of_its_own(enter, school):
    make.case(school, last_name="Vernet", protection="shielded", since=LONG_AGO)
    make.case(school, last_name="Vanlig", since=LONG_AGO)
    person = make.user()
    for role in (Role.EDUCATION_ADMIN, Role.PROTECTED_HANDLER):
        make.assign(person, role, make.education_admin())
    browser = enter(actor_for(user_id=person.pk, on=make.TODAY))
    assert 'href="/?rolle=1"' in text_of(browser.get("/"))
    text = text_of(browser.get("/?rolle=1"))
    assert "Vernet" in text
    assert "Vanlig" not in text
