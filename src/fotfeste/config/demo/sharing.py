"""Sharing out the youths of a unit among its people, as the unit itself would, with some left for the demo's user."""

from collections.abc import Iterable

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.casework.selectors.counsellors import names_to_choose
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.casework.services.counsellors import assign_many
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units as known_units

# Of each so many youths, one is left without a responsible person.
LEFT = 4


def share_out(*, units: Iterable[str], county_id: int) -> None:
    """Give most of the youths of the schools with these words in their names to the people there, turn by turn."""
    for word in units:
        found = known_units.units(kinds=(UnitKind.UPPER_SECONDARY,), county_id=county_id).filter(name__icontains=word)
        for unit in found:
            _share_out(unit.pk)


def _share_out(unit_id: int) -> None:
    people = [user_id for user_id, _name in names_to_choose(unit_ids=[unit_id], on=clock.today())]
    actor = actor_for(user_id=people[0], on=clock.today()) if people else None
    if actor is None:
        return
    with acting_as(actor):
        youths = list(open_registrations().filter(unit_id=unit_id).order_by("pk").values_list("youth_id", flat=True))
        for turn, person in enumerate(people):
            mine = [each for number, each in enumerate(youths) if number % LEFT and number % len(people) == turn]
            assign_many(actor=actor, items=[(youth_id, None) for youth_id in mine], counsellor_id=person)
