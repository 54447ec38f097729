"""What is refused stands in the log, with why: the role, a rule, or that it is not open to the one who asked."""

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.enums import UnitKind
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


@pytest.fixture
def school():
    return make.unit()


def _refusals() -> list[tuple]:
    officer = make.actor(Role.PRIVACY_OFFICER, make.education_admin())
    with acting_as(officer):
        rows = AuditEntry.objects.filter(verb="refused").order_by("pk")
        return list(rows.values_list("ground", "screen", "youth_id", "county_id", "details"))


def test_a_role_that_does_not_reach_is_logged_with_the_permission_it_lacks(enter, school):
    youth = make.youth(school)
    leader = make.actor(Role.UNIT_LEADER, school)
    assert enter(leader).get(f"/ungdom/{opaque.encode(youth.pk)}/status/").status_code == 403
    assert _refusals() == [("role", "casework:set_status", youth.pk, make.OSLO, {"permission": "contact.register"})]


def test_somebody_elses_youth_is_logged_as_asked_for(enter, school):
    youth = make.youth(make.unit())
    assert enter(make.actor(Role.COUNSELLOR, school)).get(f"/ungdom/{opaque.encode(youth.pk)}/").status_code == 404
    assert _refusals() == [("hidden", "casework:person", youth.pk, make.OSLO, {})]


def test_a_rule_that_says_no_is_logged_though_what_was_tried_is_undone(enter, school):
    # Given a youth a district is asked about, but does not answer for
    youth = make.youth(school)
    district = make.unit(UnitKind.DISTRICT)
    make.grant(youth, district, Topic.IDENTITY, Topic.CONTACT, Topic.STATUS)
    # When the district writes down a telephone number
    client = enter(make.actor(Role.DISTRICT_CONTACT, district))
    written = {"kind": "phone", "value": "40000000", "source": "youth"}
    answer = client.post(f"/ungdom/{opaque.encode(youth.pk)}/telefon/", written)
    # Then it is refused, and the log says so
    assert answer.status_code == 422
    assert _refusals() == [("rule", "casework:add_contact_detail", youth.pk, make.OSLO, {})]


def test_an_address_that_leads_nowhere_is_no_refusal(enter, school):
    client = enter(make.actor(Role.COUNSELLOR, school))
    assert client.get("/finnes-ikke/").status_code == 404
    assert client.get("/ungdom/tull/").status_code == 404
    assert _refusals() == []
