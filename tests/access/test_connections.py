"""Connections go from one request to the next: none of the first one's scope may go along. Real commits."""

import pytest
from django.db import connection, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.people.models import Youth
from tests import factories as make

pytestmark = pytest.mark.usefixtures("committed_database")


def test_the_next_to_use_the_connection_is_in_nobodys_scope():
    # Given somebody who saw a youth, in a transaction that has ended
    school = make.unit()
    make.case(school)
    with acting_as(make.actor(Role.COUNSELLOR, school)):
        assert Youth.objects.exists()
    # When the same connection is used again, outside and inside a transaction
    outside = Youth.objects.exists()
    with transaction.atomic():
        inside = Youth.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT nullif(current_setting('app.unit_identity', true), '')")
            left = cursor.fetchone()
    # Then nothing of the scope is left
    assert (outside, inside, left) == (False, False, (None,))
