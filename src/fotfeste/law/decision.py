"""What every rule returns: an outcome and the reasons for it, readable by a person and kept as JSON.

The sentences are bokmål templates with named places, wrapped in ``gettext_noop`` so that the screens can translate
a template first and fill in the facts afterwards.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from fotfeste.law.sources import Source, by_id

Outcome = TypeVar("Outcome")


def gettext_noop(text: str) -> str:
    """Mark ``text`` for translation without translating it here, where there is no language."""
    return text


@dataclass(frozen=True, slots=True)
class Reason:
    """
    One rule that was tried: which, on what ground, with what facts, and what it gave.

    ``holds`` is None when the facts did not suffice to say. ``reading`` names the ambiguity whose reading decided, so
    that a user can see it is a choice; ``chosen`` is the county's own value where that is not the proposed one.
    """

    rule: str
    source: Source
    text: str
    facts: tuple[tuple[str, str], ...] = ()
    holds: bool | None = True
    reading: str | None = None
    chosen: str | None = None

    def sentence(self, translate: Callable[[str], str] = gettext_noop) -> str:
        """Return the whole sentence, with the facts in their places."""
        return translate(self.text).format_map(dict(self.facts))

    def to_dict(self) -> dict[str, Any]:
        """Return the reason as JSON values; the source by its id."""
        return {
            "rule": self.rule,
            "source": self.source.id,
            "text": self.text,
            "facts": [list(fact) for fact in self.facts],
            "holds": self.holds,
            "reading": self.reading,
            **({"chosen": self.chosen} if self.chosen is not None else {}),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Reason":
        """Return the reason that ``to_dict`` wrote down."""
        return cls(
            rule=data["rule"],
            source=by_id(data["source"]),
            text=data["text"],
            facts=tuple((name, value) for name, value in data["facts"]),
            holds=data["holds"],
            reading=data["reading"],
            chosen=data.get("chosen"),
        )


@dataclass(frozen=True, slots=True)
class Decision(Generic[Outcome]):
    """The outcome of a question, and the reasons in the order they weighed."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()

    def sentences(self, translate: Callable[[str], str] = gettext_noop) -> tuple[str, ...]:
        """Return the reasons as whole sentences."""
        return tuple(reason.sentence(translate) for reason in self.reasons)

    def to_dict(self) -> dict[str, Any]:
        """Return the decision as JSON values."""
        return {"outcome": _plain(self.outcome), "reasons": [reason.to_dict() for reason in self.reasons]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], outcome: Callable[[Any], Outcome]) -> "Decision[Outcome]":
        """
        Return the decision that ``to_dict`` wrote down.

        ``outcome`` turns the JSON value back: an enum class, ``bool``, or ``UnitChoice.from_dict``.
        """
        reasons = tuple(Reason.from_dict(reason) for reason in data["reasons"])
        return cls(outcome=outcome(data["outcome"]), reasons=reasons)


def _plain(outcome: object) -> Any:
    if isinstance(outcome, Enum):
        return outcome.value
    if hasattr(outcome, "to_dict"):
        return outcome.to_dict()
    return outcome


def decided(outcome: Outcome, reasons: Iterable[Reason] = ()) -> Decision[Outcome]:
    """Return a decision with these reasons."""
    return Decision(outcome=outcome, reasons=tuple(reasons))
