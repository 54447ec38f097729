"""How the rules come together: exclusions first, undecided for a person to settle, every rule answered for."""

import dataclasses
from datetime import date
from itertools import product

import pytest

from fotfeste.law import sources
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.facts import Activity, Competence, EnrolmentKind
from fotfeste.law.membership import group_rules, local_target_group, matched_groups, statutory_membership
from fotfeste.law.outcomes import Membership
from tests.law.builders import AUTUMN, Application, apprentice, enrolled, pupil, status, youth

IN, OUT, OPEN = Membership.IN_OT, Membership.NOT_IN_OT, Membership.UNDECIDED

INCLUDED = {
    "not applied": {"application": Application.NOT_APPLIED},
    "not accepted": {"application": Application.NOT_ACCEPTED},
    "left as a pupil": {"enrolments": (pupil(date(2026, 8, 17), date(2026, 10, 1)),)},
    "left an apprenticeship": {"enrolments": (apprentice(date(2026, 8, 17), date(2026, 10, 1)),)},
    "left adult education": {
        "enrolments": (enrolled(EnrolmentKind.VO_VOCATIONAL, date(2026, 8, 17), date(2026, 10, 1)),)
    },
    "no activity": {"activity": Activity.NONE},
}
EXCLUDED = {
    "completed": {"competence": Competence.STUDY},
    "25 this year": {"born": date(2001, 5, 17)},
    "registered by mistake": {"status": status("Feil")},
}


@pytest.mark.parametrize("inclusion", INCLUDED)
def test_each_inclusion_alone_brings_the_youth_in(inclusion):
    facts = dataclasses.replace(youth(date(2007, 5, 17)), **INCLUDED[inclusion])
    assert statutory_membership(facts, AUTUMN).outcome is IN
    assert local_target_group(facts, AUTUMN).outcome is IN


@pytest.mark.parametrize(("inclusion", "exclusion"), list(product(INCLUDED, EXCLUDED)))
def test_an_exclusion_beats_every_inclusion(inclusion, exclusion):
    facts = dataclasses.replace(youth(date(2007, 5, 17)), **(INCLUDED[inclusion] | EXCLUDED[exclusion]))
    for decision in (statutory_membership(facts, AUTUMN), local_target_group(facts, AUTUMN)):
        assert decision.outcome is OUT
        assert all(reason.holds for reason in decision.reasons)


@pytest.mark.proves("tg-not-ot-preparatory-16-19", "amb-04")
def test_an_exclusion_that_cannot_be_settled_leaves_the_membership_undecided():
    course = enrolled(EnrolmentKind.PREPARATORY_YOUTH, date(2026, 8, 17))
    facts = youth(date(2009, 5, 17), course, finished_compulsory=None)
    decision = statutory_membership(facts, AUTUMN)
    assert decision.outcome is OPEN
    assert "tg-not-ot-preparatory-16-19" in {reason.rule for reason in decision.reasons}
    assert local_target_group(facts, AUTUMN).outcome is OPEN


def test_nothing_known_at_all_is_undecided_and_says_what_is_missing():
    facts = youth(date(2008, 5, 17), finished_compulsory=None)
    decision = statutory_membership(facts, AUTUMN)
    assert decision.outcome is OPEN
    assert all(reason.holds is None for reason in decision.reasons)


def test_an_ordinary_pupil_belongs_to_neither_group():
    facts = youth(date(2009, 5, 17), pupil())
    assert statutory_membership(facts, AUTUMN).outcome is OUT
    assert local_target_group(facts, AUTUMN).outcome is OUT


def test_every_group_rule_answers_in_a_fixed_order_with_a_sentence():
    results = matched_groups(youth(), AUTUMN)
    assert [item.rule for item in results] == list(group_rules())
    assert len(results) == 33
    for item in results:
        assert item.reason.rule == item.rule.id
        assert item.reason.sentence().endswith(".")
        assert "{" not in item.reason.sentence()


@pytest.mark.parametrize("on", [date(2011, 1, 1), date(2013, 1, 1), date(2024, 7, 31), date(2024, 8, 1), AUTUMN])
def test_a_decision_to_include_cites_only_provisions_in_force_that_day(on):
    facts = youth(date(on.year - 18, 5, 17), application=Application.NOT_APPLIED)
    decision = statutory_membership(facts, on)
    assert decision.outcome is IN
    assert all(reason.source.is_in_force_on(on) for reason in decision.reasons)


@pytest.mark.proves("amb-09")
@pytest.mark.parametrize(
    ("on", "source"),
    [
        pytest.param(date(2012, 1, 31), sources.OPPL_1998_3_6, id="before the regulation of 2012"),
        pytest.param(date(2012, 2, 1), sources.FOR_2006_13_2, id="the regulation of 2012"),
        pytest.param(date(2024, 7, 31), sources.FOR_2006_13_2, id="its last day"),
        pytest.param(date(2024, 8, 1), sources.OPPL_2023_9_4, id="the Act of 2023"),
    ],
)
def test_the_target_group_is_cited_from_the_text_in_force(on, source):
    facts = youth(date(on.year - 18, 5, 17), application=Application.NOT_APPLIED)
    assert statutory_membership(facts, on).reasons[-1].source == source


def test_a_day_before_the_oldest_law_we_hold_is_refused_in_plain_words():
    with pytest.raises(BeforeOurHorizon, match=r"01\.08\.2010"):
        statutory_membership(youth(date(1993, 5, 17)), date(2010, 7, 31))
