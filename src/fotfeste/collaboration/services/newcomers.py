"""Telling of somebody the register may not know: sending the notice, and taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.topics import Ground
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import NewcomerState
from fotfeste.collaboration.models import NewcomerNotice
from fotfeste.collaboration.record_kinds import RecordKind, record_kinds
from fotfeste.collaboration.selectors.newcomers import AGREED_FIRST, kind_at, receivers
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.organisations.selectors import units
from fotfeste.people.services.contact import read_phone
from fotfeste.spec import implements

#: How long the name stands after the answer, so that whoever sent the notice can see whom it was about.
NAMED_AFTER = timedelta(days=30)
#: How long past its day a notice nobody answers stands before it is closed.
LAPSES_AFTER = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is about and how they are reached; nothing else is told before the youth has said yes to it (amb-39)."""

    first_name: str
    last_name: str
    born: date
    phone: str = ""


@transaction.atomic
@implements("amb-39", "rut-rule-consent")
def send_notice(
    *,
    actor: Actor,
    person: Person,
    to_unit_id: int | None,
    on: date,
    said: dict[str, Any],
    told_on: date | None,
    agreed_on: date | None = None,
) -> NewcomerNotice:
    """
    Send word of somebody the unit cannot look up. The answer is the same whether or not the person is known.

    :raises NotAllowed: the actor's unit sends no such notice.
    :raises Invalid: a field is missing, a day is ahead, or the receiver takes no such notice.
    """
    unit_id = policies.sends_newcomers(actor=actor)
    known = kind_at(unit_id=unit_id)
    if known is None:
        raise Invalid(_("Dette skrives ved en annen slags enhet enn deres."))
    _check(known, on, said, told_on, agreed_on)
    assert told_on is not None
    there = next((each for each in receivers(unit_id=unit_id, on=clock.today()) if each.pk == to_unit_id), None)
    if there is None:
        raise Invalid(_("Velg hvem det sendes til."))
    row = NewcomerNotice.objects.create(
        county_id=there.county_id,
        kind=known.id,
        on=on,
        **_identity(person),
        said=said,
        told_on=told_on,
        agreed_on=agreed_on,
        by_unit_id=unit_id,
        made_by_id=actor.user_id,
        made_at=clock.now(),
        to_unit_id=there.pk,
        due_on=clock.today() + timedelta(known.days or 7),
    )
    log(actor, "newcomer.sent", row)
    return row


@transaction.atomic
def revoke_notice(*, actor: Actor, notice_id: int, version: int | None = None) -> NewcomerNotice:
    """
    Take back a notice nobody has answered.

    :param version: of the notice the user was shown; None for a job.
    :raises NotAllowed: another unit sent it.
    :raises Invalid: there is no such notice the actor may see.
    :raises EditConflict: it has been answered in between.
    """
    row = lock_notice(notice_id=notice_id)
    policies.may_revoke_record(actor=actor, by_unit_id=row.by_unit_id).require()
    must_wait(row, version, yours=str(NewcomerState.REVOKED.label))
    close(row, NewcomerState.REVOKED, actor=actor)
    log(actor, "newcomer.revoked", row)
    return row


def forget_names(*, county_id: int, on: date) -> int:
    """
    Take away who the answered notices of a county were about, a while after the answer. Twice does it once.

    Source: personvernforordningen art. 5 nr. 1 e.

    :returns: how many.
    """
    rows = NewcomerNotice.objects.filter(county_id=county_id, answered_at__date__lt=on - NAMED_AFTER)
    gone: dict[str, Any] = {
        "first_name": "",
        "last_name": "",
        "born": None,
        "phone": "",
        "said": {},
        "answer_text": "–",
    }
    return rows.exclude(first_name="").update(**gone)


def lapse_unanswered(*, actor: Actor, county_id: int, on: date) -> int:
    """
    Close the notices of a county nobody has answered for so long that the name may stand no longer.

    Whoever sent it sees that nobody answered, for as long as after any answer. Twice does it once.

    Source: personvernforordningen art. 5 nr. 1 e.

    :returns: how many.
    """
    rows = NewcomerNotice.objects.select_for_update(of=("self",)).filter(county_id=county_id)
    old = list(rows.filter(state=NewcomerState.WAITING, due_on__lt=on - LAPSES_AFTER).order_by("pk"))
    for row in old:
        close(row, NewcomerState.LAPSED, actor=actor)
        log(actor, "newcomer.lapsed", row)
    return len(old)


