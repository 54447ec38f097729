"""A county's own readings: what may be chosen, and that a decision names the one it would have been otherwise without."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fotfeste.law.chosen_readings import ask_naming, decide_naming
from fotfeste.law.decision import Decision, Reason
from fotfeste.law.facts import YouthFacts
from fotfeste.law.membership import belongs_on_follow_up_list, local_target_group, statutory_membership
from fotfeste.law.outcomes import Membership
from fotfeste.law.readings import PROPOSED, all_readings
from fotfeste.law.responsible_unit import responsible_unit, responsible_unit_by
from fotfeste.law.right import right_to_upper_secondary
from fotfeste.law.signature import signature
from fotfeste.law.unit_duties import status_registrar_by
from tests.law.builders import AUTUMN, HORIZON, pupil, youth
from tests.law.test_signature import on_days, youths

RULES = (
    statutory_membership,
    local_target_group,
    responsible_unit,
    belongs_on_follow_up_list,
    right_to_upper_secondary,
)
choices = st.sampled_from(
    [
        (reading.id, "days:60" if value == "days" else value)
        for reading in all_readings().values()
        for value in reading.offered
        if not reading.is_fixed and (value != reading.proposed_on(HORIZON) or value == "days")
    ]
)


def _named(decision: Decision) -> set[tuple[str | None, str]]:
    return {(reason.reading, reason.chosen) for reason in decision.reasons if reason.chosen is not None}


@settings(max_examples=600)
@given(facts=youths, on=on_days, choice=choices)
def test_a_decision_that_another_reading_changes_names_it(facts, on, choice):
    chosen = PROPOSED.override(*choice, first_day=HORIZON)
    for rule in RULES:
        as_proposed, as_chosen = ask_naming(rule, facts, on, PROPOSED), ask_naming(rule, facts, on, chosen)
        assert _named(as_proposed) == set()
        assert as_chosen.outcome == rule(facts, on, chosen).outcome
        assert _named(as_chosen) <= {choice}
        if as_chosen.outcome != as_proposed.outcome:
            assert _named(as_chosen) == {choice}


@settings(max_examples=200)
@given(facts=youths, on=on_days)
def test_who_registers_for_a_former_apprentice_names_the_choice_too(facts, on):
    s, r = signature(facts, on), PROPOSED.override("amb-33", "uda", first_day=HORIZON).on(on)
    unit = responsible_unit_by(s, r).outcome
    as_chosen = decide_naming(lambda readings: status_registrar_by(s, readings, unit), r)
    as_proposed = status_registrar_by(s, PROPOSED.on(on), unit)
    if as_chosen.outcome != as_proposed.outcome:
        assert _named(as_chosen) == {("amb-33", "uda")}


def test_a_reading_named_by_the_rule_s_own_reason_gets_no_reason_of_its_own():
    working = youth(date(2008, 5, 17), is_working=True)
    chosen = PROPOSED.override("amb-08", "work_is_outside", first_day=HORIZON)
    decision = ask_naming(statutory_membership, working, AUTUMN, chosen)
    assert [reason.reading for reason in decision.reasons if reason.chosen] == ["amb-08"]


def test_only_from_the_day_the_county_chose_and_only_there():
    at_private = youth(date(2008, 5, 17), pupil(is_private=True, takes_ot_responsibility=True))
    chosen = PROPOSED.override("unit-pupil-status", "current_school", first_day=date(2026, 11, 2), county="03")
    asked = [
        _named(ask_naming(responsible_unit, at_private, on, chosen.for_county(county)))
        for on, county in ((date(2026, 11, 1), "03"), (date(2026, 11, 2), "46"), (date(2026, 11, 2), "03"))
    ]
    assert asked == [set(), set(), {("unit-pupil-status", "current_school")}]


def test_what_was_chosen_is_kept_with_the_decision_and_read_again():
    working = youth(date(2008, 5, 17), is_working=True)
    chosen = PROPOSED.override("amb-08", "work_is_outside", first_day=HORIZON)
    decision = ask_naming(statutory_membership, working, AUTUMN, chosen)
    assert Decision.from_dict(decision.to_dict(), Membership) == decision
    # And one kept before counties could choose reads as before
    older = decision.reasons[0].to_dict()
    older.pop("chosen", None)
    assert Reason.from_dict(older).chosen is None


@pytest.mark.proves("amb-27")
@pytest.mark.parametrize(
    ("stay_district", "kind"), [("07", "district"), (None, "undecided")], ids=["staying in a district", "anywhere"]
)
def test_one_who_stays_here_but_is_registered_elsewhere_may_be_the_district_s(stay_district, kind):
    facts = YouthFacts(
        born=date(2008, 5, 17), finished_compulsory=True, registered_in_county=False, stays_in_county=True,
        stay_district=stay_district,
    )  # fmt: skip
    chosen = PROPOSED.override("amb-27", "district_of_stay", first_day=HORIZON)
    assert responsible_unit(facts, AUTUMN, chosen).outcome.unit_kind == kind
    assert responsible_unit(facts, AUTUMN).outcome.unit_kind == "undecided"


@pytest.mark.parametrize("reading", all_readings().values(), ids=list(all_readings()))
def test_every_reading_says_what_is_unclear_and_offers_the_proposed(reading):
    assert len(reading.unclear) > 20
    assert reading.unclear.endswith(".")
    assert reading.proposed_on(HORIZON).partition(":")[0] in reading.offered
    assert set(reading.offered) <= {value for value, _text in reading.allowed}
    assert reading.is_fixed is (len(reading.offered) == 1)


def test_what_nothing_follows_is_fixed():
    fixed = {reading.id for reading in all_readings().values() if reading.is_fixed}
    assert {"amb-05", "amb-24", "amb-29", "amb-51"} <= fixed
    assert fixed.isdisjoint({"amb-01", "amb-08", "amb-22", "amb-30", "amb-32", "amb-33", "amb-57", "unit-pupil-status"})
