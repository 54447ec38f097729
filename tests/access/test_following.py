"""Rows that imports fill follow their youth as surely as by a foreign key: the same promises, kept set by set."""

import threading
from datetime import date

import psycopg
import pytest
from django.db import IntegrityError, connection, connections, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.kernel import clock
from fotfeste.people.models import Address, ContactDetail, Enrolment, Youth
from tests import factories as make


def _address(youth: Youth, *, is_protected: bool = False, **place: int) -> Address:
    return Address.objects.create(
        youth=youth,
        kind="registered",
        street="Prøveveien 1",
        is_protected=is_protected,
        source="test",
        recorded_at=clock.now(),
        **place,
    )


@pytest.mark.django_db
def test_a_transfer_takes_along_also_the_rows_that_whoever_moves_may_not_see():
    # Given a youth with a protected address, which the education administration may not read
    here, there = make.unit(), make.unit()
    youth = make.youth(here, protection="confidential")
    with acting_as(make.system()):
        address = _address(youth, is_protected=True)
        ContactDetail.objects.create(
            youth=youth, kind="phone", value="+4759000001", source="t", recorded_at=clock.now()
        )
    # When it moves the youth
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin())):
        assert not Address.objects.exists()
        Youth.objects.filter(pk=youth.pk).update(unit_id=there.pk)
    # Then nothing stays behind
    with acting_as(make.system()):
        assert Address.objects.get(pk=address.pk).unit_id == there.pk
        assert ContactDetail.objects.get().unit_id == there.pk


@pytest.mark.django_db
def test_a_row_cannot_be_put_where_its_youth_is_not():
    here, there = make.unit(), make.unit()
    youth = make.youth(here)
    with acting_as(make.system()), pytest.raises(IntegrityError), transaction.atomic():
        _address(youth, county_id=3, unit_id=there.pk)
    with acting_as(make.system()):
        address = _address(youth)
        with pytest.raises(IntegrityError), transaction.atomic():
            Address.objects.filter(pk=address.pk).update(unit_id=there.pk)
        assert Address.objects.get().unit_id == here.pk


@pytest.mark.django_db
def test_one_wrong_row_among_many_stops_them_all():
    here, there = make.unit(), make.unit()
    youths = [make.youth(here) for _ in range(3)]
    rows = [
        Enrolment(youth=youth, county_id=3, unit_id=unit.pk, kind="pupil", source="t", recorded_at=clock.now())
        for youth, unit in zip(youths, (here, there, here), strict=True)
    ]
    with acting_as(make.system()):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.bulk_create(rows)
        assert not Enrolment.objects.exists()


@pytest.mark.django_db
def test_the_functions_that_see_everything_cannot_be_borrowed():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE borrowed (id bigint, county_id smallint, unit_id bigint)")
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            cursor.execute(
                "CREATE TRIGGER t AFTER UPDATE ON borrowed FOR EACH ROW EXECUTE FUNCTION people_address_follow()"
            )


def test_a_youth_with_rows_is_not_deleted_not_even_by_the_owner_of_the_database(committed_database):
    youth = make.youth(make.unit())
    with acting_as(make.system()):
        _address(youth)
    everything = psycopg.connect(committed_database.superuser_url, dbname="fotfeste_committed")
    with everything as owner, pytest.raises(psycopg.errors.ForeignKeyViolation):
        owner.execute("DELETE FROM people_youth WHERE id = %s", [youth.pk])


def test_whoever_moves_a_youth_waits_for_rows_under_way_and_takes_them_along(committed_database):
    # Given a transaction that has added an address and is not done
    here, there = make.unit(), make.unit()
    youth = make.youth(here)
    is_moving = threading.Event()

    def move() -> None:
        try:
            with acting_as(make.system()):
                is_moving.set()
                Youth.objects.filter(pk=youth.pk).update(unit_id=there.pk)
        finally:
            connections.close_all()

    mover = threading.Thread(target=move)
    with acting_as(make.system()):
        _address(youth)
        # When somebody moves the youth meanwhile
        mover.start()
        is_moving.wait(30)
        mover.join(timeout=0.5)
        assert mover.is_alive()
    mover.join(timeout=30)
    # Then the address went along
    with acting_as(make.system()):
        assert Address.objects.get().unit_id == Youth.objects.get().unit_id == there.pk


def test_a_row_for_where_the_youth_just_left_is_refused(committed_database):
    # Given a move under way
    here, there = make.unit(), make.unit()
    youth = make.youth(here)
    refused: list[Exception] = []
    is_adding = threading.Event()

    def add() -> None:
        try:
            with acting_as(make.system()):
                is_adding.set()
                _address(youth, county_id=3, unit_id=here.pk)
        except IntegrityError as error:
            refused.append(error)
        finally:
            connections.close_all()

    adder = threading.Thread(target=add)
    with acting_as(make.system()):
        Youth.objects.filter(pk=youth.pk).update(unit_id=there.pk)
        # When somebody who still sees the old place adds a row
        adder.start()
        is_adding.wait(30)
        adder.join(timeout=0.5)
        assert adder.is_alive()
    adder.join(timeout=30)
    # Then it waits for the move, and is told that the youth is elsewhere
    assert len(refused) == 1
    with acting_as(make.system()):
        assert not Address.objects.exists()


@pytest.mark.django_db
def test_rows_of_a_youth_made_in_the_same_transaction_are_taken_without_ado():
    here = make.unit()
    with acting_as(make.system()), transaction.atomic():
        youth = Youth.objects.create(
            county_id=3,
            unit_id=here.pk,
            first_name="Ny",
            last_name="Nysen",
            born=date(2008, 1, 2),
            recorded_at=clock.now(),
        )
        assert _address(youth, county_id=3, unit_id=here.pk).pk
