"""What a new plan begins with: the youth's goals as they were mapped, and what each body said or has its turn to do."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.collaboration.enums import Contributes, GoalTerm, MainGoal, MeetingState, WantsSchool
from fotfeste.collaboration.models import StepRun
from fotfeste.collaboration.selectors.mapping import standing_mapping
from fotfeste.collaboration.selectors.meetings import meetings_of
from fotfeste.collaboration.selectors.minutes import signed_of
from fotfeste.collaboration.selectors.plan_bodies import PlanBody
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.law.working_days import next_working_day
from fotfeste.people import selectors as people
from fotfeste.spec.routines import routines

#: How far a plan is proposed to reach, and when it is looked through first.
_LASTS, _REVIEWED = timedelta(days=90), timedelta(days=30)
_LONGEST, _MOST = 200, 6


def proposed_plan(*, youth_id: int, bodies: Iterable[PlanBody], coordinating: int | None, on: date) -> dict[str, Any]:
    """
    Return what a new plan begins with, of what the actor sees and only about bodies that may be named in it.

    :param coordinating: the unit of whoever makes the plan.
    """
    stands = standing_mapping(person=people.same_person_ids(youth_id=youth_id))
    said = [line.strip() for line in stands.goal.splitlines() if line.strip()] if stands is not None else []
    wants = stands is not None and stands.wants_school == WantsSchool.YES
    return {
        "first_day": on,
        "last_day": next_working_day(on + _LASTS),
        "review_on": next_working_day(on + _REVIEWED),
        "main_goal": MainGoal.EDUCATION if wants else "",
        "information_flow": _("Koordinatoren kaller inn til gjennomgang, og sier fra til de andre når noe endres."),
        "goals": [{"key": "", "goal": goal[:_LONGEST], "term": GoalTerm.SHORT} for goal in said[:_MOST]],
        "roles": _roles(youth_id, {each.key for each in bodies}, str(coordinating or "")),
    }


def _roles(youth_id: int, named: set[str], coordinating: str) -> list[dict[str, str]]:
    """Return what each body does: it coordinates, what it said it can do, or else the step it has its turn to do."""
    roles = {coordinating: _("Koordinerer planen")} if coordinating in named else {}
    for body, told in (*_contributions(youth_id), *_turns(youth_id)):
        if body in named:
            roles.setdefault(body, told[:_LONGEST])
    return [{"key": "", "body": body, "person": "", "role": told} for body, told in list(roles.items())[:_MOST]]


def _contributions(youth_id: int) -> list[tuple[str, str]]:
    held = next((each for each in meetings_of(youth_id=youth_id) if each.state == MeetingState.HELD), None)
    signed = signed_of(held) if held is not None else None
    parts = signed.parts if signed is not None else []
    return [
        (str(each["unit"]), each["contribution"])
        for each in parts
        if each["unit"] and each["contributes"] == Contributes.YES and each["contribution"]
    ]


def _turns(youth_id: int) -> list[tuple[str, str]]:
    steps = {step.id: step.label for routine in routines().values() for step in routine.steps}
    rows = StepRun.objects.filter(youth_id=youth_id, state__in=STANDS_OPEN).order_by("pk")
    return [(str(row.for_unit_id), _(steps[row.step])) for row in rows if row.step in steps]
