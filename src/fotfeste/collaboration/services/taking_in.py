"""Answering a notice about somebody the register may not know: taking them in, or saying why not."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.scope import acting_as
from fotfeste.casework.services import registrations
from fotfeste.codes import RegistrationReason
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import NewcomerState, Trigger
from fotfeste.collaboration.models import NewcomerNotice, Record
from fotfeste.collaboration.selectors.newcomers import known_as
from fotfeste.collaboration.services import openings
from fotfeste.collaboration.services.newcomers import close, kind_of, lock_notice, log, must_wait, unit_name
from fotfeste.collaboration.services.participants import keep_course
from fotfeste.collaboration.services.starting import start_by
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.people.enums import ContactKind
from fotfeste.people.services import contact, identity
from fotfeste.people.services.duplicates import find_possible_duplicates, record_pairs
from fotfeste.spec import implements

_SOURCE = "melding"


@transaction.atomic
@implements("rut-nav-learns-first-s02")
def take_in(*, actor: Actor, notice_id: int, same_as: int | None = None, version: int | None = None) -> Record:
    """
    Take in whoever a notice is about: a youth the actor finds already, or a new one the actor's unit answers for.

    A new one that may be somebody the actor does not see is put on the coordination's list of duplicates. Neither the
    actor nor whoever sent the notice is told.

    :param same_as: a youth the actor may see and says it is.
    :param version: of the notice the user was shown; None for a job.
    :raises NotAllowed: it was sent to another unit.
    :raises Invalid: there is no such notice, or the youth named is another.
    :raises EditConflict: it has been answered or taken back in between.
    :raises Refused: the unit answers for no youths, or the service is over for the person.
    """
    row = lock_notice(notice_id=notice_id)
    policies.may_answer_record(actor=actor, to_unit_id=row.to_unit_id, needed=Permission.ROUTINE_WORK).require()
    must_wait(row, version, yours=str(NewcomerState.TAKEN.label))
    if same_as is not None and same_as not in {each.pk for each in known_as(notice=row)}:
        raise Invalid(_("Velg den meldingen gjelder, eller ta imot som ny."))
    counties = access.all_counties()
    with acting_as(access.system_actor("scheduler", county_ids=counties), on=clock.today()) as worker:
        youth_id = same_as if same_as is not None else _enter(row, worker)
        made = _record(row, youth_id, actor)
    close(row, NewcomerState.TAKEN, actor=actor)
    log(actor, "newcomer.taken", row, about=youth_id)
    return made


@transaction.atomic
def decline(*, actor: Actor, notice_id: int, text: str, version: int | None = None) -> NewcomerNotice:
    """
    Say no to a notice, and why. Nothing is entered in the register.

    :param version: of the notice the user was shown; None for a job.
    :raises NotAllowed: it was sent to another unit.
    :raises Invalid: there is no such notice the actor may see, or no reason.
    :raises EditConflict: it has been answered or taken back in between.
    """
    row = lock_notice(notice_id=notice_id)
    policies.may_answer_record(actor=actor, to_unit_id=row.to_unit_id, needed=Permission.ROUTINE_WORK).require()
    must_wait(row, version, yours=str(NewcomerState.DECLINED.label))
    if not text.strip():
        raise Invalid(_("Skriv hvorfor dere sier nei."))
    close(row, NewcomerState.DECLINED, actor=actor, text=text)
    log(actor, "newcomer.declined", row)
    return row


def _enter(row: NewcomerNotice, worker: Actor) -> int:
    assert row.born is not None
    youth = identity.create_youth(
        actor=worker,
        county_id=row.county_id,
        unit_id=row.to_unit_id,
        first_name=row.first_name,
        last_name=row.last_name,
        born=row.born,
    )
    if row.phone:
        contact.add_contact_detail(
            actor=worker, youth_id=youth.pk, kind=ContactKind.PHONE, value=row.phone, source=_SOURCE
        )
    at_risk = row.said.get("what") == "at_risk"
    registrations.open_registration(
        actor=worker,
        youth_id=youth.pk,
        reason=_reason(row).value,
        first_day=clock.today(),
        source=_SOURCE,
        is_preventive=at_risk,
        holder_id=row.to_unit_id,
        holder_reason=_("Tok imot en melding fra %(unit)s") % {"unit": unit_name(row.by_unit_id)},
    )
    record_pairs(pairs=find_possible_duplicates(youth_ids=[youth.pk]))
    return int(youth.pk)


def _reason(row: NewcomerNotice) -> RegistrationReason:
    if row.kind == "apprentice-notice":
        at_risk = row.said.get("what") == "at_risk"
        return RegistrationReason.PREVENTIVE if at_risk else RegistrationReason.QUIT_APPRENTICESHIP
    return RegistrationReason.QUIT_ADULT_EDUCATION if row.kind == "referral" else RegistrationReason.OTHER


def _record(row: NewcomerNotice, youth_id: int, actor: Actor) -> Record:
    """Let the notice go on as a record about the youth, received, and start what it starts."""
    now: Any = clock.now()
    made = Record.objects.create(
        youth_id=youth_id,
        kind=row.kind,
        on=row.on,
        said=row.said,
        by_unit_id=row.by_unit_id,
        made_by_id=row.made_by_id,
        made_at=now,
        to_unit_id=row.to_unit_id,
        told_on=row.told_on,
        answer="received",
        answered_by_id=actor.user_id,
        answered_at=now,
    )
    keep_course(made)
    known = kind_of(row)
    if known.opens:
        openings.refresh(youth_id=youth_id)
    trigger = Trigger(known.trigger_of(row.said))
    start_by(trigger=trigger, youth_id=youth_id, source=f"record:{made.pk}", by_id=actor.user_id, on=clock.today())
    return made
