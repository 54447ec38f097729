"""Everybody can be called."""

from collections.abc import Iterator

from fotfeste.access.actor import Actor
from fotfeste.config.checks.result import Problem, Result
from fotfeste.kernel import clock
from fotfeste.organisations.selectors.contacts import units_without_named_contact
from fotfeste.organisations.selectors.counties import county_names


def look(actor: Actor) -> Iterator[Result]:
    """Find units nobody knows whom to call at."""
    yield Result("named-contacts", "Enhetene har navngitt kontakt", tuple(_units_without_contact(actor)))


def _units_without_contact(actor: Actor) -> Iterator[Problem]:
    """Find units where nobody is named for the role they must have; somebody must name one, so it is no fault."""
    names = county_names()
    for county_id in sorted(actor.county_ids):
        lacking = tuple(units_without_named_contact(county_id=county_id, on=clock.today()).values_list("pk", flat=True))
        if lacking:
            sentence = (
                f"{names.get(county_id, county_id)}: {len(lacking)} {_units(len(lacking))} mangler navngitt kontakt."
            )
            yield Problem(sentence, lacking, is_fault=False)


def _units(count: int) -> str:
    return "enhet" if count == 1 else "enheter"
