"""The answers the rules can give."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Membership(StrEnum):
    """Whether a youth is covered. ``UNDECIDED`` makes a task for the county's education administration."""

    IN_OT = "in_ot"
    NOT_IN_OT = "not_in_ot"
    UNDECIDED = "undecided"


class Right(StrEnum):
    """Whether a right is held."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Guarantee(StrEnum):
    """Where a youth stands with Nav's youth guarantee."""

    NOT_COVERED = "not_covered"
    WAITING_FOR_REGISTRATION = "waiting_for_registration"
    WAITING_FOR_NEED_DECISION = "waiting_for_need_decision"
    COVERED = "covered"


class UnitKind(StrEnum):
    """The kind of unit that is responsible."""

    SCHOOL = "school"
    UPPER_SECONDARY = "upper_secondary"
    LOWER_SECONDARY = "lower_secondary"
    APPRENTICESHIP_DEPARTMENT = "apprenticeship_department"
    DISTRICT = "district"
    NAV_OFFICE = "nav_office"
    UNDECIDED = "undecided"


class By(StrEnum):
    """How the one unit is found, without naming it: the caller looks it up in the youth's own facts."""

    CURRENT_SCHOOL = "current_school"
    LATEST_ENROLMENT = "latest_enrolment"
    LEFT_LOWER_SECONDARY = "left_lower_secondary"
    NEAREST_TO_REGISTERED_ADDRESS = "nearest_to_registered_address"
    NEAREST_TO_INSTITUTION = "nearest_to_institution"
    APPRENTICESHIP_DEPARTMENT = "apprenticeship_department"
    DISTRICT_OF_STAY = "district_of_stay"
    DISTRICT_OF_REGISTERED_ADDRESS = "district_of_registered_address"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """
    Which unit is responsible, said symbolically.

    ``enrolment_index`` points into the facts' enrolments when the unit is that of an enrolment. ``rule`` is the
    unit rule that decided, None when none matched. ``proposal`` is what to suggest to the person who decides when
    the choice is undecided.
    """

    unit_kind: UnitKind
    by: By
    enrolment_index: int | None = None
    rule: str | None = None
    proposal: By | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the choice as JSON values."""
        return {
            "unit_kind": self.unit_kind.value,
            "by": self.by.value,
            "enrolment_index": self.enrolment_index,
            "rule": self.rule,
            "proposal": self.proposal.value if self.proposal else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "UnitChoice":
        """Return the choice that ``to_dict`` wrote down."""
        return cls(
            unit_kind=UnitKind(data["unit_kind"]),
            by=By(data["by"]),
            enrolment_index=data["enrolment_index"],
            rule=data["rule"],
            proposal=By(data["proposal"]) if data["proposal"] else None,
        )
