"""The tasks of the one who looks, on the morning page: those due first, and how many there are."""

from dataclasses import dataclass
from datetime import date

from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES, Role
from fotfeste.collaboration.selectors.task_turns import whose
from fotfeste.collaboration.selectors.tasks import ShownTask, tasks_at
from fotfeste.collaboration.selectors.unit_runs import count_turns
from fotfeste.collaboration.views.task_lines import Line, ListOf, grouped_lines

#: More than this is the list of tasks, not a morning.
SHOWN = 6
#: Whose morning holds the unit's own work besides the youths: lists, and who is named.
_WORKS_FOR_UNIT = frozenset({Role.DISTRICT_CONTACT, Role.NAV_RESPONSIBLE, Role.EDUCATION_ADMIN, Role.UNIT_LEADER})
#: What the youths who need somebody are shown for already, each with the buttons that answer it.
_SHOWN_ABOVE = "contact-attempt"


@dataclass(frozen=True, slots=True)
class Tasks:
    """
    The first tasks, and how many there are.

    :ivar overdue: how many are past their due day.
    :ivar units: how many steps of routines about the unit itself are its turn.
    """

    lines: tuple[Line | ListOf, ...]
    total: int
    overdue: int
    units: int

    @property
    def youth_ids(self) -> tuple[int, ...]:
        """The youths the lines name."""
        return tuple(youth_id for each in self.lines for youth_id in each.youth_ids)


def of(actor: Actor, at: Assignment, today: date) -> Tasks | None:
    """Return the tasks at the unit: one's own first; None for a role that has none."""
    if Permission.TASK_DO not in ROLES[at.role].permissions:
        return None
    found = [each for each in tasks_at(unit_ids=[at.unit_id], today=today) if not _stands_above(each)]
    mine = [each for each in found if each.task.for_user_id in {None, actor.user_id}]
    turns = whose(mine)
    ordered = sorted(mine, key=lambda each: turns.get(each.task.pk) != actor.user_id)
    return Tasks(
        lines=tuple(grouped_lines(ordered, actor=actor, count=SHOWN, opens=False, turns=turns)),
        total=len(found),
        overdue=sum(each.is_overdue for each in found),
        units=count_turns(unit_ids=[at.unit_id]) if at.role in _WORKS_FOR_UNIT else 0,
    )


def _stands_above(shown: ShownTask) -> bool:
    return shown.step is not None and _SHOWN_ABOVE in shown.step.gives
