"""The schools among which the nearest is chosen."""

import hashlib
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors.units import units


@dataclass(frozen=True, slots=True)
class NearestCandidates:
    """
    Schools with a point, in the order ties are broken: lowest organisation number first.

    :ivar points: latitude and longitude in degrees (WGS84), one row for each unit.
    :ivar data_version: changes when a school or a point does; kept with every choice made from these.
    """

    unit_ids: tuple[int, ...]
    org_numbers: tuple[str, ...]
    points: NDArray[np.float64]
    data_version: str


def nearest_candidates(*, kind: UnitKind, county_id: int, on: date) -> NearestCandidates:
    """
    Return the county's schools of a level that take responsibility, are open on the day and have a known point.

    Source: samarbeidsavtalen 2025 § 4; that the nearest is sought among these is a reading (amb-24).
    """
    found = units(kinds=(kind,), county_id=county_id, on=on)
    found = found.filter(takes_responsibility=True, latitude__isnull=False)
    rows = list(found.order_by("org_number", "pk").values_list("pk", "org_number", "code", "latitude", "longitude"))
    lines = "\n".join(f"{number or code or pk};{lat:.6f};{lon:.6f}" for pk, number, code, lat, lon in rows)
    return NearestCandidates(
        unit_ids=tuple(row[0] for row in rows),
        org_numbers=tuple(row[1] for row in rows),
        points=np.array([row[3:] for row in rows], dtype=np.float64).reshape(-1, 2),
        data_version=hashlib.sha256(lines.encode()).hexdigest()[:16],
    )
