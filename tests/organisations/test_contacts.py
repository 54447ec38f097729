"""Naming, confirming and ending the people one calls at a unit."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations import policies
from fotfeste.organisations.enums import ContactRole, UnitKind
from fotfeste.organisations.models import NamedContact
from fotfeste.organisations.selectors.contacts import (
    contacts_current,
    contacts_on,
    contacts_unseen_by_admin,
    units_without_named_contact,
)
from fotfeste.organisations.services import contacts
from tests import factories as make

pytestmark = pytest.mark.django_db

OSLO = 3
TODAY = make.TODAY
GIVEN = {"name": "Kari Prøve", "email": "kari.prove@oslo.example", "phone": "22 33 44 55", "first_day": TODAY}


def name(actor, unit, *, on: date = TODAY, role: ContactRole = ContactRole.COUNSELLOR, **given):
    with acting_as(actor, on=on):
        return contacts.name_contact(actor=actor, unit_id=unit.pk, role=role, on=on, **{**GIVEN, **given})


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def leader(school):
    return make.actor(Role.UNIT_LEADER, school)


def lacking(unit, on: date) -> bool:
    return units_without_named_contact(county_id=OSLO, on=on).filter(pk=unit.pk).exists()


@pytest.mark.proves("avt-school-has-counsellor")
def test_a_school_without_a_counsellor_is_listed_until_one_is_named_and_again_after_the_period(school, leader):
    assert lacking(school, TODAY)
    contact = name(leader, school)
    assert not lacking(school, TODAY)
    with acting_as(leader):
        contacts.end_contact(actor=leader, contact_id=contact.pk, last_day=date(2026, 12, 31))
    assert not lacking(school, date(2026, 12, 31))
    assert lacking(school, date(2027, 1, 1))


@pytest.mark.proves("avt-district-has-contact", "avt-nav-has-ot-responsible", "std-nav-has-ot-responsible", "amb-12")
@pytest.mark.proves("amb-13")
@pytest.mark.parametrize(
    ("kind", "role", "fields"),
    [
        (UnitKind.DISTRICT, ContactRole.DISTRICT_CONTACT, {"takes_responsibility": True}),
        (UnitKind.NAV_OFFICE, ContactRole.NAV_RESPONSIBLE, {}),
    ],
)
def test_only_the_named_role_of_the_unit_counts(kind, role, fields):
    # Given a unit where somebody is named, but as leader
    unit = make.unit(kind, **fields)
    leader = make.actor(Role.UNIT_LEADER, unit)
    name(leader, unit, role=ContactRole.LEADER)
    assert lacking(unit, TODAY)
    # When somebody is named for the role itself, it is no longer listed
    name(leader, unit, role=role)
    assert not lacking(unit, TODAY)


def test_a_private_school_and_a_closed_one_need_no_contact():
    private = make.unit(is_private=True, takes_responsibility=False)
    closed = make.unit(last_day=date(2026, 7, 31))
    assert not lacking(private, TODAY)
    assert not lacking(closed, TODAY)
    assert lacking(closed, date(2026, 7, 31))


@pytest.mark.proves("form-contact-entry")
@pytest.mark.proves("ce-role", "ce-unit", "ce-name", "ce-phone", "ce-email", "ce-from", "ce-deputy", "ce-confirmed")
def test_a_named_contact_is_kept_as_written_confirmed_the_same_day_and_logged(school, leader):
    contact = name(leader, school, name="  Kari   Prøve ", phone="+47 22334455", deputy="Per Prøve")
    contact.refresh_from_db()
    assert (contact.name, contact.phone, contact.shown_phone) == ("Kari Prøve", "+4722334455", "22 33 44 55")
    assert (contact.deputy, contact.first_day, contact.confirmed_on) == ("Per Prøve", TODAY, TODAY)
    officer = make.actor(Role.PRIVACY_OFFICER, school)
    with acting_as(officer):
        entry = AuditEntry.objects.get(verb="named_contact.named")
    assert entry.user_id == leader.user_id
    assert "Kari" not in str(entry.details)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": " "}, "Skriv navnet"),
        ({"email": "kari"}, "Skriv en e-postadresse"),
        ({"phone": "12345678"}, "Skriv telefonnummeret"),
        ({"phone": ""}, "Skriv telefonnummeret"),
    ],
)
def test_a_contact_nobody_could_reach_is_refused(school, leader, given, sentence):
    with pytest.raises(Invalid, match=sentence):
        name(leader, school, **given)


def test_a_foreign_number_is_kept_with_its_country_code(school, leader):
    assert name(leader, school, phone="0046 70 123 45 67").phone == "+46701234567"


def test_nobody_is_named_twice_for_the_same_at_the_same_time(school, leader):
    name(leader, school)
    with pytest.raises(Invalid, match="allerede navngitt"):
        name(leader, school, name="kari prøve")


def test_nobody_is_named_at_a_unit_that_is_closed_then(leader, school):
    school.last_day = date(2026, 12, 31)
    school.save()
    with pytest.raises(Invalid, match="ikke åpen"):
        name(leader, school, first_day=date(2027, 1, 1))


@pytest.mark.proves("ce-to")
def test_the_one_who_is_replaced_stays_until_the_day_before(school, leader):
    old = name(leader, school, first_day=date(2026, 8, 1))
    name(leader, school, name="Ola Prøve", first_day=date(2026, 12, 1), replaces_id=old.pk)
    shown = [[c.name for c in contacts_on(unit_ids=[school.pk], on=day)[school.pk]] for day in
             (date(2026, 11, 30), date(2026, 12, 1))]  # fmt: skip
    assert shown == [["Kari Prøve"], ["Ola Prøve"]]


def test_a_contact_of_another_unit_cannot_be_replaced(school, leader):
    other = make.unit()
    theirs = name(make.actor(Role.UNIT_LEADER, other), other)
    with pytest.raises(Invalid, match="finnes ikke ved denne enheten"):
        name(leader, school, replaces_id=theirs.pk)


def test_a_period_cannot_end_twice_or_before_it_began(school, leader):
    contact = name(leader, school)
    with acting_as(leader):
        with pytest.raises(Invalid, match="før første dag"):
            contacts.end_contact(actor=leader, contact_id=contact.pk, last_day=date(2026, 1, 1))
        contacts.end_contact(actor=leader, contact_id=contact.pk, last_day=TODAY)
        with pytest.raises(IllegalTransition, match="allerede avsluttet"):
            contacts.end_contact(actor=leader, contact_id=contact.pk, last_day=date(2027, 1, 1))


def test_somebody_whose_period_is_over_cannot_be_confirmed(school, leader):
    contact = name(leader, school)
    with acting_as(leader):
        contacts.end_contact(actor=leader, contact_id=contact.pk, last_day=TODAY)
        with pytest.raises(IllegalTransition, match="ikke kontaktperson i dag"):
            contacts.confirm_contact(actor=leader, contact_id=contact.pk, on=date(2026, 11, 24))


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.DISTRICT_CONTACT, Role.COUNTY_LEADER, Role.PRIVACY_OFFICER])
def test_roles_that_do_not_keep_the_directory_may_not_change_it(school, role):
    actor = make.actor(role, school)
    with pytest.raises(NotAllowed, match="Bare lederen i enheten"):
        name(actor, school)


def test_a_leader_keeps_the_own_unit_only_and_the_administration_its_own_county_only(school):
    other_leader = make.actor(Role.UNIT_LEADER, make.unit())
    elsewhere = make.actor(Role.EDUCATION_ADMIN, make.education_admin(11))
    at_home = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    allowed = [policies.may_edit_named_contact(actor=a, unit=school) for a in (other_leader, elsewhere, at_home)]
    assert allowed == [False, False, True]


@pytest.mark.proves("avt-district-notify-uda", "rut-contact-change-s02", "ce-uda-notified")
def test_a_new_district_contact_waits_for_the_administration_until_it_acknowledges():
    # Given a district whose leader names somebody, and the county's administration
    district = make.unit(UnitKind.DISTRICT, takes_responsibility=True)
    leader, admin = make.actor(Role.UNIT_LEADER, district), make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    contact = name(leader, district, role=ContactRole.DISTRICT_CONTACT)
    assert list(contacts_unseen_by_admin(county_id=OSLO)) == [contact]
    # When the leader tries to acknowledge it, and then the administration does
    at = datetime(2026, 11, 24, 9, tzinfo=clock.OSLO)
    with acting_as(leader), pytest.raises(NotAllowed, match="Bare Utdanningsadministrasjonen"):
        contacts.acknowledge_contact(actor=leader, contact_id=contact.pk, at=at)
    with acting_as(admin):
        contacts.acknowledge_contact(actor=admin, contact_id=contact.pk, at=at)
    # Then nothing waits, until the period is ended
    assert not contacts_unseen_by_admin(county_id=OSLO).exists()
    with acting_as(leader):
        contacts.end_contact(actor=leader, contact_id=contact.pk, last_day=date(2026, 12, 31))
    assert list(contacts_unseen_by_admin(county_id=OSLO)) == [contact]


def test_what_the_administration_names_itself_needs_no_acknowledgement(school):
    name(make.actor(Role.EDUCATION_ADMIN, make.education_admin()), school)
    assert not contacts_unseen_by_admin(county_id=OSLO).exists()


@pytest.mark.proves("avt-district-update-website", "rut-contact-change-s01", "ce-published")
def test_the_day_the_website_was_changed_is_kept(school, leader):
    contact = name(leader, school)
    with acting_as(leader):
        contacts.mark_published(actor=leader, contact_id=contact.pk, on=TODAY)
    contact.refresh_from_db()
    assert contact.published_on == TODAY


@pytest.mark.proves("ind-contacts-current", "avt-nav-list-updated")
def test_a_contact_counts_as_current_for_six_months_after_it_was_confirmed():
    # Given the Nav offices of a county, one of which has named somebody
    office = make.unit(UnitKind.NAV_OFFICE, county_id=11)
    make.unit(UnitKind.NAV_OFFICE, county_id=11)
    leader = make.actor(Role.UNIT_LEADER, office)
    contact = name(leader, office, role=ContactRole.NAV_RESPONSIBLE)

    def nav(on: date) -> tuple[int, int]:
        share = next(s for s in contacts_current(county_id=11, on=on) if s.kind == UnitKind.NAV_OFFICE)
        return share.confirmed, share.units

    # Then it counts through the same day six months on, and again when confirmed
    assert (nav(date(2027, 5, 23)), nav(date(2027, 5, 24))) == ((1, 2), (0, 2))
    with acting_as(leader):
        contacts.confirm_contact(actor=leader, contact_id=contact.pk, on=date(2027, 5, 24))
    assert nav(date(2027, 5, 24)) == (1, 2)


def test_the_database_refuses_a_period_that_ends_before_it_begins(school):
    with pytest.raises(IntegrityError, match="named_contact_period"), transaction.atomic():
        NamedContact.objects.create(unit=school, role="leader", name="X", first_day=TODAY, last_day=date(2026, 1, 1))
