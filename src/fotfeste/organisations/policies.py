"""Who may keep the directory. Everybody who works in the service may read it."""

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.organisations.models import Unit

NO_UNIT = 0  # no role is held at it, so only one that reaches over the whole county can answer


def may_edit_named_contact(*, actor: Actor, unit: Unit) -> bool:
    """
    Say whether the actor may name, confirm and end contacts at the unit: its own leader, or who coordinates the county.

    Source: samarbeidsavtalen 2025 § 3 (each party names its own; Utdanningsadministrasjonen keeps the whole list).
    """
    return actor.may_at(Permission.NAMED_CONTACT_EDIT, unit_id=unit.pk, county_id=unit.county_id)


def may_acknowledge_named_contact(*, actor: Actor, county_id: int) -> bool:
    """Say whether the actor receives new names on behalf of the county's education administration."""
    return actor.may_at(Permission.NAMED_CONTACT_EDIT, unit_id=NO_UNIT, county_id=county_id)


def counties_to_load_units_in(actor: Actor) -> frozenset[int]:
    """Return the counties into which the actor may bring a file of units."""
    return actor.counties_with(Permission.IMPORT_RUN)


def may_load_units(*, actor: Actor, county_id: int) -> bool:
    """Say whether the actor may bring a file of units into the county."""
    return county_id in counties_to_load_units_in(actor)
