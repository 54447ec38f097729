"""Units one might assign a waiting youth to: what the rules propose first, then what lies near."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from fotfeste.casework.selectors.queue import Waiting
from fotfeste.kernel import formats, opaque
from fotfeste.law.nearest import SchoolLevel, nearest_many
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.nearest import nearest_schools
from fotfeste.people.selectors import PersonFacts, person_facts

_KILOMETRE = 1000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    A unit to choose, with why it is worth choosing.

    :ivar why: becomes the reason when it is chosen.
    :ivar mark: the same in a word or two, for a narrow field.
    """

    unit_id: int
    name: str
    why: str
    mark: str

    @property
    def key(self) -> str:
        """Return what stands for the unit in a form."""
        return opaque.encode(self.unit_id)


def suggestions_for(*, waiting: Iterable[Waiting], county_id: int, on: date) -> dict[int, tuple[Suggestion, ...]]:
    """
    Return what to suggest for each youth of a portion of the queue, the best first.

    Of youths under address protection no place is known here, so nothing near is suggested.
    """
    rows = list(waiting)
    people = person_facts(youth_ids=[row.youth.pk for row in rows], on=on)
    near = _nearest(people.values(), county_id=county_id, on=on)
    districts = {d.code: d for d in units.districts(county_id=county_id, on=on)}
    found: dict[int, tuple[Suggestion, ...]] = {}
    for row in rows:
        offered = [_proposal(row), near.get(row.youth.pk)]
        person = people.get(row.youth.pk)
        district = districts.get((person.stay_district or person.registered_district or "") if person else "")
        if district is not None and district.takes_responsibility:
            offered.append(Suggestion(district.unit_id, district.name, _("Bydelen ungdommen bor i"), _("bydelen")))
        unique = {each.unit_id: each for each in reversed([each for each in offered if each])}
        found[row.youth.pk] = tuple(reversed(unique.values()))
    return found


def _proposal(row: Waiting) -> Suggestion | None:
    if row.proposed_unit_id is None:
        return None
    return Suggestion(row.proposed_unit_id, row.proposed_unit_name, _("Foreslått av reglene"), _("foreslått"))


def _nearest(people: Iterable[PersonFacts], *, county_id: int, on: date) -> dict[int, Suggestion]:
    """Return the nearest upper secondary school to where each youth is registered, for those with a known point."""
    placed = [person for person in people if person.registered_point is not None]
    there = nearest_schools(level=SchoolLevel.UPPER_SECONDARY, county_id=county_id, on=on)
    if not placed or not len(there.candidates):
        return {}
    where = [person.registered_point for person in placed]
    points = np.array([(point.latitude, point.longitude) for point in where if point is not None])
    chosen, metres = nearest_many(points[:, 0], points[:, 1], there.candidates)
    ids = there.unit_ids[chosen].tolist()
    names = units.unit_names(set(ids))
    return {
        person.youth_id: _near(unit_id, names[unit_id], distance)
        for person, unit_id, distance in zip(placed, ids, metres.tolist(), strict=True)
    }


def _near(unit_id: int, name: str, metres: float) -> Suggestion:
    distance = f"{formats.number(metres / _KILOMETRE, 1)}{formats.NBSP}km"
    why = _("Nærmeste videregående skole, {distance} i luftlinje").format(distance=distance)
    return Suggestion(unit_id, name, why, _("nærmest, {distance}").format(distance=distance))
