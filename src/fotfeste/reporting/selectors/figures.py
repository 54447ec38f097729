"""The two headline figures: how many nobody knows the activity of, and the days to the first real contact."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from fotfeste.casework.selectors.contact_waits import WaitCount, contact_waits
from fotfeste.casework.selectors.counting import Among, By, CodeSet
from fotfeste.casework.selectors.status_counts import StatusCount, StatusSeries, status_counts, status_series
from fotfeste.reporting import code_sets
from fotfeste.reporting.policies import Reach
from fotfeste.reporting.reporter import as_reporter
from fotfeste.reporting.shares import Share
from fotfeste.reporting.waiting import Waiting, waiting
from fotfeste.spec import implements

WEEKS = 52
#: The waits summed up are those that began within so many days.
WAITS_BEGUN_WITHIN = 365

CUT = (By.UNIT, By.DISTRICT, By.REASON)
WAITS_CUT = (By.UNIT, By.DISTRICT)


@dataclass(frozen=True)
class Standing:
    """
    How all within a reach stand on a day, cut by unit, district and reason at once.

    :ivar placed: the same without those whose unit is not told, for what is cut by unit.
    """

    on: date
    counts: tuple[StatusCount, ...]
    placed: tuple[StatusCount, ...]

    def share(self, codes: CodeSet) -> Share:
        """Return how many of the target group have one of the codes."""
        return self.shares(codes, lambda keys: None).get(None, Share(0, 0))

    def shares(
        self, codes: CodeSet, key: Callable[[tuple[Any, ...]], Any], *, placed: bool = False
    ) -> dict[Any, Share]:
        """Return the same for each value of a key; youths outside the target group are in no share."""
        found: dict[Any, Share] = defaultdict(lambda: Share(0, 0))
        for each in self.placed if placed else self.counts:
            member = (each.code_list, each.code)
            if member in code_sets.TARGET_GROUP:
                found[key(each.keys)] += Share(each.count if member in codes else 0, each.count)
        return dict(found)

    def shares_by(self, codes: CodeSet, by: By) -> dict[Any, Share]:
        """Return the share for each unit, district or reason that has somebody in the target group."""
        return self.shares(codes, lambda keys: keys[CUT.index(by)], placed=by is By.UNIT)

    def shares_of_units(self, codes: CodeSet) -> dict[int | None, Share]:
        """
        Return the share for each unit, and under None that of those whose unit is not told.

        All of them together are the whole: were the last left out, one would find it by subtraction.
        """
        shares: dict[int | None, Share] = dict(self.shares_by(codes, By.UNIT))
        untold = self.share(codes) - sum(shares.values(), Share(0, 0))
        return {**shares, None: untold} if untold.of else shares

    @property
    def registered(self) -> int:
        """Return how many are registered, in the target group or not."""
        return sum(each.count for each in self.counts)


@dataclass(frozen=True)
class Weekly:
    """A share on the same weekday of each week, the latest last."""

    days: tuple[date, ...]
    shares: tuple[Share, ...]

    @property
    def known_from(self) -> int | None:
        """Return the place of the first week with anybody to count, or None."""
        return next((i for i, share in enumerate(self.shares) if share.of), None)


@dataclass(frozen=True)
class Headline:
    """The two figures a service is good by, with what they are of, and the way the first one came."""

    on: date
    unknown: Share
    weekly: Weekly
    wait: Waiting


@implements("ind-target-group-size")
def standing(*, reach: Reach, on: date) -> Standing:
    """Return how the youths within the reach stand on a day, as known now. Its target group is every denominator."""
    with as_reporter():
        counts = status_counts(on=on, among=reach.among, by=CUT)
        hidden = status_counts(on=on, among=hidden_among(reach), by=CUT) if has_hidden(reach) else []
    known = {(each.keys, each.code_list, each.code): each.count for each in hidden}
    placed = (replace(each, count=each.count - known.get((each.keys, each.code_list, each.code), 0)) for each in counts)
    return Standing(on, tuple(counts), tuple(each for each in placed if each.count))


def has_hidden(reach: Reach) -> bool:
    """Say whether there may be somebody in what is counted whose unit is not told."""
    return reach.hides_places and reach.among.protected is None


def hidden_among(reach: Reach) -> Among:
    """Return the limits of those in what is counted whose unit is not told."""
    return replace(reach.among, protected=True)


def weeks_before(on: date, weeks: int = WEEKS) -> tuple[date, ...]:
    """Return the day and the same weekday of the weeks before it, the earliest first."""
    return tuple(on - timedelta(weeks=back) for back in range(weeks, -1, -1))


@implements("ind-share-unknown")
def unknown_over_time(*, reach: Reach, days: tuple[date, ...]) -> Weekly:
    """Return the share with unknown activity on each of the days, of the target group on the same day."""
    with as_reporter():
        series = status_series(days=days, among=reach.among, by=())
    return Weekly(days, share_series(series, code_sets.UNKNOWN, length=len(days)))


def unknown_over_time_by_district(*, reach: Reach, days: tuple[date, ...]) -> dict[str, Weekly]:
    """Return the same for each district the youths live in, by its code; the district is the one known now."""
    with as_reporter():
        series = status_series(days=days, among=reach.among, by=(By.DISTRICT,))
    by_district: dict[str, list[StatusSeries]] = defaultdict(list)
    for each in series:
        by_district[each.keys[0]].append(each)
    return {
        code: Weekly(days, share_series(found, code_sets.UNKNOWN, length=len(days)))
        for code, found in by_district.items()
    }


def share_series(series: Iterable[StatusSeries], codes: CodeSet, *, length: int) -> tuple[Share, ...]:
    """Return on each day how many of the target group have one of the codes."""
    count, of = [0] * length, [0] * length
    for each in series:
        member = (each.code_list, each.code)
        if member not in code_sets.TARGET_GROUP:
            continue
        for i, n in enumerate(each.counts):
            of[i] += n
            count[i] += n if member in codes else 0
    return tuple(Share(*pair) for pair in zip(count, of, strict=True))


def waits(*, reach: Reach, on: date) -> list[WaitCount]:
    """Return the waits of those who became unknown within the last year, by unit and district."""
    since = on - timedelta(days=WAITS_BEGUN_WITHIN)
    with as_reporter():
        return contact_waits(since=since, on=on, among=reach.among, by=WAITS_CUT)


def placed_waits(found: Iterable[WaitCount], *, reach: Reach, on: date) -> list[WaitCount]:
    """Return the waits without those of youths whose unit is not told, for what is cut by unit."""
    if not has_hidden(reach):
        return list(found)
    since = on - timedelta(days=WAITS_BEGUN_WITHIN)
    with as_reporter():
        hidden = contact_waits(since=since, on=on, among=hidden_among(reach), by=WAITS_CUT)
    known = {(each.keys, each.days, each.reached): each.count for each in hidden}
    placed = (replace(each, count=each.count - known.get((each.keys, each.days, each.reached), 0)) for each in found)
    return [each for each in placed if each.count]


@implements("ind-days-to-contact")
def waiting_by(found: Iterable[WaitCount], by: By | None = None) -> dict[Any, Waiting]:
    """Sum up waits for each unit or district, or for all under the key None."""
    grouped: dict[Any, list[WaitCount]] = defaultdict(list)
    for wait in found:
        grouped[None if by is None else wait.keys[WAITS_CUT.index(by)]].append(wait)
    return {key: waiting(group) for key, group in grouped.items()}


def headline(*, reach: Reach, on: date) -> Headline:
    """Return the two headline figures, for the leader's screen and for the first lines of others' home screens."""
    with as_reporter():
        weekly = unknown_over_time(reach=reach, days=weeks_before(on))
        wait = waiting_by(waits(reach=reach, on=on)).get(None) or waiting([])
    return Headline(on, weekly.shares[-1], weekly, wait)
