"""What the desks of the education administration have in common."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.access.screens import ActorRequest
from fotfeste.casework.selectors.feedback import waiting_feedback
from fotfeste.casework.selectors.queue import count_unassigned
from fotfeste.kernel import opaque
from fotfeste.kernel.ui import Link
from fotfeste.people.selectors import contested_numbers, count_open_pairs, youths_by_id


def county_of(actor: Actor, permission: Permission) -> int:
    """
    Return the county whose desk the actor works at.

    :raises Http404: no role held lets the actor work at one.
    """
    for assignment in actor.assignments:
        if permission in ROLES[assignment.role].permissions:
            return assignment.county_id
    raise Http404


def number_or_none(text: str | None) -> int | None:
    """Return the row's number an opaque text stands for; None for anything else."""
    if text is None or not re.fullmatch(opaque.OpaqueConverter.regex, text):
        return None
    try:
        return opaque.decode(text)
    except ValueError:
        return None


def name_of(youth: Any) -> str:
    """Return a youth's name as lists write it."""
    return f"{youth.last_name}, {youth.first_name}"


def desk_tabs(actor: Actor, *, current: str) -> list[Link]:
    """Return the desks the actor works at, each with how much waits there."""
    return [
        Link(str(label), reverse(name), name == current, count(county_of(actor, permission)))
        for label, name, permission, count in _DESKS
        if actor.has(permission)
    ]


def _waiting_youths(county_id: int) -> int:
    return count_unassigned(county_id=county_id)


def _waiting_messages(county_id: int) -> int:
    return waiting_feedback(county_id=county_id).count()


def _waiting_pairs(county_id: int) -> int:
    return count_open_pairs(county_id=county_id) + len(contested_numbers(county_id=county_id))


_DESKS = (
    (gettext_lazy("Uten enhet"), "casework:unassigned", Permission.RESPONSIBILITY_ASSIGN, _waiting_youths),
    (gettext_lazy("Meldinger"), "casework:feedback", Permission.FEEDBACK_HANDLE, _waiting_messages),
    (gettext_lazy("Dubletter"), "casework:duplicates", Permission.MERGE_DECIDE, _waiting_pairs),
)


@dataclass(frozen=True, slots=True)
class Report:
    """
    What came of an act on many rows: how many it was done for, and for whom not, with why.

    :ivar refused: (name, sentence).
    :ivar named: ids of those it names.
    """

    done: int
    refused: tuple[tuple[str, str], ...] = ()
    named: tuple[int, ...] = ()


def keep_report(request: ActorRequest, key: str, *, done: int, refused: Iterable[tuple[int, str]]) -> None:
    """Keep a report in the session until the page is shown; of youths only their row numbers."""
    request.session[key] = {"done": done, "refused": list(refused)}


def take_report(request: ActorRequest, key: str) -> Report | None:
    """Return the report kept, once, with the names of those the actor may see."""
    kept = request.session.pop(key, None)
    if not kept:
        return None
    youths = youths_by_id([youth_id for youth_id, _sentence in kept["refused"]])
    refused = tuple(
        (name_of(youths[youth_id]) if youth_id in youths else "", sentence) for youth_id, sentence in kept["refused"]
    )
    return Report(kept["done"], refused, tuple(youths))


def page_number(request: ActorRequest) -> int:
    """Return the page the address asks for; anything unreadable is the first."""
    text = request.GET.get("side", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
