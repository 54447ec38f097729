"""There is one English word for each Norwegian concept, and code can be checked against it."""

import re
from collections import Counter

import pytest

from fotfeste.spec import catalogue, glossary

MODELS = """
County Unit NamedContact User RoleAssignment AccessGrant AuditEntry AuditSeal Youth ContactDetail Address Guardian
Enrolment Application DuplicatePair Merge Registration Responsibility StatusEvent StatusConfirmation ContactAttempt
JournalNote Feedback MembershipDecision OtukRound OtukRow Import ImportRow ColumnMapping SavedFilter WorklistFilter
"""


def repeated(words):
    return [word for word, times in Counter(words).items() if times > 1]


@pytest.mark.parametrize("model", MODELS.split())
def test_the_models_of_the_product_are_in_the_glossary(model):
    assert model in glossary.code_names()


def test_a_name_is_known_both_as_identifier_and_as_class():
    assert {"contact_attempt", "ContactAttempt"} <= glossary.code_names()
    assert "contactAttempt" not in glossary.code_names()


def test_each_concept_has_one_name_in_code_and_each_name_one_concept():
    assert repeated(term.code_name for term in glossary.terms()) == []
    assert repeated(word for term in glossary.terms() for word in (term.nb, *term.also_nb)) == []


def test_names_in_code_are_plain_english_identifiers():
    assert [term.code_name for term in glossary.terms() if not re.fullmatch(r"[a-z]+(_[a-z]+)*", term.code_name)] == []


def test_every_term_is_named_in_all_three_languages_and_explained():
    for term in glossary.terms():
        assert all((term.nb, term.nn, term.en, term.meaning, term.source)), term.code_name


def test_the_words_fixed_for_the_code_are_the_ones_used():
    fixed = {
        "youth": "ungdom",
        "case": "sak",
        "target_group": "målgruppe",
        "consent": "samtykke",
        "measure": "tiltak",
        "activity_plan": "aktivitetsplan",
        "duty_of_confidentiality": "taushetsplikt",
        "counsellor": "rådgiver i skole",
        "county": "fylkeskommune",
        "annual_wheel": "årshjul",
    }
    known = {term.code_name: term.nb for term in glossary.terms()}
    assert {name: known[name] for name in fixed} == fixed


def test_the_page_has_a_line_for_every_term():
    page = glossary.as_markdown()
    assert page.count("\n| `") == len(glossary.terms())
    assert "| `district_contact` | OT-kontakt i bydel, OT-bydelskontakt | OT-kontakt i bydel |" in page


def test_a_term_taken_from_a_document_names_it():
    documents = set(catalogue.documents())
    assert {term.source for term in glossary.terms() if term.source.startswith("seed")} == set()
    assert any(term.source.split(";")[0] in documents for term in glossary.terms())
