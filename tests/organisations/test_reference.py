"""The counties and units the product brings with it."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import Q

from fotfeste.law.org_number import is_org_number
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import County, Unit
from fotfeste.organisations.services import reference

pytestmark = pytest.mark.django_db

OSLO = 3
IN_2011 = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20}
TODAY = {3, 11, 15, 18, 31, 32, 33, 34, 39, 40, 42, 46, 50, 55, 56}


def counties_on(day: date) -> set[int]:
    started = Q(first_day__isnull=True) | Q(first_day__lte=day)
    not_ended = Q(last_day__isnull=True) | Q(last_day__gte=day)
    return set(County.objects.filter(started & not_ended).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        (date(2011, 1, 1), IN_2011 | {99}),
        (date(2018, 1, 1), IN_2011 - {16, 17} | {50}),
        (date(2020, 1, 1), {3, 11, 15, 18, 30, 34, 38, 42, 46, 50, 54}),
        (date(2024, 1, 1), TODAY),
    ],
)
def test_each_day_has_the_counties_of_that_day(day, numbers):
    assert counties_on(day) == numbers


def test_a_county_that_ended_names_those_that_follow_it_and_they_start_the_day_after():
    gaps = []
    for county in County.objects.exclude(last_day=None).exclude(pk=99):
        followers = list(County.objects.filter(pk__in=county.successors))
        assert followers, county
        gaps += [(f.first_day - county.last_day).days for f in followers]
    assert set(gaps) == {1}


def test_every_county_has_exactly_one_education_administration_with_its_vigo_number():
    admins = dict(Unit.objects.filter(kind=UnitKind.EDUCATION_ADMIN).values_list("county_id", "vigo_number"))
    assert admins == {pk: f"{pk:02}000" for pk in County.objects.values_list("pk", flat=True)}
    oslo = Unit.objects.get(vigo_number="03000")
    assert (oslo.name, oslo.parent.org_number) == ("Utdanningsadministrasjonen", "976820037")


def test_oslo_has_the_units_that_were_found():
    units = Unit.objects.filter(county_id=OSLO)
    counts = Counter(units.values_list("kind", flat=True)) + Counter(units.values_list("also_kind", flat=True))
    del counts[""]
    assert counts == {
        UnitKind.UPPER_SECONDARY: 59,
        UnitKind.LOWER_SECONDARY: 78,
        UnitKind.ADULT_EDUCATION: 5,
        UnitKind.SERVICE_CENTRE: 1,
        UnitKind.DISTRICT: 17,
        UnitKind.NAV_OFFICE: 15,
        UnitKind.EDUCATION_AGENCY: 1,
        UnitKind.EDUCATION_ADMIN: 1,
        UnitKind.APPRENTICESHIP_DEPARTMENT: 1,
    }


def test_every_organisation_number_has_the_right_check_digit():
    numbers = list(Unit.objects.exclude(org_number="").values_list("org_number", flat=True))
    assert len(numbers) == 150
    assert [n for n in numbers if not is_org_number(n)] == []


def test_every_district_but_marka_is_served_by_a_nav_office_of_oslo():
    districts = Unit.objects.filter(kind=UnitKind.DISTRICT)
    assert list(districts.filter(nav_office=None).values_list("code", flat=True)) == ["030117"]
    assert {d.nav_office.kind for d in districts.exclude(nav_office=None)} == {UnitKind.NAV_OFFICE}
    assert districts.get(code="030116").nav_office.name == "Nav St. Hanshaugen"
    assert not Unit.objects.filter(kind=UnitKind.NAV_OFFICE, serves=None).exists()


def test_every_point_lies_in_oslo():
    points = Unit.objects.filter(county_id=OSLO).exclude(latitude=None)
    assert points.count() == 123
    assert not points.exclude(latitude__range=(59.80, 60.14), longitude__range=(10.48, 10.96)).exists()


def test_only_ordinary_public_schools_take_responsibility_until_somebody_decides_otherwise():
    schools = Unit.objects.filter(kind__in=[UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY])
    taking = schools.filter(takes_responsibility=True)
    assert not taking.filter(is_private=True).exists()
    assert taking.filter(Q(kind=UnitKind.UPPER_SECONDARY) | Q(also_kind=UnitKind.UPPER_SECONDARY)).count() == 25
    assert "avgjøres lokalt" in Unit.objects.get(name="Eikelund videregående skole").note


def test_the_number_two_registers_name_differently_carries_a_note():
    assert "Stig skole" in Unit.objects.get(org_number="974590670").note


def test_every_unit_of_oslo_says_where_it_comes_from():
    unsourced = Unit.objects.filter(county_id=OSLO, source="").exclude(kind=UnitKind.EDUCATION_ADMIN)
    assert not unsourced.exists()


def test_loading_again_changes_nothing():
    before = list(Unit.objects.order_by("pk").values())
    reference.load()
    assert list(Unit.objects.order_by("pk").values()) == before


def test_loading_again_repairs_a_unit_but_leaves_one_the_county_keeps_itself():
    # Given two schools somebody changed, one of which the county has taken over
    Unit.objects.filter(name="Foss videregående skole").update(name="Feil navn")
    Unit.objects.filter(name="Kuben videregående skole").update(name="Kuben vgs", is_kept_locally=True)
    # When the reference data is loaded again
    reference.load()
    # Then only the county's own change stands
    assert Unit.objects.filter(name="Foss videregående skole").exists()
    assert Unit.objects.filter(name="Kuben vgs").exists()
