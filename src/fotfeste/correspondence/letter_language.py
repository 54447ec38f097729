"""
What a letter is written in: paragraphs, headings, lists, and named fields in braces. Nothing else means anything.

A text is taken apart before its fields are filled in, and what is filled in is never taken apart again: a name with
braces in it is a name with braces in it. No template engine is involved, so there is none to reach.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Invalid

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter: ``heading``, ``paragraph`` or ``list``, with its lines."""

    kind: str
    lines: tuple[str, ...]


def fields_in(text: str) -> list[str]:
    """Return the fields a text names, in order, each once."""
    return list(dict.fromkeys(match[1].strip() for match in _FIELD.finditer(text)))


def check_text(text: str, *, known: Iterable[str], needed: Iterable[str] = ()) -> None:
    """
    Stop unless all a text has in braces are fields of the letter, and it has those it must have.

    :raises Invalid: the sentence names the field and those there are.
    """
    allowed = list(known)
    for name in fields_in(text):
        if name not in allowed:
            raise Invalid(
                _("Feltet {%(field)s} finnes ikke i dette brevet. Feltene er: %(known)s.")
                % {"field": name[:40], "known": shown_fields(allowed)}
            )
    if _BRACE.search(_FIELD.sub("", text)):
        raise Invalid(_("En klamme står alene. Skriv et felt slik: {navn}."))
    lacking = [name for name in needed if name not in fields_in(text)]
    if lacking:
        raise Invalid(_("Brevet må ha med: %(fields)s.") % {"fields": shown_fields(lacking)})


def shown_fields(names: Iterable[str]) -> str:
    """Return fields as one writes them."""
    return ", ".join(f"{{{name}}}" for name in names)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return one line with its fields filled in; one that is not known is left empty."""
    return _FIELD.sub(lambda match: values.get(match[1].strip(), ""), text)


def blocks_of(text: str, values: Mapping[str, str]) -> list[Block]:
    """Return a text as its parts, with the fields filled in."""
    return [
        replace(each, lines=tuple(" ".join(filled(line, values).split()) for line in each.lines))
        for each in _taken_apart(text)
    ]


def _taken_apart(text: str) -> Iterator[Block]:
    """Part a text at its empty lines; a line after ``# `` is a heading, lines after ``- `` are a list."""
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        while lines and lines[0].startswith("# "):
            yield Block("heading", (lines.pop(0)[2:],))
        if lines and all(line.startswith("- ") for line in lines):
            yield Block("list", tuple(line[2:] for line in lines))
        elif lines:
            yield Block("paragraph", (" ".join(lines),))
