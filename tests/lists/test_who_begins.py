"""Who begins with a youth nobody knows the activity of, told on the youth's page to the school (amb-30)."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.kernel import clock
from tests import factories as make
from tests.casework.reading_steps import choose, chosen

pytestmark = pytest.mark.django_db

SCHOOL_FIRST = (
    "Skolen tar første kontakt og registrerer. Bydelen begynner fra den første listen ungdommen fortsatt står på."
)
BOTH = "Skolen kontakter og registrerer, og bydelen tar initiativ til innsats på tvers."


@pytest.fixture
def page_of(world, log_in):
    """The page of a youth as the school's counsellor reads it."""
    counsellor = make.actor(Role.COUNSELLOR, world.school)

    def read(case) -> str:
        answer = log_in(counsellor).get(reverse("casework:person", kwargs={"youth_id": case.youth_id}))
        return answer.content.decode().replace("\xa0", " ")

    return read


@pytest.mark.proves("unit-outside-initiative", "amb-30")
def test_the_school_begins_until_the_youth_is_still_unknown_on_a_second_list(world, page_of):
    case = world.unknown("Aas")
    # Before any list, and on the first, it is the school
    assert SCHOOL_FIRST in page_of(case)
    world.freeze(date(2026, 10, 9))
    assert SCHOOL_FIRST in page_of(case)
    # On the second the district has begun too, and the page tells which lists
    world.freeze(date(2026, 11, 20))
    told = page_of(case)
    assert (BOTH in told, SCHOOL_FIRST in told) == (True, False)
    assert "da disse listene ble laget: 9. okt. 2026, 20. nov. 2026." in told


def test_a_county_that_lets_both_begin_at_once_is_told_so_from_the_first_list(world, page_of):
    case = world.unknown("Aas")
    choose(world.admin, chosen("amb-30", "both", first_day=date(2026, 8, 1)))
    assert BOTH in page_of(case)


def test_who_has_a_known_activity_is_nobody_to_begin_with(world, page_of):
    with clock.frozen(date(2026, 10, 1)):
        case = make.case(world.school, last_name="Bakke", status="OTFE")
    assert "Hvem begynner" not in page_of(case)
