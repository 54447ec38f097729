"""The history holds together: it follows the contact rule, the calendar and the other files."""

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from fotfeste.casework import enums as casework
from fotfeste.codes import CURRENT, known_code, reason_texts
from fotfeste.law.contact import CODES_OF_FACT, RegisterFact

SEEN_ON = "2026-11-23"


def test_registrations_follow_each_other_and_only_the_last_may_be_open(history):
    for line in history:
        registrations = line["registrations"]
        assert all(registration["last_day"] for registration in registrations[:-1])
        for earlier, later in pairwise(registrations):
            assert date.fromisoformat(later["first_day"]) == date.fromisoformat(earlier["last_day"]) + timedelta(days=1)
            assert later["school_year"] == earlier["school_year"] + 1
        assert registrations[-1]["first_day"] <= SEEN_ON


def test_statuses_are_in_order_inside_their_registration(history):
    for line in history:
        for registration in line["registrations"]:
            days = [status["first_day"] for status in registration["statuses"]]
            assert days == sorted(set(days))
            assert days[0] == registration["first_day"]
            assert days[-1] <= (registration["last_day"] or SEEN_ON)


def test_a_status_that_rests_on_contact_has_the_talk_behind_it(history):
    for line in history:
        talks = {attempt["on"] for attempt in line["attempts"] if attempt["answered_by"] == "youth"}
        for registration in line["registrations"]:
            for status in registration["statuses"]:
                if status["basis"] == "contact":
                    assert status["first_day"] in talks


def test_nobody_leaves_unknown_activity_but_by_contact_or_what_the_law_trusts_as_much(history):
    facts = (fact for fact in RegisterFact if fact is not RegisterFact.PARTNER_REPORT)
    by_register = frozenset[str]().union(*(CODES_OF_FACT[fact] for fact in facts))
    for line in history:
        talks = [attempt["on"] for attempt in line["attempts"] if attempt["answered_by"] == "youth"]
        for registration in line["registrations"]:
            statuses = registration["statuses"]
            for before, after in pairwise(statuses):
                if before["code"] != "OTUK" or after["basis"] == "correction":
                    continue
                if after["basis"] == "register":
                    assert after["code"].removesuffix("_IM") in by_register or after["code"] in by_register
                else:
                    assert after["first_day"] in talks


def test_most_are_registered_with_unknown_activity(history):
    first = [line["registrations"][0]["statuses"][0] for line in history]
    assert sum(status["code"] == "OTUK" for status in first) > 0.97 * len(first)
    assert {status["basis"] for status in first if status["code"] == "OTUK"} == {"intake"}


def test_the_open_ones_are_those_in_vigo_with_the_same_status_and_unit(oslo: Path, history):
    youth = json.loads((oslo / "vigo-ot.json").read_text(encoding="utf-8"))["otungdommer"]
    in_vigo = [(e["person"]["etternavn"], e["otData"]["aktivitetskode"], e["otData"]["tilknytningnr"]) for e in youth]
    still_open = [
        (line["person"]["last_name"], line["registrations"][-1]["statuses"][-1]["code"], line["responsible"]["unit"])
        for line in history
        if line["registrations"][-1]["last_day"] is None
    ]
    assert still_open == in_vigo


def test_all_words_are_those_of_casework_and_the_code_lists(history):
    reasons = set(reason_texts())
    for line in history:
        for attempt in line["attempts"]:
            assert attempt["channel"] in casework.Channel.values
            assert attempt["result"] in casework.AttemptResult.values
            assert attempt["direction"] in casework.Direction.values
            assert attempt["answered_by"] in {"", *casework.AnsweredBy.values}
        for registration in line["registrations"]:
            assert registration["reason"] in reasons
            for status in registration["statuses"]:
                assert known_code(status["code"], CURRENT)
                assert status["basis"] in casework.Basis.values


def test_attempts_are_in_order_and_none_lies_ahead(history):
    for line in history:
        days = [attempt["on"] for attempt in line["attempts"]]
        assert days == sorted(days)
        assert not days or days[-1] <= SEEN_ON


def test_some_have_never_been_tried_and_some_many_times(history):
    unknown = [line for line in history if line["registrations"][-1]["statuses"][-1]["code"] == "OTUK"]
    tries = [len(line["attempts"]) for line in unknown]
    assert 0 in tries
    assert max(tries) >= 8
