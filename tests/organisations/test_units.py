"""Finding units, and what the database refuses about them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from fotfeste.law.nearest import SchoolLevel, nearest
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.organisations.selectors import counties, units
from fotfeste.organisations.selectors.nearest import nearest_schools
from fotfeste.organisations.selectors.periods import months_before
from tests import factories as make

pytestmark = pytest.mark.django_db

OSLO = 3
TODAY = make.TODAY


def test_a_school_with_two_levels_is_found_under_both():
    fyrstikkalleen = Unit.objects.get(org_number="995821664")
    for kind in (UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY):
        assert fyrstikkalleen in units.units(kinds=(kind,), county_id=OSLO, on=TODAY)


def test_names_come_in_norwegian_order():
    names = [u.name for u in units.units(kinds=(UnitKind.LOWER_SECONDARY,), county_id=OSLO)]
    assert names[0] == "Abildsø skole"
    assert names[-2:] == ["Østmarka skole", "Årvoll skole"]


def test_a_unit_is_found_by_each_of_its_numbers():
    bjerke = Unit.objects.get(name="Bjerke videregående skole")
    alna = Unit.objects.get(name="Bydel Alna")
    oslo = units.education_admin_of(county_id=OSLO)
    assert units.unit_with_org_number("974591006") == bjerke
    assert units.unit_with_vigo_number("03000") == oslo
    assert units.unit_with_code(kind=UnitKind.DISTRICT, code="030112") == alna
    found = units.unit_references(county_id=OSLO)
    assert found.by_org_number["974591006"] == bjerke.pk
    assert found.by_vigo_number["03000"] == oslo.pk
    assert found.by_code["district", "030112"] == alna.pk


def test_an_empty_number_finds_no_unit():
    assert units.unit_with_org_number("") is None
    assert units.unit_with_vigo_number("") is None
    assert units.unit_with_code(kind=UnitKind.DISTRICT, code="") is None


def test_every_district_of_oslo_comes_with_its_nav_office_and_whether_it_has_a_contact():
    found = {d.code: d for d in units.districts(county_id=OSLO, on=TODAY)}
    assert list(found) == [f"0301{n:02}" for n in range(1, 18)]
    assert found["030112"].nav_office_name == "Nav Alna"
    assert [code for code, d in found.items() if not d.takes_responsibility] == ["030116", "030117"]


@pytest.mark.proves("amb-15")
def test_the_education_administration_of_oslo_is_a_unit_inside_the_agency():
    admin = units.education_admin_of(county_id=OSLO)
    assert (admin.kind, admin.parent.kind) == (UnitKind.EDUCATION_ADMIN, UnitKind.EDUCATION_AGENCY)
    assert units.education_admins()[OSLO] == admin.pk


def test_a_county_that_never_was_has_no_administration():
    assert counties.county_or_none(county_id=77) is None
    with pytest.raises(Unit.DoesNotExist):
        units.education_admin_of(county_id=77)


def test_a_closed_school_is_left_out_from_the_day_after_its_last():
    school = make.unit(last_day=date(2026, 7, 31))
    days = (date(2026, 7, 31), date(2026, 8, 1))
    assert [school in units.units(county_id=OSLO, on=day) for day in days] == [True, False]


@pytest.mark.parametrize(
    ("level", "many", "name"),
    [
        (SchoolLevel.UPPER_SECONDARY, 25, "Bjerke videregående skole"),
        (SchoolLevel.LOWER_SECONDARY, 56, "Linderud skole"),
    ],
)
def test_the_nearest_is_sought_among_schools_with_responsibility_and_a_known_point(level, many, name):
    schools = nearest_schools(level=level, county_id=OSLO, on=TODAY)
    assert len(schools.candidates) == many
    choice = nearest(59.9405, 10.8350, schools.candidates)
    assert Unit.objects.get(pk=schools.unit_id(choice.org_number)).name == name


def test_the_version_of_the_points_changes_when_a_point_does_and_not_otherwise():
    def version() -> str:
        found = nearest_schools(level=SchoolLevel.UPPER_SECONDARY, county_id=OSLO, on=TODAY)
        return found.candidates.data_version

    before = version()
    Unit.objects.filter(name="Foss videregående skole").update(note="Ny merknad")
    assert version() == before
    Unit.objects.filter(name="Foss videregående skole").update(latitude=59.93)
    assert version() != before


def test_a_school_without_an_organisation_number_loses_a_tie():
    make.unit(name="Uten nummer", vigo_number="0399", latitude=59.94104, longitude=10.83648)
    schools = nearest_schools(level=SchoolLevel.UPPER_SECONDARY, county_id=OSLO, on=TODAY)
    choice = nearest(59.94104, 10.83648, schools.candidates)
    assert Unit.objects.get(pk=schools.unit_id(choice.org_number)).name == "Bjerke videregående skole"


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        (date(2026, 11, 23), date(2026, 5, 23)),
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2028, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2025, 12, 30)),
    ],
)
def test_half_a_year_earlier_is_the_same_day_of_the_month_or_its_last(day, earlier):
    assert months_before(day, 6) == earlier


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"org_number": "974591006"}, "unit_org_number"),
        ({"vigo_number": "03000"}, "unit_vigo_number"),
        ({"kind": UnitKind.DISTRICT, "code": "030112"}, "unit_code"),
        ({"kind": UnitKind.EDUCATION_ADMIN}, "one_education_admin_per_county"),
        ({"first_day": date(2026, 8, 1), "last_day": date(2026, 7, 31)}, "unit_period"),
        ({"also_kind": UnitKind.UPPER_SECONDARY}, "unit_also_kind"),
        ({"latitude": 59.9}, "unit_point"),
    ],
)
def test_the_database_refuses_a_unit_that_contradicts_itself_or_another(fields, constraint):
    kind = fields.pop("kind", UnitKind.UPPER_SECONDARY)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make.unit(kind, **fields)
