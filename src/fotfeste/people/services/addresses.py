"""Where the youth is registered, stays or is placed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.people import policies
from fotfeste.people.enums import ADDRESS_PROTECTING, AddressKind
from fotfeste.people.models import Address, Youth
from fotfeste.people.selectors.dated_facts import addresses_seen, last_day_written, open_addresses
from fotfeste.people.services.places import lock_youth


@dataclass(frozen=True, slots=True)
class Place:
    """An address as it is written, with the district and the point it was found to lie at."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    municipality: str = ""
    district_code: str = ""
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def set_address(
    *, actor: Actor, youth_id: int, kind: str, place: Place, first_day: date, source: str, seen_id: int | None
) -> Address:
    """
    Record a new address of a kind; the one before ends the day before.

    :param seen_id: the address of this kind the user was shown, None when there was none.
    :raises NotAllowed: the youth is another unit's, or the address is protected and the actor is not the named handler.
    :raises EditConflict: another address was recorded in between.
    :raises Invalid: the new one begins before the one it replaces.
    """
    youth = lock_youth(youth_id=youth_id)
    _may_write(actor, youth)
    kind = AddressKind(kind)
    current = _current(youth, kind)
    if (current.pk if current else None) != seen_id:
        raise EditConflict(
            _("Noen har registrert en annen adresse mens du skrev. Ingenting er lagret."),
            theirs=_shown(current),
            yours={_("Adresse"): place.street, _("Poststed"): f"{place.postcode} {place.city}".strip()},
            version=addresses_seen(open_addresses(youth_id=youth_id)),
            about=youth_id,
        )
    if current is not None:
        _close(current, last_day=first_day - timedelta(days=1))
    address = Address.objects.create(
        youth=youth,
        kind=kind,
        street=place.street,
        postcode=place.postcode,
        city=place.city,
        municipality=place.municipality,
        district_code=place.district_code,
        latitude=place.latitude,
        longitude=place.longitude,
        is_protected=youth.protection in ADDRESS_PROTECTING,
        first_day=first_day,
        source=source,
        recorded_at=clock.now(),
    )
    audit.record("address.set", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"kind": kind.value})
    return address


@transaction.atomic
def end_address(*, actor: Actor, address_id: int, last_day: date) -> None:
    """
    Record that the youth no longer stays somewhere after a day.

    :raises NotAllowed: the youth is another unit's, or the address is protected.
    :raises EditConflict: somebody has already ended it.
    :raises Invalid: there is no such address the actor may see, or the day is before its first.
    """
    address = Address.objects.select_for_update(of=("self",)).filter(pk=address_id).first()
    if address is None:
        raise Invalid(_("Adressen finnes ikke, eller du har ikke tilgang."))
    youth = lock_youth(youth_id=address.youth_id)
    _may_write(actor, youth)
    if address.superseded_at is not None or address.last_day is not None:
        raise EditConflict(
            _("Noen andre har allerede avsluttet adressen. Ingenting er lagret."),
            theirs={_("Til og med"): last_day_written(address)},
            yours={_("Til og med"): formats.short_day(last_day)},
            about=address.youth_id,
        )
    _close(address, last_day=last_day)
    audit.record(
        "address.ended", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"kind": address.kind}
    )


def _may_write(actor: Actor, youth: Youth) -> None:
    if youth.protection in ADDRESS_PROTECTING:
        policies.may_see_protected_address(actor=actor, youth=youth).require()
    else:
        policies.may_edit_youth(actor=actor, youth=youth).require()


def _current(youth: Youth, kind: AddressKind) -> Address | None:
    pk = open_addresses(youth_id=youth.pk).get(kind)
    return Address.objects.get(pk=pk) if pk else None


def _close(address: Address, *, last_day: date) -> None:
    """Supersede the address, and add it again with its last day unless nothing would be left of its period."""
    now = clock.now()
    Address.objects.filter(pk=address.pk).update(superseded_at=now)
    if address.first_day is not None and last_day < address.first_day:
        if last_day + timedelta(days=1) < address.first_day:
            raise Invalid(_("Datoen er før den nåværende adressen begynte å gjelde."))
        return
    address.pk = None
    address._state.adding = True
    address.last_day, address.recorded_at = last_day, now
    address.save()


def _shown(address: Address | None) -> dict[str, str]:
    if address is None:
        return {_("Adresse"): ""}
    return {_("Adresse"): address.street, _("Poststed"): f"{address.postcode} {address.city}".strip()}
