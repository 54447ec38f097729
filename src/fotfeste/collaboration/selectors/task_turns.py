"""Whose a task is: whoever it was given to by name, else who follows up the youth at the unit whose turn it is."""

from collections.abc import Iterable

from fotfeste.casework.selectors.receivers import counsellors_of
from fotfeste.casework.selectors.substitutes import standing_in_for
from fotfeste.collaboration.selectors.plans import plans_open
from fotfeste.collaboration.selectors.tasks import ShownTask
from fotfeste.kernel import clock

#: The party of a step that means one person and no unit.
_COORDINATOR = "coordinator"


def whose(tasks: Iterable[ShownTask]) -> dict[int, int]:
    """
    Return who each task is for, by its id; what is anybody's at the unit is left out.

    A step of a routine follows the youth: it is for who answers for the youth today, and at another unit for who
    coordinates the plan there. Nothing is given anew when somebody else answers.
    """
    every = list(tasks)
    youths = {each.task.youth_id for each in every if _follows(each)}
    answers = counsellors_of(youth_ids=youths) if youths else {}
    plans = plans_open().filter(youth_id__in=youths) if youths else ()
    coordinates = {(plan.youth_id, plan.coordinator_unit_id): plan.coordinator_id for plan in plans}
    found: dict[int, int | None] = {}
    for each in every:
        task = each.task
        coordinator = coordinates.get((task.youth_id, task.for_unit_id))
        if not _follows(each):
            found[task.pk] = task.for_user_id
        elif task.for_unit_id != each.youth.unit_id or _is_coordinators(each):
            found[task.pk] = coordinator
        else:
            found[task.pk] = answers.get(task.youth_id)
    return {task_id: user_id for task_id, user_id in found.items() if user_id is not None}


def works_as(*, user_id: int, unit_ids: Iterable[int]) -> frozenset[int]:
    """Return whose tasks are somebody's own today: theirs, and those of whom they stand in for."""
    today = clock.today()
    away = [each for unit_id in unit_ids for each in standing_in_for(user_id=user_id, unit_id=unit_id, on=today)]
    return frozenset({user_id, *(each.absent_id for each in away)})


def _follows(shown: ShownTask) -> bool:
    return shown.step is not None and shown.task.for_user_id is None


def _is_coordinators(shown: ShownTask) -> bool:
    return shown.step is not None and not shown.waits_for_release and _COORDINATOR in shown.step.parties
