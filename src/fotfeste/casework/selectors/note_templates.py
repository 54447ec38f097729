"""Which texts are offered to those who write notes at some units."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from fotfeste.casework.models import NoteTemplate
from fotfeste.casework.note_templates import default_templates
from fotfeste.organisations.enums import UnitKind

DEFAULT, COUNTY, UNIT = "default", "county", "unit"


@dataclass(frozen=True, slots=True)
class OfferedTemplate:
    """A text that is offered, and who said it: everywhere the same, the county's, or the unit's own."""

    key: str
    name: str
    text: str
    whose: str


def templates_offered(
    *, unit_ids: Iterable[int], county_ids: Iterable[int], language: str, hidden: bool = False
) -> list[OfferedTemplate]:
    """
    Return the texts offered at some units: the unit's own before the county's, and those before what is everywhere.

    :param hidden: also those that have been taken out, with no text.
    """
    offered = {
        each.key: OfferedTemplate(
            each.key, each.name.get(language, each.name["nb"]), each.text.get(language, each.text["nb"]), DEFAULT
        )
        for each in default_templates()
    }
    own = set(unit_ids)
    county = Q(unit__kind=UnitKind.EDUCATION_ADMIN, unit__county_id__in=list(county_ids))
    rows = NoteTemplate.objects.filter(Q(unit_id__in=own) | county, superseded_at=None).order_by("pk")
    for row in sorted(rows, key=lambda each: each.unit_id in own):
        offered[row.key] = OfferedTemplate(row.key, row.name, row.text, UNIT if row.unit_id in own else COUNTY)
    return [each for each in offered.values() if hidden or each.text]


def template_of_unit(*, unit_id: int, key: str) -> NoteTemplate | None:
    """Return what a unit itself has said of a text, or None."""
    return NoteTemplate.objects.filter(unit_id=unit_id, key=key, superseded_at=None).first()
