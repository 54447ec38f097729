"""The pictures of the style guide."""

from datetime import date

from fotfeste.kernel import charts, formats


def sample_charts() -> list[object]:
    """Return one of each kind."""
    unit = charts.Unit
    days = [date(2024 + m // 12, m % 12 + 1, 1) for m in range(8, 35, 2)]
    share = [0.48, 0.47, 0.49, 0.45, 0.44, 0.40, 0.41, 0.36, 0.35, 0.33, 0.34, 0.29, 0.27, 0.23]
    line = charts.LineChart(
        title="Andel med ukjent aktivitet",
        labels=[formats.day(d) for d in days],
        days=days,
        marks=[formats.month(d) if i % 4 == 0 or i == 13 else "" for i, d in enumerate(days)],
        unit=unit.SHARE,
        target=0.2,
        note="Av alle i målgruppen den dagen. Skyggen viser hvor usikkert tallet er.",
        series=[charts.Series("Hersleb vgs", share, [v - 0.05 for v in share], [v + 0.05 for v in share], [31] * 14)],
    )
    weeks = [f"Uke {w}" for w in range(38, 48)]
    two = charts.LineChart(
        title="Dager til første kontakt, median",
        labels=weeks,
        unit=unit.DAYS,
        series=[
            charts.Series("Alna", [21, 20, 22, 19, 18, None, 17, 16, 15, 14]),
            charts.Series("Gamle Oslo", [14, 15, 13, 12, 13, 12, 11, 12, 10, 9]),
            charts.Series("Hele Oslo", [19, 18, 18, 17, 17, 17, 16, 16, 16, 15]),
        ],
    )
    bars = charts.BarChart(
        title="Ukjent aktivitet per bydel",
        unit=unit.SHARE,
        target=0.3,
        note="22. november 2026, kodeverk 2021.",
        bars=[
            charts.Bar("Alna", 0.41, 0.33, 0.49, 148),
            charts.Bar("Gamle Oslo", 0.23, 0.16, 0.31, 121, own=True),
            charts.Bar("Nordstrand", 0.19, 0.09, 0.32, 47),
            charts.Bar("Søndre Nordstrand", 0.38, 0.3, 0.46, 133),
            charts.Bar("Marka", None, of=2),
        ],
    )
    stacked = charts.StackedBarChart(
        title="Hva ungdommene gjør",
        categories=[
            charts.Category("I opplæring"),
            charts.Category("I arbeid"),
            charts.Category("Tiltak i Nav"),
            charts.Category("Ukjent", hatched=True),
        ],
        stacks=[charts.Stack("2025", [310, 190, 150, 560]), charts.Stack("2026", [380, 230, 190, 412])],
    )
    many = charts.SmallMultiples(
        title="Andel ukjent per bydel",
        labels=weeks,
        unit=unit.SHARE,
        common=charts.Panel("Hele Oslo", [0.36, 0.36, 0.35, 0.35, 0.34, 0.33, 0.33, 0.32, 0.31, 0.31]),
        panels=[
            charts.Panel("Alna", [0.46, 0.45, 0.47, 0.44, 0.43, 0.44, 0.42, 0.42, 0.41, 0.41], "#"),
            charts.Panel("Gamle Oslo", [0.31, 0.3, 0.29, 0.3, 0.28, 0.27, 0.25, 0.26, 0.24, 0.23], "#"),
            charts.Panel("Nordstrand", [0.2, 0.22, 0.19, None, 0.18, 0.21, 0.2, 0.19, 0.19, 0.19], "#"),
            charts.Panel("Grorud", [0.35, 0.37, 0.38, 0.36, 0.39, 0.4, 0.38, 0.37, 0.39, 0.4], "#"),
        ],
    )
    return [line, two, bars, stacked, many]
