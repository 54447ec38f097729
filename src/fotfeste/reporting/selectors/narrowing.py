"""Figures narrowed from a county to one unit in it: nothing is told there that the county's own table hides."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from fotfeste.casework.selectors.counting import By
from fotfeste.casework.selectors.status_counts import StatusSeries, status_series
from fotfeste.reporting import code_sets, policies
from fotfeste.reporting.policies import Reach, ReachKind
from fotfeste.reporting.reporter import as_reporter
from fotfeste.reporting.selectors.figures import has_hidden, hidden_among, share_series, weeks_before
from fotfeste.reporting.shares import Share
from fotfeste.reporting.suppression import SMALL_COUNTS


def narrowed(reach: Reach, *, unit_id: int, on: date) -> Reach | None:
    """Return the reach of one unit inside a county's with what must be withheld, or None when it lies outside."""
    inner = policies.narrowed(reach, unit_id=unit_id)
    if inner is None or inner.opens_persons:
        return inner
    return replace(inner, withheld_on=_withheld_on(inner, within=reach, days=weeks_before(on)))


def _withheld_on(inner: Reach, *, within: Reach, days: tuple[date, ...]) -> frozenset[date]:
    """Return the days on which the wider reach's table of units, or districts, hides the inner one's line."""
    by, own = (By.DISTRICT, inner.district_code) if inner.kind is ReachKind.DISTRICT else (By.UNIT, inner.unit_id)
    lines = _lines(within, by, days)
    if own not in lines:
        return frozenset()
    weeks = ({key: shares[i] for key, shares in lines.items()} for i in range(len(days)))
    return frozenset(day for day, week in zip(days, weeks, strict=True) if SMALL_COUNTS.hide(week)[own] is None)


def _lines(within: Reach, by: By, days: tuple[date, ...]) -> dict[Any, tuple[Share, ...]]:
    """Return the shares of each line day by day; of units, those whose unit is not told stand under the key None."""
    with as_reporter():
        counted = _by_key(status_series(days=days, among=within.among, by=(by,)))
        apart = by is By.UNIT and has_hidden(within)
        hidden = _by_key(status_series(days=days, among=hidden_among(within), by=(by,))) if apart else {}
    shares = {key: share_series(found, code_sets.UNKNOWN, length=len(days)) for key, found in counted.items()}
    untold = {key: share_series(found, code_sets.UNKNOWN, length=len(days)) for key, found in hidden.items()}
    for key, taken in untold.items():
        shares[key] = tuple(all_ - less for all_, less in zip(shares[key], taken, strict=True))
    if untold:
        shares[None] = tuple(sum(day, Share(0, 0)) for day in zip(*untold.values(), strict=True))
    return shares


def _by_key(series: Iterable[StatusSeries]) -> dict[Any, list[StatusSeries]]:
    found: dict[Any, list[StatusSeries]] = defaultdict(list)
    for each in series:
        found[each.keys[0]].append(each)
    return found
