"""Free text and names: one line, composed characters, nothing that cannot be shown."""

import unicodedata
from collections.abc import Sequence

from fotfeste.integrations.sources.parsers import parser

LONGEST_TEXT = 200


def plain_column(cells: Sequence[str]) -> list[str] | None:
    """Take a whole column that needs nothing but stripping; ``None`` leaves it to be read cell by cell."""
    stripped = list(map(str.strip, cells))
    joined = "|".join(stripped)
    if not joined.isprintable() or "  " in joined or "\ufffd" in joined:
        return None
    if not (joined.isascii() or unicodedata.is_normalized("NFC", joined)):
        return None
    return stripped if max(map(len, stripped), default=0) <= LONGEST_TEXT else None


def one_line(cell: str) -> str:
    """
    Return the text composed (NFC) and with runs of white space as one space.

    :raises ValueError: it holds control characters, half characters or is longer than any real value.
    """
    composed = " ".join(unicodedata.normalize("NFC", cell).split())
    for character in composed:
        if not character.isprintable() and unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co"}:
            raise ValueError("inneholder et tegn som ikke kan vises, og må skrives på nytt")
    if "\ufffd" in composed:
        raise ValueError("er ødelagt av feil tegnsett på veien hit")
    if len(composed) > LONGEST_TEXT:
        raise ValueError(f"er for lang: {len(composed)} tegn, høyst {LONGEST_TEXT}")
    return composed


@parser(many=plain_column)
def text(cell: str) -> str:
    """Read free text or a name, in any script."""
    return one_line(cell)
