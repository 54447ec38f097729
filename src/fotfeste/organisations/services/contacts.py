"""Naming, confirming and ending the people one calls at a unit."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid, NotAllowed
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.organisations import policies
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.models import NamedContact, Unit
from fotfeste.organisations.phone import NOT_A_PHONE_NUMBER, international
from fotfeste.organisations.selectors.contacts import contacts_on, seen_of
from fotfeste.spec import implements


@implements("form-contact-entry", "ce-role", "ce-unit", "ce-name", "ce-phone", "ce-email", "ce-from", "ce-deputy")
@transaction.atomic
def name_contact(
    *,
    actor: Actor,
    unit_id: int,
    role: ContactRole,
    name: str,
    email: str,
    phone: str,
    first_day: date,
    on: date,
    deputy: str = "",
    replaces_id: int | None = None,
    version: str | None = None,
) -> NamedContact:
    """
    Name a person as contact at a unit from a day on. Naming counts as confirming.

    :param on: the day it is written down.
    :param replaces_id: somebody at the unit whose period ends the day before.
    :param version: ``seen_of`` the unit's contacts, as the user was shown them; None for a job.
    :raises EditConflict: somebody has changed the unit's contacts in between.
    :raises NotAllowed: the actor neither leads the unit nor coordinates the county.
    :raises Invalid: name, e-mail or phone is missing or wrong, the unit is closed, or the person is already named.
    Source: samarbeidsavtalen 2025 § 3.
    """
    unit = Unit.objects.select_for_update().get(pk=unit_id)
    _require_editor(actor, unit)
    name = " ".join(name.split())
    now_named = contacts_on(unit_ids=[unit_id], on=on)[unit_id]
    must_be_as_seen(
        version,
        seen_of(now_named),
        _("Noen har endret kontaktpersonene ved enheten mens du skrev. Ingenting er lagret."),
        theirs={_("Kontaktpersoner"): ", ".join(each.name for each in now_named) or _("Ingen")},
        yours={_("Kontaktpersoner"): name},
    )
    _require_open(unit, first_day)
    _require_not_named(unit, role=role, name=name, first_day=first_day)
    if replaces_id is not None:
        _end(_locked(replaces_id, unit_id=unit_id), last_day=first_day - timedelta(days=1))
    contact = NamedContact.objects.create(
        unit=unit,
        role=role,
        name=name or _refuse(_("Skriv navnet på kontaktpersonen.")),
        email=_email(email),
        phone=_phone(phone),
        deputy=" ".join(deputy.split()),
        first_day=first_day,
        confirmed_on=on,
        uda_seen_at=clock.now() if _coordinates(actor, unit) else None,
    )
    _log("named_contact.named", actor, contact)
    return contact


@implements("ce-to")
@transaction.atomic
def end_contact(*, actor: Actor, contact_id: int, last_day: date, version: str | None = None) -> NamedContact:
    """
    End a contact's period; the person is named through the last day.

    :raises NotAllowed: the actor neither leads the unit nor coordinates the county.
    :raises IllegalTransition: the period has ended already.
    :raises Invalid: the last day is before the first.
    """
    contact = _locked(contact_id)
    _require_editor(actor, contact.unit)
    _must_be_as_seen(contact, version, {_("Til og med"): formats.short_day(last_day)})
    _end(contact, last_day=last_day)
    contact.uda_seen_at = clock.now() if _coordinates(actor, contact.unit) else None
    contact.save(update_fields=["uda_seen_at"])
    _log("named_contact.ended", actor, contact)
    return contact


@implements("ce-confirmed")
@transaction.atomic
def confirm_contact(*, actor: Actor, contact_id: int, on: date, version: str | None = None) -> NamedContact:
    """
    Note that the contact is still right on the day.

    :raises NotAllowed: the actor neither leads the unit nor coordinates the county.
    :raises IllegalTransition: the person is not named on the day.
    """
    contact = _locked(contact_id)
    _require_editor(actor, contact.unit)
    _must_be_as_seen(contact, version, {_("Sist bekreftet"): formats.short_day(on)})
    _require_named_on(contact, on)
    contact.confirmed_on = on
    contact.save(update_fields=["confirmed_on"])
    _log("named_contact.confirmed", actor, contact)
    return contact


@implements("avt-district-update-website", "rut-contact-change-s01", "ce-published")
@transaction.atomic
def mark_published(*, actor: Actor, contact_id: int, on: date, version: str | None = None) -> NamedContact:
    """
    Note the day the contact was put on the municipality's website.

    :raises NotAllowed: the actor neither leads the unit nor coordinates the county.
    :raises IllegalTransition: the person is not named on the day.
    Source: samarbeidsavtalen 2025 § 3 (the district changes its website when the contact is replaced).
    """
    contact = _locked(contact_id)
    _require_editor(actor, contact.unit)
    _must_be_as_seen(contact, version, {_("Publisert på nettsiden"): formats.short_day(on)})
    _require_named_on(contact, on)
    contact.published_on = on
    contact.save(update_fields=["published_on"])
    _log("named_contact.published", actor, contact)
    return contact


@implements("rut-contact-change-s02", "ce-uda-notified")
@transaction.atomic
def acknowledge_contact(*, actor: Actor, contact_id: int, at: datetime, version: str | None = None) -> NamedContact:
    """
    Receive a new or ended contact on behalf of the education administration.

    :raises NotAllowed: the actor does not coordinate the county.
    Source: samarbeidsavtalen 2025 § 3 (new contact details are sent to Utdanningsadministrasjonen).
    """
    contact = _locked(contact_id)
    if not policies.may_acknowledge_named_contact(actor=actor, county_id=contact.unit.county_id):
        raise NotAllowed(_("Bare Utdanningsadministrasjonen i fylket kan kvittere for nye kontaktpersoner."))
    _must_be_as_seen(contact, version, {_("Kvittert"): formats.moment(at)})
    contact.uda_seen_at = at
    contact.save(update_fields=["uda_seen_at"])
    _log("named_contact.acknowledged", actor, contact)
    return contact


def _locked(contact_id: int, *, unit_id: int | None = None) -> NamedContact:
    rows = NamedContact.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=contact_id)
    contact = rows.first() if unit_id is None else rows.filter(unit_id=unit_id).first()
    if contact is None:
        raise Invalid(_("Kontaktpersonen finnes ikke ved denne enheten."))
    return contact


def _must_be_as_seen(contact: NamedContact, version: str | None, yours: dict[str, str]) -> None:
    """Stop when somebody has changed the contact since. ``version``: of it; None for a job."""
    stands = {
        _("Til og med"): contact.last_day,
        _("Sist bekreftet"): contact.confirmed_on,
        _("Publisert på nettsiden"): contact.published_on,
    }
    seen_at = formats.moment(contact.uda_seen_at) if contact.uda_seen_at else formats.NO_VALUE
    must_be_as_seen(
        version,
        contact.version,
        _("Noen har endret kontaktpersonen siden du så den. Ingenting er lagret."),
        theirs={label: formats.short_day(day) if day else formats.NO_VALUE for label, day in stands.items()}
        | {_("Kvittert"): seen_at},
        yours=yours,
    )


def _end(contact: NamedContact, *, last_day: date) -> None:
    if contact.last_day is not None and contact.last_day <= last_day:
        raise IllegalTransition(_("Kontaktperioden er allerede avsluttet."))
    if last_day < contact.first_day:
        raise Invalid(_("Siste dag kan ikke være før første dag i perioden."))
    contact.last_day = last_day
    contact.save(update_fields=["last_day"])


def _require_editor(actor: Actor, unit: Unit) -> None:
    if not policies.may_edit_named_contact(actor=actor, unit=unit):
        raise NotAllowed(
            _("Bare lederen i enheten og Utdanningsadministrasjonen i fylket kan endre enhetens kontaktpersoner.")
        )


def _require_open(unit: Unit, day: date) -> None:
    if (unit.last_day and day > unit.last_day) or (unit.first_day and day < unit.first_day):
        raise Invalid(_("Enheten er ikke åpen den dagen kontaktperioden begynner."))


def _require_not_named(unit: Unit, *, role: ContactRole, name: str, first_day: date) -> None:
    same = NamedContact.objects.filter(unit=unit, role=role, name__iexact=name)
    if same.filter(last_day__isnull=True).exists() or same.filter(last_day__gte=first_day).exists():
        raise Invalid(_("Personen er allerede navngitt med dette ansvaret ved enheten."))


def _require_named_on(contact: NamedContact, day: date) -> None:
    if day < contact.first_day or (contact.last_day is not None and day > contact.last_day):
        raise IllegalTransition(_("Personen er ikke kontaktperson i dag, så det er ikke noe å bekrefte."))


def _coordinates(actor: Actor, unit: Unit) -> bool:
    return policies.may_acknowledge_named_contact(actor=actor, county_id=unit.county_id)


def _email(text: str) -> str:
    try:
        validate_email(text.strip())
    except ValidationError:
        _refuse(_("Skriv en e-postadresse som kan brukes, for eksempel navn@oslo.kommune.no."))
    return text.strip()


def _phone(text: str) -> str:
    return international(text) or _refuse(NOT_A_PHONE_NUMBER)


def _refuse(sentence: object) -> str:
    raise Invalid(str(sentence))


def _log(verb: str, actor: Actor, contact: NamedContact) -> None:
    details = {"unit": contact.unit_id, "contact": contact.pk, "role": contact.role}
    audit.record(verb, by=actor.user_id, county=contact.unit.county_id, details=details)
