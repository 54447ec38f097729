"""How the routines about units stand: those of the actor's own units, where it is their turn, and all of the county."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.collaboration.models import RoutineChange, UnitRun, UnitStep
from fotfeste.collaboration.selectors.definitions import changes_of, standing, with_changes
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.organisations.selectors.contacts import contact_names
from fotfeste.spec.routines import Routine, RoutineStep, for_list, routines, yearly

#: So many that have ended are shown.
ENDED = 20


@dataclass(frozen=True, slots=True)
class Turn:
    """
    Whose turn a step is.

    :ivar names: the named contacts of the unit.
    :ivar leaders: who leads the unit, told where nobody is named.
    """

    unit_id: int
    unit: str
    names: tuple[str, ...]
    leaders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownUnitStep:
    """A step as it is shown: its rounds, the last one first; none when it is not reached."""

    step: RoutineStep
    rows: tuple[UnitStep, ...]
    turn: Turn | None = None

    @property
    def row(self) -> UnitStep | None:
        """The last round."""
        return self.rows[0] if self.rows else None

    @property
    def is_open(self) -> bool:
        """Whether it is somebody's turn."""
        return bool(self.rows) and self.rows[0].state in STANDS_OPEN


@dataclass(frozen=True, slots=True)
class ShownUnitRun:
    """A routine about a unit, under way or ended, with its steps."""

    run: UnitRun
    routine: Routine
    steps: tuple[ShownUnitStep, ...]

    @property
    def open_steps(self) -> tuple[ShownUnitStep, ...]:
        """The steps that are somebody's turn now."""
        return tuple(each for each in self.steps if each.is_open)


def seen_runs(actor: Actor) -> QuerySet[UnitRun]:
    """Return the routines about units the actor is shown: of its units, where one has a step, and of its county."""
    mine = list(actor.unit_ids)
    turns = UnitStep.objects.filter(for_unit_id__in=mine).values("run_id")
    counties = list(actor.counties_with(Permission.ROUTINE_ADAPT))
    return UnitRun.objects.filter(Q(unit_id__in=mine) | Q(pk__in=turns) | Q(unit__county_id__in=counties))


def runs_under_way(*, actor: Actor, on: date, unit_id: int | None = None) -> list[ShownUnitRun]:
    """Return those under way, of one unit or of all, the one that has waited longest first."""
    found = _shown(_of(unit_id, seen_runs(actor)).filter(ended_on=None).order_by("started_at", "pk"), on)
    return sorted(found, key=lambda each: _due(each.open_steps))


def runs_ended(*, actor: Actor, on: date, unit_id: int | None = None) -> list[ShownUnitRun]:
    """Return the last that have ended, of one unit or of all."""
    return _shown(_of(unit_id, seen_runs(actor)).exclude(ended_on=None).order_by("-ended_at", "-pk")[:ENDED], on)


def unit_run_or_none(*, actor: Actor, run_id: int, on: date) -> ShownUnitRun | None:
    """Return one routine about a unit, or None when there is none the actor is shown."""
    return next(iter(_shown(seen_runs(actor).filter(pk=run_id), on)), None)


def open_turns(*, actor: Actor, unit_ids: Iterable[int], on: date) -> list[tuple[ShownUnitRun, ShownUnitStep]]:
    """Return the steps that are some units' turn, those due first on top."""
    mine = frozenset(unit_ids)
    found = [
        (run, step)
        for run in runs_under_way(actor=actor, on=on)
        for step in run.open_steps
        if step.turn is not None and step.turn.unit_id in mine
    ]
    return sorted(found, key=lambda each: _due([each[1]]))


def count_under_way(*, unit_id: int) -> int:
    """Return how many routines about a unit are under way."""
    return UnitRun.objects.filter(unit_id=unit_id, ended_on=None).count()


def _of(unit_id: int | None, rows: QuerySet[UnitRun]) -> QuerySet[UnitRun]:
    return rows if unit_id is None else rows.filter(unit_id=unit_id)


def count_turns(*, unit_ids: Iterable[int]) -> int:
    """Return how many steps of routines about units are some units' turn."""
    return UnitStep.objects.filter(for_unit_id__in=list(unit_ids), closed_on=None).count()


def events_on_turn(*, unit_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Return the events of the year a step of a routine already asks some units for: the unit and the event."""
    rows = UnitStep.objects.filter(for_unit_id__in=list(unit_ids), closed_on=None).values_list(
        "for_unit_id", "run__subject"
    )
    return {(unit_id, _event_of(subject)) for unit_id, subject in rows}


def _event_of(subject: str) -> str:
    kind, _colon, rest = subject.partition(":")
    if kind == "list":
        return rest.partition(":")[0]
    return {"contact": "dl-contact-change", "year": yearly()[1], "otuk-round": "dl-list-review"}.get(kind, "")


def _due(steps: Iterable[ShownUnitStep]) -> date:
    return min((each.row.due_on for each in steps if each.row is not None and each.row.due_on), default=date.max)


def _shown(runs: QuerySet[UnitRun], on: date) -> list[ShownUnitRun]:
    found = list(runs.select_related("unit", "started_by", "ended_by"))
    rows: dict[int, list[UnitStep]] = {}
    for row in UnitStep.objects.filter(run__in=found).select_related("for_unit", "closed_by").order_by("-round"):
        rows.setdefault(row.run_id, []).append(row)
    turns = _turns([row for each in rows.values() for row in each], on)
    changes = {county_id: changes_of(county_id=county_id) for county_id in {each.unit.county_id for each in found}}
    return [_one(each, rows.get(each.pk, []), turns, changes[each.unit.county_id]) for each in found]


def _one(
    run: UnitRun, rows: Iterable[UnitStep], turns: dict[int, Turn], changes: Iterable[RoutineChange]
) -> ShownUnitRun:
    routine = with_changes(routines()[run.routine], standing(changes, at=run.started_at))
    routine = for_list(routine, run.first_step) if run.first_step else routine
    steps = []
    for step in routine.steps:
        mine = tuple(row for row in rows if row.step == step.id)
        steps.append(ShownUnitStep(step, mine, turns[mine[0].for_unit_id] if mine else None))
    return ShownUnitRun(run, routine, tuple(steps))


def _turns(rows: list[UnitStep], on: date) -> dict[int, Turn]:
    there: dict[int, Any] = {row.for_unit_id: row.for_unit for row in rows}
    names = contact_names(unit_ids=there, on=on)
    unnamed = [unit_id for unit_id in there if unit_id not in names]
    leaders: dict[int, list[str]] = {}
    for each in access.roles_at(on=on, unit_ids=unnamed).filter(role=Role.UNIT_LEADER) if unnamed else ():
        leaders.setdefault(each.unit_id, []).append(each.user.name)
    return {
        unit_id: Turn(unit_id, unit.name, tuple(names.get(unit_id, ())), tuple(leaders.get(unit_id, ())))
        for unit_id, unit in there.items()
    }
