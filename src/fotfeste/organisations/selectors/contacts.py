"""The people named at units, and the units where nobody is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from fotfeste.kernel.seen import mark_of
from fotfeste.kernel.together import Rows, read_together
from fotfeste.kernel.written import Day
from fotfeste.organisations.enums import ROLE_NEEDED, UnitKind
from fotfeste.organisations.models import NamedContact, Unit
from fotfeste.organisations.selectors.periods import months_before, open_on
from fotfeste.organisations.selectors.units import units
from fotfeste.spec import implements

#: A contact not confirmed for so long counts as not current. Source: the indicator ind-contacts-current.
CURRENT_MONTHS = 6


@dataclass(frozen=True, slots=True)
class ContactsCurrent:
    """How many units of a kind have a contact confirmed lately, of how many."""

    kind: UnitKind
    confirmed: int
    units: int


def _needed_role_named(on: date) -> Q:
    """Return the condition, on a contact of the outer unit, that it fills the role the unit must have on the day."""
    roles = Q(pk__in=[])
    for kind, role in ROLE_NEEDED.items():
        roles |= Q(unit__kind=kind, role=role)
    return Q(unit_id=OuterRef("pk")) & roles & open_on(on)


def units_needing_contact(*, county_id: int, on: date) -> QuerySet[Unit]:
    """
    Return the units that must have a named contact: schools and districts with responsibility, and Nav offices.

    Source: samarbeidsavtalen 2025 §§ 3-4; that the education administration needs one follows from its being the
    central receiver of feedback.
    """
    needing = Q(kind=UnitKind.NAV_OFFICE) | Q(takes_responsibility=True, kind__in=list(ROLE_NEEDED))
    return units(county_id=county_id, on=on).filter(needing)


@implements("avt-school-has-counsellor", "avt-district-has-contact", "avt-nav-has-ot-responsible")
@implements("std-nav-has-ot-responsible")
def units_without_named_contact(*, county_id: int, on: date) -> QuerySet[Unit]:
    """
    Return the units where nobody is named on the day for the role the unit must have.

    Source: samarbeidsavtalen 2025 § 3.
    """
    named = NamedContact.objects.filter(_needed_role_named(on))
    return units_needing_contact(county_id=county_id, on=on).filter(~Exists(named))


@implements("ind-contacts-current", "avt-nav-list-updated")
def contacts_current(*, county_id: int, on: date) -> list[ContactsCurrent]:
    """Return for each kind of unit how many have a contact confirmed within six months, of those that must."""
    confirmed = NamedContact.objects.filter(_needed_role_named(on), confirmed_on__gte=stale_before(on=on))
    rows = units_needing_contact(county_id=county_id, on=on).annotate(is_current=Exists(confirmed))
    counted: dict[str, list[bool]] = defaultdict(list)
    for kind, is_current in rows.order_by().values_list("kind", "is_current"):
        counted[kind].append(is_current)
    return [
        ContactsCurrent(kind=kind, confirmed=sum(counted[kind]), units=len(counted[kind]))
        for kind in UnitKind
        if counted[kind]
    ]


def stale_before(*, on: date) -> date:
    """Return the first day on which a confirmation still counts."""
    return months_before(on, CURRENT_MONTHS)


_NAMED = Rows(
    NamedContact,
    "t.unit_id = ANY (%(unit_ids)s) AND daterange(t.first_day, t.last_day, '[]') @> %(on)s",
    "t.first_day, t.id",
    related=("unit",),
    is_open=True,
)


def contacts_on(*, unit_ids: Iterable[int], on: date) -> dict[int, list[NamedContact]]:
    """Return who is named on the day, by unit; those in the unit's needed role first."""
    by_unit: dict[int, list[NamedContact]] = defaultdict(list)
    [rows] = read_together(_NAMED, values={"unit_ids": list(unit_ids), "on": on})
    for contact in rows:
        by_unit[contact.unit_id].append(contact)
    for contacts in by_unit.values():
        contacts.sort(key=lambda contact: contact.role != ROLE_NEEDED.get(UnitKind(contact.unit.kind)))
    return by_unit


