"""Searching the directory."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from fotfeste.organisations.enums import ROLE_ALIASES, UnitKind
from fotfeste.organisations.models import NamedContact, Unit
from fotfeste.organisations.selectors.contacts import units_without_named_contact
from fotfeste.organisations.selectors.periods import open_on
from fotfeste.organisations.selectors.units import of_kind, units


@dataclass(frozen=True, slots=True)
class DirectoryFilter:
    """
    What to show of the directory.

    :ivar text: part of a name, number, code, street, or of the name, e-mail or role of somebody named there.
    :ivar district_code: units lying in, or serving, the district.
    """

    county_id: int
    text: str = ""
    kind: UnitKind | None = None
    district_code: str = ""
    only_without_contact: bool = False


def directory(*, chosen: DirectoryFilter, on: date) -> QuerySet[Unit]:
    """Return the units open on the day that match all that was chosen, by name."""
    found = units(county_id=chosen.county_id, on=on)
    if chosen.only_without_contact:
        found = units_without_named_contact(county_id=chosen.county_id, on=on)
    if chosen.kind:
        found = found.filter(of_kind(chosen.kind))
    if chosen.district_code:
        serving = Unit.objects.filter(kind=UnitKind.DISTRICT, code=chosen.district_code).values("nav_office_id")
        found = found.filter(Q(district_code=chosen.district_code) | Q(pk__in=serving))
    for word in chosen.text.split():
        found = found.filter(_mentions(word, on=on))
    return found


def _mentions(word: str, *, on: date) -> Q:
    fields = ("name", "org_number", "vigo_number", "code", "street", "postcode")
    somewhere = Q()
    for field in fields:
        somewhere |= Q(**{f"{field}__icontains": word})
    return somewhere | Q(pk__in=_named(word, on=on).values("unit_id"))


def _named(word: str, *, on: date) -> QuerySet[NamedContact]:
    roles = [role for role, names in ROLE_ALIASES.items() if any(word.lower() in name for name in names)]
    named = Q(name__icontains=word) | Q(email__icontains=word) | Q(deputy__icontains=word) | Q(role__in=roles)
    return NamedContact.objects.filter(open_on(on)).filter(named)
