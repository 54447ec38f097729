"""Putting a code of one list where it belongs in another, and saying how surely."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fotfeste import codes
from fotfeste.codes import MappingCertainty


class How(StrEnum):
    """How a count came to its row."""

    SAME_LIST = "same_list"
    SURELY = "surely"
    LIKELY = "likely"
    AMBIGUOUSLY = "ambiguously"
    NOT = "not"


_HOW = {
    MappingCertainty.SURE: How.SURELY,
    MappingCertainty.SAME: How.SURELY,
    MappingCertainty.LIKELY: How.LIKELY,
    MappingCertainty.AMBIGUOUS: How.AMBIGUOUSLY,
    MappingCertainty.MANUAL: How.NOT,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """
    The row a code is counted in.

    :ivar code: a code of the wanted list, or the code for unknown codes: nothing counted is ever left out.
    :ivar alternatives: the other rows it could have been counted in.
    """

    code: str
    how: How
    alternatives: tuple[str, ...] = ()


@cache
def place(code_list: str, code: str, *, wanted: str) -> Placed:
    """
    Return where a code of one list is counted in another.

    Where several rows are possible, the first that keeps the youth inside or outside the target group as before is
    taken: the size of the group must not change because the codes did. No official translation was found.
    """
    if code_list == wanted:
        known = codes.known_code(code, wanted)
        return Placed(code, How.SAME_LIST) if known else Placed(codes.UNKNOWN_CODE, How.NOT)
    return _to_current(code) if wanted == codes.CURRENT else _to_2011(code)


def _to_current(code: str) -> Placed:
    candidates = [candidate for candidate in codes.map_2011(code) if candidate.code is not None]
    if not candidates:
        return Placed(codes.UNKNOWN_CODE, How.NOT)
    counted = codes.is_in_target_group(codes.LIST_2011, code)
    keeping = [c for c in candidates if codes.is_in_target_group(codes.CURRENT, c.code or "") == counted]
    chosen = (keeping or candidates)[0] if candidates[0].certainty is MappingCertainty.AMBIGUOUS else candidates[0]
    others = tuple(c.code for c in candidates if c.code and c is not chosen)
    return Placed(chosen.code or codes.UNKNOWN_CODE, _HOW[chosen.certainty], others)


def _to_2011(code: str) -> Placed:
    """Read the translation backwards: a code several old ones became is one of them, and cannot be told which."""
    order = list(MappingCertainty)
    found = sorted(
        (
            (order.index(candidate.certainty), line, status.code)
            for line, status in enumerate(codes.codes_in_order(codes.LIST_2011))
            for candidate in codes.map_2011(status.code)
            if candidate.code == code
        ),
    )
    if not found:
        return Placed(codes.UNKNOWN_CODE, How.NOT)
    certainty, _, chosen = found[0]
    return Placed(chosen, _HOW[order[certainty]], tuple(old for _, _, old in found[1:]))
