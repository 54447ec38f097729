"""Replacing a part of the days never makes a gap, an overlap, or a change outside the part. No database."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fotfeste.casework.services.status_timeline import Stretch, rewrite

FIRST = date(2026, 1, 1)
LAST = date(2026, 3, 1)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]


@st.composite
def timelines(draw):
    """Stretches without a gap from the first day, the last one open."""
    cuts = sorted(draw(st.sets(st.sampled_from(DAYS[1:]), max_size=5)))
    starts = [FIRST, *cuts]
    ends = [cut - timedelta(days=1) for cut in cuts] + [None]
    return [
        Stretch(
            event_id=number, registration_id=1, first_day=first, last_day=last, code=f"C{number}", code_list="current",
            county_then=3, unit_then=7, basis="contact", set_by_id=1,
        )
        for number, (first, last) in enumerate(zip(starts, ends, strict=True), start=1)
    ]  # fmt: skip


periods = st.tuples(st.sampled_from(DAYS), st.one_of(st.none(), st.sampled_from(DAYS))).map(
    lambda ends: ends if ends[1] is None or ends[0] <= ends[1] else (ends[1], ends[0])
)


def _after(timeline, result):
    kept = [stretch for stretch in timeline if stretch.event_id not in result.superseded]
    return sorted([*kept, *result.added], key=lambda stretch: stretch.first_day)


def _on(timeline, day):
    return [s for s in timeline if s.first_day <= day and (s.last_day is None or s.last_day >= day)]


@given(timelines(), periods)
def test_every_day_has_one_status_before_and_after(timeline, period):
    result = rewrite(timeline, first_day=period[0], last_day=period[1], change=lambda s: replace(s, code="NEW"))
    for day in DAYS:
        assert len(_on(_after(timeline, result), day)) == 1


@given(timelines(), periods)
def test_the_part_is_changed_and_the_rest_is_not(timeline, period):
    first, last = period
    result = rewrite(timeline, first_day=first, last_day=last, change=lambda s: replace(s, code="NEW"))
    for day in DAYS:
        (now,), (before,) = _on(_after(timeline, result), day), _on(timeline, day)
        is_inside = first <= day and (last is None or day <= last)
        assert now.code == ("NEW" if is_inside else before.code)


@given(timelines(), periods)
def test_taking_a_part_away_leaves_a_gap_there_and_nowhere_else(timeline, period):
    first, last = period
    result = rewrite(timeline, first_day=first, last_day=last, change=lambda s: None)
    for day in DAYS:
        is_inside = first <= day and (last is None or day <= last)
        assert len(_on(_after(timeline, result), day)) == (0 if is_inside else 1)


@given(timelines(), periods)
def test_a_change_that_changes_nothing_writes_nothing(timeline, period):
    result = rewrite(timeline, first_day=period[0], last_day=period[1], change=lambda s: s)
    assert (result.superseded, result.added) == ((), ())
