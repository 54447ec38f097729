"""The two who decide, in a county that has decided how long a case is kept."""

import pytest

from fotfeste.access.roles import Role
from fotfeste.kernel import clock
from fotfeste.law.retention import KEEP_CASE
from tests import factories as make
from tests.oversight.disposal.cases import choose


@pytest.fixture
def proposer():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Uda Prøve")


@pytest.fixture
def approver():
    return make.actor(Role.PRIVACY_OFFICER, make.education_admin(), name="Ombud Prøve")


@pytest.fixture(autouse=True)
def decided():
    """The county keeps a case for five years."""
    choose(KEEP_CASE, "years_5")
    with clock.frozen(make.TODAY):
        yield
