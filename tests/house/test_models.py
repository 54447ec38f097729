"""Every model and field is named in the glossary and classed for privacy."""

import inspect
import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Choices, Model

from fotfeste.access import processing_record
from fotfeste.access.classification import CLASSES, field_classes
from fotfeste.access.processing import described, processing, purposes
from fotfeste.access.retention import EVENTS, kind_of_model, record_kinds, retention_classes
from fotfeste.law.readings import all_readings
from fotfeste.oversight.about_person import models_about_person, ways_to_youth
from fotfeste.oversight.access_exceptions import exceptions, withheld
from fotfeste.oversight.copy_words import words
from fotfeste.oversight.selectors.person_copy import is_told, norwegian_name
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
    assert {row.retention for row in field_classes().values()} <= set(retention_classes())


def test_every_model_about_a_youth_has_one_rule_for_how_long_it_is_kept():
    about = {label for (label, _field), row in field_classes().items() if row.kind in {"personal", "special"}}
    about |= {model._meta.label for model in _our_models() if ways_to_youth(model)}
    ruled = [label for kind in record_kinds().values() for label in kind.models]
    assert len(ruled) == len(set(ruled)), "Each model stands in one kind."
    assert about - set(ruled) == set(), "Say how long these are kept in access/retention_rules.yaml."
    assert set(ruled) - {model._meta.label for model in _our_models()} == set()


def test_what_is_said_of_a_field_and_of_its_record_kind_is_the_same():
    other = {
        (row.model, row.field)
        for row in field_classes().values()
        if row.kind in {"personal", "special"} and row.retention != kind_of_model()[row.model].field_class
    }
    assert other == set()


def test_every_rule_of_retention_counts_from_something_known_by_one_term_and_rests_on_a_provision():
    for kind in record_kinds().values():
        assert kind.event in EVENTS, kind.id
        assert kind.basis, kind.id
        assert [bool(each) for each in (kind.term.reading, kind.term.years, kind.term.days)].count(True) == 1, kind.id
        assert not kind.term.reading or kind.term.reading in all_readings(), kind.id


@pytest.mark.django_db
def test_the_database_takes_from_every_table_a_disposal_is_said_to_take_from_and_from_no_other():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'oversight_dispose'")
        body = cursor.fetchone()[0]
    taken = re.findall(r"DELETE FROM public\.(\w+)", body)
    models = [label for kind in record_kinds().values() if kind.outcome == "dispose" for label in kind.models]
    assert sorted(taken) == sorted(apps.get_model(label)._meta.db_table for label in models)
    assert set(re.findall(r"jsonb_build_object\('([\w.]+)'", body)) == set(models)


def test_the_record_of_processing_says_how_long_each_kind_is_kept_and_by_which_provision():
    record = processing_record.render()
    for kind in record_kinds().values():
        row = next(line for line in record.splitlines() if line.startswith(f"| {kind.name} |"))
        assert all(source.citation in row for source in kind.basis), kind.id
    assert "| `text` | notat | ungdom, særlig eller taushetsbelagt | Følge opp ungdommen | saken |" in record


def test_every_field_has_a_purpose_a_basis_and_a_retention():
    labels = {model._meta.label for model in _our_models()}
    assert labels - set(described()) == set(), "Say what these are for in access/processing.yaml."
    assert set(described()) - labels == set(), "These are gone: take them out of access/processing.yaml."
    without = {key for key, each in processing().items() if not (each.basis and each.field_class.retention)}
    assert without == set()


def test_fields_with_a_purpose_of_their_own_are_fields_and_every_purpose_is_used():
    named = {(model, field) for model, fields in described().items() for field in fields}
    assert named - set(field_classes()) == set()
    assert set(purposes()) == {each.purpose.id for each in processing().values()}


def test_every_purpose_rests_on_an_article_6_ground_and_special_fields_on_article_9_as_well():
    assert [each.id for each in purposes().values() if not each.basis[0].id.startswith("gdpr-6-1-")] == []
    special = [each for each in processing().values() if each.field_class.kind == "special"]
    assert special
    assert all("gdpr-9-2-g" in {source.id for source in each.basis} for each in special)


def test_the_record_of_processing_names_every_field_purpose_and_receiver():
    record = processing_record.render()
    for key in field_classes():
        assert f"### {key[0]}\n" in record
        assert f"| `{key[1]}` |" in record.split(f"### {key[0]}\n")[1].split("###")[0]
    assert [purpose.name for purpose in purposes().values() if f"| {purpose.name} |" not in record] == []
    assert "Personvernombud" in record
    assert "Ungdommen selv" in record


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


def test_every_field_a_copy_to_the_person_tells_has_a_name_in_each_language():
    named = {
        norwegian_name(field)
        for model in models_about_person()
        for field in model._meta.local_fields
        if is_told(model._meta.label, field) and model._meta.label not in withheld()
        if f"{model._meta.label}.{field.name}" not in exceptions().repeated
    } | {
        name for key, name in exceptions().names.items() if key in {each._meta.label for each in models_about_person()}
    }
    assert named - set(words()) == set(), "Name these in nynorsk and English in oversight/data/copy_words.yaml."
    assert set(words()) - named == set(), "These are gone: take them out of oversight/data/copy_words.yaml."
    assert [name for name, told in words().items() if set(told) != {"nn", "en"} or not all(told.values())] == []
