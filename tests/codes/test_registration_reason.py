"""Reasons for registration, and the raw VIGO codes beside them."""

import pytest

from fotfeste.codes import ReasonGroup, RegistrationReason, read_vigo_reason, reason_texts


def test_every_reason_has_a_text_in_three_languages_and_a_group():
    texts = reason_texts()
    assert set(texts) == set(RegistrationReason)
    for text in texts.values():
        assert text.name_nb
        assert text.name_nn
        assert text.name_en
    assert {text.group for text in texts.values()} == set(ReasonGroup)


@pytest.mark.parametrize(
    ("code", "reason", "is_certain"),
    [
        pytest.param("OSON", RegistrationReason.NOT_APPLIED, True, id="has not applied"),
        pytest.param(" oesl", RegistrationReason.QUIT_SCHOOL, False, id="quit, pupil or apprentice"),
        pytest.param("OSNP", RegistrationReason.DECLINED_PLACE, False, id="applied but not started, a guess"),
        pytest.param("OSUT", RegistrationReason.DID_NOT_START, False, id="applied but not started, another guess"),
        pytest.param("OSVE", RegistrationReason.WAITING_LIST, False, id="applied but not started, a third"),
        pytest.param("ABCD", RegistrationReason.OTHER, False, id="a code nobody knows"),
    ],
)
def test_a_raw_code_is_kept_and_its_certainty_told(code, reason, is_certain):
    read = read_vigo_reason(code)
    assert (read.code, read.reason, read.is_certain) == (code.strip().upper(), reason, is_certain)


def test_a_guess_is_never_named_as_a_fact():
    assert "Takket nei" not in read_vigo_reason("OSNP").name_nb


def test_a_wish_status_is_read_as_a_hint_of_its_own_kind():
    assert read_vigo_reason("67", kind="wish").reason is RegistrationReason.DECLINED_PLACE
    assert read_vigo_reason("67").reason is RegistrationReason.OTHER
