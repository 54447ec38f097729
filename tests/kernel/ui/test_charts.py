"""A picture and its table say the same, escape what they are given, and need no style of their own."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel import charts
from fotfeste.kernel.charts import scales
from fotfeste.kernel.views.styleguide_charts import sample_charts

SAMPLES = {type(chart).__name__: chart for chart in sample_charts()}
NASTY = '<script>alert("x")</script>&'


def as_xml(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<all>{drawn}</all>")


def words_of(drawn: str) -> str:
    return " ".join(as_xml(drawn).itertext()).replace("\u00a0", " ")


@pytest.mark.parametrize("chart", SAMPLES.values(), ids=list(SAMPLES))
def test_a_picture_is_named_described_and_well_formed(chart):
    pictures = [e for e in as_xml(chart.svg).iter() if e.tag.endswith("svg") and e.get("role") == "img"]
    assert pictures
    for picture in pictures:
        ids = picture.get("aria-labelledby", "").split()
        named = {e.get("id"): "".join(e.itertext()) for e in picture.iter() if e.get("id")}
        assert all(named[i].strip() for i in ids)


@pytest.mark.parametrize("chart", SAMPLES.values(), ids=list(SAMPLES))
def test_neither_picture_nor_table_carries_style_or_script(chart):
    drawn = f"{chart.svg}{chart.table}{chart.legend}"
    assert re.findall(r"<style|<script|\sstyle=|\son\w+=", drawn) == []


def test_every_figure_of_a_line_is_in_the_table_and_by_its_point():
    # Given two lines, one with a hole
    chart = charts.LineChart(
        "Dager",
        ["uke 1", "uke 2", "uke 3"],
        [charts.Series("Alna", [21, None, 14]), charts.Series("Oslo", [19, 18, 17])],
    )
    # When both are drawn
    svg, table = words_of(chart.svg), words_of(str(chart.table))
    # Then each known figure stands in both, and the hole is a dash in the table
    for said in ("Alna, uke 1: 21", "Alna, uke 3: 14", "Oslo, uke 2: 18"):
        assert said in svg
    assert "uke 2 – 18" in table
    assert "Alna, uke 2" not in svg


def test_a_line_breaks_where_nothing_is_known():
    chart = charts.LineChart("Dager", ["1", "2", "3", "4", "5"], [charts.Series("A", [1, 2, None, 3, 4])])
    path = next(e.get("d") for e in as_xml(chart.svg).iter() if "fot-c-line" in e.get("class", ""))
    assert path.count("M") == 2


def test_uncertainty_is_in_the_table_too():
    chart = charts.LineChart(
        "Andel", ["før", "nå"], [charts.Series("A", [0.4, 0.3], [0.35, 0.2], [0.45, 0.4], [40, 31])], charts.Unit.SHARE
    )
    assert "nå 30 % 31 20 %–40 %" in words_of(str(chart.table))
    assert "fot-c-band" in chart.svg


def test_bars_stand_with_the_largest_first_and_the_unknown_last():
    chart = charts.BarChart("B", [charts.Bar("lav", 1), charts.Bar("ukjent", None), charts.Bar("høy", 3)])
    assert [row[0] for row in chart.table.rows] == ["høy", "lav", "ukjent"]
    assert words_of(chart.svg).index("høy") < words_of(chart.svg).index("lav")


def test_a_bar_is_as_long_as_its_share_of_the_longest():
    chart = charts.BarChart("B", [charts.Bar("hel", 4), charts.Bar("kvart", 1)])
    widths = [e.get("width") for e in as_xml(chart.svg).iter() if "fot-c-bar" in e.get("class", "")]
    assert widths == ["100%", "25%"]


def test_the_parts_of_a_stack_fill_the_whole_and_the_unknown_is_hatched():
    chart = SAMPLES["StackedBarChart"]
    parts = [e for e in as_xml(chart.svg).iter() if "fot-c-part" in e.get("class", "")]
    assert sum(float(e.get("width").rstrip("%")) for e in parts[:4]) == pytest.approx(100, abs=0.05)
    assert chart.svg.count("url(#") == 2
    assert "1 210" in words_of(str(chart.table))


def test_an_empty_stack_is_drawn_without_dividing_by_nought():
    chart = charts.StackedBarChart("S", [charts.Category("a")], [charts.Stack("ingen", [0])])
    assert "ingen: ingen." in chart.summary
    assert "fot-c-part" not in chart.svg


def test_small_multiples_share_one_scale():
    chart = SAMPLES["SmallMultiples"]
    tops = {re.search(r"Skala: 0 til (.*?)<", chart.legend).group(1)}
    assert {t.replace("\u00a0", " ") for t in tops} == {"60 %"}
    assert [row[0] for row in chart.table.rows][-1] == "Hele Oslo"


def test_a_sparkline_says_where_it_starts_and_ends():
    drawn = charts.Sparkline("Ukjent", [0.34, 0.23], charts.Unit.SHARE).svg
    assert "Ukjent: fra 34 % til 23 %" in drawn.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "chart",
    [
        charts.LineChart(NASTY, [NASTY], [charts.Series(NASTY, [1])], target=1, target_label=NASTY, note=NASTY),
        charts.BarChart(NASTY, [charts.Bar(NASTY, 1, 0, 2)], target=1, target_label=NASTY),
        charts.StackedBarChart(NASTY, [charts.Category(NASTY, True)], [charts.Stack(NASTY, [1])]),
        charts.SmallMultiples(NASTY, [NASTY], [charts.Panel(NASTY, [1], url='"onload="')]),
        charts.Sparkline(NASTY, [1]),
    ],
    ids=lambda chart: type(chart).__name__,
)
def test_names_are_escaped_wherever_they_stand(chart):
    drawn = f"{chart.svg}{getattr(chart, 'table', '')}{getattr(chart, 'legend', '')}"
    assert "<script" not in drawn
    as_xml(drawn)


def test_a_picture_for_print_has_a_size_of_its_own_and_colours_as_attributes():
    drawn = as_xml(SAMPLES["LineChart"].standalone(600))
    outer = next(e for e in drawn.iter() if e.tag.endswith("svg"))
    assert outer.get("width") == "600"
    assert outer.get("viewBox") == "0 0 600 240"
    assert any(e.get("stroke") == "#006f8b" for e in drawn.iter())


@given(st.floats(min_value=0.001, max_value=1e7), st.sampled_from(list(charts.Unit)))
def test_a_scale_starts_at_nought_and_reaches_above_the_highest(highest, unit):
    found = scales.ticks(highest, unit)
    assert found[0] == 0
    assert found[-1] >= highest * 0.999999
    assert 2 <= len(found) <= 8
    assert found == sorted(set(found))


def test_a_scale_of_shares_never_goes_above_a_hundred_percent():
    assert scales.ticks(0.97, charts.Unit.SHARE)[-1] == 1