@dataclass(frozen=True, slots=True)
class Replaced:
    """A contact in the role a unit must have whose period is over."""

    contact_id: int
    unit_id: int
    unit_kind: UnitKind


def contacts_replaced(*, county_id: int, since: date, on: date) -> list[Replaced]:
    """Return the contacts in the role their unit must have whose last day lies in a period, its first day included."""
    rows = NamedContact.objects.filter(unit__county_id=county_id, last_day__gte=since, last_day__lt=on)
    found = rows.select_related("unit").order_by("last_day", "pk")
    return [
        Replaced(row.pk, row.unit_id, UnitKind(row.unit.kind))
        for row in found
        if row.role == ROLE_NEEDED.get(UnitKind(row.unit.kind))
    ]


def responsible_contacts(*, unit_ids: Iterable[int], on: date) -> dict[int, NamedContact]:
    """Return who is named for the role each unit must have, or for any where none is said; no unit without anybody."""
    found: dict[int, NamedContact] = {}
    for unit_id, contacts in contacts_on(unit_ids=unit_ids, on=on).items():
        needed = [each for each in contacts if each.role == ROLE_NEEDED.get(UnitKind(each.unit.kind), each.role)]
        if needed:
            found[unit_id] = needed[0]
    return found


def contact_names(*, unit_ids: Iterable[int], on: date) -> dict[int, list[str]]:
    """Return who is named for the role each unit must have, or for any where none is said; no unit without anybody."""
    names: dict[int, list[str]] = defaultdict(list)
    for unit_id, contacts in contacts_on(unit_ids=unit_ids, on=on).items():
        for each in contacts:
            if each.role == ROLE_NEEDED.get(UnitKind(each.unit.kind), each.role):
                names[unit_id].append(each.name)
    return dict(names)


def names_of_contacts(*, contact_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some contacts, whenever they were named."""
    return dict(NamedContact.objects.filter(pk__in=list(contact_ids)).values_list("pk", "name"))


def is_named_at(*, unit: str, on: Day) -> Exists:
    """Return the condition that somebody is named on the day at the unit a field of a row names."""
    return Exists(NamedContact.objects.filter(open_on(on), unit_id=OuterRef(unit)))


def was_named_at(*, unit: str, on: Day) -> Exists:
    """Return the condition that somebody has been named, on the day or before, at the unit a field of a row names."""
    return Exists(NamedContact.objects.filter(first_day__lte=on, unit_id=OuterRef(unit)))


def contacts_of(*, unit_id: int) -> QuerySet[NamedContact]:
    """Return everybody who is, was or will be named at a unit, the latest first."""
    return NamedContact.objects.filter(unit_id=unit_id).order_by("-first_day", "-pk")


def contact_or_none(*, contact_id: int, unit_id: int) -> NamedContact | None:
    """Return one named contact of a unit."""
    return NamedContact.objects.select_related("unit").filter(pk=contact_id, unit_id=unit_id).first()


@implements("avt-district-notify-uda", "ce-uda-notified")
def contacts_unseen_by_admin(*, county_id: int) -> QuerySet[NamedContact]:
    """
    Return the names units have given that the education administration has not yet acknowledged, oldest first.

    Source: samarbeidsavtalen 2025 § 3 (a district's new contact is sent to Utdanningsadministrasjonen).
    """
    rows = NamedContact.objects.filter(unit__county_id=county_id, uda_seen_at__isnull=True)
    return rows.select_related("unit").order_by("first_day", "pk")


def seen_of(contacts: Iterable[NamedContact]) -> str:
    """Return what a form about named contacts carries, to tell whether somebody has changed them since."""
    return mark_of(*(contact.version for contact in contacts))
