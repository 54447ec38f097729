"""Tasks as they stand in a list, each with its form; those from one list together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.casework.views.header import full_name
from fotfeste.collaboration import words
from fotfeste.collaboration.policies import may_do_task
from fotfeste.collaboration.selectors import tasks as selectors
from fotfeste.collaboration.selectors.tasks import ShownTask
from fotfeste.collaboration.views.opening import PLAN, ROUTINE, Doors
from fotfeste.kernel import clock, formats
from fotfeste.spec.routines import list_steps


@dataclass(frozen=True, slots=True)
class Line:
    """
    One task as it stands in a list.

    :ivar form_url: the form its step lacks the record of; empty for one set by hand, and where it is not open.
    :ivar routine_url: where the step stands in its routine; empty when that is not open to the reader.
    :ivar done_by: who does it, when the reader cannot.
    """

    task_id: int
    youth_id: int
    who: str
    what: str
    due: str
    is_overdue: bool
    person: str
    unit: str
    form_url: str
    routine_url: str
    done_by: str
    is_step: bool
    may: bool
    version: int

    @property
    def youth_ids(self) -> tuple[int, ...]:
        """The youth it is about."""
        return (self.youth_id,)


@dataclass(frozen=True, slots=True)
class ListOf:
    """
    The tasks that come from one list, as they stand in a list of tasks: together, opening to the rows.

    :ivar rows: the tasks themselves; none where the list only leads to them.
    """

    key: str
    title: str
    due: str
    is_overdue: bool
    unit: str
    count: int
    rows: tuple[Line, ...]

    @property
    def youth_ids(self) -> tuple[int, ...]:
        """The youths it names."""
        return tuple(each.youth_id for each in self.rows)


def lines(
    found: Iterable[ShownTask], *, actor: Actor, named: bool = True, turns: Mapping[int, int] | None = None
) -> list[Line]:
    """
    Return tasks as they stand in a list.

    :param named: whether the youth is named on the line.
    :param turns: who each is for, where that is known without it being given by name.
    """
    every = list(found)
    doors = Doors(actor, [each.youth for each in every], clock.today())
    person_ids = {turns[each.task.pk] for each in every if each.task.pk in turns} if turns else set()
    names = access.user_names(person_ids) if person_ids else {}
    people = {task_id: names.get(user_id, "") for task_id, user_id in (turns or {}).items()}
    return [
        _line(each, kinds, doors, named=named, person=people.get(each.task.pk, ""))
        for each, kinds in zip(every, selectors.lacked_by(every), strict=True)
    ]


def grouped_lines(
    found: Iterable[ShownTask],
    *,
    actor: Actor,
    count: int,
    opens: bool = True,
    turns: Mapping[int, int] | None = None,
) -> list[Line | ListOf]:
    """
    Return tasks as they stand in a list, those from one list together where the first of them stands.

    :param count: how many at the most; of a list that opens each task counts.
    :param opens: whether a list opens to its tasks here.
    :param turns: who each is for, where that is known without it being given by name.
    """
    bundles: dict[Any, list[ShownTask]] = {}
    for each in found:
        bundles.setdefault(_list_of(each) or each.task.pk, []).append(each)
    taken: list[list[ShownTask]] = []
    left = count
    for bundle in bundles.values():
        if left <= 0:
            break
        weighs_all = opens or len(bundle) == 1
        taken.append(bundle)
        left -= len(bundle) if weighs_all else 1
    named = [each for bundle in taken for each in (bundle if opens or len(bundle) == 1 else ())]
    by_id = {each.task_id: each for each in lines(named[:count], actor=actor, turns=turns)}
    return [_together(bundle, by_id, actor) for bundle in taken]


def _list_of(shown: ShownTask) -> tuple[str, Any, int] | None:
    """Return what the tasks of one list have in common; None for one that comes from no list."""
    task = shown.task
    if task.step_run_id is None or task.what not in list_steps() or shown.is_choice:
        return None
    opened_at = task.step_run.opened_at if task.step_run is not None else task.made_at
    return task.what, opened_at, task.for_unit_id


def _together(bundle: list[ShownTask], by_id: dict[int, Line], actor: Actor) -> Line | ListOf:
    first = bundle[0].task
    if len(bundle) == 1:
        return by_id[first.pk]
    opened_at = first.step_run.opened_at if first.step_run is not None else first.made_at
    day = opened_at.astimezone(clock.OSLO).date()
    title = ngettext("Listen fra %(day)s: %(n)s ungdom", "Listen fra %(day)s: %(n)s ungdommer", len(bundle))
    return ListOf(
        key=f"liste-{day.isoformat()}",
        title=title % {"day": formats.day(day), "n": len(bundle)},
        due=formats.relative_day(first.due_on, clock.today()) if first.due_on else "",
        is_overdue=bundle[0].is_overdue,
        unit=first.for_unit.name if first.for_unit_id not in actor.unit_ids else "",
        count=len(bundle),
        rows=tuple(by_id[each.task.pk] for each in bundle if each.task.pk in by_id),
    )


def _line(shown: ShownTask, kinds: tuple[str, ...], doors: Doors, *, named: bool, person: str) -> Line:
    task, actor = shown.task, doors.actor
    may = bool(may_do_task(actor=actor, for_unit_id=task.for_unit_id))
    form_url = _opens(shown, kinds, doors) if may else ""
    is_step = shown.step is not None or task.plan_id is not None
    return Line(
        task_id=task.pk,
        youth_id=task.youth_id,
        who=full_name(shown.youth) if named else "",
        what=words.what(shown),
        due=formats.relative_day(task.due_on, clock.today()) if task.due_on else "",
        is_overdue=shown.is_overdue,
        person=task.for_user.name if task.for_user is not None else person,
        unit=task.for_unit.name if task.for_unit_id not in actor.unit_ids else "",
        form_url=form_url,
        routine_url=doors.to(ROUTINE, youth=shown.youth) if may and is_step and not form_url else "",
        done_by=words.done_by(shown) if may and is_step and not form_url else "",
        is_step=is_step,
        may=may,
        version=task.version,
    )


def _opens(shown: ShownTask, kinds: tuple[str, ...], doors: Doors) -> str:
    if shown.task.plan_id is not None:
        return doors.to(PLAN, youth=shown.youth)
    return doors.form_of(kinds, youth=shown.youth)
