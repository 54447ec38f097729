"""Answering what another unit has sent: a notice, a question, an offer to take over. And taking an offer back."""

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.casework.services import counsellors, responsibility
from fotfeste.collaboration import policies
from fotfeste.collaboration.models import Record
from fotfeste.collaboration.record_kinds import (
    BETWEEN_PERSONS,
    HANDOVER,
    LAPSED,
    PERSON_HANDOVER,
    REVOKED,
    RecordKind,
    record_kinds,
)
from fotfeste.collaboration.selectors.records import WAITS, questions
from fotfeste.collaboration.services import openings, plan_handing
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.people.services.places import lock_youth
from fotfeste.spec import implements

#: Whether the one who answers knows whom it is about -> what the log says was done.
_ANSWERED = {True: "notice.answered", False: "record.answered"}


@implements(
    "form-handover", "ho-accepted", "form-nav-clarification", "nc-answer", "nc-answered", "nc-next", "an-received"
)
@transaction.atomic
def answer_record(*, actor: Actor, record_id: int, answer: str, text: str = "", version: int | None = None) -> Record:
    """
    Answer what was sent to the actor's unit. Saying yes to an offer moves the responsibility in the same moment.

    :param version: of the record the user was shown; None for a job.
    :raises NotAllowed: it was sent to another unit.
    :raises Invalid: there is no such record the actor may see, no such answer, or no reason where one is needed.
    :raises EditConflict: it has been answered, or taken back, in between.
    """
    if any(each.record_id == record_id for each in questions(actor=actor)):
        # Whoever is asked without a name does not see the row, nor whom it is about.
        with acting_as(access.system_actor("scheduler", county_ids=tuple(sorted(actor.county_ids)))):
            row = _answer(actor, _locked(record_id), answer, text, version)
    else:
        row = _answer(actor, _locked(record_id), answer, text, version)
    _tell(actor, row, _verb(row, answer) or _ANSWERED[row.asked_unit_id is None])
    return row


@transaction.atomic
def revoke_record(*, actor: Actor, record_id: int, version: int | None = None) -> Record:
    """
    Take back what nobody has answered: an offer to take over, a question, a notice that should not have been sent.

    :param version: of the record the user was shown; None for a job.
    :raises NotAllowed: it was sent by another unit.
    :raises Invalid: there is no such record the actor may see.
    :raises EditConflict: it has been answered, or taken back, in between.
    """
    row = _locked(record_id)
    known = record_kinds()[row.kind]
    if row.from_user_id is not None:
        policies.may_revoke_offer(actor=actor, from_user_id=row.from_user_id, by_unit_id=row.by_unit_id).require()
    else:
        policies.may_revoke_record(actor=actor, by_unit_id=row.by_unit_id).require()
    if not known.is_sent:
        raise Invalid(_("Bare det som er sendt, kan trekkes."))
    # A permission may be taken back whenever it is; what it opened then closes at once.
    stands = ("", *known.answers) if known.held else ("",)
    _as_shown(row, known, version, yours=_("Trekke tilbake"), stands=stands)
    close_record(row, answer=REVOKED, by_id=actor.user_id)
    if known.opens:
        openings.refresh(youth_id=row.youth_id)
    _tell(actor, row, _verb(row, REVOKED) or "notice.revoked")
    return row


def _locked(record_id: int) -> Record:
    row = Record.objects.select_for_update(of=("self",)).filter(pk=record_id).first()
    if row is None:
        raise Invalid(_("Meldingen finnes ikke, eller du har ikke tilgang."))
    return row


def _answer(actor: Actor, row: Record, answer: str, text: str, version: int | None) -> Record:
    known = record_kinds()[row.kind]
    to_unit_id = row.to_unit_id or row.asked_unit_id
    needed = Permission.ROUTINE_WORK if row.kind == HANDOVER else Permission.TASK_DO
    if row.to_user_id is not None and to_unit_id is not None:
        policies.may_answer_offer(actor=actor, to_user_id=row.to_user_id, to_unit_id=to_unit_id).require()
    else:
        policies.may_answer_record(actor=actor, to_unit_id=to_unit_id, needed=needed).require()
    if answer not in known.answers:
        raise Invalid(_("Velg et svar."))
    if answer in known.text_when and not text.strip():
        why = _("Skriv hvorfor du sier nei.") if row.to_user_id is not None else _("Skriv hvorfor dere sier nei.")
        raise Invalid(why)
    _as_shown(row, known, version, yours=_(known.answer_given(answer)), stands=WAITS)
    close_record(row, answer=answer, text=text, by_id=actor.user_id)
    if row.kind == HANDOVER and answer == "accepted" and to_unit_id is not None:
        from_unit_id = row.by_unit_id
        responsibility.take_over(actor=actor, youth_id=row.youth_id, from_unit_id=from_unit_id, holder_id=to_unit_id)
        row.refresh_from_db()
    if row.kind in BETWEEN_PERSONS and answer == "accepted":
        _take_on(actor, row)
    return row


def _take_on(actor: Actor, row: Record) -> None:
    """Let whoever said yes have what was offered, in the same moment."""
    assert row.from_user_id is not None
    assert row.to_unit_id is not None
    if row.kind == PERSON_HANDOVER:
        counsellors.take_on(actor=actor, youth_id=row.youth_id, from_id=row.from_user_id)
        return
    youth = lock_youth(youth_id=row.youth_id)
    plan_handing.take_on_plan(actor=actor, youth=youth, from_id=row.from_user_id, unit_id=row.to_unit_id)


def _verb(row: Record, answer: str) -> str:
    """Return what the log calls an answer to an offer; empty when it was none."""
    if row.kind in BETWEEN_PERSONS:
        return f"handover.{answer}_person"
    return f"handover.{answer}" if row.kind == HANDOVER else ""


def close_record(row: Record, *, answer: str, text: str = "", by_id: int) -> None:
    """Keep what was answered to a record that is locked, why, and who answered it."""
    row.answer, row.answer_text = answer, text.strip()[:300]
    row.answered_by_id, row.answered_at = by_id, clock.now()
    row.version += 1
    row.save(update_fields=["answer", "answer_text", "answered_by_id", "answered_at", "version"])


def _tell(actor: Actor, row: Record, verb: str) -> None:
    details = {"record": row.pk, "kind": row.kind, "answer": row.answer}
    audit.record(verb, by=actor.user_id, about=row.youth_id, county=row.county_id, details=details)


def _as_shown(row: Record, known: RecordKind, version: int | None, *, yours: str, stands: tuple[str, ...]) -> None:
    if row.answer in stands and version in (None, row.version):
        return
    given = known.answer_given(row.answer)
    ended = {REVOKED: _("Trukket tilbake"), LAPSED: _("Bortfalt")}
    theirs = _(given) if given else ended.get(row.answer, _("Ikke besvart"))
    raise EditConflict(
        _("Noen har svart eller trukket det mens du holdt på. Ingenting er lagret."),
        theirs={_("Svar"): theirs},
        yours={_("Svar"): yours},
        version=row.version if row.answer in stands else None,
        about=row.youth_id if row.asked_unit_id is None else None,
    )
