"""The units of a county: the real ones the product knows in Oslo, made-up ones everywhere else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import cos, hypot, radians

from fotfeste.integrations.synthetic.made_up_units import made_up_units
from fotfeste.integrations.synthetic.places import METRES_PER_DEGREE
from fotfeste.integrations.synthetic.shipped_units import shipped_units
from fotfeste.integrations.synthetic.tables import rows
from fotfeste.integrations.synthetic.unit import (
    ADMIN,
    ADULT,
    APPRENTICESHIP,
    DISTRICT,
    LOWER,
    OTHER,
    UPPER,
    Unit,
    education_admin,
)
from fotfeste.law import nearest as law


@dataclass(slots=True)
class CountyUnits:
    """The units of one county, by what they are used for."""

    county: str
    everyone: tuple[Unit, ...]
    upper: list[Unit] = field(default_factory=list)
    private_upper: list[Unit] = field(default_factory=list)
    lower: list[Unit] = field(default_factory=list)
    private_lower: list[Unit] = field(default_factory=list)
    adult: list[Unit] = field(default_factory=list)
    training_offices: list[Unit] = field(default_factory=list)
    districts: dict[str, Unit] = field(default_factory=dict)
    lower_near: dict[str, list[Unit]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        placed = [unit for unit in self.everyone if unit.latitude is not None]
        upper = [unit for unit in placed if UPPER in {unit.kind, unit.also_kind}]
        lower = [unit for unit in placed if LOWER in {unit.kind, unit.also_kind}]
        self.upper = [unit for unit in upper if unit.takes_responsibility and not unit.is_private]
        self.private_upper = [unit for unit in upper if unit.is_private]
        self.lower = [unit for unit in lower if unit.takes_responsibility and not unit.is_private]
        self.private_lower = [unit for unit in lower if unit.is_private]
        self.adult = [unit for unit in self.everyone if unit.kind == ADULT and unit.org_number]
        self.training_offices = [unit for unit in self.everyone if unit.kind == OTHER and unit.is_synthetic]
        districts = [unit for unit in self.everyone if unit.kind == DISTRICT and unit.takes_responsibility]
        self.districts = {unit.code: unit for unit in districts}
        for unit in self.lower:
            self.lower_near.setdefault(unit.district, []).append(unit)

    @property
    def administration(self) -> Unit:
        """The county's education administration: where the undecided wait."""
        return next(unit for unit in self.everyone if unit.kind == ADMIN)

    @property
    def apprenticeship_department(self) -> Unit:
        """The department that answers for running contracts."""
        return next(unit for unit in self.everyone if unit.kind == APPRENTICESHIP)

    @property
    def synthetic(self) -> tuple[Unit, ...]:
        """Those a database must be given before the files can be read to the end; training offices are not units."""
        return tuple(unit for unit in self.everyone if unit.is_synthetic and unit.kind != OTHER)


def nearest(units: Sequence[Unit], latitude: float, longitude: float) -> Unit:
    """Return the unit nearest to a point, by the rule of the law package."""
    choice = law.nearest(latitude, longitude, _candidates(tuple(units)))
    return next(unit for unit in units if choice and unit.org_number == choice.org_number)


@cache
def _candidates(units: tuple[Unit, ...]) -> law.CandidateSet:
    found = [law.Candidate(unit.org_number, unit.latitude or 0, unit.longitude or 0, frozenset()) for unit in units]
    return law.CandidateSet(found, data_version="")


def metres_between(one: Unit, other: Unit) -> float:
    """Return about how far two units lie from each other."""
    north = (one.latitude or 0) - (other.latitude or 0)
    east = ((one.longitude or 0) - (other.longitude or 0)) * cos(radians(one.latitude or 0))
    return METRES_PER_DEGREE * hypot(north, east)


@cache
def units_of(county: str) -> CountyUnits:
    """Return the units of a county; the same whatever the seed."""
    known = shipped_units(county)
    name = next(row["name"] for row in rows("counties") if row["county"] == county)
    return CountyUnits(county, (education_admin(county, name), *known, *made_up_units(county, has_own=bool(known))))
