"""Everything the leader's screen shows, read together."""

from dataclasses import dataclass
from datetime import date

from fotfeste.casework.selectors.counting import By
from fotfeste.reporting.policies import Reach, ReachKind
from fotfeste.reporting.reporter import as_reporter
from fotfeste.reporting.selectors import breakdowns, figures, indicators
from fotfeste.reporting.selectors.breakdowns import Line
from fotfeste.reporting.selectors.figures import Headline, Standing
from fotfeste.reporting.selectors.indicators import Indicator
from fotfeste.reporting.shares import Spread
from fotfeste.reporting.waiting import waiting


@dataclass(frozen=True)
class Overview:
    """The figures of a reach on a day. A breakdown that would say nothing is empty."""

    reach: Reach
    on: date
    standing: Standing
    headline: Headline
    districts: list[Line]
    units: list[Line]
    reasons: list[Line]
    district_series: list[tuple[str, list[float | None]]]
    spread: Spread | None
    indicators: list[Indicator]

    @property
    def is_empty(self) -> bool:
        """Say whether nobody is registered now, and nobody was in the last year."""
        return not self.standing.registered and self.headline.weekly.known_from is None


def overview(*, reach: Reach, on: date) -> Overview:
    """Return the figures of a reach on a day."""
    with as_reporter():
        return _overview(reach, on)


def _overview(reach: Reach, on: date) -> Overview:
    standing = figures.standing(reach=reach, on=on)
    weekly = figures.unknown_over_time(reach=reach, days=figures.weeks_before(on))
    waits = figures.waits(reach=reach, on=on)
    names = breakdowns.names_of(county_id=reach.county_id, on=on)
    has_districts = reach.kind is ReachKind.COUNTY and bool(names.districts)
    has_units = reach.kind is not ReachKind.UNIT
    wait = figures.waiting_by(waits).get(None) or waiting([])
    by_district = figures.waiting_by(waits, By.DISTRICT)
    by_unit = figures.waiting_by(figures.placed_waits(waits, reach=reach, on=on), By.UNIT)
    units = breakdowns.by_unit(standing, by_unit, names, reach) if has_units else []
    districts = breakdowns.by_district(standing, by_district, names, reach) if has_districts else []
    return Overview(
        reach=reach,
        on=on,
        standing=standing,
        headline=Headline(on, weekly.shares[-1], weekly, wait),
        districts=districts,
        units=units,
        reasons=breakdowns.by_reason(standing, reach),
        district_series=_district_series(reach, on, names) if districts else [],
        spread=breakdowns.spread_of(districts or units),
        indicators=indicators.indicators(reach=reach, standing=standing),
    )


def _district_series(reach: Reach, on: date, names: breakdowns.Names) -> list[tuple[str, list[float | None]]]:
    found = figures.unknown_over_time_by_district(reach=reach, days=figures.weeks_before(on))
    return breakdowns.district_series(found, names, reach)
