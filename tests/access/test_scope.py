import pytest
from django.db import connection


@pytest.mark.django_db
def test_without_an_actor_no_row_is_visible():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_youth")
        assert cursor.fetchone() == (0,)
