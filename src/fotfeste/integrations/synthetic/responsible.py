"""
The unit the files name as responsible.

This is the county's own practice as VIGO holds it, written down in short so that files and rules agree; what the
law package decides from the imported facts is the real answer, and the tests of the import compare the two.
"""

from datetime import date

from fotfeste.integrations.synthetic.person import (
    APPRENTICE,
    COMPULSORY,
    FOV,
    PUPIL,
    VO_VOCATIONAL,
    VOV,
    Person,
    Spell,
)
from fotfeste.integrations.synthetic.places import Address
from fotfeste.integrations.synthetic.unit import Unit
from fotfeste.integrations.synthetic.units import CountyUnits, nearest

ADULT = frozenset({VOV, VO_VOCATIONAL, FOV})


def responsible_unit(units: CountyUnits, person: Person, on: date) -> tuple[Unit, str]:
    """Return the unit and the id of the rule it follows from. Source: samarbeidsavtalen § 4, Oslostandarden § 4.2."""
    spells, address = person.spells, person.address
    upper = [spell for spell in spells if spell.kind != COMPULSORY]
    last = max(upper, key=lambda spell: spell.starts) if upper else None
    if last and last.runs_on(on):
        return _while_in_education(units, last, person)
    if last and last.kind in {APPRENTICE, *ADULT}:
        return _district(units, person), "unit-apprentice" if last.kind == APPRENTICE else "unit-vo"
    if placed := person.institution_at:
        return nearest(units.upper, placed.latitude, placed.longitude), "unit-child-welfare"
    lower = next((spell for spell in spells if spell.kind == COMPULSORY), None)
    if lower and lower.school.county == units.county and not _counted_in_upper(lower, upper):
        return _lower_school(units, lower, address)
    if last and last.school.county == units.county and not last.school.is_private:
        return last.school, "unit-vgs-former"
    private = last is not None and last.school.county == units.county
    rule = "unit-private-upper-secondary" if private else "unit-moved-to-oslo"
    if address is None:
        return units.administration, rule
    return nearest(units.upper, address.latitude, address.longitude), rule


def _while_in_education(units: CountyUnits, spell: Spell, person: Person) -> tuple[Unit, str]:
    """The school while there is pupil status; nobody has said who answers for pupils of private schools."""
    if spell.kind == APPRENTICE:
        return units.apprenticeship_department, "unit-apprentice"
    if spell.kind in ADULT:
        return _district(units, person), "unit-vo"
    if spell.kind == PUPIL and spell.school.takes_responsibility:
        return spell.school, "unit-pupil-status"
    return units.administration, "unit-pupil-status"


def _district(units: CountyUnits, person: Person) -> Unit:
    """The district where the youth stays, else the one of the registered address."""
    address = person.stay_at or person.address
    return units.districts.get(address.district if address else "", units.administration)


def _counted_in_upper(lower: Spell, upper: list[Spell]) -> bool:
    """Whether the youth was still in upper-secondary school at the end of a count date, 1 October."""
    assert lower.ends is not None
    return any(spell.ends is None or spell.ends > date(max(spell.starts, lower.ends).year, 10, 1) for spell in upper)


def _lower_school(units: CountyUnits, lower: Spell, address: Address | None) -> tuple[Unit, str]:
    if not lower.school.is_private:
        return lower.school, "unit-lower-secondary"
    if address is None:
        return units.administration, ""
    return nearest(units.lower, address.latitude, address.longitude), "unit-private-lower-secondary"
