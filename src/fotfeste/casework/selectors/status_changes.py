"""What each recording of statuses changed: in which days, from what, to what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatusChange:
    """
    What a status was and became in some days, by what was recorded at a moment.

    :ivar before: the event known until then, None when nothing was; ``after`` the one known from then.
    :ivar last_day: None when the change reaches until further notice.
    """

    at: datetime
    first_day: date
    last_day: date | None
    before: Any
    after: Any


def known_at(events: Iterable[Any], at: datetime) -> list[Any]:
    """Return the rows that were known at a moment: recorded by then, and not yet superseded."""
    return [row for row in events if row.recorded_at <= at and (row.superseded_at is None or row.superseded_at > at)]


def status_changes(events: Iterable[Any]) -> list[StatusChange]:
    """
    Return what each recording changed, the oldest first. A move and a new school year change no status.

    :param events: all that was ever recorded about one youth.
    """
    rows = list(events)
    moments = sorted({row.recorded_at for row in rows} | {row.superseded_at for row in rows if row.superseded_at})
    found: list[StatusChange] = []
    before: list[Any] = []
    for at in moments:
        after = known_at(rows, at)
        found += _compared(at, before, after)
        before = after
    return found


def _compared(at: datetime, before: Sequence[Any], after: Sequence[Any]) -> list[StatusChange]:
    found: list[StatusChange] = []
    for first_day, last_day in _stretches([*before, *after]):
        was, became = _holding(before, first_day), _holding(after, first_day)
        if _meaning(was) == _meaning(became):
            continue
        last = found[-1] if found else None
        if (
            last
            and _goes_on(last, first_day)
            and (_meaning(last.before), _meaning(last.after))
            == (
                _meaning(was),
                _meaning(became),
            )
        ):
            found[-1] = StatusChange(at, last.first_day, last_day, last.before, last.after)
        else:
            found.append(StatusChange(at, first_day, last_day, was, became))
    return found


def _stretches(rows: Sequence[Any]) -> Iterator[tuple[date, date | None]]:
    """Return the stretches of days within which none of the rows begins or ends."""
    edges = sorted({row.first_day for row in rows} | {row.last_day + _DAY for row in rows if row.last_day})
    for edge, following in zip(edges, [*edges[1:], None], strict=True):
        yield edge, following - _DAY if following else None


def _holding(rows: Sequence[Any], day: date) -> Any:
    return next((row for row in rows if row.first_day <= day and (row.last_day is None or row.last_day >= day)), None)


def _meaning(row: Any) -> tuple[str, str] | None:
    return (row.code_list, row.code) if row else None


def _goes_on(last: StatusChange, first_day: date) -> bool:
    return last.last_day is not None and last.last_day + _DAY == first_day
