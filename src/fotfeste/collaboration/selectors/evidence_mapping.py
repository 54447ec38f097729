"""That a youth was mapped, and who is around them gone through: what shows it, what it decides, and its checkpoints."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from fotfeste.collaboration.enums import ActorBody, ActorPart, NextStep
from fotfeste.collaboration.models import ActorMap, Mapping
from fotfeste.collaboration.selectors.actors import actors_of, standing_marks
from fotfeste.collaboration.selectors.evidence import Record, evidence
from fotfeste.collaboration.selectors.facts import fact
from fotfeste.collaboration.selectors.mapping import standing_mapping
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.selectors.staircase import Looked, checkpoint
from fotfeste.consent.selectors import released_until
from fotfeste.people import selectors as people
from fotfeste.spec import implements

#: Where the mapping says that nobody else is needed.
_ALONE = frozenset({NextStep.SCHOOL_ALONE, NextStep.NO_NEED})


@implements("rut-at-risk-s01", "rut-apprentice-at-risk-s03", "rut-apprentice-leaves-s04")
@evidence("form-mapping")
def _mappings(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in Mapping.objects.filter(youth_id__in=youth_ids, recorded_at__gte=since).order_by("pk"):
        yield Record(
            row.youth_id, "form-mapping", row.recorded_at, row.held_on, f"mapping:{row.pk}", row.by_id, row.by_unit_id
        )


@evidence("actor-map")
def _maps(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in ActorMap.objects.filter(youth_id__in=youth_ids, recorded_at__gte=since).order_by("pk"):
        on = row.recorded_at.date()
        yield Record(row.youth_id, "actor-map", row.recorded_at, on, f"actor_map:{row.pk}", row.by_id, row.by_unit_id)


@fact("no-other-body")
def _alone(around: Surroundings, since: datetime) -> bool:
    found = standing_mapping(person=people.same_person_ids(youth_id=around.youth_id))
    return found is not None and found.next_step in _ALONE


def _mapping(looked: Looked) -> Any:
    return looked.once("mapping", lambda: standing_mapping(person=looked.person))


def _marks(looked: Looked) -> dict[str, Any]:
    marks: dict[str, Any] = looked.once("actor marks", lambda: standing_marks(person=looked.person))
    return marks


@checkpoint("cp-s1-needs-goals")
@implements("cp-s1-needs-goals")
def _has_goals(looked: Looked) -> bool:
    # None is saved without a situation, needs and a goal.
    return _mapping(looked) is not None


@checkpoint("cp-s1-existing-contacts")
@implements("cp-s1-existing-contacts")
def _knows_contacts(looked: Looked) -> bool:
    found = _mapping(looked)
    if found is None:
        return False
    return not found.has_contact or any(mark.part == ActorPart.INVOLVED for mark in _marks(looked).values())


@checkpoint("cp-s1-who-should-cooperate")
@implements("cp-s1-who-should-cooperate")
def _has_marked_all(looked: Looked) -> bool:
    return _marks(looked).keys() >= set(ActorBody)


@checkpoint("cp-s1-consent")
@implements("cp-s1-consent")
def _is_released(looked: Looked) -> bool:
    if not _marks(looked) or not released_until(youth_ids=looked.person, on=looked.on):
        return False
    youth = people.youth_or_none(youth_id=looked.youth_id)
    if youth is None:
        return False
    around = Surroundings(youth_id=youth.pk, unit_id=youth.unit_id, county_id=youth.county_id, on=looked.on)
    found = actors_of(person=looked.person, around=around, bodies=ActorBody)
    asked = [each for each in found if each.part == ActorPart.INVITE and not each.is_responsible]
    return all(each.released_until is not None for each in asked)
