"""Every model and field is named in the glossary and classed for privacy."""

import inspect

from django.apps import apps
from django.db.models import Choices, Model

from fotfeste.access.classification import CLASSES, RETENTIONS, field_classes
from fotfeste.spec import glossary


def _our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("fotfeste.") and model._meta.managed]


def test_every_field_is_classed_and_nothing_is_classed_that_is_gone():
    fields = {(model._meta.label, field.name) for model in _our_models() for field in model._meta.local_fields}
    classed = set(field_classes())
    assert fields - classed == set(), "Class these in access/field_classes.csv."
    assert classed - fields == set(), "These are gone: take them out of access/field_classes.csv."


def test_classes_and_retentions_are_known():
    assert {row.kind for row in field_classes().values()} <= set(CLASSES)
    assert {row.retention for row in field_classes().values()} <= set(RETENTIONS)


def test_what_is_written_freely_about_a_youth_is_classed_as_special():
    free_text = {
        ("casework.JournalNote", "text"),
        ("casework.ContactAttempt", "note"),
        ("casework.Feedback", "next_step"),
    }
    assert {key for key in free_text if field_classes()[key].kind != "special"} == set()


def test_every_model_and_choice_is_a_word_of_the_glossary():
    names = {
        model.__name__ for model in _our_models() if not model.__name__.endswith("Event") or "Status" in model.__name__
    }
    for config in apps.get_app_configs():
        if config.name.startswith("fotfeste."):
            enums = __import__(f"{config.name}.enums", fromlist=["x"]) if _has_enums(config.name) else None
            names |= {
                name
                for name, kind in inspect.getmembers(enums, inspect.isclass)
                if issubclass(kind, Choices) and kind.__module__ == f"{config.name}.enums"
            }
    assert names - glossary.code_names() == set(), "Give these a line in spec/data/glossary.csv."


def _has_enums(package: str) -> bool:
    from importlib.util import find_spec

    return find_spec(f"{package}.enums") is not None
