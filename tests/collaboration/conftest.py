"""A school with a case, the district it lives in, and the Nav office that serves it."""

from datetime import timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Registration
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.collaboration.test_meetings import TEN, call, unit
from tests.collaboration.test_routine_engine import release


@pytest.fixture(autouse=True)
def the_day():
    """Every test happens on the factories' day unless it says otherwise."""
    with clock.frozen(make.TODAY):
        yield make.TODAY


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school)


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


@pytest.fixture
def nav():
    return make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")


@pytest.fixture
def district(nav):
    return make.unit(UnitKind.DISTRICT, name="Bydel Prøve", code="039901", takes_responsibility=True, nav_office=nav)


@pytest.fixture
def district_contact(district):
    return make.actor(Role.DISTRICT_CONTACT, district)


@pytest.fixture
def nav_responsible(nav):
    return make.actor(Role.NAV_RESPONSIBLE, nav)


@pytest.fixture
def case(school, district):
    return live_in(make.case(school), district)


def live_in(case, district):
    """Let the case say in which district the youth lives."""
    with acting_as(make.system()):
        Registration.objects.filter(pk=case.pk).update(district_code=district.code)
    case.district_code = district.code
    return case


@pytest.fixture
def released(counsellor, case, district):
    return release(counsellor, case, district, topics=(Topic.MEETINGS,))


@pytest.fixture
def held(counsellor, case, district, released):
    """A meeting with the district, an hour after it began."""
    meeting = call(counsellor, case, unit(district))
    with clock.frozen(TEN + timedelta(hours=1)):
        yield meeting


@pytest.fixture
def kari(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Berg")


@pytest.fixture
def ola(school):
    return make.actor(Role.COUNSELLOR, school, name="Ola Lie")


@pytest.fixture
def leader(school):
    return make.actor(Role.UNIT_LEADER, school, name="Lise Leder")
