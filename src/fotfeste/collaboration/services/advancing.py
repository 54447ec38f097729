"""Letting what has been recorded move the routines of a youth: steps done, ways taken, turns changed."""

from collections.abc import Iterable

from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.collaboration.enums import RunEnd, StepState, Trigger
from fotfeste.collaboration.models import RoutineRun, StepRun
from fotfeste.collaboration.selectors.evidence import Record, counts_from, records_since
from fotfeste.collaboration.selectors.facts import holds
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.selectors.routines import unresolved
from fotfeste.collaboration.services.work import Worked, begin, close_step, end_run, keep_true, open_step
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.kernel import clock
from fotfeste.people import selectors as people
from fotfeste.spec import implements
from fotfeste.spec.routines import END, RoutineStep, Use, Way, routine_of, routines

#: What started a routine that ends with the case: somebody came in, or stood on a list.
_WITH_CASE = ("registration:", "otuk-round:")


@implements("rut-rule-iterative")
def advance(*, youth_id: int, by_id: int) -> None:
    """
    Let what is recorded about a youth move the routines under way for them, as far as it goes.

    Called in a scope that sees all of the youth, by whoever is told that something was recorded.
    """
    runs = list(RoutineRun.objects.select_for_update(of=("self",)).filter(youth_id=youth_id, ended_on=None))
    youth = people.youth_or_none(youth_id=youth_id) if runs else None
    if youth is None:
        return
    today = clock.today()
    around = Surroundings(youth_id=youth_id, unit_id=youth.unit_id, county_id=youth.county_id, on=today)
    person = frozenset(people.same_person_ids(youth_id=youth_id))
    has_case = open_registrations().filter(youth_id=youth_id).exists()
    for run in runs:
        worked = Worked(run=run, around=around, by_id=by_id, now=clock.now(), today=today)
        if not has_case and run.trigger_source.startswith(_WITH_CASE):
            end_run(worked, RunEnd.CLOSED)
            continue
        _move(worked, person)


def _move(worked: Worked, person: frozenset[int]) -> None:
    for row in worked.steps():
        if row.state in STANDS_OPEN:
            keep_true(worked, row)
    # Each turn does at least one step, and opens those after it; there are never more turns than steps.
    for _turn in worked.routine.steps:
        if not _do_what_is_done(worked, person):
            break
    rows = worked.steps()
    stand_open = [row for row in rows if row.state in STANDS_OPEN and not worked.routine.step(row.step).for_lists]
    if not stand_open and not unresolved(worked.routine, rows):
        end_run(worked, RunEnd.DONE)


def _do_what_is_done(worked: Worked, person: frozenset[int]) -> bool:
    """Close the steps whose records are there, and go on from each. Say whether there were any."""
    rows = {row.step: row for row in worked.steps()}
    moved = False
    for step in worked.routine.steps:
        row = rows.get(step.id)
        if row is not None and row.state not in STANDS_OPEN:
            continue
        if row is None and not _shows_by_itself(step):
            continue
        record = _shown_by(worked, step, row, person)
        if record is None:
            continue
        row = row or open_step(worked, step.id)
        if row is not None:
            close_step(worked, row, state=StepState.DONE, record=record.source)
            go_on(worked, step, row)
            moved = True
    return moved


def _shows_by_itself(step: RoutineStep) -> bool:
    """Say whether a step's records can be no other step's, so that it is done even if nobody has come to it yet."""
    return bool(step.needed) and step.use is not Use.LEFT_OUT and all(kind.startswith("form-") for kind in step.needed)


def _shown_by(worked: Worked, step: RoutineStep, row: StepRun | None, person: frozenset[int]) -> Record | None:
    opened = row.opened_at if row is not None else worked.run.started_at
    first_round = row is None or row.round == 1
    found: list[Record] = []
    for kind in step.gives:
        since = counts_from(kind, opened_at=opened, is_first_round=first_round)
        found += records_since(youth_ids=person, kinds=[kind], since=since)
    if not step.needed or not step.is_done_by(record.kind for record in found):
        return None
    return max(found, key=lambda each: each.at)


def go_on(worked: Worked, step: RoutineStep, row: StepRun) -> None:
    """Open what comes after a step that is done or skipped, where it is given which way to go."""
    _leave_what_was_passed(worked, step)
    known = [way for way in step.ways if way.fact and holds(way.fact, around=worked.around, since=row.opened_at)]
    if known:
        went(row, known[0])
    for way in known or [way for way in step.ways if not way.when]:
        take(worked, step, way, row)


def went(row: StepRun, way: Way) -> None:
    """Keep which way was taken, where there was more than one."""
    row.went_to = way.to
    row.save(update_fields=["went_to"])


def take(worked: Worked, step: RoutineStep, way: Way, row: StepRun, *, chosen: bool = False) -> None:
    """
    Go one way on from a step.

    :param chosen: somebody chose it; back to an earlier step, into another routine and to the end are never taken else.
    """
    ids = [each.id for each in worked.routine.steps]
    if way.to == END:
        if chosen:
            end_run(worked, RunEnd.DONE)
    elif way.to in ids:
        is_new = not StepRun.objects.filter(run=worked.run, step=way.to).exists()
        if chosen or (is_new and ids.index(way.to) > ids.index(step.id)):
            open_step(worked, way.to)
    elif way.to not in routines():
        _begin(worked, routine_of(way.to).id, [way.to], row)
    elif chosen:
        _begin(worked, way.to, [routines()[way.to].steps[0].id], row)


def _begin(worked: Worked, routine_id: str, at: Iterable[str], row: StepRun) -> None:
    begin(
        around=worked.around,
        routine_id=routine_id,
        at=at,
        trigger=Trigger.OTHER_ROUTINE,
        source=f"step:{row.pk}",
        by_id=worked.by_id,
        now=worked.now,
    )


def _leave_what_was_passed(worked: Worked, step: RoutineStep) -> None:
    """Leave the steps before this one that are done only when they are relevant, and were not."""
    ids = [each.id for each in worked.routine.steps]
    before = [each for each in worked.routine.steps[: ids.index(step.id)] if each.use is Use.WHEN_RELEVANT]
    lane = {each.id for each in before if each.lane is step.lane}
    for row in StepRun.objects.filter(run=worked.run, step__in=lane, state__in=STANDS_OPEN):
        close_step(worked, row, state=StepState.LEFT)
