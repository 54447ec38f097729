"""The headline figures side by side: by district, by unit, by reason. Small counts are hidden where they must be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.casework.selectors.counting import By
from fotfeste.casework.selectors.labels import reason_name
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors.units import districts, units
from fotfeste.reporting import code_sets
from fotfeste.reporting.policies import Reach
from fotfeste.reporting.selectors.figures import Standing, Weekly
from fotfeste.reporting.shares import Share, Spread, spread
from fotfeste.reporting.suppression import SMALL_COUNTS
from fotfeste.reporting.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Line:
    """
    One of those set side by side.

    :ivar unknown: None when the counts are too small to be shown to the one who looks.
    :ivar unit_id: the unit behind the name, when it is one.
    """

    key: Any
    name: str
    unknown: Share | None
    wait: Waiting | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the units and districts of a county are called."""

    units: Mapping[int, str]
    districts: Mapping[str, tuple[int, str]]


def names_of(*, county_id: int, on: date) -> Names:
    """Return the names of a county's units, closed ones too, and of its districts."""
    return Names(
        units=dict(units(county_id=county_id).values_list("pk", "name")),
        districts={d.code: (d.unit_id, d.name) for d in districts(county_id=county_id, on=on)},
    )


def shown(shares: Mapping[Any, Share], reach: Reach, on: date) -> dict[Any, Share | None]:
    """Return the shares of a day as the one with the reach may see them."""
    if on in reach.withheld_on:
        return dict.fromkeys(shares)
    return dict(shares) if reach.opens_persons else SMALL_COUNTS.hide(shares)


def shown_wait(wait: Waiting | None, reach: Reach, on: date) -> Waiting | None:
    """Return the waits up to a day as the one with the reach may see them."""
    return None if wait is not None and is_hidden(Share(0, wait.of), reach, on) else wait


def by_district(standing: Standing, waits: Mapping[str, Waiting], names: Names, reach: Reach) -> list[Line]:
    """Return the districts the youths live in by the share unknown, and last those who live in none we know."""
    lines = []
    for code, share in shown(standing.shares_by(code_sets.UNKNOWN, By.DISTRICT), reach, standing.on).items():
        unit_id, name = names.districts.get(code, (None, code or _("Bydel ikke kjent")))
        lines.append(Line(code, name, share, shown_wait(waits.get(code), reach, standing.on), unit_id))
    return sorted(lines, key=lambda line: (not line.key, _order(line)))


def by_unit(standing: Standing, waits: Mapping[int, Waiting], names: Names, reach: Reach) -> list[Line]:
    """Return the units that answer for the youths, by the share unknown, and last those whose unit is not told."""
    lines = []
    for unit_id, share in shown(standing.shares_of_units(code_sets.UNKNOWN), reach, standing.on).items():
        if unit_id is None:
            lines.append(Line(None, _("Enheten nevnes ikke"), share))
            continue
        name = names.units.get(unit_id, _("Enhet i et annet fylke"))
        lines.append(Line(unit_id, name, share, shown_wait(waits.get(unit_id), reach, standing.on), unit_id))
    return sorted(lines, key=lambda line: (line.key is None, _order(line)))


def by_reason(standing: Standing, reach: Reach) -> list[Line]:
    """Return why the youths of the target group were registered, the most usual reason first."""
    lines = [
        Line(reason, reason_name(reason), share)
        for reason, share in shown(standing.shares_by(code_sets.UNKNOWN, By.REASON), reach, standing.on).items()
    ]
    return sorted(lines, key=lambda line: (line.unknown is None, -(line.unknown.of if line.unknown else 0), line.name))


def _order(line: Line) -> tuple[bool, float, str]:
    value = line.unknown.value if line.unknown else None
    return value is None, -(value or 0.0), line.name


def district_series(found: Mapping[str, Weekly], names: Names, reach: Reach) -> list[tuple[str, list[float | None]]]:
    """Return each known district's share unknown week by week, by name; None where it may not be shown."""
    drawn = []
    days = next(iter(found.values())).days if found else ()
    weeks = [shown({code: each.shares[i] for code, each in found.items()}, reach, day) for i, day in enumerate(days)]
    for code, weekly in found.items():
        if code not in names.districts or not any(share.of for share in weekly.shares):
            continue
        values = [share.value if share else None for share in (week[code] for week in weeks)]
        if any(value is not None for value in values):
            drawn.append((names.districts[code][1], values))
    return sorted(drawn)


def is_hidden(share: Share, reach: Reach, on: date) -> bool:
    """Say whether a share of a day is of too few to be shown to the one with the reach, or would tell of another."""
    too_few = SMALL_COUNTS.is_small(share.count) or SMALL_COUNTS.is_small(share.of)
    return on in reach.withheld_on or (not reach.opens_persons and too_few)


def spread_of(lines: list[Line]) -> Spread | None:
    """Return how unlike the shares unknown are, among those with enough youths to compare."""
    shares = [line.unknown for line in lines if line.unknown is not None and line.key]
    return spread(shares, smallest=SMALL_COUNTS.smallest_shown)


def choices(*, county_id: int, on: date) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the districts and schools a county's figures can be narrowed to."""
    kinds = (UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY, UnitKind.ADULT_EDUCATION)
    schools = units(kinds=kinds, county_id=county_id, on=on).filter(takes_responsibility=True)
    return [
        (_("Bydeler"), [(d.unit_id, d.name) for d in districts(county_id=county_id, on=on)]),
        (_("Skoler"), list(schools.values_list("pk", "name"))),
    ]
