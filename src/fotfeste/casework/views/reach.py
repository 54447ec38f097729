"""How to reach the youth: numbers and addresses with where they came from, guardians, and where the youth lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from fotfeste.access.actor import Actor
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors import who_sees
from fotfeste.casework.selectors.labels import source_name
from fotfeste.casework.views.header import Header
from fotfeste.kernel import formats
from fotfeste.law.contact import MAJORITY_AGE
from fotfeste.people.enums import AddressKind, ContactKind
from fotfeste.people.policies import may_see_protected_address

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody."""

    id: int
    kind: str
    shown: str
    href: str
    source: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Reach:
    """
    What is known of how to reach the youth.

    :ivar sees_contact: whether numbers and guardians are open to the actor at all.
    :ivar hides_place: addresses are held back since the youth is protected.
    """

    sees_contact: bool
    sees_address: bool
    hides_place: bool
    ways: Sequence[Way]
    guardians: Sequence[tuple[str, Any]]
    addresses: Sequence[tuple[str, str, Any]]
    number: str
    may_edit_address: bool


def reach_of(page: "PersonPage", header: Header, *, actor: Actor, today: date) -> Reach:
    """Return how to reach the youth; guardians only of those under 18."""
    known, youth = page.known, page.youth
    sees_address = who_sees.knows(actor=actor, topic=Topic.ADDRESS, youth=youth, on=today)
    return Reach(
        sees_contact=who_sees.knows(actor=actor, topic=Topic.CONTACT, youth=youth, on=today),
        sees_address=sees_address,
        hides_place=not header.tells_place,
        ways=[_way(detail) for detail in known.contact_details],
        guardians=[] if header.age >= MAJORITY_AGE else [(source_name(g.source), g) for g in known.guardians],
        addresses=_addresses(known.addresses) if header.tells_place else [],
        number=_in_two(youth.national_id or ""),
        may_edit_address=header.may.edit
        and sees_address
        and (not header.protection or bool(may_see_protected_address(actor=actor, youth=youth))),
    )


def _addresses(rows: Sequence[Any]) -> list[tuple[str, str, Any]]:
    return [(str(AddressKind(row.kind).label), source_name(row.source), row) for row in rows]


def _way(detail: Any) -> Way:
    is_phone = detail.kind == ContactKind.PHONE
    return Way(
        id=detail.pk,
        kind=str(ContactKind(detail.kind).label),
        shown=formats.phone(detail.value) if is_phone else detail.value,
        href=f"{'tel' if is_phone else 'mailto'}:{detail.value}",
        source=source_name(detail.source),
        since=detail.first_day,
    )


def _in_two(number: str) -> str:
    return f"{number[:6]} {number[6:]}" if len(number) == 11 else number
