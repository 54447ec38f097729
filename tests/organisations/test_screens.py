"""The directory in the browser, without JavaScript."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.kernel import clock
from fotfeste.organisations.enums import ContactRole, UnitKind
from fotfeste.organisations.models import NamedContact, Unit
from fotfeste.organisations.services import contacts
from tests import factories as make
from tests.seen import seen

pytestmark = pytest.mark.django_db

DIRECTORY = "/enheter/"
FILLED_IN = {
    "role": "counsellor",
    "name": "Kari Prøve",
    "email": "kari.prove@oslo.example",
    "phone": "22 33 44 55",
    "first_day": "2026-11-23",
}


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def log_in(client):
    def enter(actor):
        client.cookies.clear()  # another day is another session
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return enter


@pytest.fixture
def school():
    return Unit.objects.get(name="Hersleb videregående skole")


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


def url(name: str, **kwargs: int) -> str:
    return reverse(f"organisations:{name}", kwargs=kwargs)


def named(school: Unit, actor, **given) -> NamedContact:
    values = {"role": ContactRole.COUNSELLOR, "name": "Kari Prøve", "email": "kari@oslo.example", "phone": "22334455"}
    with acting_as(actor):
        return contacts.name_contact(
            actor=actor, unit_id=school.pk, first_day=make.TODAY, on=make.TODAY, **{**values, **given}
        )


def text_of(response) -> str:
    return response.content.decode()


def test_without_login_the_directory_leads_to_the_login_page(client):
    response = client.get(DIRECTORY)
    assert response.status_code == 302
    assert "logg-inn" in response.url


@pytest.mark.proves("avt-nav-list-shared", "dl-nav-contact-list")
@pytest.mark.parametrize("role", list(Role))
def test_every_role_finds_the_nav_offices_and_whom_to_call_there(log_in, admin, role):
    # Given somebody named at a Nav office
    office = Unit.objects.get(name="Nav Alna")
    named(office, admin, role=ContactRole.NAV_RESPONSIBLE)
    # When a user of the role looks among the Nav offices
    response = log_in(make.actor(role, make.unit())).get(DIRECTORY, {"type": "nav_office"})
    # Then the office and the person are there, with the day the name was confirmed
    page = text_of(response)
    assert "Nav Alna" in page
    assert "Kari Prøve" in page
    assert "23. nov. 2026" in page.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ({"q": "hersleb"}, "Hersleb videregående skole", "Foss videregående skole"),
        ({"q": "974590867"}, "Foss videregående skole", "Hersleb videregående skole"),
        ({"q": "ungdomskoordinator"}, "Nav Alna", "Nav Bjerke"),
        ({"q": "kari prøve"}, "Nav Alna", "Nav Bjerke"),
        ({"bydel": "030112"}, "Nav Alna", "Nav Bjerke"),
        ({"type": "district"}, "Bydel Alna", "Nav Alna"),
        ({"type": "lower_secondary", "q": "fyrstikk"}, "Fyrstikkalleen skole", "Foss"),
        ({"mangler": "ja", "type": "nav_office"}, "Nav Bjerke", "Nav Alna"),
        ({"fylke": "11"}, "Oppfølgingstjenesten Rogaland", "Nav Alna"),
    ],
)
def test_the_directory_is_narrowed_by_what_is_chosen(log_in, admin, query, found, not_found):
    named(Unit.objects.get(name="Nav Alna"), admin, role=ContactRole.NAV_RESPONSIBLE)
    response = log_in(admin).get(DIRECTORY, query)
    shown = [row.unit.name for row in response.context["rows"]]
    assert found in shown
    assert not_found not in shown


@pytest.mark.parametrize("query", [{"fylke": "xx"}, {"fylke": "99"}, {"type": "finnes-ikke"}, {"side": "-3"}])
def test_an_address_nobody_could_have_made_here_still_shows_the_directory(log_in, admin, query):
    response = log_in(admin).get(DIRECTORY, query)
    assert response.status_code == 200
    assert response.context["rows"]


def test_what_finds_nothing_says_what_to_do_next(log_in, admin):
    page = text_of(log_in(admin).get(DIRECTORY, {"q": "zzz"}))
    assert "Ingen enheter passer" in page
    assert "Nullstill" in page


def test_the_list_without_contact_and_its_count_shrink_when_somebody_is_named(log_in, admin, school):
    client = log_in(admin)

    def lacking() -> tuple[int, bool]:
        response = client.get(DIRECTORY, {"mangler": "ja", "type": "upper_secondary"})
        tab = next(tab for tab in response.context["tabs"] if tab.label == "Mangler kontakt")
        return tab.count, school.name in text_of(response)

    before = lacking()
    assert before[1]
    page = url("name_contact", unit_id=school.pk)
    client.post(page, FILLED_IN | seen(client.get(page)))
    assert lacking() == (before[0] - 1, False)


def test_only_the_part_below_the_filter_is_sent_to_htmx(log_in, admin):
    page = text_of(log_in(admin).get(DIRECTORY, headers={"HX-Request": "true"}))
    assert "Hersleb" in text_of(log_in(admin).get(DIRECTORY, {"q": "hersleb"}, headers={"HX-Request": "true"}))
    assert "<html" not in page


def test_a_page_of_the_directory_costs_the_same_whatever_its_length(log_in, admin, django_assert_max_num_queries):
    client = log_in(admin)
    client.get(DIRECTORY)
    with django_assert_max_num_queries(17):
        client.get(DIRECTORY)
    with django_assert_max_num_queries(17):
        client.get(DIRECTORY, {"type": "nav_office"})


def test_a_units_page_tells_what_it_is_and_whom_it_belongs_with(log_in, admin):
    district = Unit.objects.get(name="Bydel Alna")
    page = text_of(log_in(admin).get(url("unit", unit_id=district.pk)))
    assert "Nav Alna" in page
    assert "Mangler navngitt kontakt" in page
    office = text_of(log_in(admin).get(url("unit", unit_id=district.nav_office_id)))
    assert "Bydel Alna" in office
    assert "Trygve Lies plass 5" in office


def test_a_made_up_address_is_not_found(log_in, admin):
    assert log_in(admin).get(f"/enheter/{'a' * 26}/").status_code == 404
    assert log_in(admin).get(url("unit", unit_id=999_999)).status_code == 404


def test_a_leader_names_and_ends_a_contact_on_the_unit_page(log_in, school):
    # Given the leader of the school
    leader = make.actor(Role.UNIT_LEADER, school)
    client = log_in(leader)
    assert "Navngi kontaktperson" in text_of(client.get(url("unit", unit_id=school.pk)))
    # When somebody is named, confirmed, and the period ended
    naming = url("name_contact", unit_id=school.pk)
    page = client.post(naming, FILLED_IN | seen(client.get(naming)), follow=True)
    assert "Kontaktpersonen er navngitt." in text_of(page)
    contact = NamedContact.objects.get(unit=school)
    ids = {"unit_id": school.pk, "contact_id": contact.pk}
    assert "bekreftet i dag" in text_of(
        client.post(url("confirm_contact", **ids), {"version": contact.version}, follow=True)
    )
    with clock.frozen(date(2026, 12, 1)):
        log_in(leader)
        ending = url("end_contact", **ids)
        client.post(ending, {"last_day": "2026-11-30"} | seen(client.get(ending)))
        page = text_of(client.get(url("unit", unit_id=school.pk)))
    # Then the person stands in the history and the unit lacks a contact again
    assert "Tidligere og kommende" in page
    assert "Mangler navngitt kontakt" in page


def test_what_is_wrong_in_the_form_is_said_beside_the_field_and_nothing_is_lost(log_in, school, admin):
    response = log_in(admin).post(url("name_contact", unit_id=school.pk), {**FILLED_IN, "phone": "123"})
    page = text_of(response)
    assert response.status_code == 422
    assert "åtte siffer" in page
    assert 'value="Kari Prøve"' in page
    assert not NamedContact.objects.filter(unit=school).exists()


def test_those_who_may_not_change_the_unit_see_no_button_and_are_stopped(log_in, school, admin):
    contact = named(school, admin)
    neighbour = make.actor(Role.UNIT_LEADER, make.unit())
    client = log_in(neighbour)
    page = text_of(client.get(url("unit", unit_id=school.pk)))
    assert "Kari Prøve" in page
    assert "Avslutt" not in page
    ids = {"unit_id": school.pk, "contact_id": contact.pk}
    assert client.get(url("name_contact", unit_id=school.pk)).status_code == 403
    assert client.get(url("end_contact", **ids)).status_code == 403
    assert "Bare lederen i enheten" in text_of(client.post(url("confirm_contact", **ids), follow=True))


def test_a_contact_is_only_found_under_its_own_unit(log_in, school, admin):
    contact = named(school, admin)
    other = Unit.objects.get(name="Foss videregående skole")
    response = log_in(admin).post(url("confirm_contact", unit_id=other.pk, contact_id=contact.pk))
    assert response.status_code == 404


def test_the_administration_sees_new_names_until_it_acknowledges_them(log_in, admin):
    # Given a district leader who named somebody
    district = Unit.objects.get(name="Bydel Alna")
    contact = named(district, make.actor(Role.UNIT_LEADER, district), role=ContactRole.DISTRICT_CONTACT)
    client = log_in(admin)
    assert "Kari Prøve" in text_of(client.get(url("new_contacts")))
    # When the administration acknowledges it
    address = url("acknowledge_contact", unit_id=district.pk, contact_id=contact.pk)
    page = client.post(address, {"version": contact.version}, follow=True)
    # Then nothing waits
    assert "Ingen nye navn" in text_of(page)


def test_a_leader_has_no_list_of_new_names(log_in, school):
    client = log_in(make.actor(Role.UNIT_LEADER, school))
    assert client.get(url("new_contacts")).status_code == 403
    assert "Nye kontakter" not in text_of(client.get(DIRECTORY))


def test_a_district_ticks_off_that_its_website_is_changed(log_in, admin):
    district = Unit.objects.get(name="Bydel Alna")
    contact = named(district, admin, role=ContactRole.DISTRICT_CONTACT)
    client = log_in(make.actor(Role.UNIT_LEADER, district))
    address = url("mark_published", unit_id=district.pk, contact_id=contact.pk)
    page = client.post(address, {"version": contact.version}, follow=True)
    assert "nettsiden er oppdatert i dag" in text_of(page)
    contact.refresh_from_db()
    assert contact.published_on == make.TODAY


def test_a_closed_unit_is_not_in_the_directory(log_in, admin):
    make.unit(UnitKind.UPPER_SECONDARY, name="Nedlagt skole", last_day=date(2026, 7, 31))
    assert log_in(admin).get(DIRECTORY, {"q": "nedlagt"}).context["rows"] == []
