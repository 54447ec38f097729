"""Answering a list: one answer for each youth, and taking one back at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.selectors.answers import Answer, answers_by_id
from fotfeste.casework.services import feedback
from fotfeste.casework.services.feedback import Said
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import Tried, tried
from fotfeste.lists.models import OtukRound
from fotfeste.lists.selectors import otuk
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class Answered:
    """
    An answer that was sent, and the one it replaced, if any.

    :ivar version: of the message, as whoever undoes it was shown it; None for a job.
    """

    feedback_id: int
    replaced_id: int | None
    version: int | None


def answer_row(*, actor: Actor, made: OtukRound, unit_id: int, youth_id: int, **said: Any) -> Answered:
    """Send one unit's answer about one youth on its list, by what ``Said`` holds; raises as ``answer_rows``."""
    answered = answer_rows(actor=actor, made=made, unit_id=unit_id, said={youth_id: Said(**said)})
    return answered.all_or_none()[youth_id]


@implements("avt-dc-review-lists", "avt-dc-feedback-uda", "dl-list-review", "rep-district-feedback")
def answer_rows(*, actor: Actor, made: OtukRound, unit_id: int, said: Mapping[int, Said]) -> Tried[int, Answered]:
    """
    Send one unit's answers about youths on its list to the education administration.

    An answer that waits is replaced. One that cannot be sent does not stop the others.
    Source: samarbeidsavtalen kap. 4 (OT-kontakt i bydel; OT-ansvarlig i Nav).

    :param said: by youth.
    :returns: by youth. One is stopped as by ``send_all``: the actor does not answer for the unit, the unit is not asked
        about the youth, a colleague has answered in between, or the answer says too little, too much, or something of
        a day ahead.
    :raises Invalid: the round is over.
    """
    current = otuk.current_round(county_id=made.county_id)
    if current is None or current.pk != made.pk:
        raise Invalid(_("Det er laget en nyere liste. Svar på den."))
    sent = feedback.send_all(actor=actor, said=said, from_unit_id=unit_id)
    answered = [
        (youth_id, Answered(one.feedback.pk, one.replaced_id, one.feedback.version)) for youth_id, one in sent.done
    ]
    return Tried(answered, sent.stopped)


def undo_answer(*, actor: Actor, feedback_id: int, replaced_id: int | None, version: int | None = None) -> int:
    """Take one answer back, and return the youth it was about; raises what ``undo_answers`` stops one by."""
    undone = undo_answers(actor=actor, sent=[Answered(feedback_id, replaced_id, version)])
    return undone.all_or_none()[feedback_id]


@transaction.atomic
def undo_answers(*, actor: Actor, sent: Iterable[Answered]) -> Tried[int, int]:
    """
    Take answers back and put those they replaced in their place again. One that stands does not stop the others.

    :param sent: each with the version the user was shown; None for a job.
    :returns: the youth by answer. One is stopped as by ``withdraw_all``: it came from another unit, somebody has used
        it or taken it back in between, or there is no such answer the actor may see; and by ``Invalid`` when the one it
        replaced is not there, or was about somebody else.
    :raises Refused: one that was replaced cannot be said any more; nothing is then taken back.
    """
    given = {each.feedback_id: each for each in sent}
    found = answers_by_id(feedback_ids=[*given, *(each.replaced_id for each in given.values() if each.replaced_id)])

    def to_be_restored(feedback_id: int) -> Answer | None:
        replaced_id, now = given[feedback_id].replaced_id, found.get(feedback_id)
        if replaced_id is None or now is None:
            return None
        before = found.get(replaced_id)
        if (
            before is None
            or not before.is_taken_back
            or (before.youth_id, before.unit_id) != (now.youth_id, now.unit_id)
        ):
            raise Invalid(_("Svaret som skulle settes tilbake, finnes ikke."))
        return before

    fitting = tried(given, to_be_restored)
    before = dict(fitting.done)
    taken = feedback.withdraw_all(actor=actor, versions={pk: given[pk].version for pk in before})
    again: dict[int, dict[int, Said]] = defaultdict(dict)
    for feedback_id, message in taken.done:
        answer = before[feedback_id]
        if answer is not None:
            again[answer.unit_id][message.youth_id] = Said(
                category=answer.category,
                on=answer.on,
                activity_code=answer.activity_code,
                told_by=answer.told_by,
                next_step=answer.next_step,
                next_owner=answer.next_owner,
            )
    for unit_id, said in again.items():
        feedback.send_all(actor=actor, said=said, from_unit_id=unit_id).all_or_none()
    undone = [(feedback_id, int(message.youth_id)) for feedback_id, message in taken.done]
    return Tried(undone, [*fitting.stopped, *taken.stopped])