def log_looked(*, actor: Actor, waiting: Iterable[NewcomerNotice], sent: Iterable[NewcomerNotice]) -> None:
    """Log that somebody was shown who some notices are about, which no row about a youth tells of."""
    for verb, ground, rows in (
        ("newcomer.read", Ground.NOTICE.value, waiting),
        ("newcomer.own_read", "", sent),
    ):
        shown: dict[int, list[int]] = {}
        for row in rows:
            shown.setdefault(row.county_id, []).append(row.pk)
        for county_id, ids in shown.items():
            audit.record(verb, by=actor.user_id, county=county_id, details={"notices": sorted(ids)}, ground=ground)


def lock_notice(*, notice_id: int) -> NewcomerNotice:
    """
    Return a notice, locked.

    :raises Invalid: there is none the actor may see.
    """
    row = NewcomerNotice.objects.select_for_update(of=("self",)).filter(pk=notice_id).first()
    if row is None:
        raise Invalid(_("Meldingen finnes ikke, eller du har ikke tilgang."))
    return row


def must_wait(row: NewcomerNotice, version: int | None, *, yours: str) -> None:
    """
    Stop unless the notice waits, as the user was shown it.

    :raises EditConflict: it has been answered or taken back in between.
    """
    if row.state == NewcomerState.WAITING and version in (None, row.version):
        return
    label = _("Svar")
    raise EditConflict(
        _("Noen har svart eller trukket det mens du holdt på. Ingenting er lagret."),
        theirs={label: str(NewcomerState(row.state).label), _("Begrunnelse"): row.answer_text},
        yours={label: yours, _("Begrunnelse"): ""},
    )


def close(row: NewcomerNotice, state: NewcomerState, *, actor: Actor, text: str = "") -> None:
    """Keep the answer."""
    row.state, row.answer_text = state, text.strip()[:300]
    row.answered_by_id, row.answered_at = actor.user_id, clock.now()
    row.version += 1
    row.save(update_fields=["state", "answer_text", "answered_by_id", "answered_at", "version"])


def log(actor: Actor, verb: str, row: NewcomerNotice, *, about: int | None = None) -> None:
    """Log an act on a notice."""
    details = {"notice": row.pk, "kind": row.kind, "to": row.to_unit_id}
    audit.record(verb, by=actor.user_id, about=about, county=row.county_id, details=details)


def _identity(person: Person) -> dict[str, Any]:
    names = (" ".join(person.first_name.split()), " ".join(person.last_name.split()))
    if not all(names):
        raise Invalid(_("Skriv både fornavn og etternavn."))
    if person.born >= clock.today():
        raise Invalid(_("Fødselsdatoen er fram i tid."))
    phone = read_phone(person.phone) if person.phone.strip() else ""
    return {"first_name": names[0], "last_name": names[1], "born": person.born, "phone": phone}


def _check(known: RecordKind, on: date, said: dict[str, Any], told_on: date | None, agreed_on: date | None) -> None:
    if wrong := known.mistake_in(said):
        label = next((each.label for each in known.fields if each.id == wrong), wrong)
        raise Invalid(_("Fyll ut «%(field)s».") % {"field": _(label)})
    if told_on is None:
        raise Invalid(_("Fortell ungdommen først, og skriv når det ble gjort."))
    if known.id in AGREED_FIRST and agreed_on is None:
        raise Invalid(_("Nav har taushetsplikt. Skriv når ungdommen sa ja til at dere sier fra."))
    left_on = date.fromisoformat(said["left_on"]) if said.get("left_on") else None
    if any(day is not None and day > clock.today() for day in (on, told_on, agreed_on, left_on)):
        raise Invalid(_("Datoen kan ikke være fram i tid."))


def kind_of(row: NewcomerNotice) -> RecordKind:
    """Return the kind of record a notice becomes."""
    return record_kinds()[row.kind]


def unit_name(unit_id: int) -> str:
    """Return what a unit is called."""
    return units.unit_names({unit_id})[unit_id]
