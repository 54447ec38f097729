"""Counts beside the list, each opening what it counts."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from fotfeste.access.actor import Actor
from fotfeste.casework.selectors.worklist import WorklistFilter
from fotfeste.kernel import opaque
from fotfeste.kernel.ui import Link
from fotfeste.lists.selectors import worklist
from fotfeste.lists.views.worklist import list_url

#: name of the quick choice -> the words of the counter, in the order they are shown.
WORDS = {
    "new": _("Nye de siste 14 dagene"),
    "never_contacted": _("Aldri nådd"),
    "only_attempts": _("Bare forsøk"),
    worklist.CONFIRM: _("Må bekreftes"),
    "unknown": _("Ukjent aktivitet"),
    "about_to_end": _("Går ut ved årsskiftet"),
}


def counters(
    *, actor: Actor, today: date, unit_id: int | None = None, names: tuple[str, ...] = tuple(WORDS)
) -> list[Link]:
    """
    Return how many each quick choice of the worklist finds, with its address.

    :param unit_id: only one unit's youths.
    """
    found = worklist.counts(actor=actor, chosen=WorklistFilter(unit_id=unit_id), today=today)
    within = {"enhet": opaque.encode(unit_id)} if unit_id is not None else {}
    return [Link(str(WORDS[name]), list_url({**within, **_choice(name)}), count=found.quick[name]) for name in names]


def _choice(name: str) -> dict[str, str]:
    return {"bekreft": "ja"} if name == worklist.CONFIRM else {"hurtig": name}
