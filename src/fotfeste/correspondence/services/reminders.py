"""Reminding units of what they owe: asked for by a person, sent by a job, kept as evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.correspondence import policies
from fotfeste.correspondence.enums import NoticeKind, NoticeState
from fotfeste.correspondence.models import Notice
from fotfeste.correspondence.selectors import addresses_of
from fotfeste.correspondence.states import move_notice
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.jobs import ask_for
from fotfeste.kernel.seen import each_by_itself

SEND_JOB = "correspondence.send_notice"


@dataclass(frozen=True, slots=True)
class Message:
    """What is written, the same to every unit but for its name. It never holds anything about a youth."""

    subject: str
    body: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Reminded:
    """The units a reminder was asked for to, and for each of the others why not."""

    done: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]


def remind_units(*, actor: Actor, county_id: int, kind: NoticeKind, messages: dict[int, Message], on: date) -> Reminded:
    """
    Remind many units. Each is checked by itself; one that cannot be reminded does not stop the others.

    :param messages: what to write, by unit.
    """
    addresses = addresses_of(unit_ids=messages, on=on)

    def remind(unit_id: int) -> Notice:
        return remind_unit(
            actor=actor,
            county_id=county_id,
            unit_id=unit_id,
            kind=kind,
            message=messages[unit_id],
            to=addresses.get(unit_id, ()),
            on=on,
        )

    done, refused = each_by_itself(list(messages), remind)
    return Reminded(tuple(unit_id for unit_id, _notice in done), tuple(refused))


@transaction.atomic
def remind_unit(
    *,
    actor: Actor,
    county_id: int,
    unit_id: int,
    kind: NoticeKind,
    message: Message,
    to: Iterable[tuple[str, str]],
    on: date,
) -> Notice:
    """
    Write down that a unit is to be reminded today, and ask for the e-mail to be sent once this is saved.

    Asked for twice on a day it is sent once; one that could not be sent is tried again.

    :param to: (name, address) of the unit's named contacts.
    :raises NotAllowed: only the county's education administration may.
    :raises Invalid: nobody named at the unit has an address.
    :raises IllegalTransition: the unit has been reminded today.
    """
    policies.may_remind(actor=actor, county_id=county_id).require()
    recipients = [list(each) for each in to]
    if not recipients:
        raise Invalid(_("Ingen kontaktperson med e-postadresse er navngitt. Navngi en på enhetens side først."))
    notice, is_new = Notice.objects.select_for_update(of=("self",)).get_or_create(
        kind=kind,
        unit_id=unit_id,
        on=on,
        defaults={
            "county_id": county_id,
            "subject": message.subject,
            "body": message.body,
            "reply_to": message.reply_to,
            "recipients": recipients,
            "asked_by_id": actor.user_id,
            "asked_at": clock.now(),
        },
    )
    if not is_new:
        notice.state = move_notice(notice.state, to=NoticeState.WAITING)
        notice.recipients, notice.asked_by_id, notice.asked_at = recipients, actor.user_id, clock.now()
        notice.save(update_fields=["state", "recipients", "asked_by", "asked_at"])
    details = {"notice": notice.pk, "unit": unit_id, "kind": kind.value}
    audit.record("reminder.asked", by=actor.user_id, county=county_id, details=details)
    ask_for(SEND_JOB, once=str(notice.pk), notice_id=notice.pk)
    return notice
