"""Writing down what was done about a youth, and sending it to the unit it concerns."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import Trigger
from fotfeste.collaboration.models import Record
from fotfeste.collaboration.record_kinds import COORDINATOR, HANDOVER, RecordKind, record_kinds
from fotfeste.collaboration.selectors.plan_partners import partners_of
from fotfeste.collaboration.selectors.records import record_or_none, so_of
from fotfeste.collaboration.selectors.youth_sets import TAKING_PART
from fotfeste.collaboration.services import openings
from fotfeste.collaboration.services.participants import keep_course
from fotfeste.collaboration.services.starting import start_by
from fotfeste.consent.selectors import covered_units
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.organisations.selectors import units
from fotfeste.people.services.places import lock_youth
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class Sent:
    """
    To whom a record goes.

    :ivar unit_id: None when it goes to the unit that answers, or to nobody.
    :ivar without_name: the unit is asked without being told who it is about.
    :ivar told_on: when the youth got to know that it would be sent.
    """

    unit_id: int | None = None
    without_name: bool = False
    told_on: date | None = None


@transaction.atomic
def make_record(
    *, actor: Actor, youth_id: int, kind: str, on: date, said: dict[str, Any], sent: Sent | None = None
) -> Record:
    """
    Write down something done about a youth. A kind that is sent waits in the other unit until it answers.

    :raises NotAllowed: the actor works at no unit that does this, or does not answer for what is offered.
    :raises Invalid: a field is missing, the day is ahead, or the receiver may not know of the youth.
    :raises IllegalTransition: an offer to take over waits already.
    """
    youth = lock_youth(youth_id=youth_id)
    known = record_kinds().get(kind)
    if known is None or known.hands or actor.unit_id is None:
        raise Invalid(_("Velg noe fra listen."))
    _may(actor, known, youth)
    check_said(known, on, said, youth_id)
    to_unit_id = _receiver(known, youth, sent or Sent(), said, on, actor)
    without_name = known.may_be_anonymous and sent is not None and sent.without_name
    is_held = known.held
    if is_held and Record.objects.filter(youth_id=youth_id, kind=kind, to_unit=None, answer="").exists():
        raise IllegalTransition(_("Det er alt forberedt en slik melding. Rett eller trekk den."))
    row = Record.objects.create(
        youth_id=youth_id,
        kind=kind,
        on=on,
        said=said,
        by_unit_id=actor.unit_id,
        made_by_id=actor.user_id,
        made_at=clock.now(),
        to_unit_id=None if without_name or is_held else to_unit_id,
        held_for_id=to_unit_id if is_held else None,
        asked_unit_id=to_unit_id if without_name else None,
        told_on=sent.told_on if sent else None,
        due_on=clock.today() + timedelta(known.days) if known.is_sent and known.days and not is_held else None,
    )
    if known.opens and not is_held:
        openings.refresh(youth_id=youth_id)
    keep_course(row)
    for unit_id in _besides(known, youth, said) - {actor.unit_id, to_unit_id}:
        send_besides(actor=actor, known=known, youth_id=youth_id, on=on, said=said, to_unit_id=unit_id)
    start_what_it_starts(known, row, actor)
    sent_as = "notice.held" if is_held else "notice.sent" if known.is_sent else "record.made"
    verb = "handover.offered" if kind == HANDOVER else sent_as
    _tell(verb, actor, row)
    return row


def send_besides(
    *, actor: Actor, known: RecordKind, youth_id: int, on: date, said: dict[str, Any], to_unit_id: int, days: int = 0
) -> Record:
    """
    Send what the plan itself lets a unit know: one record for each unit, since each answers for itself.

    :param days: within how many it is to be answered; none when it is only to be known.
    """
    assert actor.unit_id is not None
    row = Record.objects.create(
        youth_id=youth_id,
        kind=known.id,
        on=on,
        said=said,
        by_unit_id=actor.unit_id,
        made_by_id=actor.user_id,
        made_at=clock.now(),
        to_unit_id=to_unit_id,
        due_on=clock.today() + timedelta(days) if days else None,
    )
    _tell("notice.sent", actor, row)
    return row


def _besides(known: RecordKind, youth: Any, said: dict[str, Any]) -> frozenset[int]:
    """Return the units of the plan that are told as well, by what the record says."""
    if not any(said.get(name) in values for name, values in known.tells_plan_when.items()):
        return frozenset()
    found = partners_of(youth=youth, on=clock.today())
    return found.unit_ids if found is not None else frozenset()


def _may(actor: Actor, known: RecordKind, youth: Any) -> None:
    policies.may_make_record(actor=actor, by_unit_id=actor.unit_id).require()
    if known.by_owner:
        policies.may_offer_handover(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id).require()
        if Record.objects.filter(youth_id=youth.pk, kind=HANDOVER, answer="").exists():
            raise IllegalTransition(_("Et tilbud om å overta venter alt på svar. Trekk det først."))
    if known.made_at:
        here = units.unit_or_none(unit_id=actor.unit_id or 0)
        if here is None or here.kind not in known.made_at:
            raise Invalid(_("Dette skrives ved en annen slags enhet enn deres."))


def check_said(known: RecordKind, on: date, said: dict[str, Any], youth_id: int) -> None:
    """
    Stop when a record lacks something or says what cannot be.

    :raises Invalid: a field is missing, a day is ahead, or it refers to a record about another youth.
    """
    if on > clock.today() and not known.held:
        raise Invalid(_("Datoen kan ikke være fram i tid."))
    if wrong := known.mistake_in(said, so_of(known, youth_id)):
        if any(each.id == wrong and each.asked_if for each in known.fields):
            raise Invalid(_("Reglene sier at ungdommen hører til OT. Bekreft at du har sjekket, eller la det være."))
        label = next((each.label for each in known.fields if each.id == wrong), wrong)
        raise Invalid(_("Fyll ut «%(field)s».") % {"field": _(label)})
    if known.held and bool(said.get("permission_by")) != bool(said.get("permission_on")):
        raise Invalid(_("Skriv både hvem som ga lov, og når."))
    if known.held and said.get("permission_on", "") > clock.today().isoformat():
        raise Invalid(_("Datoen kan ikke være fram i tid."))
    if said.get("left_on", "") > clock.today().isoformat():
        raise Invalid(_("Datoen kan ikke være fram i tid."))
    for each in known.fields:
        if (
            each.type == "record"
            and each.id in said
            and record_or_none(youth_id=youth_id, record_id=said[each.id]) is None
        ):
            raise Invalid(_("Velg noe fra listen."))


@implements("amb-39", "amb-40", "rut-rule-consent")
def _receiver(known: RecordKind, youth: Any, sent: Sent, said: dict[str, Any], on: date, actor: Actor) -> int | None:
    """Return the unit a record goes to, when it may go there."""
    if not known.is_sent:
        return None
    to_unit_id = _found_receiver(known, youth, actor) if known.finds_receiver else sent.unit_id
    there = units.unit_or_none(unit_id=to_unit_id or 0)
    if there is None or (known.unit_kinds and there.kind not in known.unit_kinds):
        raise Invalid(_("Velg hvem det sendes til."))
    if there.pk == actor.unit_id:
        raise Invalid(_("Det kan ikke sendes til deres egen enhet."))
    if known.told_first and sent.told_on is None:
        raise Invalid(_("Fortell ungdommen først, og skriv når det ble gjort."))
    if sent.told_on is not None and sent.told_on > clock.today():
        raise Invalid(_("Datoen kan ikke være fram i tid."))
    if known.opens and youth.protection != "none":
        raise Invalid(_("Ungdommen har en gradering. Ta det med Utdanningsadministrasjonen."))
    if sent.without_name and known.may_be_anonymous:
        _names_nobody(said.get("question", ""), youth)
        return int(there.pk)
    if known.needs_release or known.may_be_anonymous:
        taking_part = actor.unit_id if known.finds_receiver else there.pk
        if taking_part != youth.unit_id and taking_part not in _covered(youth.pk):
            raise Invalid(
                _("Ungdommen har ikke samtykket til at enheten er med. Spør uten navn, eller innhent samtykke.")
                if known.may_be_anonymous
                else _("Ungdommen har ikke samtykket til at enheten er med. Innhent samtykke først.")
            )
    return int(there.pk)


def _found_receiver(known: RecordKind, youth: Any, actor: Actor) -> int:
    """Return the unit of whoever coordinates the plan, where the record goes there; else the one that answers."""
    found = partners_of(youth=youth, on=clock.today()) if known.party == COORDINATOR else None
    is_other = found is not None and found.coordinator_id != actor.unit_id
    return found.coordinator_id if found is not None and is_other else int(youth.unit_id)


def _covered(youth_id: int) -> frozenset[int]:
    """Return the units the youth has let take part; also when the one sending may not see what was answered."""
    with acting_as(access.system_actor("scheduler", county_ids=access.all_counties())):
        return covered_units(youth_id=youth_id, topics=TAKING_PART, on=clock.today())


def _names_nobody(text: str, youth: Any) -> None:
    words = {each.casefold() for each in re.findall(r"\w+", text)}
    named = {each.casefold() for each in re.findall(r"\w+", f"{youth.first_name} {youth.last_name}")}
    if words & named or re.search(r"\d{6}", re.sub(r"[\s.]", "", text)):
        raise Invalid(_("Spørsmålet stilles uten navn. Ta bort navn, fødselsdato og nummer."))


def start_what_it_starts(known: RecordKind, row: Record, actor: Actor) -> None:
    """Start the routine a record is the trigger of, by what it says."""
    trigger = known.trigger_of(row.said)
    if not trigger:
        return
    with acting_as(access.system_actor("scheduler", county_ids=access.all_counties())):
        start_by(
            trigger=Trigger(trigger),
            youth_id=row.youth_id,
            source=f"record:{row.pk}",
            by_id=actor.user_id,
            on=clock.today(),
        )


def _tell(verb: str, actor: Actor, row: Record) -> None:
    details = {"record": row.pk, "kind": row.kind, "to": row.to_unit_id or row.asked_unit_id}
    audit.record(verb, by=actor.user_id, about=row.youth_id, county=row.county_id, details=details)
