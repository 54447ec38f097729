"""What is past its day at a unit is one press from its leader's morning page."""

from datetime import timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.collaboration.services.tasks import set_task
from fotfeste.kernel import clock
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


def test_a_leader_finds_what_others_at_the_unit_have_not_done_in_time(school, counsellor, case):
    with acting_as(counsellor):
        mine = {"for_user_id": counsellor.user_id, "due_on": make.TODAY}
        set_task(actor=counsellor, youth_id=case.youth_id, what="Sende brev", **mine)
    leader = make.actor(Role.UNIT_LEADER, school)
    overdue = "/oppgaver/?vis=over-frist"
    assert overdue not in browser_of(leader).get("/").content.decode()
    with clock.frozen(make.TODAY + timedelta(1)):
        assert f'href="{overdue}"' in browser_of(leader).get("/").content.decode()
        assert "Sende brev" in browser_of(leader).get(overdue).content.decode()
