"""Rows read together by statements that live on in the database's connection, longer than the program that made them."""

import pytest
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from fotfeste.kernel.together import Rows, read_together
from fotfeste.organisations.models import Unit
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_column_that_a_new_release_has_made_wider_is_read_on_a_connection_an_older_one_has_used():
    def as_released(width):
        with isolate_apps("fotfeste.kernel"):

            class Told(models.Model):
                name = models.CharField(max_length=width)

                class Meta:
                    app_label = "kernel"
                    db_table = "told_together"

        return Rows(Told, "t.id = ANY (%(ids)s)", "t.id")

    def names(rows):
        with transaction.atomic():
            return [each.name for each in read_together(rows, values={"ids": [1]})[0]]

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE told_together (id bigint PRIMARY KEY, name varchar(5)) ON COMMIT DROP")
        cursor.execute("INSERT INTO told_together VALUES (1, 'Sunna')")
        assert names(as_released(5)) == ["Sunna"]
        cursor.execute("ALTER TABLE told_together ALTER COLUMN name TYPE varchar(50)")
        assert names(as_released(50)) == ["Sunna"]


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**20])
def test_a_number_larger_than_any_rows_finds_nothing_and_breaks_nothing(number):
    unit = make.unit()
    with transaction.atomic():
        [none] = read_together(Rows(Unit, "t.id = %(unit_id)s", "t.id"), values={"unit_id": number})
        [one] = read_together(Rows(Unit, "t.id = ANY (%(unit_ids)s)", "t.id"), values={"unit_ids": [unit.pk, number]})
    assert (none, [each.pk for each in one]) == ((), [unit.pk])
