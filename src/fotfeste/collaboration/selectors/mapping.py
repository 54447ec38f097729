"""The mapping of a youth as it stands and as it stood, as far as the reader may know each part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fotfeste.access import selectors as access
from fotfeste.access.topics import Topic
from fotfeste.collaboration import models
from fotfeste.collaboration.enums import SENSITIVE_AREAS, AreaState, MapArea
from fotfeste.kernel.together import Rows
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people
from fotfeste.spec import implements

#: What the person page reads along with the case.
MAPPINGS = Rows(models.Mapping, "t.youth_id = ANY (%(youth_ids)s)", "t.id DESC", related=("by",))

#: Where what is said of an area is kept, and so who may know it.
NOTES: Mapping[Topic, type[Any]] = {
    Topic.MAPPING: models.AreaNote,
    Topic.HEALTH: models.SensitiveNote,
    Topic.ECONOMY: models.EconomyNote,
}


@implements("map-health", "map-substance", "map-family", "map-economy")
def topic_of(area: MapArea) -> Topic:
    """Return what one must be allowed to know to see an area."""
    if area in SENSITIVE_AREAS:
        return Topic.HEALTH
    return Topic.ECONOMY if area is MapArea.ECONOMY else Topic.MAPPING


@dataclass(frozen=True, slots=True)
class AreaSaid:
    """What stands of an area: in one word, and in a text."""

    area: MapArea
    state: str
    text: str

    @property
    def short(self) -> str:
        """Return the one word, as it is said; empty when none was chosen."""
        return str(AreaState(self.state).label) if self.state else ""


@dataclass(frozen=True, slots=True)
class ShownMapping:
    """A mapping with what stood of the areas when it was written."""

    row: models.Mapping
    by: str
    unit: str
    areas: tuple[AreaSaid, ...]


def mappings_of(*, youth_id: int) -> list[models.Mapping]:
    """Return the mappings of a youth, the one that stands first."""
    person = people.same_person_ids(youth_id=youth_id)
    return list(models.Mapping.objects.filter(youth_id__in=person).order_by("-pk"))


def standing_mapping(*, person: Iterable[int]) -> models.Mapping | None:
    """Return the mapping that stands; None when nobody has written any the reader may see."""
    return models.Mapping.objects.filter(youth_id__in=list(person)).order_by("-pk").first()


def shown_mapping(*, row: models.Mapping) -> ShownMapping:
    """Return one mapping as it stood when it was written."""
    person = people.same_person_ids(youth_id=row.youth_id)
    return ShownMapping(
        row=row,
        by=access.user_names({row.by_id}).get(row.by_id, ""),
        unit=units.unit_names([row.by_unit_id]).get(row.by_unit_id, ""),
        areas=tuple(
            AreaSaid(area, note.state, note.text)
            for area, note in areas_at(person=person, mapping_id=row.pk).items()
            if note.state or note.text
        ),
    )


def areas_at(*, person: Iterable[int], mapping_id: int) -> dict[MapArea, Any]:
    """Return the note of each area that stood with a mapping, in the order of the form; also those taken out."""
    ids = list(person)
    newest: dict[str, Any] = {}
    for model in NOTES.values():
        rows = model.objects.filter(youth_id__in=ids, mapping_id__lte=mapping_id)
        newest |= {note.area: note for note in rows.order_by("mapping_id")}
    return {area: newest[area] for area in MapArea if area in newest}
