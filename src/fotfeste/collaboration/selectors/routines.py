"""How the routines of a youth stand, as far as the actor may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.collaboration.enums import StepState
from fotfeste.collaboration.models import RoutineChange, RoutineRun, StepRun
from fotfeste.collaboration.selectors.definitions import changes_of, standing, with_changes
from fotfeste.collaboration.selectors.evidence import Asked, lacking
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.kernel.together import Rows, read_together
from fotfeste.spec.routines import Routine, RoutineStep, Way, routines


@dataclass(frozen=True, slots=True)
class ShownStep:
    """
    A step as it is shown.

    :ivar rows: its rounds, the last one first; none when it is not reached.
    :ivar unit: whose turn it is or was.
    :ivar choices: the ways on that somebody must choose between.
    """

    step: RoutineStep
    rows: tuple[StepRun, ...]
    unit: str
    choices: tuple[Way, ...] = ()

    @property
    def row(self) -> StepRun | None:
        """The last round."""
        return self.rows[0] if self.rows else None

    @property
    def state(self) -> str:
        """How it stands; empty when it is not reached."""
        return self.rows[0].state if self.rows else ""

    @property
    def is_open(self) -> bool:
        """Whether it is somebody's turn."""
        return self.state in STANDS_OPEN

    @property
    def since(self) -> date | None:
        """Since when it has been somebody's turn: since it opened, or since it was done and one must choose."""
        if self.row is None:
            return None
        return self.row.opened_on if self.is_open else self.row.closed_on

    @property
    def waits_for_release(self) -> bool:
        """Whether the unit cannot begin before the youth has let it take part."""
        return self.state == StepState.WAITS and self.step.needs_release

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is done at a unit that is not let in, in its own work with the youth."""
        return self.state == StepState.WAITS and not self.step.needs_release


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A routine under way or ended, with its steps."""

    run: RoutineRun
    routine: Routine
    steps: tuple[ShownStep, ...]

    @property
    def open_steps(self) -> tuple[ShownStep, ...]:
        """The steps that are somebody's turn now; what is done for whole lists is nobody's in one youth's routine."""
        return tuple(each for each in self.steps if each.is_open and not each.step.for_lists)

    @property
    def to_act_on(self) -> tuple[ShownStep, ...]:
        """Those, and the steps after which somebody must say which way to go."""
        return (*self.open_steps, *(each for each in self.steps if each.choices))


#: What the person page reads along with the case, for ``runs_on``.
RUNS = Rows(
    RoutineRun, "t.youth_id = ANY (%(youth_ids)s)", "t.started_at DESC, t.id DESC", related=("started_by", "ended_by")
)
STEPS = Rows(StepRun, "t.youth_id = ANY (%(youth_ids)s)", "t.step, t.round DESC", related=("for_unit",))


def runs_of(*, youth_id: int) -> list[ShownRun]:
    """Return the routines of a youth: those under way first, then the newest."""
    runs, rows = read_together(RUNS, STEPS, values={"youth_ids": [youth_id]})
    return runs_among(runs, rows)


def runs_among(runs: Iterable[RoutineRun], rows: Iterable[StepRun]) -> list[ShownRun]:
    """Return routines with their steps, of rows that have been read: those under way first, then the newest."""
    of_run: dict[int, list[StepRun]] = {}
    for row in rows:
        of_run.setdefault(row.run_id, []).append(row)
    runs = list(runs)
    changes = changes_of(county_id=runs[0].county_id) if runs and runs[0].county_id is not None else []
    shown = [_shown(run, of_run.get(run.pk, []), standing(changes, at=run.started_at)) for run in runs]
    return sorted(shown, key=lambda each: each.run.ended_on is not None)


def run_or_none(*, youth_id: int, run_id: int) -> ShownRun | None:
    """Return one routine of a youth, or None when there is none the actor may see."""
    return next((each for each in runs_of(youth_id=youth_id) if each.run.pk == run_id), None)


def _shown(run: RoutineRun, rows: Sequence[StepRun], changes: Sequence[RoutineChange]) -> ShownRun:
    routine = with_changes(routines()[run.routine], changes)
    to_choose = dict(unresolved(routine, rows)) if run.ended_on is None else {}
    steps = []
    for step in routine.steps:
        mine = tuple(row for row in rows if row.step == step.id)
        unit = mine[0].for_unit.name if mine else ""
        steps.append(ShownStep(step, mine, unit, to_choose.get(step.id, ())))
    return ShownRun(run, routine, tuple(steps))


def unresolved(routine: Routine, rows: Iterable[StepRun]) -> list[tuple[str, tuple[Way, ...]]]:
    """
    Return the steps after which somebody must say which way to go, each with the ways.

    It is so where a step is done, no way goes on by itself, there is something to choose, and nobody has or went back.
    """
    ids = [step.id for step in routine.steps]
    last = {row.step: row for row in sorted(rows, key=lambda each: each.round)}
    found = []
    for step in routine.steps:
        row = last.get(step.id)
        if row is None or row.state not in {StepState.DONE, StepState.SKIPPED} or row.went_to:
            continue
        back = {way.to for way in step.ways} & set(ids[: ids.index(step.id)]) & last.keys()
        has_gone_back = any(row.closed_at and last[each].opened_at >= row.closed_at for each in back)
        is_given = has_gone_back or any(routine.goes_by_itself(step, way) for way in step.ways)
        if not is_given and (len(step.ways) > 1 or any(way.when for way in step.ways)):
            found.append((step.id, step.ways))
    return found


def lacked_in(shown: ShownRun) -> dict[str, tuple[str, ...]]:
    """Return of each step that stands open the kinds of record yet to be made: the release while it waits for it."""
    stand_open = [(each, each.row) for each in shown.steps if each.row is not None and each.is_open]
    asked = [Asked(row.youth_id, each.step.gives, row.opened_at, row.round == 1) for each, row in stand_open]
    return {
        each.step.id: ("form-consent",) if each.waits_for_release else kinds
        for (each, _row), kinds in zip(stand_open, lacking(asked), strict=True)
    }
