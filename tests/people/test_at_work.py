"""What is done county by county is done where there is anybody: a youth, or somebody with a role."""

import pytest

from fotfeste.access.roles import Role
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.selectors.at_work import counties_at_work
from tests import factories as make


@pytest.mark.django_db
def test_a_county_is_at_work_when_it_has_a_youth_or_somebody_with_a_role():
    assert counties_at_work() == ()
    make.youth(make.unit(county_id=46))
    assert counties_at_work() == (46,)
    make.actor(Role.UNIT_LEADER, make.unit(UnitKind.DISTRICT))
    assert counties_at_work() == (make.OSLO, 46)
