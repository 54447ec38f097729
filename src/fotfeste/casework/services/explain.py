"""Every decision about a youth on a day, with the rules tried and the facts used, as data."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework import policies
from fotfeste.casework.models import Responsibility
from fotfeste.casework.selectors.decisions import Decided, decisions_for
from fotfeste.casework.selectors.finding_unit import UnitFinder
from fotfeste.casework.selectors.whereabouts import may_tell_place
from fotfeste.kernel.errors import Invalid
from fotfeste.law.chosen_readings import ask_naming, named
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.decision import Decision
from fotfeste.law.end_dates import first_day_of_adult_choice, last_day_of_right, last_day_of_service
from fotfeste.law.facts import YouthFacts
from fotfeste.law.groups import GroupResult
from fotfeste.law.membership import belongs_on_follow_up_list, matched_groups
from fotfeste.law.outcomes import Right, UnitChoice
from fotfeste.law.readings import Readings
from fotfeste.law.right import may_choose_adult_education, right_to_requalification, right_to_upper_secondary
from fotfeste.law.unit_duties import unit_change
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.people import selectors as people


@dataclass(frozen=True, slots=True)
class ExplainedUnit:
    """A unit as it is told: None in both when there is none, or it may not be told of a protected youth."""

    id: int | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """
    What the rules say of one youth on one day.

    :ivar unit: the unit the rules point to; ``holder`` the one that answered that day, with ``ground``.
    :ivar unit_change: whether responsibility ought to be re-assigned; nothing moves by itself.
    :ivar registrar: who registers the status, with ``registering`` the school when it is another than the responsible.
    :ivar hides_place: the youth is protected, and what tells where they are is left out.
    """

    on: date
    decided: Decided
    follow_up_list: Decision[bool]
    right: Decision[Right]
    adult_choice: Decision[Right]
    requalification: Decision[Right]
    last_day_of_service: date
    last_day_of_right: date
    first_day_of_adult_choice: date | None
    unit: ExplainedUnit
    distance_metres: int | None
    data_version: str
    holder: ExplainedUnit
    ground: str
    ground_reason: str
    unit_change: Decision[bool]
    registrar: Decision[UnitChoice]
    registering: ExplainedUnit
    groups: tuple[GroupResult, ...]
    hides_place: bool

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values; no name, number or birth date of the youth is among them."""
        return {
            "on": self.on.isoformat(),
            "place_hidden": self.hides_place,
            **self.decided.to_dict(),
            "follow_up_list": self.follow_up_list.to_dict(),
            "right": self.right.to_dict(),
            "adult_choice": self.adult_choice.to_dict(),
            "requalification": self.requalification.to_dict(),
            "last_day_of_service": self.last_day_of_service.isoformat(),
            "last_day_of_right": self.last_day_of_right.isoformat(),
            "first_day_of_adult_choice": _iso(self.first_day_of_adult_choice),
            "unit_found": {"id": self.unit.id, "name": self.unit.name, "distance_metres": self.distance_metres,
                           "data_version": self.data_version},
            "responsible": {"id": self.holder.id, "name": self.holder.name, "ground": self.ground,
                            "reason": self.ground_reason},
            "unit_change": self.unit_change.to_dict(),
            "status_registrar": {**self.registrar.to_dict(), "id": self.registering.id, "name": self.registering.name},
            "groups": [
                {"id": g.rule.id, "label": g.rule.label_nb, "kind": g.rule.kind.value, "holds": g.holds,
                 "reason": g.reason.to_dict()}
                for g in self.groups
            ],
        }  # fmt: skip


def explain(*, actor: Actor, youth_id: int, on: date) -> Explained:
    """
    Return every decision about a youth on a day with its reasons: membership, right, end dates, responsible unit.

    :raises NotAllowed: the actor does not know all the facts the rules judge by.
    :raises Invalid: there is no such youth the actor may see, or the day is before the oldest law we hold.
    """
    youth = people.youth_or_none(youth_id=youth_id)
    if youth is None:
        raise Invalid(_("Ungdommen finnes ikke, eller du har ikke tilgang."))
    policies.may_explain(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id).require()
    readings = readings_for(county_id=youth.county_id)
    case, decided = decisions_for(youth_ids=[youth_id], on=on)[youth_id]
    found = UnitFinder(on).find(case, decided.unit.outcome)
    held = _holder_on(youth_id, on)
    position = decided.registering_school
    school_id = case.person.school_ids[position] if position is not None else None
    names = units.unit_names({pk for pk in (found.unit_id, held.holder_id if held else None, school_id) if pk})

    hides_place = not may_tell_place(actor=actor, protection=youth.protection, county_id=youth.county_id)

    def told(unit_id: int | None) -> ExplainedUnit:
        if unit_id is None or (hides_place and unit_id not in actor.unit_ids):
            return ExplainedUnit(None, None)
        return ExplainedUnit(unit_id, names.get(unit_id))

    now = (decided.unit.outcome, str(held.holder_id) if held else None)
    then = (decided.unit.outcome, str(found.unit_id) if found.unit_id else None)
    try:
        return Explained(
            on=on,
            decided=decided,
            last_day_of_service=last_day_of_service(born=youth.born, as_of=on),
            last_day_of_right=last_day_of_right(born=youth.born),
            first_day_of_adult_choice=first_day_of_adult_choice(born=youth.born, as_of=on),
            unit=told(found.unit_id),
            distance_metres=None if hides_place else found.distance_metres,
            data_version=found.data_version,
            holder=told(held.holder_id if held else None),
            ground=held.ground if held else "",
            ground_reason=held.reason if held and not hides_place else "",
            unit_change=unit_change(now, then),
            registrar=decided.registrar,
            registering=told(school_id),
            hides_place=hides_place,
            **_rights(case.facts, on, readings),
        )
    except BeforeOurHorizon as too_early:
        raise Invalid(str(too_early)) from None


def _rights(facts: YouthFacts, on: date, readings: Readings) -> dict[str, Any]:
    return {
        "follow_up_list": ask_naming(belongs_on_follow_up_list, facts, on, readings),
        "right": ask_naming(right_to_upper_secondary, facts, on, readings),
        "adult_choice": ask_naming(may_choose_adult_education, facts, on, readings),
        "requalification": ask_naming(right_to_requalification, facts, on, readings),
        "groups": tuple(
            GroupResult(group.rule, named(group.reason, readings.on(on)))
            for group in matched_groups(facts, on, readings)
        ),
    }


def _holder_on(youth_id: int, on: date) -> Responsibility | None:
    rows = Responsibility.objects.filter(youth_id=youth_id, superseded_at=None, first_day__lte=on)
    return next((row for row in rows.order_by("-first_day") if row.last_day is None or row.last_day >= on), None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
