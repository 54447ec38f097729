"""Entries of the log as sentences. A youth is a short mark, the same throughout, and never a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.selectors import user_names
from fotfeste.access.topics import Ground
from fotfeste.config.log.words import SCREENS, WORDS
from fotfeste.kernel import opaque

_MARK = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    One entry, told.

    :ivar youth: what stands for the youth in an address; empty when the entry is about none.
    :ivar why: the ground that opened the youth to whoever looked.
    """

    at: datetime
    who: str
    user_id: int
    did: str
    youth: str
    mark: str
    where: str
    why: str


def sentences(entries: Iterable[Any]) -> list[Sentence]:
    """Return each entry as a sentence, with the names of those who acted."""
    found = list(entries)
    names = user_names({entry.user_id for entry in found})
    return [_told(entry, names) for entry in found]


def mark_of(youth: str) -> str:
    """Return the short mark that stands for a youth in the log."""
    return _("ungdom {mark}").format(mark=youth[:_MARK]) if youth else ""


def _told(entry: Any, names: dict[int, str]) -> Sentence:
    youth = opaque.encode(entry.youth_id) if entry.youth_id else ""
    return Sentence(
        at=entry.at,
        who=names.get(entry.user_id, _("Ukjent bruker")),
        user_id=entry.user_id,
        did=str(WORDS.get(entry.verb, entry.verb)),
        youth=youth,
        mark=mark_of(youth),
        where=_("på {screen}").format(screen=SCREENS[entry.screen]) if entry.screen in SCREENS else "",
        why=_why(entry.ground),
    )


def _why(ground: str) -> str:
    if not ground:
        return ""
    return str(Ground(ground).label) if ground in Ground.values else _("Grunnlaget er ukjent")
