"""Correcting a record that is wrong: the old one stays with the reason, and the steps that rested on it open again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import RunEnd, StepState
from fotfeste.collaboration.models import Record, RoutineRun, StepRun
from fotfeste.collaboration.record_kinds import CORRECTED, REVOKED, record_kinds
from fotfeste.collaboration.record_words import answer_words, said_words
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.services.answering import close_record
from fotfeste.collaboration.services.records import check_said
from fotfeste.collaboration.services.work import open_step
from fotfeste.collaboration.services.youth_work import Worked
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.people.services.places import lock_youth


@dataclass(frozen=True, slots=True)
class Right:
    """What should have been written."""

    on: date
    said: dict[str, Any]


@transaction.atomic
def correct_record(
    *, actor: Actor, record_id: int, right: Right | None, reason: str, version: int | None = None
) -> Record:
    """
    Say that a record is wrong, and what is right. What shows that a step is done is looked for again.

    :param right: what should have been written; None when nothing should.
    :param version: of the record the user was shown; None for a job.
    :raises NotAllowed: the actor neither wrote it nor leads the unit that did.
    :raises Invalid: there is no such record the actor may see, no reason, or a field is missing.
    :raises EditConflict: it has been corrected or withdrawn in between.
    """
    row = _lock(record_id)
    known = record_kinds()[row.kind]
    policies.may_correct_record(actor=actor, made_by_id=row.made_by_id, by_unit_id=row.by_unit_id).require()
    if known.is_sent and (not known.held or row.to_unit_id is not None):
        raise Invalid(_("Det som er sendt, rettes ikke. Trekk det tilbake, eller send en ny melding."))
    if row.answer or version not in (None, row.version):
        raise _conflict(row, right)
    if not reason.strip():
        raise Invalid(_("Skriv hva som var feil."))
    if right is not None:
        check_said(known, right.on, right.said, row.youth_id)
    close_record(row, answer=REVOKED if right is None else CORRECTED, text=reason, by_id=actor.user_id)
    _open_again(row, by_id=actor.user_id)
    made = row if right is None else _instead(row, right, actor)
    verb = "record.withdrawn" if right is None else "record.corrected"
    details = {"record": made.pk, "kind": row.kind, "corrects": row.pk}
    audit.record(verb, by=actor.user_id, about=row.youth_id, county=row.county_id, details=details)
    return made


def _lock(record_id: int) -> Record:
    """Return a record, locked after the youth it is about, as whoever writes one locks them."""
    about = Record.objects.filter(pk=record_id).values_list("youth_id", flat=True).first()
    if about is not None:
        lock_youth(youth_id=about)
    row = Record.objects.select_for_update(of=("self",)).filter(pk=record_id).first()
    if row is None:
        raise Invalid(_("Registreringen finnes ikke, eller du har ikke tilgang."))
    return row


def _instead(row: Record, right: Right, actor: Actor) -> Record:
    return Record.objects.create(
        youth_id=row.youth_id,
        kind=row.kind,
        on=right.on,
        said=right.said,
        by_unit_id=row.by_unit_id,
        made_by_id=actor.user_id,
        made_at=clock.now(),
        held_for_id=row.held_for_id,
        told_on=row.told_on,
        corrects=row,
    )


def _open_again(row: Record, *, by_id: int) -> None:
    """Open the steps the record showed to be done once more; a routine that ended with them goes on."""
    with acting_as(access.system_actor("scheduler", county_ids=access.all_counties())):
        rested = list(StepRun.objects.filter(record=f"record:{row.pk}", state=StepState.DONE).order_by("pk"))
        for step in rested:
            run = RoutineRun.objects.select_for_update(of=("self",)).get(pk=step.run_id)
            if run.ended_on is not None and not _goes_on(run):
                continue
            youth = lock_youth(youth_id=run.youth_id)
            today = clock.today()
            around = Surroundings(youth_id=youth.pk, unit_id=youth.unit_id, county_id=youth.county_id, on=today)
            open_step(Worked(run=run, around=around, by_id=by_id, now=clock.now(), today=today), step.step)


def _goes_on(run: RoutineRun) -> bool:
    """Take a routine up again that ended because all of it was done; one that was ended, or begun anew, stays."""
    others = RoutineRun.objects.filter(youth_id=run.youth_id, routine=run.routine, ended_on=None)
    if run.end_reason != RunEnd.DONE or others.exists():
        return False
    run.ended_on = run.ended_at = run.ended_by = None
    run.end_reason = run.end_text = ""
    run.version += 1
    run.save(update_fields=["ended_on", "ended_at", "ended_by", "end_reason", "end_text", "version"])
    return True


def _conflict(row: Record, right: Right | None) -> EditConflict:
    now = Record.objects.filter(corrects=row).first() or row
    theirs = {_("Dato"): formats.day(now.on), **dict(said_words(now.kind, now.said))}
    if row.answer:
        theirs = {_("Registreringen"): answer_words(row.kind, row.answer), **theirs}
    yours = {_("Registreringen"): answer_words(row.kind, REVOKED)}
    if right is not None:
        yours = {_("Dato"): formats.day(right.on), **dict(said_words(row.kind, right.said))}
    return EditConflict(
        _("Noen har rettet registreringen mens du skrev. Ingenting er lagret."),
        theirs=theirs,
        yours=yours,
        about=row.youth_id,
    )
