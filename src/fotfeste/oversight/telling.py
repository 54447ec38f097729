"""Entries of the log as sentences. A youth is a short mark, the same throughout, and never a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.access.refusals import Refusal
from fotfeste.access.selectors import user_names
from fotfeste.access.topics import Ground
from fotfeste.integrations.selectors import who_asked
from fotfeste.kernel import opaque
from fotfeste.oversight.words import REFUSED, SCREENS, WORDS

_MARK = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    One entry, told.

    :ivar youth: what stands for the youth in an address; empty when the entry is about none or about many.
    :ivar among: how many were on the list, when it was one.
    :ivar marks: those on the list, as (what stands for the youth in an address, mark).
    :ivar ordered: by whom it was ordered, when a system actor did what a person asked for.
    :ivar why: the ground that opened the youth to whoever looked, or why it was refused.
    """

    at: datetime
    who: str
    user_id: int
    did: str
    youth: str
    mark: str
    among: str
    where: str
    why: str
    marks: tuple[tuple[str, str], ...] = ()
    ordered: str = ""


def sentences(entries: Iterable[Any], *, about: int | None = None) -> list[Sentence]:
    """
    Return each entry as a sentence, with the names of those who acted.

    :param about: the youth they are read for: a list is then told of for that youth alone.
    """
    found = list(entries)
    imports = {entry.details["import"] for entry in found if entry.details.get("import")}
    asked = who_asked(import_ids=imports) if imports else {}
    askers = {entry.pk: _asker(entry, asked) for entry in found}
    names = user_names({entry.user_id for entry in found} | {each for each in askers.values() if each is not None})
    return [_told(entry, names, about, askers[entry.pk]) for entry in found]


def _asker(entry: Any, asked: dict[int, int]) -> int | None:
    """Return who ordered what a system actor did; None when nobody did, or who did it stands there already."""
    ordered = entry.details.get("asked_by") or asked.get(entry.details.get("import"))
    return ordered if ordered != entry.user_id else None


def mark_of(youth: str) -> str:
    """Return the short mark that stands for a youth in the log."""
    return _("ungdom {mark}").format(mark=youth[:_MARK]) if youth else ""


def _told(entry: Any, names: dict[int, str], about: int | None, asker: int | None) -> Sentence:
    many = entry.youth_ids or []
    youth_id = entry.youth_id or (about if about in many else None)
    youth = opaque.encode(youth_id) if youth_id else ""
    keys = () if youth_id else tuple(opaque.encode(each) for each in many)
    return Sentence(
        at=entry.at,
        who=names.get(entry.user_id, _("Ukjent bruker")),
        user_id=entry.user_id,
        did=_did(entry),
        youth=youth,
        mark=mark_of(youth),
        among=_among(many, is_narrowed=bool(youth_id)),
        where=_("på {screen}").format(screen=SCREENS[entry.screen]) if entry.screen in SCREENS else "",
        why=_why(entry),
        marks=tuple((key, mark_of(key)) for key in keys),
        ordered=_("på bestilling fra {who}").format(who=names.get(asker, _("Ukjent bruker"))) if asker else "",
    )


def _did(entry: Any) -> str:
    words = REFUSED.get(entry.ground) if entry.verb == "refused" else None
    if words and entry.youth_id:
        return _("{what}, om").format(what=words)
    return str(words or WORDS.get(entry.verb, entry.verb))


def _among(many: list[int], *, is_narrowed: bool) -> str:
    if not many:
        return ""
    count = len(many)
    if is_narrowed:
        return ngettext("blant {count} ungdom", "blant {count} ungdommer", count).format(count=count)
    return ngettext("{count} ungdom", "{count} ungdommer", count).format(count=count)


def _why(entry: Any) -> str:
    ground = entry.ground
    if not ground or entry.verb == "refused":
        return str(Refusal(ground).label) if ground in Refusal.values else ""
    return str(Ground(ground).label) if ground in Ground.values else _("Grunnlaget er ukjent")
