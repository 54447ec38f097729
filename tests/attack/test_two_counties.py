"""Somebody who coordinates one county and has another role in a second may do nothing of the former in the latter."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.audit.models import AuditEntry
from fotfeste.consent.models import EmergencyOpening
from fotfeste.consent.services import emergencies
from fotfeste.integrations.services import imports
from fotfeste.kernel.errors import NotAllowed
from fotfeste.lists import policies as list_policies
from fotfeste.lists.services import rounds
from fotfeste.organisations import policies as unit_policies
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import UnitFile
from fotfeste.organisations.services import unit_files
from fotfeste.people import policies as people_policies
from tests import factories as make

pytestmark = pytest.mark.django_db

FAR = 46
UNITS = b"type;fylke;navn;vigo_nummer\nupper_secondary;03;Falsk skole;03999\n"
WHY = "Fare for liv, ingen andre kan nås nå"


@pytest.fixture
def coordinator():
    """One who coordinates a county far away, and is counsellor at a school here."""
    return holding((Role.EDUCATION_ADMIN, make.education_admin(FAR)), (Role.COUNSELLOR, make.unit()))


def holding(*roles):
    person = make.user("To Fylker")
    for role, unit in roles:
        make.assign(person, role, unit, first_day=date(2026, 1, 1))
    found = actor_for(user_id=person.pk, on=make.TODAY)
    assert found
    return found


def test_no_units_are_brought_into_the_county_of_the_other_role(coordinator):
    assert unit_policies.counties_to_load_units_in(coordinator) == {FAR}
    with acting_as(coordinator), pytest.raises(NotAllowed):
        unit_files.upload_units(actor=coordinator, county_id=make.OSLO, content=UNITS)
    assert not UnitFile.objects.exists()


def test_no_file_is_taken_in_for_it(coordinator):
    with acting_as(coordinator), pytest.raises(NotAllowed):
        imports.taken_before(
            actor=coordinator, source="vigo", county_id=make.OSLO, on=make.TODAY, digest="0" * 64, apply=True
        )


def test_no_lists_are_made_and_nobody_is_entered_there(coordinator):
    assert not list_policies.may_freeze_round(actor=coordinator, county_id=make.OSLO)
    assert not people_policies.may_create_youth(actor=coordinator, county_id=make.OSLO)
    assert list_policies.may_freeze_round(actor=coordinator, county_id=FAR)
    assert people_policies.may_create_youth(actor=coordinator, county_id=FAR)
    with acting_as(coordinator), pytest.raises(NotAllowed):
        rounds.freeze_round(actor=coordinator, county_id=make.OSLO, on=make.TODAY)


def test_an_emergency_is_opened_by_the_role_that_may_and_its_leader_answers_for_it():
    office, school = make.unit(UnitKind.NAV_OFFICE), make.unit(county_id=FAR)
    both = holding((Role.NAV_ADVISER, office), (Role.COUNSELLOR, school))
    here, there = make.case(make.unit()).youth, make.case(make.unit(county_id=FAR)).youth
    with acting_as(both):
        assert emergencies.open_in_emergency(actor=both, national_id=here.national_id, reason=WHY) is None
        assert emergencies.open_in_emergency(actor=both, national_id=there.national_id, reason=WHY)
    with acting_as(make.system(make.OSLO, FAR)):
        assert EmergencyOpening.objects.get().opened_at_unit_id == school.pk
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin(FAR))):
        assert AuditEntry.objects.filter(verb="emergency.opened").count() == 2


def test_the_privacy_officer_of_one_county_is_not_told_who_works_in_the_other(browser):
    make.actor(Role.COUNSELLOR, make.unit(), name="Hemmelig Ansatt")
    both = holding((Role.PRIVACY_OFFICER, make.education_admin(FAR)), (Role.COUNSELLOR, make.unit()))
    page = browser(both).get("/logg/")
    assert page.status_code == 200
    assert "Hemmelig Ansatt" not in page.content.decode()


def test_the_desk_of_new_contacts_is_that_of_the_county_one_coordinates(coordinator, browser):
    assert browser(coordinator).get(reverse("organisations:new_contacts")).status_code == 200
    neither = holding((Role.COUNSELLOR, make.unit()))
    assert browser(neither).get(reverse("organisations:new_contacts")).status_code == 403
