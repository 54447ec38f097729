"""Why a youth was registered: a neutral list of our own, with the raw VIGO code always kept beside it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fotfeste.codes.ot_status import Certainty
from fotfeste.codes.tables import rows


class RegistrationReason(StrEnum):
    """Why a youth came into the register."""

    NOT_APPLIED = "not_applied"
    DECLINED_PLACE = "declined_place"
    DID_NOT_START = "did_not_start"
    WAITING_LIST = "waiting_list"
    QUIT_SCHOOL = "quit_school"
    QUIT_APPRENTICESHIP = "quit_apprenticeship"
    CONTRACT_TERMINATED = "contract_terminated"
    LOST_PLACE_EXPULSION = "lost_place_expulsion"
    MOVED_IN = "moved_in"
    QUIT_ADULT_EDUCATION = "quit_adult_education"
    PREVENTIVE = "preventive"
    OTHER = "other"


class ReasonGroup(StrEnum):
    """The four groups of reasons in the national statistics."""

    NOT_APPLIED = "not_applied"
    QUIT = "quit"
    DECLINED_PLACE = "declined_place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReasonText:
    """A reason in the three languages, with its group in the statistics."""

    reason: RegistrationReason
    group: ReasonGroup
    name_nb: str
    name_nn: str
    name_en: str


@dataclass(frozen=True, slots=True)
class RawReason:
    """A VIGO code as received, and the neutral reason it is read as. ``is_certain`` says whether to show it as fact."""

    code: str
    kind: str
    reason: RegistrationReason
    certainty: Certainty
    name_nb: str
    source: str
    note: str

    @property
    def is_certain(self) -> bool:
        """Return whether the meaning was read in a source; a guess must not be printed to users as a fact."""
        return self.certainty is Certainty.SEEN


@cache
def reason_texts() -> dict[RegistrationReason, ReasonText]:
    """Return the text of every reason, in the order they are offered to users."""
    return {
        RegistrationReason(row["reason"]): ReasonText(
            reason=RegistrationReason(row["reason"]),
            group=ReasonGroup(row["group"]),
            name_nb=row["name_nb"],
            name_nn=row["name_nn"],
            name_en=row["name_en"],
        )
        for row in rows("registration_reasons")
    }


@cache
def _raw_reasons() -> dict[tuple[str, str], RawReason]:
    return {
        (row["kind"], row["code"]): RawReason(
            code=row["code"],
            kind=row["kind"],
            reason=RegistrationReason(row["reason"]),
            certainty=Certainty(row["certainty"]),
            name_nb=row["name_nb"],
            source=row["source"],
            note=row["note"],
        )
        for row in rows("vigo_reason_codes")
    }


def read_vigo_reason(code: str, *, kind: str = "registration") -> RawReason:
    """
    Return how a raw VIGO code is read; a code nobody knows is "other" by a guess, with the raw code kept.

    ``kind`` is "registration" (codes such as OSON) or "wish" (the numeric status of a wish for a place).
    """
    raw = code.strip().upper()
    known = _raw_reasons().get((kind, raw))
    if known is not None:
        return known
    return RawReason(
        code=raw,
        kind=kind,
        reason=RegistrationReason.OTHER,
        certainty=Certainty.GUESS,
        name_nb=f"Ukjent kode ({raw})",
        source="",
        note="the code is in none of the lists we hold",
    )
