"""A grant stands in the county of its youth, whoever writes it and wherever the youth goes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from fotfeste.access.models import AccessGrant
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Ground, Topic
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import Youth
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


def _grant(youth_id: int, unit_id: int, county_id: int, ground: Ground = Ground.OTUK_LIST) -> AccessGrant:
    return AccessGrant(
        youth_id=youth_id, county_id=county_id, unit_id=unit_id, topic=Topic.IDENTITY, ground=ground, source="x",
        first_day=date(2026, 11, 1), recorded_at=clock.now(),
    )  # fmt: skip


def test_nobody_opens_a_youth_of_another_county_by_calling_it_ones_own():
    # Given a youth in Vestland, and a district in Oslo
    theirs = make.youth(make.unit(county_id=46))
    district = make.unit(UnitKind.DISTRICT)
    # When Oslo's administration, or a job that works for both, gives a grant as if the youth were Oslo's
    for actor in (make.actor(Role.EDUCATION_ADMIN, make.education_admin()), make.system(3, 46)):
        with acting_as(actor), pytest.raises(DatabaseError), transaction.atomic():
            _grant(theirs.pk, district.pk, make.OSLO).save()
    # Then nothing is opened
    with acting_as(make.actor(Role.DISTRICT_CONTACT, district)):
        assert not Youth.objects.exists()


def test_one_wrong_grant_among_many_stops_them_all():
    ours, theirs = make.youth(make.unit()), make.youth(make.unit(county_id=46))
    district = make.unit(UnitKind.DISTRICT)
    with acting_as(make.system(3, 46)):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessGrant.objects.bulk_create(_grant(youth.pk, district.pk, 3) for youth in (ours, theirs))
        assert not AccessGrant.objects.exists()
        AccessGrant.objects.bulk_create([_grant(ours.pk, district.pk, 3), _grant(theirs.pk, district.pk, 46)])


def test_a_grant_is_not_turned_to_another_youth_or_county():
    ours, theirs = make.youth(make.unit()), make.youth(make.unit(county_id=46))
    make.grant(ours, make.unit(UnitKind.DISTRICT), Topic.IDENTITY)
    for change in ({"youth_id": theirs.pk}, {"county_id": 46}):
        with acting_as(make.system(3, 46)), pytest.raises(IntegrityError), transaction.atomic():
            AccessGrant.objects.update(**change)


def test_a_place_on_a_list_opens_nothing_from_the_day_the_youth_moves_to_another_county():
    # Given a youth on the list of an Oslo district, who is also opened to it on another ground
    here, there = make.unit(), make.unit(county_id=46)
    youth = make.youth(here)
    district = make.unit(UnitKind.DISTRICT)
    with acting_as(make.system()):
        AccessGrant.objects.bulk_create(
            [_grant(youth.pk, district.pk, 3), _grant(youth.pk, district.pk, 3, Ground.SYSTEM)]
        )
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    # When the youth becomes another county's
    with acting_as(make.system(3, 46)):
        Youth.objects.filter(pk=youth.pk).update(county_id=46, unit_id=there.pk)
    # Then the new county has both grants, and the list's opens nothing any more
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin(46))):
        told = dict(AccessGrant.objects.values_list("ground", "last_day"))
        assert told == {"otuk_list": date(2026, 11, 22), "system": None}
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin())):
        assert not AccessGrant.objects.exists()
    with acting_as(make.system(46)):
        AccessGrant.objects.filter(ground=Ground.SYSTEM).update(last_day=date(2026, 11, 22))
    with acting_as(contact):
        assert not Youth.objects.exists()


def test_within_a_county_a_place_on_a_list_outlives_a_move():
    here, there = make.unit(), make.unit()
    youth = make.youth(here)
    make.grant(youth, make.unit(UnitKind.DISTRICT), Topic.IDENTITY)
    with acting_as(make.system()):
        Youth.objects.filter(pk=youth.pk).update(unit_id=there.pk)
        assert list(AccessGrant.objects.values_list("last_day", flat=True)) == [None]


def test_a_youth_with_grants_is_not_renumbered():
    youth = make.youth(make.unit())
    make.grant(youth, make.unit(UnitKind.DISTRICT), Topic.IDENTITY)
    with acting_as(make.system()), pytest.raises(IntegrityError), transaction.atomic():
        Youth.objects.filter(pk=youth.pk).update(id=youth.pk + 1_000_000)


def test_the_functions_that_see_every_grant_cannot_be_borrowed():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE borrowed (id bigint, county_id smallint)")
        for function in ("access_grants_follow", "access_grants_keep_youth"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(f"CREATE TRIGGER x AFTER UPDATE ON borrowed FOR EACH ROW EXECUTE FUNCTION {function}()")
