"""What each recording of statuses changed, worked out from the rows alone. No database."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fotfeste.casework.selectors.status_changes import known_at, status_changes

DAY = timedelta(days=1)
START = date(2026, 9, 1)
MORNING = datetime(2026, 9, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    code: str
    first_day: date
    last_day: date | None
    recorded_at: datetime
    superseded_at: datetime | None = None
    code_list: str = "current"


def recorded(acts: list[tuple[str | None, int]]) -> list[Event]:
    """Record statuses one after another as the services do; each act is a code (or none) from a day on."""
    rows: list[Event] = []
    for number, (code, offset) in enumerate(acts):
        at, first_day = MORNING + timedelta(hours=number), START + timedelta(days=offset)
        gone = [r for r in rows if r.superseded_at is None and (r.last_day is None or r.last_day >= first_day)]
        rows = [replace(r, superseded_at=at) if r in gone else r for r in rows]
        rows += [replace(r, last_day=first_day - DAY, recorded_at=at) for r in gone if r.first_day < first_day]
        if code is not None:
            rows.append(Event(code, first_day, None, at))
    return rows


def told(rows: list[Event]) -> list[tuple[str | None, str | None, int, int | None]]:
    return [
        (
            change.before.code if change.before else None,
            change.after.code if change.after else None,
            (change.first_day - START).days,
            (change.last_day - START).days if change.last_day else None,
        )
        for change in status_changes(rows)
    ]


def test_a_new_status_changes_the_days_from_then_on():
    assert told(recorded([("OTUK", 0), ("OTAR", 30)])) == [(None, "OTUK", 0, None), ("OTUK", "OTAR", 30, None)]


def test_a_correction_of_the_past_says_which_days_it_is_about():
    rows = recorded([("OTUK", 0), ("OTAR", 30)])
    at = MORNING + timedelta(days=9)
    first = next(row for row in rows if row.superseded_at is None and row.code == "OTUK")
    rows = [replace(row, superseded_at=at) if row is first else row for row in rows]
    rows += [
        replace(first, last_day=START + 9 * DAY, recorded_at=at),
        Event("ELVG", START + 10 * DAY, first.last_day, at),
    ]
    assert told(rows)[-1] == ("OTUK", "ELVG", 10, 29)


def test_writing_the_same_anew_changes_nothing():
    rows = recorded([("OTUK", 0)])
    at = MORNING + timedelta(days=9)
    moved = [
        replace(rows[0], superseded_at=at),
        replace(rows[0], last_day=START + 4 * DAY, recorded_at=at),
        replace(rows[0], first_day=START + 5 * DAY, recorded_at=at),
    ]
    assert told(moved) == [(None, "OTUK", 0, None)]


def test_what_was_ended_is_told_with_nothing_after_it():
    assert told(recorded([("OTUK", 0), (None, 20)]))[-1] == ("OTUK", None, 20, None)


@given(st.lists(st.tuples(st.sampled_from(["OTUK", "OTAR", "ELVG", None]), st.integers(0, 40)), min_size=1, max_size=7))
def test_the_changes_together_say_what_was_known_of_every_day_at_every_moment(acts):
    rows = recorded(acts)
    changes = status_changes(rows)
    for hour in range(len(acts)):
        at = MORNING + timedelta(hours=hour)
        for day in (START + timedelta(days=offset) for offset in range(45)):
            about = [c for c in changes if c.at <= at and c.first_day <= day and (not c.last_day or c.last_day >= day)]
            by_changes = about[-1].after.code if about and about[-1].after else None
            known = [r for r in known_at(rows, at) if r.first_day <= day and (not r.last_day or r.last_day >= day)]
            assert by_changes == (known[0].code if known else None)
