"""One routine under way about a unit, moved by the same engine as a youth's."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from fotfeste.collaboration.enums import StepState, Trigger
from fotfeste.collaboration.models import UnitRun, UnitStep
from fotfeste.collaboration.selectors.definitions import as_changed, changes_of
from fotfeste.collaboration.selectors.evidence import Record
from fotfeste.collaboration.selectors.kept import Kept
from fotfeste.collaboration.selectors.unit_evidence import About, unit_records_since
from fotfeste.collaboration.services.advancing import move
from fotfeste.collaboration.services.work import Work, open_step
from fotfeste.kernel import clock
from fotfeste.organisations.selectors import units
from fotfeste.spec.routines import Routine, RoutineStep, for_list

#: The parties that are not the unit itself: its Nav office, or the education administration, which also stands in for
#: the city's department, since nobody of the department works here.
_NAV = frozenset({"nav-ot-responsible", "nav-adviser", "nav-office"})
_ADMINISTRATION = frozenset({"uda", "set"})


@dataclass(frozen=True)
class UnitWorked(Work):
    """
    One routine under way for a unit. An open step is the task of the unit whose turn it is; there is no other.

    :ivar by_id: who is acting; a system actor when something that was recorded moves it.
    :ivar among: the runs it is moved along with, by id; nothing is read together with others' unless given.
    """

    run: UnitRun
    by_id: int
    now: datetime
    today: date
    kept: Kept = field(default_factory=Kept, compare=False, repr=False)
    among: frozenset[int] = frozenset()
    steps_model = UnitStep

    @property
    def unit(self) -> Any:
        """The unit it is about."""
        return self.run.unit

    @cached_property
    def routine(self) -> Routine:
        """The definition it was begun by, or the part of it that is done for a list."""
        county_id = self.unit.county_id
        changes = self.kept.once(("changes", county_id), lambda: changes_of(county_id=county_id))
        routine = as_changed(self.run.routine, changes, at=self.run.started_at)
        return for_list(routine, self.run.first_step) if self.run.first_step else routine

    def unit_for(self, step: RoutineStep) -> int:
        """Return the unit whose turn a step is."""
        if _ADMINISTRATION & set(step.parties):
            county_id = self.unit.county_id
            office = self.kept.once(("uda", county_id), lambda: units.education_admin_of(county_id=county_id))
            return int(office.pk)
        office = self.unit.nav_office if _NAV & set(step.parties) else None
        return int(office.pk if office is not None else self.unit.pk)

    def state_for(self, step: RoutineStep, unit_id: int) -> StepState:
        """Return that a step can be done: nothing about a unit waits for a release."""
        return StepState.OPEN

    def is_somebodys(self, step: RoutineStep) -> bool:
        """Say that every step is somebody's here."""
        return True

    def give_task(self, row: Any, *, at: datetime) -> None:
        """Do nothing: the open step is the task."""

    def end_tasks(self, row: Any, *, done: bool) -> None:
        """Do nothing: a step that is closed is no task."""

    def keep_choices(self, steps: Iterable[str]) -> None:
        """Do nothing: what is to be chosen stands where the routine does."""

    def records(self, kind: str, since: datetime) -> list[Record]:
        """Return the records of a kind about the unit made since, the oldest first."""
        about = About(self.run.pk, self.unit, self.run.subject, self.kept, self.among)
        return unit_records_since(about=about, kind=kind, since=since)

    def holds(self, fact: str, since: datetime) -> bool:
        """Say that no fact about a youth holds here."""
        return False

    def begin_other(self, routine_id: str, at: Iterable[str], row: Any) -> None:
        """Do nothing: what follows is about the youths, and is started where they are."""


def begin_for_unit(
    *,
    unit_id: int,
    routine_id: str,
    at: str,
    subject: str,
    trigger: Trigger,
    by_id: int,
    due_on: date | None = None,
    is_for_list: bool = False,
    kept: Kept | None = None,
) -> UnitRun | None:
    """
    Begin a routine about a unit at a step, and let it go as far as what is recorded carries it.

    :param subject: what it is about there. Of one subject it is worked once.
    :param is_for_list: only what is done for a whole list, from that step on.
    :param kept: what is read already for others that are begun along with it.
    :returns: the run; None when the subject has had its own.
    """
    now, today = clock.now(), clock.today()
    run, made = UnitRun.objects.get_or_create(
        unit_id=unit_id,
        routine=routine_id,
        subject=subject,
        defaults={
            "first_step": at if is_for_list else "",
            "trigger": trigger,
            "started_on": today,
            "started_at": now,
            "started_by_id": by_id,
        },
    )
    if not made:
        return None
    worked = UnitWorked(run=run, by_id=by_id, now=now, today=today, kept=kept or Kept())
    worked.was_read([])
    open_step(worked, at, due_on=due_on)
    move(worked)
    return run


def advance_unit_runs(*, county_id: int, by_id: int) -> int:
    """Let what is recorded move every routine under way about the units of a county; return how many there were."""
    under_way = UnitRun.objects.select_for_update(of=("self",)).filter(unit__county_id=county_id, ended_on=None)
    runs = list(under_way.select_related("unit__nav_office").order_by("pk"))
    together: dict[str, Any] = {"kept": Kept(), "among": frozenset(run.pk for run in runs)}
    found = {run.pk: UnitWorked(run=run, by_id=by_id, now=clock.now(), today=clock.today(), **together) for run in runs}
    steps: dict[int, list[UnitStep]] = {run_id: [] for run_id in found}
    for row in UnitStep.objects.filter(run__in=found).order_by("opened_at", "pk"):
        steps[row.run_id].append(row)
    for run_id, worked in found.items():
        worked.was_read(steps[run_id])
        move(worked)
    return len(found)
