"""What can be asked for, and the sentence that refuses the rest."""

import json
from datetime import date
from pathlib import Path

import pytest

from fotfeste.integrations.synthetic.cli import run
from fotfeste.integrations.synthetic.sizes import WrongSize, plans_for


def test_the_named_sizes():
    (oslo,), (county,) = plans_for("oslo"), plans_for("county")
    assert (oslo.county, oslo.people, oslo.in_service) == ("03", 6_000, 1_600)
    assert (county.county, county.people, county.in_service) == ("03", 60_000, 1_600)
    assert plans_for("county", "46")[0].people == 59_100


def test_a_number_is_made_for_oslo_for_the_county_named_or_from_a_hundred_thousand_for_the_country():
    assert [(p.county, p.people) for p in plans_for("1500")] == [("03", 1_500)]
    assert [(p.county, p.people) for p in plans_for("1500", "56")] == [("56", 1_500)]
    country = plans_for("120000")
    assert len(country) == 15
    assert sum(plan.people for plan in country) == 120_000


def test_exactly_as_many_as_asked_for_are_written(tmp_path: Path):
    report = run(out=tmp_path, people="777", county="18")
    assert report.people == 777
    assert "777 syntetiske personer i fylke 18" in report.summary


@pytest.mark.parametrize("people", [1, 7, 50, 120, 299])
def test_a_few_are_made_too_the_hard_cases_first(tmp_path: Path, people):
    report = run(out=tmp_path, people=str(people))
    truth = json.loads((tmp_path / "truth.json").read_text())
    assert report.people == people
    assert len(truth["counties"]["03"]["hard_cases"]) >= min(people, 30)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"people": "mange"}, "Antall personer må være et helt tall"),
        ({"people": "0"}, "minst 1"),
        ({"people": "-5"}, "Antall personer må være et helt tall"),
        ({"people": "1000", "county": "19"}, "Fylke «19» finnes ikke i dag"),
        ({"people": "oslo", "county": "46"}, "gjelder fylke 03"),
        ({"people": "national", "county": "46"}, "gjelder hele landet"),
        ({"people": "oslo", "on": date(2019, 1, 1)}, "Dagen må ligge mellom"),
        ({"people": "oslo", "table": "ot-2011"}, "Oppgi enten"),
        ({}, "Oppgi enten"),
        ({"table": "ot-2012"}, "Tabellen «ot-2012» finnes ikke"),
        ({"table": "ot-2011", "county": "03"}, "tabellen har sine egne"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence_and_nothing_is_written(tmp_path: Path, asked, sentence):
    out = tmp_path / "ut"
    with pytest.raises(WrongSize, match=sentence):
        run(out=out, **asked)
    assert not out.exists()
