"""Outcomes of the rules in words, for the command line."""

from collections.abc import Mapping
from typing import Any

from fotfeste.casework.enums import AssignmentGround
from fotfeste.law.decision import Reason
from fotfeste.law.outcomes import Membership, Right

MEMBERSHIP = {
    Membership.IN_OT: "ja",
    Membership.NOT_IN_OT: "nei",
    Membership.UNDECIDED: "ikke avgjort; en person må vurdere",
}
RIGHT = {Right.YES: "ja", Right.NO: "nei", Right.UNKNOWN: "opplysningene strekker ikke til"}
YES_NO = {True: "ja", False: "nei"}
GROUNDS = {ground.value: str(ground.label).lower() for ground in AssignmentGround}


def metres(distance: int | None) -> str:
    """Return a distance as it stands behind a school's name, or nothing."""
    return f" ({distance} meter i luftlinje)" if distance is not None else ""


def why(line: Mapping[str, Any]) -> str:
    """Return why an import gives some youths their unit: the reason of the rule, or that a register or nobody knew."""
    if line["ground"] == AssignmentGround.REGISTER:
        return "Enheten står i filen."
    if line["reason"]:
        return Reason.from_dict(line["reason"]).sentence()
    if line["ground"] == AssignmentGround.UNDECIDED:
        return "Ingen regel finner enheten. Ungdommen legges i køen."
    return "Regelen nevnes ikke."
