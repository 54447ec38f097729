"""What the models promise of uniqueness and order, the database holds."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db


def _named() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class UNION SELECT conname FROM pg_constraint")
        return {name for (name,) in cursor.fetchall()}


def test_every_constraint_and_index_of_a_model_is_in_the_database():
    promised = {
        (model._meta.label, each.name)
        for model in apps.get_models()
        if model.__module__.startswith("fotfeste.") and model._meta.managed
        for each in (*model._meta.constraints, *model._meta.indexes)
    }
    there = _named()
    assert len(promised) > 50
    assert sorted(each for each in promised if each[1] not in there) == []
