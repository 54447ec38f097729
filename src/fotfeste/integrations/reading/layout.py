"""Which column of a file holds which field: by canonical header, by alias, or by the mapping saved for a sender."""

import difflib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from fotfeste.integrations.reading.errors import UnreadableFile, listed
from fotfeste.integrations.sources import SOURCES, Column, RowDefinition, Shape

_CLOSE_ENOUGH = 0.82
_OUR_OWN = frozenset({"rad", "feil"})
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŧ": "t"})


def spelled(header: str) -> str:
    """Return a header without case, spaces, punctuation and marks over letters: «E-post» is «epost»."""
    folded = unicodedata.normalize("NFKD", header.casefold().translate(_LETTERS))
    return "".join(character for character in folded if character.isalnum())


def apply_mapping(
    definition: RowDefinition, header: Sequence[str], mapping: Mapping[str, str] | None = None
) -> dict[str, int]:
    """
    Return field name to column number.

    ``mapping`` is canonical header to the sender's header; fields it does not name are found by themselves among
    the columns it leaves.

    :raises UnreadableFile: a required column is missing or stands twice, or the mapping names a column that is not
        there. The sentence names the columns that were found, and another source when they look like that one.
    """
    spellings = [spelled(cell) for cell in header]
    fields = _mapped(definition, header, spellings, mapping or {})
    for field, place in recognised(definition, header).items():
        if field not in fields and place not in fields.values():
            fields[field] = place
    missing = [column.header for field, column in definition.columns.items() if column.required and field not in fields]
    if missing or not mapping:
        _refuse_another_source(definition, header, missing)
    if missing:
        what = "kolonnen" if len(missing) == 1 else "kolonnene"
        raise UnreadableFile(f"Filen mangler {what} {listed(missing)}. {_found(header)}")
    _refuse_twice(header, spellings, fields)
    return fields


def suggest_mapping(definition: RowDefinition, header: Sequence[str]) -> dict[str, str]:
    """
    Return canonical header to the sender's header for every field that has a likely column.

    Sure matches first, then headers that are nearly alike among those left; for a person to confirm and save.
    """
    fields = recognised(definition, header)
    left = {spelled(cell): place for place, cell in enumerate(header) if cell and place not in fields.values()}
    for field, column in definition.columns.items():
        if field in fields:
            continue
        for known in _known_spellings(column):
            near = difflib.get_close_matches(known, left, n=1, cutoff=_CLOSE_ENOUGH)
            if near:
                fields[field] = left.pop(near[0])
                break
    return {column.header: header[fields[field]] for field, column in definition.columns.items() if field in fields}


def recognised(definition: RowDefinition, header: Sequence[str]) -> dict[str, int]:
    """Return field name to column number for the headers the definition knows, the canonical before an alias."""
    places: dict[str, int] = {}
    for place, cell in reversed(list(enumerate(header))):
        places[spelled(cell)] = place
    places.pop("", None)
    fields: dict[str, int] = {}
    for rank in range(1 + max(len(column.aliases) for column in definition.columns.values())):
        for field, column in definition.columns.items():
            known = _known_spellings(column)
            if field in fields or rank >= len(known):
                continue
            found = places.get(known[rank])
            if found is not None and found not in fields.values():
                fields[field] = found
    return fields


def resembles(header: Sequence[str], *, besides: RowDefinition) -> list[RowDefinition]:
    """Return the table sources the header fits best, of those whose required columns it has; mostly one or none."""
    fitting = [
        definition
        for definition in SOURCES.values()
        if definition.shape is Shape.TABLE and definition is not besides and _has_required(definition, header)
    ]
    most = max((len(recognised(definition, header)) for definition in fitting), default=0)
    return [definition for definition in fitting if len(recognised(definition, header)) == most]


def named(definitions: Sequence[RowDefinition]) -> str:
    """Return the sources as a person and the command line know them."""
    return " eller ".join(f"«{definition.title}» ({definition.source})" for definition in definitions)


def unused(header: Sequence[str], fields: Mapping[str, int]) -> list[str]:
    """Return the sender's columns that no field is read from, save those we add ourselves to rejected rows."""
    used = set(fields.values())
    return [cell for place, cell in enumerate(header) if cell and place not in used and spelled(cell) not in _OUR_OWN]


@cache
def _known_spellings(column: Column) -> list[str]:
    return [spelled(name) for name in (column.header, *column.aliases)]


def _has_required(definition: RowDefinition, header: Sequence[str]) -> bool:
    fields = recognised(definition, header)
    return all(field in fields for field, column in definition.columns.items() if column.required)


def _mapped(
    definition: RowDefinition, header: Sequence[str], spellings: list[str], mapping: Mapping[str, str]
) -> dict[str, int]:
    by_header = {spelled(column.header): field for field, column in definition.columns.items()}
    fields: dict[str, int] = {}
    for canonical, senders in mapping.items():
        field = by_header.get(spelled(canonical))
        if field is None:
            raise UnreadableFile(f"Kolonnekoblingen nevner «{canonical}», som kilden «{definition.title}» ikke har.")
        if spelled(senders) not in spellings:
            raise UnreadableFile(
                f"Kolonnekoblingen sier at «{canonical}» står i kolonnen «{senders}», men den finnes ikke i filen. "
                + _found(header)
            )
        fields[field] = header.index(senders) if senders in header else spellings.index(spelled(senders))
    return fields


def _refuse_another_source(definition: RowDefinition, header: Sequence[str], missing: list[str]) -> None:
    """Refuse a file that fits another source and holds a column which that one requires and this one does not know."""
    others = resembles(header, besides=definition)
    if not others:
        return
    other = others[0]
    mine = set(recognised(definition, header).values())
    theirs = recognised(other, header)
    telling = [header[theirs[field]] for field, column in other.columns.items() if column.required]
    telling = [cell for cell in telling if header.index(cell) not in mine]
    if missing or telling:
        why = f"mangler {listed(missing)}" if missing else f"har {listed(telling)}"
        raise UnreadableFile(
            f"Filen ser ut til å høre til kilden {named(others)}, ikke {named([definition])}: den {why}."
        )


def _refuse_twice(header: Sequence[str], spellings: list[str], fields: Mapping[str, int]) -> None:
    counts = Counter(spellings)
    twice = [header[place] for place in fields.values() if counts[spellings[place]] > 1]
    if twice:
        raise UnreadableFile(
            f"Kolonnen {listed(twice)} står flere ganger i filen, så det er uklart hvilken som gjelder."
        )


def _found(header: Sequence[str]) -> str:
    cells = [cell for cell in header if cell.strip()]
    return f"Kolonnene i filen er {listed(cells)}." if cells else "Filen har ingen kolonneoverskrifter."
