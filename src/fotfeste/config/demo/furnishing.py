"""What a county has beside its youths: the named contacts of its units."""

from datetime import date
from random import Random

from fotfeste.access.actor import Actor
from fotfeste.integrations.synthetic.names import Names
from fotfeste.organisations.enums import ROLE_NEEDED, ContactRole, UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.contacts import units_without_named_contact
from fotfeste.organisations.services.contacts import name_contact

# One unit in so many is left without a contact, so that the demo shows how that looks.
WITHOUT_CONTACT = 12
# And one private school in so many.
PRIVATE_WITHOUT_CONTACT = 4


def furnish(*, actor: Actor, county_id: int, on: date, seed: int) -> None:
    """Name contacts at most units, as the county's system actor."""
    _name_contacts(actor, county_id, on, Random(seed))
    _name_private_contacts(actor, county_id, on, Random(seed))


def _name_contacts(actor: Actor, county_id: int, on: date, rng: Random) -> None:
    names = Names("oslo")
    for number, unit in enumerate(units_without_named_contact(county_id=county_id, on=on).order_by("pk")):
        if number % WITHOUT_CONTACT == WITHOUT_CONTACT - 1:
            continue
        first, last = names.draw(rng, rng.choice(("female", "male")))
        name_contact(
            actor=actor,
            unit_id=unit.pk,
            role=ROLE_NEEDED[UnitKind(unit.kind)],
            name=f"{first} {last}",
            email=f"kontakt{unit.pk}@example.no",
            phone=f"5900{rng.randrange(10_000):04}",
            first_day=date(on.year - 1, 8, 1),
            on=on,
        )


def _name_private_contacts(actor: Actor, county_id: int, on: date, rng: Random) -> None:
    """Name somebody at most private schools, so that they can be reminded of their report."""
    schools = units.units(kinds=(UnitKind.UPPER_SECONDARY,), county_id=county_id, on=on).filter(is_private=True)
    names = Names("oslo")
    for number, school in enumerate(schools.order_by("pk")):
        if number % PRIVATE_WITHOUT_CONTACT:
            first, last = names.draw(rng, rng.choice(("female", "male")))
            name_contact(
                actor=actor,
                unit_id=school.pk,
                role=ContactRole.OTHER,
                name=f"{first} {last}",
                email=f"kontakt{school.pk}@example.no",
                phone=f"5900{rng.randrange(10_000):04}",
                first_day=date(on.year - 1, 8, 1),
                on=on,
            )
