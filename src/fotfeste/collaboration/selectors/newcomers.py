"""Notices about somebody the register may not know: who sends them where, and which wait."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from fotfeste.collaboration.enums import NewcomerState
from fotfeste.collaboration.models import NewcomerNotice
from fotfeste.collaboration.record_kinds import RecordKind, record_kinds
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people

#: Kind of the unit that sends -> what it sends, and to which kinds of unit. Source: Oslostandarden §§ 6.2, 6.3 and 6.4.
_SENT: Mapping[UnitKind, tuple[str, tuple[UnitKind, ...]]] = {
    UnitKind.NAV_OFFICE: ("nav-referral", (UnitKind.UPPER_SECONDARY, UnitKind.DISTRICT)),
    UnitKind.APPRENTICESHIP_DEPARTMENT: ("apprentice-notice", (UnitKind.DISTRICT,)),
    UnitKind.ADULT_EDUCATION: ("referral", (UnitKind.DISTRICT,)),
    UnitKind.SERVICE_CENTRE: ("referral", (UnitKind.DISTRICT,)),
}
#: Kinds told by somebody whose confidentiality the youth must lift first.
AGREED_FIRST = frozenset({"nav-referral"})
SENDERS = frozenset(_SENT)
SHOWN = 20


def kind_at(*, unit_id: int) -> RecordKind | None:
    """Return the kind of notice a unit sends; None when it sends none."""
    here = units.unit_or_none(unit_id=unit_id)
    sent = _SENT.get(UnitKind(here.kind)) if here is not None else None
    return record_kinds()[sent[0]] if sent is not None else None


def receivers(*, unit_id: int, on: date) -> list[Any]:
    """Return the units a unit may send its notice to: those of its county that answer for youths."""
    here = units.unit_or_none(unit_id=unit_id)
    if here is None or UnitKind(here.kind) not in _SENT:
        return []
    _kind, kinds = _SENT[UnitKind(here.kind)]
    there = units.units(kinds=kinds, county_id=here.county_id, on=on).filter(takes_responsibility=True)
    return list(there.exclude(pk=unit_id))


def waiting_for(*, unit_ids: Iterable[int]) -> list[NewcomerNotice]:
    """Return the notices that wait for some units, what is due first on top."""
    rows = NewcomerNotice.objects.filter(to_unit_id__in=list(unit_ids), state=NewcomerState.WAITING)
    return list(rows.select_related("by_unit", "to_unit").order_by("due_on", "pk"))


def sent_from(*, unit_ids: Iterable[int]) -> list[NewcomerNotice]:
    """Return the last notices some units have sent whose names still stand, the newest first."""
    rows = NewcomerNotice.objects.filter(by_unit_id__in=list(unit_ids)).exclude(first_name="")
    return list(rows.select_related("by_unit", "to_unit").order_by("-made_at", "-pk")[:SHOWN])


def known_as(*, notice: NewcomerNotice) -> list[Any]:
    """Return the youths the actor may see who have the name and the birth date of a notice."""
    if notice.born is None:
        return []
    return people.youths_called(first_name=notice.first_name, last_name=notice.last_name, born=notice.born)
