"""The schools among which the nearest is chosen, in the form ``law.nearest`` searches."""

import hashlib
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from fotfeste.law.nearest import Candidate, CandidateSet, SchoolLevel
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors.units import units

_KIND = {
    SchoolLevel.UPPER_SECONDARY: UnitKind.UPPER_SECONDARY,
    SchoolLevel.LOWER_SECONDARY: UnitKind.LOWER_SECONDARY,
}


@dataclass(frozen=True, slots=True)
class NearestSchools:
    """
    A county's schools of a level that may be chosen as the nearest.

    :ivar candidates: what ``law.nearest`` takes; its data version changes when a school or a point does.
    :ivar unit_ids: the units' ids in the order of ``candidates.candidates``; index it with ``nearest_many``'s answer.
    """

    candidates: CandidateSet
    unit_ids: npt.NDArray[np.int64]

    def unit_id(self, org_number: str) -> int:
        """
        Return the id of a chosen candidate's unit.

        :raises KeyError: the number is not a candidate's.
        """
        for candidate, pk in zip(self.candidates.candidates, self.unit_ids, strict=True):
            if candidate.org_number == org_number:
                return int(pk)
        raise KeyError(org_number)


def nearest_schools(*, level: SchoolLevel, county_id: int, on: date) -> NearestSchools:
    """
    Return the county's schools of a level that take responsibility, are open on the day and have a known point.

    A school without an organisation number is a candidate under its other number and loses every tie.

    Source: samarbeidsavtalen 2025 § 4; among which schools the nearest is sought, is a reading (amb-24).
    """
    found = units(kinds=(_KIND[level],), county_id=county_id, on=on)
    found = found.filter(takes_responsibility=True, latitude__isnull=False)
    ids: dict[str, int] = {}
    candidates: list[Candidate] = []
    for unit in found:
        if unit.latitude is None or unit.longitude is None:
            continue  # the database leaves these out already; both are there or neither
        number = unit.org_number or f"~{unit.vigo_number or unit.code or unit.pk}"
        ids[number] = unit.pk
        candidates.append(
            Candidate(number, unit.latitude, unit.longitude, frozenset({level}), unit.first_day, unit.last_day)
        )
    ready = CandidateSet(candidates, data_version=_version(candidates))
    in_order = np.array([ids[candidate.org_number] for candidate in ready.candidates], dtype=np.int64)
    return NearestSchools(ready, in_order)


def _version(candidates: list[Candidate]) -> str:
    lines = sorted(f"{item.org_number};{item.latitude:.6f};{item.longitude:.6f}" for item in candidates)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
