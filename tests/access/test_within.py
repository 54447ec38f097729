"""What a query says beside the row policies, so that an index is used: never narrower than what one sees."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as, within
from fotfeste.access.selectors import actor_for
from fotfeste.access.services import grants
from fotfeste.access.services.grants import Opening
from fotfeste.access.topics import Ground, Topic
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import Youth
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make.unit()


def said(actor, topic=Topic.STATUS):
    with acting_as(actor):
        return within(topic)


def opened(youth_id, **to):
    grants.open_grants([Opening(youth_id, Ground.EMERGENCY_OPENING, "emergency:1", make.TODAY, **to)])


def test_one_who_sees_by_unit_alone_is_kept_to_the_unit(school):
    assert said(make.actor(Role.COUNSELLOR, school)) == Q(unit_id__in=(school.pk,))


def test_one_who_coordinates_a_county_is_kept_to_the_county():
    assert said(make.actor(Role.EDUCATION_ADMIN, make.education_admin())) == Q(county_id__in=(make.OSLO,))


def test_one_to_whom_something_is_granted_is_kept_to_nothing(school):
    district = make.unit(UnitKind.DISTRICT)
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    assert said(contact, Topic.IDENTITY) != Q()
    make.grant(make.case(school).youth, district, Topic.IDENTITY)
    assert said(contact, Topic.IDENTITY) == Q()


def test_a_role_at_a_school_in_another_county_is_not_lost_to_one_who_coordinates_a_county():
    far = make.unit(county_id=46)
    person = make.user()
    make.assign(person, Role.EDUCATION_ADMIN, make.education_admin())
    make.assign(person, Role.COUNSELLOR, far)
    here, there = make.case(make.unit()).youth_id, make.case(far).youth_id
    actor = actor_for(user_id=person.pk, on=make.TODAY)
    assert actor
    with acting_as(actor):
        assert set(Youth.objects.filter(within(Topic.IDENTITY)).values_list("pk", flat=True)) == {here, there}


def test_nobody_and_a_job_are_kept_to_nothing():
    assert within(Topic.STATUS) == Q()
    assert said(make.system()) == Q()


def test_an_outer_scope_gets_its_own_back(school):
    with acting_as(make.actor(Role.COUNSELLOR, school)):
        with acting_as(make.system()):
            assert within(Topic.STATUS) == Q()
        assert within(Topic.STATUS) == Q(unit_id__in=(school.pk,))


def test_what_is_opened_while_one_acts_is_seen_at_once(school):
    # Given a contact to whom nothing was granted when they came in
    district = make.unit(UnitKind.DISTRICT)
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    youth_id = make.case(school).youth_id
    with acting_as(contact):
        assert not Youth.objects.exists()
        # When an emergency opening is written on their behalf
        with acting_as(make.system()):
            opened(youth_id, user_id=contact.user_id)
        # Then it opens in the same scope, in lists and searches too
        assert Youth.objects.exists()
        assert Youth.objects.filter(within(Topic.IDENTITY)).exists()


def test_no_youth_comes_in_in_another_county_than_the_unit_that_answers(school):
    school.county_id = 46  # said, and not so
    with pytest.raises(IntegrityError, match="another county"), transaction.atomic():
        make.youth(school)


def test_no_youth_is_moved_to_a_unit_in_another_county_alone(school):
    far, youth = make.unit(county_id=46), make.youth(school)
    with acting_as(make.system(3, 46)), pytest.raises(IntegrityError, match="another county"), transaction.atomic():
        Youth.objects.filter(pk=youth.pk).update(unit_id=far.pk)
