"""Rows read together by statements that live on in the database's connection, longer than the program that made them."""

import pytest
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from fotfeste.kernel.together import Rows, read_together

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
