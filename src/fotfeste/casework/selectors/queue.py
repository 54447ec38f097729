"""The unassigned queue: youths no rule gives a unit, who wait for the education administration to assign one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fotfeste.casework.enums import AssignmentGround
from fotfeste.casework.models import Registration, Responsibility
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.casework.selectors.finding_unit import UnitFinder
from fotfeste.kernel import clock
from fotfeste.law.decision import Decision
from fotfeste.organisations.selectors import units


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    One youth without a unit of its own.

    :ivar decision: why no rule decided, by today's facts.
    :ivar proposed_unit_id: the unit the rules propose, or now point to since the facts have changed.
    """

    registration: Registration
    youth: Any
    since: Any
    decision: Decision[Any]
    proposed_unit_id: int | None
    proposed_unit_name: str
    distance_metres: int | None


@dataclass(frozen=True, slots=True)
class Queue:
    """
    A portion of the queue, and how many wait in all.

    :ivar held_back: how many more wait, who are under address protection and not shown.
    """

    rows: tuple[Waiting, ...]
    total: int
    held_back: int = 0


def unassigned_queue(*, county_id: int, start: int = 0, count: int = 50, with_protected: bool = True) -> Queue:
    """
    Return the youths who wait for somebody to assign them, those who have waited longest first.

    :param with_protected: those under address protection too; which unit they get tells where they live.
    """
    everybody = Responsibility.objects.filter(county_id=county_id, last_day=None, ground=AssignmentGround.UNDECIDED)
    waiting = everybody if with_protected else everybody.filter(youth__protection="none")
    total = waiting.count()
    held_back = 0 if with_protected else everybody.count() - total
    held = list(waiting.order_by("first_day", "pk")[start : start + count])
    return Queue(_told(held), total, held_back)


def count_unassigned(*, county_id: int) -> int:
    """Return how many wait, those under address protection too."""
    return Responsibility.objects.filter(county_id=county_id, last_day=None, ground=AssignmentGround.UNDECIDED).count()


def waiting_of(*, youth_ids: Iterable[int]) -> tuple[Waiting, ...]:
    """Return those among the youths who still wait."""
    held = Responsibility.objects.filter(youth_id__in=list(youth_ids), last_day=None, ground=AssignmentGround.UNDECIDED)
    return _told(list(held.order_by("first_day", "pk")))


def _told(held: list[Responsibility]) -> tuple[Waiting, ...]:
    ids = [row.youth_id for row in held]
    cases = {
        row.youth_id: row
        for row in Registration.objects.filter(youth_id__in=ids, last_day=None).select_related("youth")
    }
    today = clock.today()
    finder = UnitFinder(today)
    decisions = decisions_for(youth_ids=ids, on=today)
    rows = []
    for responsibility in held:
        registration = cases.get(responsibility.youth_id)
        if registration is None or responsibility.youth_id not in decisions:
            continue
        case, decided = decisions[responsibility.youth_id]
        found = finder.propose(case, decided.unit.outcome)
        if found.unit_id is None:
            found = finder.find(case, decided.unit.outcome)
        rows.append((registration, responsibility.first_day, decided.unit, found))
    names = units.unit_names({found.unit_id for *_, found in rows if found.unit_id})
    return tuple(
        Waiting(
            registration=registration,
            youth=registration.youth,
            since=since,
            decision=decision,
            proposed_unit_id=found.unit_id,
            proposed_unit_name=names.get(found.unit_id or 0, ""),
            distance_metres=found.distance_metres,
        )
        for registration, since, decision, found in rows
    )
