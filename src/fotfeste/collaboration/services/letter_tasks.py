"""Tasks about letters: one that came to nothing, and an answer to look into. Set as soon as it is written down."""

from collections.abc import Sequence
from datetime import timedelta

from fotfeste.audit.followers import Act
from fotfeste.collaboration.enums import LetterTask, TaskState
from fotfeste.collaboration.models import Task
from fotfeste.collaboration.services.task_closing import close_task
from fotfeste.kernel import clock
from fotfeste.people.services.places import lock_youth

#: What is written down -> what the unit that answers for the youth is to do.
_SET = {
    "letter.no_address": LetterTask.NO_ADDRESS,
    "letter.returned": LetterTask.RETURNED,
    "letter.answered": LetterTask.ANSWERED,
}
#: What is written down -> the tasks it shows to be done.
_DONE = {"reply.handled": (LetterTask.ANSWERED,), "address.set": (LetterTask.NO_ADDRESS, LetterTask.RETURNED)}
_WITHIN = timedelta(days=7)


#: What is written down of a letter that somebody is to do something about, or has done.
FOLLOWED = (*_SET, *_DONE)


def follow_letters(acts: Sequence[Act]) -> None:
    """
    Set the task a letter asks for, or close it when what it asked for is there; each once.

    Called in a scope that sees all of the youths.
    """
    for act in acts:
        if act.verb in FOLLOWED:
            _follow(act)


def _follow(act: Act) -> None:
    wanted, done = _SET.get(act.verb), _DONE.get(act.verb, ())
    standing = Task.objects.filter(youth_id=act.youth_id, state=TaskState.OPEN, step_run=None, plan=None)
    for task in standing.filter(what__in=done).select_for_update(of=("self",)):
        close_task(task, is_done=True, by_id=act.by_id, at=clock.now())
    if wanted is not None:
        youth = lock_youth(youth_id=act.youth_id)
        if not standing.filter(what=wanted).exists():
            Task.objects.create(
                youth_id=act.youth_id,
                for_unit_id=youth.unit_id,
                what=wanted,
                due_on=clock.today() + _WITHIN,
                made_by_id=act.by_id,
                made_at=clock.now(),
            )
