"""A school with a counsellor, a case there, and the others who meet about it."""

import pytest

from fotfeste.access.roles import Role
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from tests import factories as make


@pytest.fixture(autouse=True)
def the_day():
    """Every test of a case happens on the factories' day unless it says otherwise."""
    with clock.frozen(make.TODAY):
        yield make.TODAY


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def other_school():
    return make.unit(name="Andre videregående skole")


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school)


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


@pytest.fixture
def district():
    return make.unit(UnitKind.DISTRICT, name="Bydel Prøve", code="039901", takes_responsibility=True)


@pytest.fixture
def case(school):
    """An open registration at the school with unknown activity since 12 September."""
    return make.case(school)


@pytest.fixture
def working(school):
    """A youth known to be working, in the register because there is no place."""
    return make.case(school, status="OTAR", first_name="Arbeidende")


@pytest.fixture
def browser_of(client):
    """Return a function that logs somebody in, in the test's one browser."""

    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in
