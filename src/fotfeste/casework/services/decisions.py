"""Asking the law about a youth, and keeping its reasons without anything that points to a person."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from fotfeste.casework.models import Explanation
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.decision import Decision
from fotfeste.law.facts import YouthFacts
from fotfeste.law.membership import local_target_group_by, statutory_membership_by
from fotfeste.law.outcomes import By, Membership, UnitChoice, UnitKind
from fotfeste.law.readings import Readings
from fotfeste.law.responsible_unit import responsible_unit_by
from fotfeste.law.signature import signature


@dataclass(frozen=True, slots=True)
class Decided:
    """The three decisions about one youth on one day."""

    statutory: Decision[Membership]
    local: Decision[Membership]
    unit: Decision[UnitChoice]

    def to_dict(self) -> dict[str, Any]:
        """Return the decisions as they are kept; intake keeps them in the same form."""
        return {"statutory": self.statutory.to_dict(), "local": self.local.to_dict(), "unit": self.unit.to_dict()}


_NOBODY_KNOWS = Decided(
    Decision(Membership.UNDECIDED),
    Decision(Membership.UNDECIDED),
    Decision(UnitChoice(UnitKind.UNDECIDED, By.UNDECIDED)),
)


def decide(facts: YouthFacts, *, on: date, readings: Readings) -> Decided:
    """Return what the law says on the day; before the oldest law we hold, nothing is decided."""
    try:
        s, r = signature(facts, on), readings.on(on)
    except BeforeOurHorizon:
        return _NOBODY_KNOWS
    return Decided(statutory_membership_by(s, r), local_target_group_by(s, r), responsible_unit_by(s, r))


def keep_explanation(decided: Decided) -> Explanation:
    """Return the explanation of these decisions, shared by all whose facts have the same form."""
    body = decided.to_dict()
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    Explanation.objects.bulk_create([Explanation(digest=digest, kind="case", body=body)], ignore_conflicts=True)
    return Explanation.objects.get(digest=digest)
