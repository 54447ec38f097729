"""Tasks about letters: one that came to nothing, and an answer to look into. Set as soon as it is written down."""

from datetime import timedelta

from fotfeste.access.scope import acting_as, current_actor
from fotfeste.access.selectors import system_actor
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


def follow_letter(verb: str, about: int, by: int) -> None:
    """Set the task a letter asks for, or close it when what it asked for is there; each once."""
    wanted, done = _SET.get(verb), _DONE.get(verb, ())
    actor = current_actor()
    if actor is None or not (wanted or done):
        return
    with acting_as(system_actor("scheduler", county_ids=tuple(sorted(actor.county_ids)))):
        standing = Task.objects.filter(youth_id=about, state=TaskState.OPEN, step_run=None, plan=None)
        for task in standing.filter(what__in=done).select_for_update(of=("self",)):
            close_task(task, is_done=True, by_id=by, at=clock.now())
        if wanted is not None:
            youth = lock_youth(youth_id=about)
            if not standing.filter(what=wanted).exists():
                Task.objects.create(
                    youth_id=about,
                    for_unit_id=youth.unit_id,
                    what=wanted,
                    due_on=clock.today() + _WITHIN,
                    made_by_id=by,
                    made_at=clock.now(),
                )
