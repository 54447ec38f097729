"""Letting what has been recorded move the routines of a youth: steps done, ways taken, turns changed."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.collaboration.enums import RunEnd, StepState, Trigger
from fotfeste.collaboration.selectors.evidence import Record, counts_from
from fotfeste.collaboration.selectors.parties import surroundings_of
from fotfeste.collaboration.selectors.routines import unresolved
from fotfeste.collaboration.services.work import Work, close_step, end_run, keep_true, open_step
from fotfeste.collaboration.services.youth_work import UnderWay
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.kernel import clock
from fotfeste.people import selectors as people
from fotfeste.spec import implements
from fotfeste.spec.routines import END, Routine, RoutineStep, Use, Way, routine_of, routines, starts_on

#: What started a routine that ends with the case: somebody came in, or stood on a list.
_WITH_CASE = ("registration:", "otuk-round:")
#: Of every youth every kind of record is looked for.
NOTHING_LEFT_OUT: Mapping[int, frozenset[str] | None] = MappingProxyType({})


@implements("rut-rule-iterative", "rut-at-risk", "rut-leaves", "rut-apprentice-at-risk", "rut-apprentice-leaves")
@implements("rut-outside", "rut-vo", "rut-more-training", "rut-not-ot", "rut-three-way", "rut-exit-agreement")
@implements("rut-nav-learns-first", "rut-measure-stopped")
def advance(*, youth_id: int, by_id: int, shown: frozenset[str] | None = None) -> None:
    """
    Let what is recorded about a youth move the routines under way for them, as far as it goes.

    Called in a scope that sees all of the youth, by whoever is told that something was recorded.

    :param shown: the kinds of record that may have come since the last time, where nothing else can have changed; None
        where it can. What none of them shows to be done is passed by.
    """
    advance_each({youth_id: shown}, by_id=by_id)


def advance_each(shown: Mapping[int, frozenset[str] | None], *, by_id: int) -> None:
    """
    Do the same for several youths, with what is asked about them read together.

    :param shown: youth -> the kinds of record, as for one.
    """
    arounds = surroundings_of(people.youths_by_id(shown).values(), on=clock.today())
    move_each(UnderWay(arounds, by_id=by_id, now=clock.now()), shown)


def move_each(under_way: UnderWay, shown: Mapping[int, frozenset[str] | None] = NOTHING_LEFT_OUT) -> None:
    """Do the same for youths whose routines are read and locked, and write what came of it."""
    has_case = set(open_registrations().filter(youth_id__in=under_way.arounds).values_list("youth_id", flat=True))
    for youth_id in sorted(under_way.arounds):
        kinds = shown.get(youth_id)
        mine = [each for each in under_way.of(youth_id) if kinds is None or _is_moved_by(each, kinds)]
        for worked in mine:
            if youth_id not in has_case and worked.run.trigger_source.startswith(_WITH_CASE):
                end_run(worked, RunEnd.CLOSED)
            else:
                move(worked)
    under_way.write()


def _is_moved_by(worked: Work, shown: frozenset[str]) -> bool:
    """Say whether a turn has changed, or records of some kinds show a step done that is open or would be come to."""
    if _follow_surroundings(worked):
        return True
    return any(_shown_by(worked, step, row) for step, row in _that_may_be_done(worked) if shown & set(step.gives))


def _follow_surroundings(worked: Work) -> bool:
    changed = [keep_true(worked, row) for row in worked.steps() if row.state in STANDS_OPEN]
    return any(changed)


def move(worked: Work) -> None:
    """Let one routine go as far as what is recorded carries it."""
    _follow_surroundings(worked)
    # Each turn does at least one step, and opens those after it; there are never more turns than steps.
    for _turn in worked.routine.steps:
        if not _do_what_is_done(worked):
            break
    rows = worked.steps()
    stand_open = [
        row for row in rows if row.state in STANDS_OPEN and worked.is_somebodys(worked.routine.step(row.step))
    ]
    to_choose = [step_id for step_id, _ways in unresolved(worked.routine, rows)]
    if stand_open or to_choose:
        worked.keep_choices(to_choose)
    else:
        end_run(worked, RunEnd.DONE)


def _do_what_is_done(worked: Work) -> bool:
    """Close the steps whose records are there, and go on from each. Say whether there were any."""
    moved = False
    for step, row in _that_may_be_done(worked):
        record = _shown_by(worked, step, row)
        if record is None:
            continue
        row = row or open_step(worked, step.id)
        if row is not None:
            close_step(worked, row, state=StepState.DONE, record=record.source)
            go_on(worked, step, row)
            moved = True
    return moved


def _that_may_be_done(worked: Work) -> list[tuple[RoutineStep, Any]]:
    """Return the steps that stand open with their rows, and those nobody has come to that would show by themselves."""
    rows = {row.step: row for row in worked.steps()}
    stand_open = {step_id: row for step_id, row in rows.items() if row.state in STANDS_OPEN}
    ahead = _ahead(worked.routine, stand_open) - rows.keys()
    return [
        (step, stand_open.get(step.id))
        for step in worked.routine.steps
        if step.id in stand_open or (step.id in ahead and _shows_by_itself(step))
    ]


def _ahead(routine: Routine, stand_open: Iterable[str]) -> frozenset[str]:
    """Return the steps one comes to from those that stand open, whatever is chosen or found on the way."""
    found: set[str] = set()
    left = list(stand_open)
    ids = {each.id for each in routine.steps}
    while left:
        step = routine.step(left.pop())
        new = {way.to for way in step.ways if routine.goes_by_itself(step, way)} & ids - found
        found |= new
        left += new
    return frozenset(found)


def _shows_by_itself(step: RoutineStep) -> bool:
    """Say whether a step's records can be no other step's, so that it is done even if nobody has come to it yet."""
    return bool(step.needed) and step.use is not Use.LEFT_OUT and all(kind.startswith("form-") for kind in step.needed)


def _shown_by(worked: Work, step: RoutineStep, row: Any) -> Record | None:
    opened = row.opened_at if row is not None else worked.run.started_at
    # What was there before counts for a step that one has come to, the first time.
    counts_before = row is not None and row.round == 1
    found: list[Record] = []
    for kind in step.gives:
        since = counts_from(kind, opened_at=opened, is_first_round=counts_before) if row is not None else opened
        found += [each for each in worked.records(kind, since) if worked.counts(step, each, opened)]
    if not step.needed or not step.is_done_by(record.kind for record in found):
        return None
    return max(found, key=lambda each: each.at)


def go_on(worked: Work, step: RoutineStep, row: Any) -> None:
    """Open what comes after a step that is done or skipped, where it is given which way to go."""
    _leave_what_was_passed(worked, step)
    known = [way for way in step.ways if way.fact and worked.holds(way.fact, row.opened_at)]
    if known:
        went(worked, row, known[0].to)
    for way in known or [way for way in step.ways if worked.routine.goes_by_itself(step, way)]:
        take(worked, step, way, row)


def went(worked: Work, row: Any, to: str) -> None:
    """Keep which way was taken, where there was more than one."""
    row.went_to = to
    worked.save(row, ("went_to",))
    worked.wrote(row)


def take(worked: Work, step: RoutineStep, way: Way, row: Any, *, chosen: bool = False) -> None:
    """
    Go one way on from a step.

    :param chosen: somebody chose it; back to an earlier step and to the end are never taken else, and into another
        routine only when something that is known decides it.
    """
    ids = [each.id for each in worked.routine.steps]
    if way.to == END:
        if chosen:
            end_run(worked, RunEnd.DONE)
    elif way.to in ids:
        if chosen or (_is_to_come(worked, way.to, row) and ids.index(way.to) > ids.index(step.id)):
            open_step(worked, way.to)
    elif way.to not in routines():
        worked.begin_other(routine_of(way.to).id, [way.to], row)
    elif chosen or way.fact:
        worked.begin_other(way.to, dict(starts_on(Trigger.BY_HAND))[way.to], row)


def _is_to_come(worked: Work, step_id: str, row: Any) -> bool:
    """Say whether a step is still to be done: it never was, or one has gone back and come to it once more."""
    # What was left the moment a step was opened anew was left for the sake of that.
    before = [
        each
        for each in worked.steps()
        if each.step == step_id and not (each.state == StepState.LEFT and each.closed_at == row.opened_at)
    ]
    since = row.opened_at if worked.routine.is_iterative and row.round > 1 else None
    return not any(since is None or each.opened_at >= since for each in before)


def _leave_what_was_passed(worked: Work, step: RoutineStep) -> None:
    """Leave the steps before this one that are done only when they are relevant, and were not."""
    ids = [each.id for each in worked.routine.steps]
    before = [each for each in worked.routine.steps[: ids.index(step.id)] if each.use is Use.WHEN_RELEVANT]
    lane = {each.id for each in before if each.lane is step.lane}
    for left in worked.steps():
        if left.step in lane and left.state in STANDS_OPEN:
            close_step(worked, left, state=StepState.LEFT)
