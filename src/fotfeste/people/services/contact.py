"""Telephone numbers, e-mail addresses and guardians."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.people import policies
from fotfeste.people.enums import ContactKind
from fotfeste.people.models import ContactDetail, Guardian
from fotfeste.people.selectors.dated_facts import last_day_written
from fotfeste.people.services.places import lock_youth

_SEPARATORS = re.compile(r"[\s().\-–/]")
_NORWEGIAN = re.compile(r"[2-9]\d{7}", re.ASCII)
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


@transaction.atomic
def add_contact_detail(
    *, actor: Actor, youth_id: int, kind: str, value: str, source: str, first_day: date | None = None
) -> ContactDetail:
    """
    Add a telephone number or e-mail address. One already there is returned as it is.

    :raises NotAllowed: the youth is another unit's.
    :raises Invalid: it is not a number or an address.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    kind = ContactKind(kind)
    written = read_phone(value) if kind is ContactKind.PHONE else _read_email(value)
    known = ContactDetail.objects.filter(
        youth_id=youth.pk, kind=kind, value=written, superseded_at=None, last_day=None
    ).first()
    if known is not None:
        return known
    detail = ContactDetail.objects.create(
        youth=youth,
        kind=kind,
        value=written,
        first_day=first_day or clock.today(),
        source=source,
        recorded_at=clock.now(),
    )
    audit.record(
        "contact_detail.added", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"kind": kind.value}
    )
    return detail


@transaction.atomic
def end_contact_detail(*, actor: Actor, detail_id: int, last_day: date) -> None:
    """
    Record that a number or address is no longer in use after a day. It stays in the history.

    :raises NotAllowed: the youth is another unit's.
    :raises EditConflict: somebody has already ended it.
    :raises Invalid: there is no such detail the actor may see.
    """
    detail = ContactDetail.objects.select_for_update(of=("self",)).filter(pk=detail_id).first()
    if detail is None:
        raise Invalid(_("Kontaktopplysningen finnes ikke, eller du har ikke tilgang."))
    youth = lock_youth(youth_id=detail.youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    _must_be_live(detail, yours=last_day)
    _supersede(detail, last_day=last_day)
    audit.record(
        "contact_detail.ended", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"kind": detail.kind}
    )


@transaction.atomic
def add_guardian(
    *, actor: Actor, youth_id: int, name: str, relation: str, phone: str = "", email: str = "", source: str
) -> Guardian:
    """
    Add a parent or other guardian.

    Source: opplæringslova § 20-1 (who holds parental responsibility may be collected when needed).

    :raises NotAllowed: the youth is another unit's.
    :raises Invalid: the name is missing, or number or address is not one.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    if not name.strip():
        raise Invalid(_("Skriv navnet på den foresatte."))
    guardian = Guardian.objects.create(
        youth=youth,
        name=" ".join(name.split()),
        relation=relation.strip(),
        phone=read_phone(phone) if phone.strip() else "",
        email=_read_email(email) if email.strip() else "",
        first_day=clock.today(),
        source=source,
        recorded_at=clock.now(),
    )
    audit.record("guardian.added", by=actor.user_id, about=youth.pk, county=youth.county_id)
    return guardian


@transaction.atomic
def end_guardian(*, actor: Actor, guardian_id: int, last_day: date) -> None:
    """
    Record that somebody is no longer the guardian after a day.

    :raises NotAllowed: the youth is another unit's.
    :raises EditConflict: somebody has already ended it.
    :raises Invalid: there is no such guardian the actor may see.
    """
    guardian = Guardian.objects.select_for_update(of=("self",)).filter(pk=guardian_id).first()
    if guardian is None:
        raise Invalid(_("Den foresatte finnes ikke, eller du har ikke tilgang."))
    youth = lock_youth(youth_id=guardian.youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    _must_be_live(guardian, yours=last_day)
    _supersede(guardian, last_day=last_day)
    audit.record("guardian.ended", by=actor.user_id, about=youth.pk, county=youth.county_id)


def read_phone(text: str) -> str:
    """
    Return a telephone number in E.164; eight digits are Norwegian.

    :raises Invalid: it is not a number.
    """
    number = _SEPARATORS.sub("", text.replace("(0)", ""))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif _NORWEGIAN.fullmatch(number):
        number = f"+47{number}"
    is_norwegian = number.startswith("+47")
    if not _E164.fullmatch(number) or (is_norwegian and not _NORWEGIAN.fullmatch(number[3:])):
        raise Invalid(_("Skriv telefonnummeret med åtte sifre, eller med + og landkode foran."))
    return number


def _read_email(text: str) -> str:
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid(_("Dette er ikke en e-postadresse.")) from None
    return address


def _must_be_live(fact: ContactDetail | Guardian, *, yours: date) -> None:
    if fact.superseded_at is not None or fact.last_day is not None:
        raise EditConflict(
            _("Noen andre har allerede avsluttet opplysningen. Ingenting er lagret."),
            theirs={_("Til og med"): last_day_written(fact)},
            yours={_("Til og med"): formats.short_day(yours)},
            about=fact.youth_id,
        )


def _supersede(fact: ContactDetail | Guardian, *, last_day: date) -> None:
    """Close the recording of a fact and add it again with its last day."""
    now = clock.now()
    type(fact).objects.filter(pk=fact.pk).update(superseded_at=now)
    fact.pk = None
    fact._state.adding = True
    fact.last_day, fact.recorded_at = last_day, now
    fact.save()
