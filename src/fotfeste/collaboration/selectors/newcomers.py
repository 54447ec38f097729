"""Notices about somebody the register may not know: who sends them where, and which wait."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
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
#: How long past its day a notice stands at the unit before the county's coordination is told.
TO_ADMINISTRATION = timedelta(days=7)


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


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A notice nobody has answered in time, as those who see to it are told of it: never whom it is about."""

    kind: str
    by_unit: str
    to_unit: str
    on: date
    due_on: date


def unanswered(*, unit_ids: Iterable[int], county_ids: Iterable[int], today: date) -> list[Unanswered]:
    """
    Return the notices that are past their day, the one that has waited longest first.

    :param unit_ids: units whose leader is told from the day after.
    :param county_ids: counties whose coordination is told a week later.
    """
    at_units = Q(to_unit_id__in=list(unit_ids), due_on__lt=today)
    in_counties = Q(county_id__in=list(county_ids), due_on__lt=today - TO_ADMINISTRATION)
    rows = NewcomerNotice.objects.filter(at_units | in_counties, state=NewcomerState.WAITING)
    return [
        Unanswered(row.kind, row.by_unit.name, row.to_unit.name, row.on, row.due_on)
        for row in rows.select_related("by_unit", "to_unit").order_by("due_on", "pk")
    ]


def unanswered_for(*, actor: Actor, today: date) -> list[Unanswered]:
    """Return those somebody who leads a unit or coordinates a county is to see to."""
    return unanswered(
        unit_ids=actor.led_unit_ids, county_ids=actor.counties_with(Permission.ROUTINE_ADAPT), today=today
    )


def known_as(*, notice: NewcomerNotice) -> list[Any]:
    """Return the youths the actor may see who have the name and the birth date of a notice."""
    if notice.born is None:
        return []
    return people.youths_called(first_name=notice.first_name, last_name=notice.last_name, born=notice.born)
