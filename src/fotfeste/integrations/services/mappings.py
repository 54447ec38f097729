"""Which of a sender's columns is which of ours, chosen by a person once and remembered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from fotfeste.integrations.models import ColumnMapping
from fotfeste.integrations.reading import UnreadableFile, apply_mapping
from fotfeste.integrations.reading.layout import resembles, suggest_mapping
from fotfeste.integrations.reading.recognition import recognise
from fotfeste.integrations.reading.survey import survey
from fotfeste.integrations.sources import SOURCES, Shape


@dataclass(frozen=True, slots=True)
class Unclear:
    """A table whose columns do not fit the source: its headings, our best guess, and sources they fit better."""

    headings: tuple[str, ...]
    suggested: Mapping[str, str]
    others: tuple[str, ...]


def saved_columns(*, county_id: int, source: str, sender: str) -> dict[str, str]:
    """Return the sender's headings by ours, as they were chosen last; empty when nobody has had to choose."""
    found = ColumnMapping.objects.filter(county_id=county_id, source=source, sender=sender).first()
    return dict(found.columns) if found else {}


def save_columns(*, county_id: int, source: str, sender: str, columns: Mapping[str, str]) -> None:
    """Remember the choice for the sender's next file."""
    ColumnMapping.objects.update_or_create(
        county_id=county_id, source=source, sender=sender, defaults={"columns": dict(columns)}
    )


def unclear_columns(*, source: str, file: BinaryIO, columns: Mapping[str, str]) -> Unclear | None:
    """
    Return what a person needs to sort the columns out; None when the trouble with the file is another.

    A file with fewer columns than we must have, that is like no other source, is no such table at all.

    :param columns: the mapping that was tried.
    """
    definition = SOURCES[source]
    if definition.shape is Shape.JSON:
        return None
    try:
        headings = recognise(file, survey(file), definition, columns).header
    except UnreadableFile:
        return None
    try:
        apply_mapping(definition, headings, columns)
    except UnreadableFile:
        others = tuple(other.source for other in resembles(headings, besides=definition))
        if not others and len(headings) < len(definition.required_headers):
            return None
        return Unclear(
            headings=tuple(dict.fromkeys(cell for cell in headings if cell.strip())),
            suggested=suggest_mapping(definition, headings),
            others=others,
        )
    return None
