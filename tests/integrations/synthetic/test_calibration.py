"""The made-up Oslo lies where the published figures lie. The tolerances are those the sources allow."""

from datetime import date

import pytest

from fotfeste.integrations.synthetic.cli import run
from fotfeste.integrations.synthetic.sizes import plans_for
from fotfeste.integrations.synthetic.unit import UPPER
from fotfeste.integrations.synthetic.units import units_of


def _shares(counts: dict[str, int]) -> dict[str, float]:
    return {name: count / sum(counts.values()) for name, count in counts.items()}


def test_sixteen_hundred_of_six_thousand_are_with_the_service(truth):
    assert (truth["people"], truth["members"]) == (6_000, 1_600)


def test_the_share_unknown_and_the_share_in_activity_are_those_of_oslo(truth):
    assert 0.30 <= truth["unknown_share"] <= 0.50
    assert 0.35 <= truth["activity_share"] <= 0.45


def test_reasons_change_with_age_as_published(truth):
    by_age = {age: _shares(counts) for age, counts in truth["reasons_by_age"].items()}
    assert 0.12 <= by_age["17"]["not_applied"] <= 0.15
    assert by_age["17"]["quit"] > 0.5
    assert 0.60 <= by_age["20"]["not_applied"] <= 0.65
    assert 0.12 <= by_age["20"]["quit"] <= 0.16


def test_reasons_in_all_are_as_published(truth):
    totals: dict[str, int] = {}
    for counts in truth["reasons_by_age"].values():
        for reason, count in counts.items():
            totals[reason] = totals.get(reason, 0) + count
    shares = _shares(totals)
    expected = {"not_applied": 0.36, "quit": 0.30, "declined": 0.15, "other": 0.19}
    assert shares == {reason: pytest.approx(share, abs=0.03) for reason, share in expected.items()}


def test_half_were_with_the_service_last_year_too(truth):
    assert truth["carried_over_share"] == pytest.approx(0.5, abs=0.03)


def test_more_boys_than_girls_have_not_applied(truth):
    assert truth["not_applied_by_sex"]["male"] > 1.2 * truth["not_applied_by_sex"]["female"]


def test_each_district_has_10_to_60_names_on_the_otuk_list_and_the_list_is_skewed(truth):
    by_district = truth["unknown_by_district"]
    districts = {f"0301{number:02}": by_district.get(f"0301{number:02}", 0) for number in range(1, 16)}
    assert all(10 <= count <= 62 for count in districts.values()), districts
    heaviest = sorted(districts, key=districts.__getitem__)[-5:]
    assert {"030110", "030111", "030112", "030115"} <= set(heaviest)


def test_each_upper_secondary_school_answers_for_5_to_60_youth(truth):
    schools = {unit.org_number: truth["members_by_unit"].get(unit.org_number, 0) for unit in units_of("03").upper}
    assert len(schools) == 25
    assert all(5 <= count <= 65 for count in schools.values()), schools
    assert all(unit.kind == UPPER for unit in units_of("03").upper)


def test_half_of_first_contacts_come_within_about_16_days_and_some_only_after_months(truth, history):
    assert 12 <= truth["median_days_to_first_contact"] <= 21
    days = sorted(_days_to_contact(line) for line in history if _days_to_contact(line) is not None)
    assert days[int(0.95 * len(days))] > 100


def _days_to_contact(line):
    reached = [attempt["on"] for attempt in line["attempts"] if attempt["answered_by"] == "youth"]
    first = line["registrations"][0]["first_day"]
    return (date.fromisoformat(min(reached)) - date.fromisoformat(first)).days if reached else None


def test_the_share_unknown_falls_through_the_year_and_rises_with_the_new_one(truth):
    share = {point["on"]: point["by_code"]["OTUK"] / sum(point["by_code"].values()) for point in truth["series"]}
    assert share["2025-10-01"] > share["2026-02-01"] >= share["2026-06-15"] - 0.02
    assert share["2026-10-01"] > share["2026-06-15"]


def test_cohorts_are_about_even(truth):
    cohorts = [count for year, count in truth["by_birth_year"].items() if 2002 <= int(year) <= 2010]
    assert len(cohorts) == 9
    assert max(cohorts) < 1.9 * min(cohorts)


def test_the_country_has_500_000_people_with_25_000_at_the_service_and_440_schools():
    plans = plans_for("national")
    assert len(plans) == 15
    assert sum(plan.people for plan in plans) == 500_000
    assert sum(plan.in_service for plan in plans) == 25_000
    made_up = [units_of(plan.county) for plan in plans if plan.county != "03"]
    assert sum(len(units.upper) + len(units.private_upper) for units in made_up) + 25 == 440


def test_the_share_unknown_differs_between_counties_as_it_does_in_the_country(tmp_path):
    vestfold = run(out=tmp_path / "39", people="6000", county="39")
    assert vestfold.members == 1270
    unknown = {plan.county: plan.unknown_share for plan in plans_for("national")}
    assert max(unknown, key=unknown.__getitem__) == "03"
    assert min(unknown, key=unknown.__getitem__) == "40"
