"""Rows of many tables read in one go, by statements the connection keeps: still each their own, and always all."""

import pytest
from django.db import connection, transaction
from django.http import Http404

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.selectors.person_page import person_page
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def _finds(actor, case) -> bool:
    with transaction.atomic(), acting_as(actor, on=make.TODAY):
        try:
            page = person_page(youth_id=case.youth_id, on=make.TODAY)
        except Http404:
            return False
    assert page.registration.pk == case.pk
    return True


def test_a_connection_that_has_answered_one_answers_the_next_with_their_own(committed_database):
    # Given two schools' counsellors with a youth each
    schools = [make.unit(name=name) for name in ("Ås", "Ål")]
    cases = [make.case(school) for school in schools]
    actors = [make.actor(Role.COUNSELLOR, school) for school in schools]
    # When they ask by turns for both, more often than the database tries a plan before it keeps it
    found = {(mine, theirs): set() for mine in (0, 1) for theirs in (0, 1)}
    for _ in range(8):
        for mine, theirs in found:
            found[mine, theirs].add(_finds(actors[mine], cases[theirs]))
    # Then each finds their own, every time, and never the other's
    assert found == {(0, 0): {True}, (0, 1): {False}, (1, 0): {False}, (1, 1): {True}}


def test_a_transaction_undone_and_a_new_connection_lose_nothing(committed_database):
    school = make.unit()
    case, actor = make.case(school), make.actor(Role.COUNSELLOR, school)
    connection.close()
    with transaction.atomic():
        assert _finds(actor, case)
        transaction.set_rollback(True)
    assert _finds(actor, case)
    connection.close()
    assert _finds(actor, case)
    # And outside a transaction, where the next statement may get another connection
    with acting_as(actor, on=make.TODAY):
        assert person_page(youth_id=case.youth_id, on=make.TODAY).youth.pk == case.youth_id
