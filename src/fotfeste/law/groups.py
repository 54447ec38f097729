"""The register of target-group rules: each a small function of the signature, known by its id in the specification."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from fotfeste.law.decision import Reason
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.law.signature import Signature


class GroupKind(StrEnum):
    """What part a rule plays."""

    CONDITION = "condition"
    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"
    CATEGORY = "category"
    RIGHT = "right"
    HISTORY = "history"


class Scope(StrEnum):
    """Which of the two target groups a rule speaks of."""

    STATUTORY = "statutory"
    LOCAL = "local"
    BOTH = "both"
    NEITHER = "neither"


class GroupOutcome(StrEnum):
    """What follows when the rule holds."""

    IN_OT = "in-ot"
    NOT_IN_OT = "not-in-ot"
    IN_YOUTH_GUARANTEE = "in-youth-guarantee"
    RIGHT = "right"
    CONDITION = "condition"


Check = Callable[[Signature, ReadingsOnDay], Reason]


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A target-group rule: its id, its part, which target group it speaks of, and the function that tries it."""

    id: str
    kind: GroupKind
    label_nb: str
    outcome: GroupOutcome
    scope: Scope
    check: Check


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What one rule said about one youth. ``reason.holds`` is None when the facts did not suffice."""

    rule: GroupRule
    reason: Reason

    @property
    def holds(self) -> bool | None:
        """Return whether the rule holds; None when undecided."""
        return self.reason.holds


_rules: dict[str, GroupRule] = {}
RULES: Mapping[str, GroupRule] = MappingProxyType(_rules)


def group_rule(
    rule_id: str, label_nb: str, kind: GroupKind, outcome: GroupOutcome, scope: Scope = Scope.NEITHER
) -> Callable[[Check], Check]:
    """
    Register the decorated function as the rule ``rule_id``.

    :raises ValueError: the id is registered already.
    """

    def register(check: Check) -> Check:
        if rule_id in _rules:
            raise ValueError(f"The rule {rule_id} is registered twice.")
        _rules[rule_id] = GroupRule(rule_id, kind, label_nb, outcome, scope, check)
        return check

    return register
