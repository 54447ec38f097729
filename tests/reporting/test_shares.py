"""Shares, waits and what is hidden: no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.casework.selectors.contact_waits import WaitCount
from fotfeste.reporting.shares import Share, spread
from fotfeste.reporting.suppression import SMALL_COUNTS
from fotfeste.reporting.waiting import waiting


def _waits(reached: list[int], still: list[int] = ()) -> list[WaitCount]:
    return [WaitCount((), days, True, 1) for days in reached] + [WaitCount((), days, False, 1) for days in still]


@given(of=st.integers(1, 5000), share=st.floats(0, 1))
def test_the_uncertainty_of_a_share_holds_the_share_and_stays_between_none_and_all(of: int, share: float):
    counted = Share(round(share * of), of)
    low, high = counted.interval
    assert 0 <= low <= counted.value <= high <= 1


def test_the_same_share_of_fewer_is_less_sure():
    few, many = Share(3, 10).interval, Share(300, 1000).interval
    assert few[1] - few[0] > 3 * (many[1] - many[0])


def test_of_nobody_there_is_no_share():
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, (None, None))


@pytest.mark.proves("ind-equal-offer")
def test_the_spread_is_highest_minus_lowest_and_leaves_out_the_smallest_units():
    found = spread([Share(10, 100), Share(30, 100), Share(2, 2)], smallest=5)
    assert (round(found.difference, 3), found.members, round(found.variation, 3)) == (0.2, 2, 0.5)
    assert spread([Share(10, 100), Share(1, 2)], smallest=5) is None


@pytest.mark.proves("ind-days-to-contact")
def test_the_median_and_the_slowest_tenth_of_those_who_were_all_reached():
    found = waiting(_waits([1, 2, 3, 4, 5, 6, 7, 8, 9, 60]))
    assert (found.median, found.tenth, found.reached, found.waiting) == (5, 9, 10, 0)


@pytest.mark.proves("ind-days-to-contact")
def test_those_not_yet_reached_make_the_wait_longer_not_shorter():
    # Given a service that reached two at once and has let eight wait for a hundred days
    found = waiting(_waits([2, 2], still=[100] * 8))
    # Then the median is not two days: more than half were never reached
    assert (found.median, found.tenth, found.longest) == (None, None, 100)


def test_somebody_followed_for_three_days_says_nothing_of_the_fourth():
    found = waiting(_waits([5, 5], still=[3, 3, 3]))
    assert found.median == 5


@pytest.mark.proves("ind-days-to-contact")
def test_the_share_reached_by_a_day_counts_those_who_still_wait():
    found = waiting(_waits([2, 10], still=[100] * 2))
    assert [round(found.reached_by(day), 2) for day in (0, 1, 2, 9, 10, 99)] == [0, 0, 0.25, 0.25, 0.5, 0.5]


@given(reached=st.lists(st.integers(0, 400), min_size=1), still=st.lists(st.integers(0, 400)))
def test_the_slowest_tenth_never_waits_shorter_than_the_median(reached: list[int], still: list[int]):
    found = waiting(_waits(reached, still))
    assert found.of == len(reached) + len(still)
    if found.tenth is not None:
        assert found.median is not None
        assert found.median <= found.tenth


def test_one_to_four_are_hidden_and_nobody_is_not():
    hidden = SMALL_COUNTS.hide({"a": Share(4, 40), "b": Share(5, 50), "c": Share(0, 30), "d": Share(2, 3)})
    assert hidden == {"a": None, "b": Share(5, 50), "c": Share(0, 30), "d": None}


@given(
    shares=st.dictionaries(
        st.integers(0, 9),
        st.integers(0, 30).flatmap(lambda of: st.integers(0, of).map(lambda count: Share(count, of))),
        min_size=1,
    )
)
def test_what_is_hidden_is_never_one_alone_and_never_a_small_count_together(shares: dict[int, Share]):
    shown = SMALL_COUNTS.hide(shares)
    hidden = [shares[key] for key, share in shown.items() if share is None]
    together = sum(hidden, Share(0, 0))
    if hidden and any(share and share.of for share in shown.values()):
        assert len(hidden) > 1
        assert not SMALL_COUNTS.is_small(together.count)
        assert not SMALL_COUNTS.is_small(together.of)


def test_a_single_hidden_one_takes_the_next_smallest_with_it():
    hidden = SMALL_COUNTS.hide({"a": Share(1, 40), "b": Share(9, 50), "c": Share(20, 90)})
    assert hidden == {"a": None, "b": None, "c": Share(20, 90)}


def test_the_rule_says_that_no_document_gave_it():
    assert (SMALL_COUNTS.smallest_shown, SMALL_COUNTS.source) == (5, "inferred")
