"""Codes and words are told in the language of the one who reads."""

import pytest
from django.utils import translation

from fotfeste.casework.selectors import labels


@pytest.mark.parametrize(
    ("language", "name"),
    [("nb", "Ukjent aktivitet"), ("nn", "Ukjend aktivitet"), ("en", "Activity unknown, to be followed up")],
)
def test_a_status_code_is_named_in_the_users_language(language, name):
    with translation.override(language):
        assert labels.status_name("OTUK") == name


@pytest.mark.parametrize(("language", "name"), [("nb", "Ikke søkt"), ("nn", "Ikkje søkt"), ("en", "Has not applied")])
def test_a_reason_is_named_in_the_users_language(language, name):
    with translation.override(language):
        assert labels.reason_name("not_applied") == name


def test_why_an_enrolment_ended_is_told_for_our_own_words_and_for_a_senders():
    assert labels.end_name("quit") == "Sluttet"
    assert labels.end_name("Sluttet etter eget ønske") == "Sluttet etter eget ønske"
    assert labels.end_name("unknown") == ""
    with translation.override("en"):
        assert labels.end_name("quit") == "Quit"
        assert labels.end_name("Sluttet etter eget ønske") == "Quit"
        assert labels.end_name("Noe ingen har tenkt på") == "Noe ingen har tenkt på"
