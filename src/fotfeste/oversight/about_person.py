"""
Which tables tell of a youth, and by which column: read from the models, so that a new one is found by itself.

A model with personal fields that no column joins to a youth fails tests/oversight until it says why.
"""

from typing import Any

from django.apps import apps
from django.db.models import Model

from fotfeste.access.classification import field_classes

YOUTH = "people.Youth"
#: Told apart, as sentences.
LOG = "audit.AuditEntry"


def ways_to_youth(model: type[Model]) -> tuple[str, ...]:
    """Return the lookups that find a model's rows about some youths; none when no column names a youth."""
    if model._meta.label == YOUTH:
        return ("pk__in",)
    found = []
    for field in model._meta.local_fields:
        related: Any = field.related_model
        if related is not None and related._meta.label == YOUTH and field.name != "merged_into":
            found.append(f"{field.attname}__in")
        elif field.name == "youth_id":
            found.append("youth_id__in")
        elif field.name == "youth_ids":
            found.append("youth_ids__overlap")
    return tuple(found)


def models_about_person() -> list[type[Model]]:
    """Return the models with rows about a youth, the log apart: who one is first, then as the apps come."""
    found = [model for model in _ours() if _is_about_youths(model) and ways_to_youth(model)]
    return sorted((each for each in found if each._meta.label != LOG), key=lambda each: each._meta.label != YOUTH)


def models_without_youth() -> list[str]:
    """Return the models that hold something personal and name no youth, by label."""
    return [each._meta.label for each in _ours() if _is_about_youths(each) and not ways_to_youth(each)]


def _is_about_youths(model: type[Model]) -> bool:
    kinds = {field_classes()[model._meta.label, field.name].kind for field in model._meta.local_fields}
    return bool(kinds & {"personal", "special"})


def _ours() -> list[type[Model]]:
    return [each for each in apps.get_models() if each.__module__.startswith("fotfeste.") and each._meta.managed]
