"""Measures and what may stand in their way, as the documents tell it, never law in force. Texts in bokmål."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from fotfeste.spec import catalogue

#: What only concerns somebody who goes to school at the same time.
OF_PUPILS = frozenset(
    {"br-pupil-status", "br-pupil-cannot-register", "br-resign-place", "br-student-loan", "br-hours", "br-tg-pupil"}
)


@dataclass(frozen=True, slots=True)
class BlockingRule:
    """
    Something that is told to stand in the way of a measure.

    :ivar is_hard: the document gives it as a rule, and not as somebody's practice (amb-68).
    :ivar era: the years the document speaks of; empty when it speaks of today.
    """

    id: str
    label: str
    text: str
    is_hard: bool
    era: str


@dataclass(frozen=True, slots=True)
class Measure:
    """
    A measure the documents name.

    :ivar kind: whose it is: county, nav, municipal, combined, economic or an arrangement.
    """

    id: str
    label: str
    kind: str
    blocked_by: tuple[str, ...]


@cache
def measures() -> Mapping[str, Measure]:
    """Return the measures by id, in the order of the documents."""
    found = {
        item.id: Measure(item.id, item.label_nb, item.get("type", ""), tuple(item.get("blocked_by", ())))
        for item in catalogue.items("measure")
    }
    return MappingProxyType(found)


@cache
def blocking_rules() -> Mapping[str, BlockingRule]:
    """Return what may stand in the way, by id."""
    found = {
        item.id: BlockingRule(
            item.id, item.label_nb, item.get("text_nb", ""), bool(item.get("hard", False)), item.get("era", "")
        )
        for item in catalogue.items("blocking-rule")
    }
    return MappingProxyType(found)
