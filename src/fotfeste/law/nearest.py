"""The nearest unit: great-circle distance between points, and a tie rule, so that the choice can be told and repeated.

No document says what "nearest" means. By our reading: the distance along the sphere; only units of the right level,
open on the day and with responsibility for OT; units within 50 metres of the nearest are ties, and the lowest
organisation number wins. The distance and the version of the unit data are kept with the choice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from fotfeste.spec import implements

implements("amb-24")

EARTH_RADIUS_M = 6_371_008.8
TIE_M = 50.0
_BLOCK = 4096

Floats = npt.NDArray[np.float64]


class SchoolLevel(StrEnum):
    """The level a unit must have to be chosen."""

    UPPER_SECONDARY = "upper_secondary"
    LOWER_SECONDARY = "lower_secondary"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be the nearest. Latitude and longitude in degrees (WGS84); the days are inclusive."""

    org_number: str
    latitude: float
    longitude: float
    levels: frozenset[SchoolLevel]
    first_day: date | None = None
    last_day: date | None = None
    takes_ot_responsibility: bool = True

    def is_eligible(self, level: SchoolLevel, on: date) -> bool:
        """Return whether the unit has the level, is open on the day and takes responsibility."""
        is_open = (self.first_day is None or self.first_day <= on) and (self.last_day is None or on <= self.last_day)
        return is_open and self.takes_ot_responsibility and level in self.levels


@dataclass(frozen=True, slots=True)
class NearestChoice:
    """The chosen unit, the distance in metres, the other units within the tie, and the version of the unit data."""

    org_number: str
    distance_m: float
    tied_with: tuple[str, ...]
    data_version: str


class CandidateSet:
    """Eligible units as unit vectors on the sphere, in the order of their organisation numbers."""

    __slots__ = ("candidates", "data_version", "vectors")

    def __init__(self, candidates: Iterable[Candidate], *, data_version: str) -> None:
        self.candidates: tuple[Candidate, ...] = tuple(sorted(candidates, key=lambda item: item.org_number))
        self.data_version = data_version
        latitudes = np.array([item.latitude for item in self.candidates], dtype=np.float64)
        longitudes = np.array([item.longitude for item in self.candidates], dtype=np.float64)
        self.vectors = unit_vectors(latitudes, longitudes)

    def __len__(self) -> int:
        return len(self.candidates)


def eligible(candidates: Iterable[Candidate], *, level: SchoolLevel, on: date, data_version: str) -> CandidateSet:
    """Return the units that may be chosen at a level on a day, ready for searching."""
    return CandidateSet((item for item in candidates if item.is_eligible(level, on)), data_version=data_version)


def unit_vectors(latitudes: Floats, longitudes: Floats) -> Floats:
    """Return points given in degrees as vectors of length one, shape (n, 3)."""
    latitude, longitude = np.radians(latitudes), np.radians(longitudes)
    across = np.cos(latitude)
    return np.stack((across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude)), axis=1)


def nearest(latitude: float, longitude: float, candidates: CandidateSet) -> NearestChoice | None:
    """Return the nearest unit to one point in degrees, or None when there is no unit to choose."""
    if not len(candidates):
        return None
    point = unit_vectors(np.array([latitude]), np.array([longitude]))
    chosen = int(_choose(point @ candidates.vectors.T)[0])
    distances = _distances(candidates.vectors, point)
    within = np.flatnonzero(distances <= distances.min() + TIE_M)
    others = [int(index) for index in within if index != chosen]
    return NearestChoice(
        org_number=candidates.candidates[chosen].org_number,
        distance_m=float(distances[chosen]),
        tied_with=tuple(candidates.candidates[index].org_number for index in others),
        data_version=candidates.data_version,
    )


def nearest_many(
    latitudes: Sequence[float] | Floats, longitudes: Sequence[float] | Floats, candidates: CandidateSet
) -> tuple[npt.NDArray[np.intp], Floats]:
    """
    Return, for each point in degrees, the index in ``candidates.candidates`` of its unit and the distance in metres.

    The same choice as ``nearest``, in blocks of points. A point that is not a number gets index -1 and distance NaN.

    :raises ValueError: there is no unit to choose.
    """
    if not len(candidates):
        raise ValueError("Ingen enhet å velge blant.")
    points = unit_vectors(np.asarray(latitudes, dtype=np.float64), np.asarray(longitudes, dtype=np.float64))
    is_known = np.isfinite(points.sum(axis=1))
    points = np.where(is_known[:, None], points, 0.0)
    chosen = np.empty(len(points), dtype=np.intp)
    columns = np.ascontiguousarray(candidates.vectors.T)
    for start in range(0, len(points), _BLOCK):
        block = points[start : start + _BLOCK]
        chosen[start : start + _BLOCK] = _choose(block @ columns)
    distances = _distances(candidates.vectors[chosen], points)
    chosen[~is_known] = -1
    distances[~is_known] = np.nan
    return chosen, distances


def _choose(cosines: Floats) -> npt.NDArray[np.intp]:
    """Return the first column, that is the lowest organisation number, within the tie of the nearest in each row."""
    closest = np.arccos(np.clip(cosines.max(axis=1), -1.0, 1.0))
    limit = np.cos(np.minimum(closest + TIE_M / EARTH_RADIUS_M, np.pi))
    within: npt.NDArray[np.bool_] = np.greater_equal(cosines, limit[:, None])
    return within.argmax(axis=1)


def _distances(units: Floats, points: Floats) -> Floats:
    """Return distances in metres from the chord between unit vectors: exact also for points close together."""
    chords = np.linalg.norm(units - points, axis=1)
    return 2.0 * EARTH_RADIUS_M * np.arcsin(np.minimum(chords / 2.0, 1.0))
