"""Grants are what the facts and the sharing rules open, exactly, and end when they should."""

from datetime import date, timedelta

import pytest

from fotfeste.access.actor import Actor
from fotfeste.access.models import AccessGrant
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.services.grants import Opening
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework.models import JournalNote, Registration
from fotfeste.casework.services import responsibility
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.people.models import ContactDetail, Youth
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.case(make.unit())


@pytest.fixture
def nav():
    return make.unit(UnitKind.NAV_OFFICE)


def unit_of(case):
    return Unit.objects.get(pk=case.unit_id)


def opened(case, to, ground=Ground.RELEASE, **limits):
    """Open what the rules say to a unit, as the service that knows the fact would."""
    opening = Opening(case.youth_id, ground, "test:1", make.TODAY, unit_id=to.pk, unit_kind=to.kind, **limits)
    with acting_as(make.system()):
        grants.open_grants([opening])


def sees(actor, model, on=make.TODAY):
    with acting_as(actor, on=on):
        return model.objects.exists()


def test_a_release_opens_the_topics_it_names_and_no_other(case, nav):
    opened(case, nav, topics=frozenset({Topic.IDENTITY, Topic.STATUS}))
    adviser = make.actor(Role.NAV_ADVISER, nav)
    assert sees(adviser, Youth)
    assert sees(adviser, Registration)
    assert not sees(adviser, ContactDetail)
    assert not sees(adviser, JournalNote)


def test_no_fact_opens_more_than_the_rules_do(case, nav):
    everything = frozenset(Topic)
    opened(case, nav, Ground.OTUK_LIST, topics=everything)
    with acting_as(make.system()):
        assert set(AccessGrant.objects.values_list("topic", flat=True)) == {"identity", "feedback"}


def test_what_a_role_may_know_on_one_ground_it_does_not_know_on_another(case, nav):
    # Given that the office is asked about a name, which its adviser has nothing to do with
    opened(case, nav, Ground.OTUK_LIST)
    # Then only the one who answers for the office sees who it is
    assert sees(make.actor(Role.NAV_RESPONSIBLE, nav), Youth)
    assert not sees(make.actor(Role.NAV_ADVISER, nav), Youth)


def test_what_is_closed_is_closed_to_a_page_that_is_being_made(case, nav):
    opened(case, nav)
    adviser = make.actor(Role.NAV_ADVISER, nav)
    with acting_as(adviser, on=make.TODAY):
        assert Youth.objects.exists()
        with acting_as(make.system()):
            grants.close_source(ground=Ground.RELEASE, source="test:1")
        assert not Youth.objects.exists()


def test_what_is_opened_to_a_person_for_an_hour_is_nobody_elses_and_ends(case):
    district = make.unit(UnitKind.DISTRICT)
    mine, colleague = make.actor(Role.DISTRICT_CONTACT, district), make.actor(Role.DISTRICT_CONTACT, district)
    now = clock.now()
    for ends, seen in ((now + timedelta(hours=1), True), (now - timedelta(seconds=1), False)):
        with acting_as(make.system()):
            grants.close_source(ground=Ground.EMERGENCY_OPENING, source="emergency:1")
            grants.open_grants(
                [
                    Opening(
                        case.youth_id,
                        Ground.EMERGENCY_OPENING,
                        "emergency:1",
                        make.TODAY,
                        user_id=mine.user_id,
                        closes_at=ends,
                    )
                ]
            )
        assert sees(mine, Youth) is seen
        assert not sees(colleague, Youth)


def test_what_one_sees_of_oneself_comes_of_no_role_and_waits_for_no_confirmation(case):
    # Given a youth who may log in, and a colleague with a role who has confirmed nothing
    oneself = make.user(knows_the_rules=False)
    opening = Opening(case.youth_id, Ground.OWN_ACCESS, "own:1", make.TODAY, user_id=oneself.pk)
    with acting_as(make.system()):
        grants.open_grants([opening])
    assert sees(Actor(oneself.pk, oneself.name), Youth)
    newcomer = make.user(knows_the_rules=False)
    make.assign(newcomer, Role.COUNSELLOR, unit_of(case))
    assert not sees(Actor(newcomer.pk, newcomer.name), Youth)


def test_a_grant_follows_the_youth_to_another_county(case, nav):
    opened(case, nav)
    far = make.unit(county_id=46)
    with acting_as(make.system(3, 46)):
        Youth.objects.filter(pk=case.youth_id).update(unit_id=far.pk, county_id=46)
        assert set(AccessGrant.objects.values_list("county_id", "holder_id")) == {(46, far.pk)}


def test_whoever_answers_for_the_youth_sees_what_is_opened_to_others(case, nav):
    opened(case, nav)
    with acting_as(make.actor(Role.COUNSELLOR, unit_of(case))):
        assert AccessGrant.objects.filter(unit=nav).exists()
    with acting_as(make.actor(Role.COUNSELLOR, make.unit())):
        assert not AccessGrant.objects.exists()


class TestHandOver:
    """The unit that had the responsibility keeps what a hand-over takes, for as long as the rules say."""

    @pytest.fixture
    def moved(self, case):
        admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
        old, new = case.unit_id, make.unit()
        with clock.frozen(make.TODAY), acting_as(admin, on=make.TODAY):
            responsibility.assign(
                actor=admin, youth_id=case.youth_id, holder_id=new.pk, reason="Flyttet", version=None, on=make.TODAY
            )
        return old

    def rows(self):
        with acting_as(make.system()):
            ground = AccessGrant.objects.filter(ground=Ground.FORMER_UNIT, closed_at=None)
            return set(ground.values_list("unit_id", "topic", "first_day", "last_day"))

    def test_it_lasts_thirty_days_from_the_move(self, moved):
        last = make.TODAY + timedelta(days=29)
        topics = ("identity", "contact", "status")
        assert self.rows() == {(moved, topic, make.TODAY, last) for topic in topics}

    def test_what_was_opened_before_the_rule_began_is_not_told_again(self, moved):
        with acting_as(make.system()):
            assert not {each.ground for each in grants.expected_grants(on=date(2024, 7, 1))} & {"former_unit"}

    def test_working_it_all_out_again_changes_nothing(self, moved):
        before = self.rows()
        with acting_as(make.system(), on=make.TODAY), clock.frozen(make.TODAY):
            assert grants.reconcile(on=make.TODAY) == (0, 0)
        assert self.rows() == before

    def test_what_nothing_opens_any_longer_is_closed_when_worked_out_again(self, moved):
        with acting_as(make.system()):
            AccessGrant.objects.filter(topic="contact").update(topic="journal")
            assert grants.reconcile(on=make.TODAY) == (1, 1)
        assert {topic for _, topic, *_ in self.rows()} == {"identity", "contact", "status"}
