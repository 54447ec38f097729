"""The nearest unit: as far as haversine says, ties to the lowest number, and only units that may be chosen."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fotfeste.law.nearest import (
    EARTH_RADIUS_M,
    TIE_M,
    Candidate,
    CandidateSet,
    SchoolLevel,
    eligible,
    nearest,
    nearest_many,
)

UPPER, LOWER = SchoolLevel.UPPER_SECONDARY, SchoolLevel.LOWER_SECONDARY
ON = date(2026, 11, 2)


def haversine(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance in metres between two points in degrees."""
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    north, east = lat_b - lat_a, math.radians(b[1] - a[1])
    half = math.sin(north / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(half))


def unit(number: int, latitude: float, longitude: float, **said: object) -> Candidate:
    said.setdefault("levels", frozenset({UPPER}))
    return Candidate(f"{number:09d}", latitude, longitude, **said)


def units(*candidates: Candidate) -> CandidateSet:
    return CandidateSet(candidates, data_version="2026-11")


norway = st.tuples(st.floats(57.9, 71.2), st.floats(4.5, 31.1))


@given(point=norway, places=st.lists(norway, min_size=1, max_size=12))
def test_the_choice_and_distance_are_those_of_haversine(point, places):
    distances = [haversine(point, place) for place in places]
    limit = min(distances) + TIE_M
    assume(all(abs(distance - limit) > 0.5 for distance in distances))
    candidates = units(*(unit(number, *place) for number, place in enumerate(places)))
    choice = nearest(*point, candidates)
    expected = min(number for number, distance in enumerate(distances) if distance <= limit)
    assert choice.org_number == f"{expected:09d}"
    assert choice.distance_m == pytest.approx(distances[expected], abs=0.01)


def test_half_a_thousand_points_at_once_get_the_same_as_one_by_one():
    chance = np.random.default_rng(3)
    candidates = units(
        *(
            unit(number, *place)
            for number, place in enumerate(zip(chance.uniform(58, 71, 60), chance.uniform(5, 30, 60), strict=True))
        )
    )
    latitudes, longitudes = chance.uniform(58, 71, 500), chance.uniform(5, 30, 500)
    chosen, distances = nearest_many(latitudes, longitudes, candidates)
    for index, latitude, longitude, distance in zip(chosen, latitudes, longitudes, distances, strict=True):
        single = nearest(latitude, longitude, candidates)
        assert single.org_number == candidates.candidates[index].org_number
        assert single.distance_m == pytest.approx(distance, abs=1e-6)


METRE = 1 / 111_195.0


@pytest.mark.proves("amb-24")
@pytest.mark.parametrize(
    ("gap", "winner", "tied"),
    [
        pytest.param(0, "000000001", ("000000002",), id="equally far"),
        pytest.param(49, "000000001", ("000000002",), id="49 metres farther is a tie"),
        pytest.param(51, "000000002", (), id="51 metres farther is not"),
    ],
)
def test_within_fifty_metres_the_lowest_organisation_number_wins(gap, winner, tied):
    candidates = units(unit(2, 60.0 - 1000 * METRE, 10.0), unit(1, 60.0 + (1000 + gap) * METRE, 10.0))
    choice = nearest(60.0, 10.0, candidates)
    assert (choice.org_number, choice.tied_with) == (winner, tied)
    chosen, _ = nearest_many([60.0], [10.0], candidates)
    assert candidates.candidates[chosen[0]].org_number == winner


@pytest.mark.proves("amb-24")
def test_degrees_would_have_chosen_the_wrong_unit():
    # One degree east at 60 degrees north is half as far as one degree north.
    candidates = units(unit(1, 60.09, 10.0), unit(2, 60.0, 10.12))
    assert nearest(60.0, 10.0, candidates).org_number == "000000002"


@pytest.mark.proves("amb-24")
@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"levels": frozenset({LOWER})}, id="another level"),
        pytest.param({"takes_ot_responsibility": False}, id="no responsibility for OT"),
        pytest.param({"last_day": date(2026, 7, 31)}, id="closed in July"),
        pytest.param({"first_day": date(2027, 8, 1)}, id="opens next year"),
    ],
)
def test_a_nearer_unit_that_may_not_be_chosen_is_passed_by(said):
    candidates = [unit(1, 60.0, 10.0, **said), unit(2, 60.1, 10.0, first_day=date(2026, 11, 2), last_day=ON)]
    found = eligible(candidates, level=UPPER, on=ON, data_version="2026-11")
    assert nearest(60.0, 10.0, found).org_number == "000000002"


@pytest.mark.proves("amb-24")
def test_the_choice_keeps_the_distance_and_the_version_of_the_unit_data():
    choice = nearest(60.0, 10.0, units(unit(1, 60.0 + 1000 * METRE, 10.0)))
    assert choice.distance_m == pytest.approx(1000, abs=1)
    assert choice.data_version == "2026-11"


def test_without_any_unit_there_is_no_nearest():
    assert nearest(60.0, 10.0, units()) is None
    with pytest.raises(ValueError, match="Ingen enhet"):
        nearest_many([60.0], [10.0], units())


def test_a_point_that_is_not_known_gets_no_unit():
    chosen, distances = nearest_many([60.0, math.nan], [10.0, 10.0], units(unit(1, 60.0, 10.0)))
    assert list(chosen) == [0, -1]
    assert math.isnan(distances[1])
    assert distances[0] == pytest.approx(0, abs=0.01)
