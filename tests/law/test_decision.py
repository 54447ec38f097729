"""Decisions and their reasons: read by people, kept as JSON, never about one person's dates."""

import json
import re
from datetime import date

import pytest

from fotfeste.law.decision import Decision, Reason
from fotfeste.law.membership import matched_groups, statutory_membership
from fotfeste.law.outcomes import Membership, UnitChoice
from fotfeste.law.responsible_unit import responsible_unit
from fotfeste.law.sources import OPPL_2023_9_4
from tests.law.builders import AUTUMN, Application, pupil, youth

FACTS = youth(date(2004, 3, 9), pupil(date(2025, 8, 18), date(2026, 10, 1)), application=Application.NOT_APPLIED)


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        pytest.param(statutory_membership(FACTS, AUTUMN), Membership, id="membership"),
        pytest.param(responsible_unit(FACTS, AUTUMN), UnitChoice.from_dict, id="responsible unit"),
        pytest.param(Decision(True, ()), bool, id="yes or no"),
    ],
)
def test_a_decision_survives_being_kept_as_json(decision, outcome):
    kept = json.loads(json.dumps(decision.to_dict()))
    assert Decision.from_dict(kept, outcome) == decision


def test_the_sentence_puts_the_facts_in_their_places_after_translation():
    reason = Reason("tg-age-frame", OPPL_2023_9_4, "Fyller {age} år.", (("age", "24"),))
    assert reason.sentence() == "Fyller 24 år."
    assert reason.sentence(lambda text: text.replace("Fyller", "Turns")) == "Turns 24 år."


def test_the_reasons_name_the_rule_the_provision_and_the_facts_used():
    reason = statutory_membership(FACTS, AUTUMN).reasons[0]
    assert (reason.rule, reason.source.citation) == ("tg-age-frame", "opplæringslova § 9-4")
    assert dict(reason.facts)["born_year"] == "2004"


def test_no_reason_carries_an_exact_personal_date():
    told = [item.reason for item in matched_groups(FACTS, AUTUMN)]
    told += [*statutory_membership(FACTS, AUTUMN).reasons, *responsible_unit(FACTS, AUTUMN).reasons]
    for reason in told:
        assert not re.search(r"\d{4}-\d{2}-\d{2}|\b\d{1,2}\.\d{1,2}\.\d{4}", reason.sentence())
        assert "9. mars" not in reason.sentence()
