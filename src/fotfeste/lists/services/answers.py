"""Answering a list: one answer for each youth, and taking one back at once."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.selectors.answers import answer_taken_back, newest_answers
from fotfeste.casework.services import feedback
from fotfeste.kernel.errors import Invalid
from fotfeste.lists.models import OtukRound
from fotfeste.lists.selectors import otuk
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was sent, and the one it replaced, if any."""

    feedback_id: int
    replaced_id: int | None
    version: int


@implements("avt-dc-review-lists", "avt-dc-feedback-uda", "dl-list-review", "rep-district-feedback")
@transaction.atomic
def answer_row(
    *,
    actor: Actor,
    made: OtukRound,
    unit_id: int,
    youth_id: int,
    category: str,
    on: date,
    activity_code: str = "",
    told_by: str = "",
    next_step: str = "",
    next_owner: str = "",
    version: int | None = None,
) -> Answered:
    """
    Send one unit's answer about one youth on its list to the education administration.

    An answer that waits is replaced. Source: samarbeidsavtalen kap. 4 (OT-kontakt i bydel; OT-ansvarlig i Nav).

    :param version: the id of the unit's newest answer the user was shown, 0 for none; None for a job.
    :raises NotAllowed: the actor does not answer for the unit, or the unit is not asked about the youth.
    :raises EditConflict: a colleague has answered in between.
    :raises Invalid: the round is over, or the answer says too little, too much, or something of a day ahead.
    """
    current = otuk.current_round(county_id=made.county_id)
    if current is None or current.pk != made.pk:
        raise Invalid(_("Det er laget en nyere liste. Svar på den."))
    waiting = newest_answers(youth_ids=[youth_id], unit_ids=[unit_id]).get((youth_id, unit_id))
    sent = feedback.send_feedback(
        actor=actor,
        youth_id=youth_id,
        category=category,
        on=on,
        activity_code=activity_code,
        told_by=told_by,
        next_step=next_step,
        next_owner=next_owner,
        from_unit_id=unit_id,
        version=version,
    )
    replaced = waiting.feedback_id if waiting and waiting.may_be_taken_back else None
    return Answered(sent.pk, replaced, sent.version)


@transaction.atomic
def undo_answer(*, actor: Actor, feedback_id: int, replaced_id: int | None, version: int | None = None) -> int:
    """
    Take an answer back and put the one it replaced in its place again; return the youth it was about.

    :param version: of the answer the user was shown; None for a job.
    :raises NotAllowed: it came from another unit.
    :raises EditConflict: somebody has used it or taken it back in between.
    :raises Invalid: there is no such answer the actor may see, or the other was about somebody else.
    """
    taken = feedback.withdraw_feedback(actor=actor, feedback_id=feedback_id, version=version)
    if replaced_id is not None:
        before = answer_taken_back(feedback_id=replaced_id)
        if before is None or (before.youth_id, before.unit_id) != (taken.youth_id, taken.from_unit_id):
            raise Invalid(_("Svaret som skulle settes tilbake, finnes ikke."))
        feedback.send_feedback(
            actor=actor,
            youth_id=before.youth_id,
            from_unit_id=before.unit_id,
            category=before.category,
            on=before.on,
            activity_code=before.activity_code,
            told_by=before.told_by,
            next_step=before.next_step,
            next_owner=before.next_owner,
        )
    return int(taken.youth_id)
