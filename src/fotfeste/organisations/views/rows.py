"""What the directory's screens show of units and the people named there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.kernel.ui import Link
from fotfeste.organisations import policies
from fotfeste.organisations.enums import ROLE_NEEDED, ROLE_PROPOSED, ContactRole, UnitKind
from fotfeste.organisations.selectors import contacts, units

if TYPE_CHECKING:
    from fotfeste.organisations.models import NamedContact, Unit


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody named at a unit, and whether it is long since anybody said it is still right."""

    contact: "NamedContact"
    is_stale: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the directory's table shows it."""

    unit: "Unit"
    kinds: str
    district: str
    contacts: Sequence[ContactRow]
    lacks_contact: bool


def kinds_of(unit: "Unit") -> str:
    """Return what the unit is, in words; a school with two levels is both."""
    kind = str(UnitKind(unit.kind).label)
    if not unit.also_kind:
        return kind
    return _("%(kind)s og %(other)s") % {"kind": kind, "other": str(UnitKind(unit.also_kind).label).lower()}


def contact_rows(named: Iterable["NamedContact"], *, on: date) -> list[ContactRow]:
    """Return the people named, each marked when the confirmation is too old on the day."""
    limit = contacts.stale_before(on=on)
    return [ContactRow(contact, contact.confirmed_on is None or contact.confirmed_on < limit) for contact in named]


def unit_rows(shown: Sequence["Unit"], *, county_id: int, on: date, district_names: dict[str, str]) -> list[UnitRow]:
    """Return the rows of one page of the directory, with four queries whatever its length."""
    ids = [unit.pk for unit in shown]
    named = contacts.contacts_on(unit_ids=ids, on=on)
    lacking = contacts.units_without_named_contact(county_id=county_id, on=on).filter(pk__in=ids)
    lacking_ids = set(lacking.values_list("pk", flat=True))
    return [
        UnitRow(
            unit=unit,
            kinds=kinds_of(unit),
            district=district_names.get(unit.district_code, "") if unit.kind != UnitKind.DISTRICT else "",
            contacts=contact_rows(named[unit.pk], on=on),
            lacks_contact=unit.pk in lacking_ids,
        )
        for unit in shown
    ]


def district_names(*, county_id: int, on: date) -> dict[str, str]:
    """Return the names of a county's districts by code, without the word itself, since it stands above them."""
    return {d.code: d.name.removeprefix("Bydel ") for d in units.districts(county_id=county_id, on=on)}


def proposed_role(unit: "Unit") -> ContactRole:
    """Return the role the form proposes for somebody new at the unit."""
    kind = UnitKind(unit.kind)
    return ROLE_NEEDED.get(kind) or ROLE_PROPOSED.get(kind) or ContactRole.OTHER


def get_unit_or_404(unit_id: int) -> "Unit":
    """
    Return the unit.

    :raises Http404: there is none.
    """
    found = units.unit_or_none(unit_id=unit_id)
    if found is None:
        raise Http404
    return found


def tabs(*, actor: Actor, county_id: int, on: date, current: str) -> list[Link]:
    """Return the directory's tabs with how much waits in each; new names only for those who receive them."""
    everything = reverse("organisations:directory")
    lacking = contacts.units_without_named_contact(county_id=county_id, on=on).count()
    found = [
        Link(_("Alle enheter"), f"{everything}?fylke={county_id}", current == "all"),
        Link(_("Mangler kontakt"), f"{everything}?fylke={county_id}&mangler=ja", current == "lacking", lacking),
    ]
    if policies.may_acknowledge_named_contact(actor=actor, county_id=county_id):
        waiting = contacts.contacts_unseen_by_admin(county_id=county_id).count()
        found.append(Link(_("Nye kontakter"), reverse("organisations:new_contacts"), current == "new", waiting))
    return found
