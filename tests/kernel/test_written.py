"""Queries written once: they find what the query would have found, whoever was the first to ask, and whatever is told."""

from datetime import date, datetime

import pytest
from django.db import transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as, within
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Registration
from fotfeste.kernel import clock
from fotfeste.kernel.together import Rows, read_together
from fotfeste.kernel.written import Named, Written, text_of
from fotfeste.organisations.models import NamedContact, Unit
from tests import factories as make

pytestmark = pytest.mark.django_db

TOLD = {"county_id": make.OSLO, "on": make.TODAY}


def of_county(county_id, on):
    rows = Unit.objects.filter(county_id=county_id).exclude(name__contains="100 %").exclude(last_day__lt=on)
    return rows.order_by("name", "pk")


@pytest.mark.parametrize("fields", [("pk",), ("kind", "name", "last_day")])
def test_what_is_found_is_what_the_query_finds_alone_and_with_others_in_a_transaction_and_outside(fields):
    Unit.objects.filter(pk=make.education_admin().pk).update(name="100 % Oslo")
    written = Written(
        lambda: of_county(Named("county_id"), Named("on")).values_list(*fields, flat=len(fields) == 1), is_open=True
    )
    expected = tuple(of_county(make.OSLO, make.TODAY).values_list(*fields, flat=len(fields) == 1))
    assert read_together(written, values=TOLD) == [expected]
    with transaction.atomic():
        closed = Written(written.ask)
        others = Rows(Unit, "t.county_id = %(county_id)s", "t.id")
        for _time in range(2):
            assert read_together(others, closed, values=TOLD)[1] == expected
        assert read_together(closed, values={**TOLD, "county_id": 99}) == [()]


def test_values_of_the_database_become_those_of_python_and_moments_are_told():
    moment = datetime(2026, 11, 2, 12, tzinfo=clock.OSLO)
    for seen, name in ((moment, "Etter"), (None, "Ikke")):
        NamedContact.objects.create(
            unit=make.education_admin(), role="uda_contact", name=name, first_day=date(2026, 8, 1), uda_seen_at=seen
        )
    written = Written(
        lambda: NamedContact.objects.filter(uda_seen_at__gte=Named("moment")).values_list("name", "uda_seen_at")
    )
    with transaction.atomic():
        assert read_together(written, values={"moment": moment}) == [(("Etter", moment),)]


def test_many_numbers_are_told_at_once_and_none_finds_nothing():
    admin, other = make.education_admin(), Unit.objects.filter(kind="district")[0]
    written = Written(lambda: Unit.objects.filter(pk__in=Named("ids", each=True)).values_list("pk", flat=True))
    with transaction.atomic():
        for ids in ([admin.pk, other.pk], [admin.pk], []):
            assert set(read_together(written, values={"ids": ids})[0]) == set(ids)


def test_nothing_of_whoever_asks_first_is_written_into_it():
    written = Written(lambda: Registration.objects.filter(within(Topic.STATUS)).values_list("pk", flat=True))
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin())):
        assert within(Topic.STATUS)
        assert "WHERE" not in text_of(written).statement


def test_a_query_that_gives_objects_is_refused():
    with pytest.raises(ValueError, match="Unit"):
        text_of(Written(Unit.objects.all))
