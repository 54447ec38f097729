"""A unit as the files speak of it: a school, a district, an office."""

from dataclasses import dataclass
from datetime import date

UPPER, LOWER, ADULT = "upper_secondary", "lower_secondary", "adult_education"
DISTRICT, NAV_OFFICE, ADMIN = "district", "nav_office", "education_admin"
APPRENTICESHIP, OTHER = "apprenticeship_department", "other"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. ``number`` is what VIGO calls it."""

    county: str
    kind: str
    name: str
    org_number: str = ""
    code: str = ""
    also_kind: str = ""
    nav_code: str = ""
    district: str = ""
    postcode: str = ""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_private: bool = False
    takes_responsibility: bool = False
    first_day: date | None = None
    is_synthetic: bool = False
    vigo_number: str = ""

    @property
    def number(self) -> str:
        """The number other systems know the unit by."""
        return self.vigo_number or self.org_number or self.code


def education_admin(county: str, name: str) -> Unit:
    """Return the unit in which a county's service is run. Every county has one from the start."""
    title = "Utdanningsadministrasjonen" if county == "03" else f"Oppfølgingstjenesten {name}"
    return Unit(county, ADMIN, title, vigo_number=f"{county}000", takes_responsibility=True)
