"""The contact rule: unknown activity ends with a real contact or a trusted fact."""

from datetime import date

import pytest

from fotfeste.law.contact import (
    CODES_OF_FACT,
    AnsweredBy,
    Channel,
    Contact,
    Direction,
    GuardianTold,
    RegisterFact,
    Result,
    is_real_contact,
    judge_contact,
    may_leave_unknown,
)
from fotfeste.law.readings import PROPOSED
from tests.law.builders import reading

READINGS = PROPOSED.on(date(2026, 11, 2))
GOT, NO_ANSWER = Result.GOT_CONTACT, Result.NO_ANSWER


def tried(channel: Channel = Channel.PHONE, result: Result = NO_ANSWER, by: AnsweredBy = AnsweredBy.NOBODY, **said):
    said.setdefault("age", 17)
    return Contact(channel, said.pop("direction", Direction.OUT), result, by, **said)


TALKED = tried(Channel.PHONE, GOT, AnsweredBy.YOUTH)


@pytest.mark.proves("rule-start-unknown")
@pytest.mark.parametrize("channel", Channel)
def test_without_an_answer_every_channel_is_only_an_attempt(channel):
    for result in (Result.NO_ANSWER, Result.LEFT_MESSAGE, Result.WRONG_ADDRESS):
        assert judge_contact(tried(channel, result), READINGS).outcome is False


@pytest.mark.proves("rule-start-unknown")
@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.SMS, Channel.EMAIL])
def test_a_letter_sms_or_email_without_an_answer_says_so(channel):
    assert "uten svar" in judge_contact(tried(channel), READINGS).sentences()[0]


@pytest.mark.proves("rule-start-unknown")
@pytest.mark.parametrize("channel", Channel)
def test_when_the_youth_answers_every_channel_is_contact(channel):
    assert is_real_contact(channel, Direction.OUT, GOT, AnsweredBy.YOUTH, 20, readings=READINGS)


@pytest.mark.proves("rule-start-unknown")
def test_when_the_youth_writes_first_it_is_contact():
    assert is_real_contact(Channel.SMS, Direction.IN, GOT, AnsweredBy.YOUTH, 20, readings=READINGS)


@pytest.mark.proves("amb-41")
@pytest.mark.parametrize(
    ("age", "told", "value", "counts"),
    [
        pytest.param(17, GuardianTold.ILLNESS, "illness_or_custody", True, id="17, illness"),
        pytest.param(17, GuardianTold.CUSTODY, "illness_or_custody", True, id="17, prison"),
        pytest.param(17, GuardianTold.OTHER, "illness_or_custody", False, id="17, at work the guardian says"),
        pytest.param(17, None, "illness_or_custody", False, id="17, nothing told"),
        pytest.param(18, GuardianTold.ILLNESS, "illness_or_custody", False, id="18 on the day, illness"),
        pytest.param(17, GuardianTold.ILLNESS, "never", False, id="17, illness, where guardians never count"),
        pytest.param(17, None, "always", True, id="17, where guardians always count"),
        pytest.param(18, None, "always", False, id="18, where guardians always count"),
    ],
)
def test_a_guardian_s_answer_counts_only_under_18_and_for_the_kinds_a_reading_lists(age, told, value, counts):
    readings = reading("amb-41", value).on(date(2026, 11, 2))
    decision = judge_contact(tried(Channel.PHONE, GOT, AnsweredBy.GUARDIAN, age=age, guardian_told=told), readings)
    assert decision.outcome is counts


def test_someone_else_in_the_other_end_is_an_attempt():
    assert judge_contact(tried(Channel.PHONE, GOT, AnsweredBy.OTHER), READINGS).outcome is False


@pytest.mark.proves("rule-start-unknown")
def test_unknown_activity_stands_until_someone_answers():
    attempts = [tried(Channel.SMS), tried(Channel.LETTER), tried(Channel.PHONE)]
    refused = may_leave_unknown(new_code="OTOV", contacts=attempts, readings=READINGS)
    assert refused.outcome is False
    assert "3 forsøk" in refused.sentences()[0]
    allowed = may_leave_unknown(new_code="OTOV", contacts=[*attempts, TALKED], readings=READINGS)
    assert allowed.outcome is True


@pytest.mark.proves("rule-start-unknown")
def test_with_nothing_registered_the_refusal_says_what_to_do():
    refused = may_leave_unknown(new_code="OTAR", readings=READINGS)
    assert refused.outcome is False
    assert "Registrer kontakten" in refused.sentences()[0]


@pytest.mark.proves("rule-start-unknown", "rule-uda-after-feedback")
@pytest.mark.parametrize(
    ("fact", "code", "allowed"),
    [
        pytest.param(RegisterFact.ENROLMENT, "OTEV", True, id="enrolment makes a pupil"),
        pytest.param(RegisterFact.ENROLMENT, "OTEV_IM", True, id="enrolment makes a pupil outside the group"),
        pytest.param(RegisterFact.ENROLMENT, "OTAR", False, id="enrolment does not make a worker"),
        pytest.param(RegisterFact.CONTRACT, "OTLL", True, id="contract makes an apprentice"),
        pytest.param(RegisterFact.PRIVATE_SCHOOL_REPORT, "OTVF", True, id="the private school's report"),
        pytest.param(RegisterFact.MOVED_COUNTY, "OTFA_IM", True, id="moved to another county"),
        pytest.param(RegisterFact.MOVED_ABROAD, "OTFU_IM", True, id="moved abroad"),
        pytest.param(RegisterFact.PARTNER_REPORT, "OTOV", True, id="the district reports follow-up"),
        pytest.param(RegisterFact.PARTNER_REPORT, "OTNO", False, id="the district cannot decline for the youth"),
    ],
)
def test_a_register_fact_is_trusted_for_the_codes_it_shows(fact, code, allowed):
    decision = may_leave_unknown(new_code=code, register_facts=[fact], readings=READINGS)
    assert decision.outcome is allowed


def test_every_register_fact_has_codes_and_a_sentence():
    for fact in RegisterFact:
        code = sorted(CODES_OF_FACT[fact])[0]
        assert may_leave_unknown(new_code=code, register_facts=[fact], readings=READINGS).sentences()[0].endswith(".")


@pytest.mark.proves("rule-start-unknown")
def test_only_the_youth_can_decline():
    by_guardian = tried(Channel.PHONE, GOT, AnsweredBy.GUARDIAN, guardian_told=GuardianTold.ILLNESS)
    assert may_leave_unknown(new_code="OTNO", contacts=[by_guardian], readings=READINGS).outcome is False
    assert may_leave_unknown(new_code="OTSY", contacts=[by_guardian], readings=READINGS).outcome is True
    assert may_leave_unknown(new_code="OTNO", contacts=[TALKED], readings=READINGS).outcome is True


def test_a_mistake_may_always_be_put_right():
    assert may_leave_unknown(new_code="Feil", readings=READINGS).outcome is True
