"""What the law says of a youth on a day, from the facts known about it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from fotfeste.casework.selectors.facts import CaseFacts, case_facts
from fotfeste.law.chosen_readings import decide_naming
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.decision import Decision
from fotfeste.law.facts import YouthFacts
from fotfeste.law.membership import local_target_group_by, statutory_membership_by
from fotfeste.law.outcomes import By, Membership, UnitChoice, UnitKind
from fotfeste.law.readings import Readings, ReadingsOnDay
from fotfeste.law.responsible_unit import responsible_unit_by
from fotfeste.law.signature import Signature, signature
from fotfeste.law.unit_duties import status_registrar_by
from fotfeste.organisations.selectors.readings import readings_of_each


@dataclass(frozen=True, slots=True)
class Decided:
    """
    The three decisions about one youth on one day.

    :ivar registrar: which unit registers the status; it follows from the others and is not kept.
    """

    statutory: Decision[Membership]
    local: Decision[Membership]
    unit: Decision[UnitChoice]
    registrar: Decision[UnitChoice]

    @property
    def registering_school(self) -> int | None:
        """
        The enrolment whose school registers the status though another unit is responsible; None when none does.

        Source: amb-33, the last upper secondary school of a former apprentice.
        """
        choice = self.registrar.outcome
        is_another = choice != self.unit.outcome and choice.by is By.LATEST_ENROLMENT
        return choice.enrolment_index if is_another else None

    def to_dict(self) -> dict[str, Any]:
        """Return the decisions as they are kept; intake keeps them in the same form."""
        return {"statutory": self.statutory.to_dict(), "local": self.local.to_dict(), "unit": self.unit.to_dict()}


_NOBODY_KNOWS = Decided(
    Decision(Membership.UNDECIDED),
    Decision(Membership.UNDECIDED),
    Decision(UnitChoice(UnitKind.UNDECIDED, By.UNDECIDED)),
    Decision(UnitChoice(UnitKind.UNDECIDED, By.UNDECIDED)),
)


def decide(facts: YouthFacts, *, on: date, readings: Readings) -> Decided:
    """Return what the law says on the day; before the oldest law we hold, nothing is decided."""
    try:
        s, r = signature(facts, on), readings.on(on)
    except BeforeOurHorizon:
        return _NOBODY_KNOWS
    return _decided_by(s, r)


@lru_cache(maxsize=65536)
def _decided_by(s: Signature, r: ReadingsOnDay) -> Decided:
    """Decide once for each signature: the law reads nothing else, and nothing in it points to one person."""
    unit = decide_naming(lambda readings: responsible_unit_by(s, readings), r)
    return Decided(
        decide_naming(lambda readings: statutory_membership_by(s, readings), r),
        decide_naming(lambda readings: local_target_group_by(s, readings), r),
        unit,
        decide_naming(lambda readings: status_registrar_by(s, readings, unit.outcome), r),
    )


def decisions_for(
    *, youth_ids: Iterable[int], on: date, readings: Mapping[int, Readings] | None = None
) -> dict[int, tuple[CaseFacts, Decided]]:
    """
    Return the facts of each youth and what the law says of them on a day; only youths the actor may see.

    :param readings: what their counties judge by, when it has been read.
    """
    cases = case_facts(youth_ids=youth_ids, on=on)
    judged_by = readings or readings_of_each(county_ids=[case.person.county_id for case in cases.values()])
    return {
        youth_id: (case, decide(case.facts, on=on, readings=judged_by[case.person.county_id]))
        for youth_id, case in cases.items()
    }


def read_decision(body: dict[str, Any], name: str) -> Decision[Any] | None:
    """Return a decision out of a kept explanation, or None when it holds none of that name."""
    outcomes: dict[str, Callable[[Any], Any]] = {
        "statutory": Membership,
        "local": Membership,
        "unit": UnitChoice.from_dict,
    }
    return Decision.from_dict(body[name], outcomes[name]) if name in body else None
