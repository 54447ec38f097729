"""The kinds of small record there are, read from ``record_kinds.yaml``: what each holds, and where it goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from fotfeste.spec.written import read_yaml

HANDOVER = "handover"
PERSON_HANDOVER = "person-handover"
COORDINATOR_HANDOVER = "coordinator-handover"
BETWEEN_PERSONS = (PERSON_HANDOVER, COORDINATOR_HANDOVER)
HANDOVERS = (HANDOVER, *BETWEEN_PERSONS)
"""What is offered, and is the giver's until it is accepted."""
REVOKED = "revoked"
"""The answer of what was taken back: sent and not answered, or written down by mistake."""
CORRECTED = "corrected"
"""The answer of what was wrong; what is right stands in one that corrects it."""
CASES_HANDED_OVER = "cases-handed-over"
LAPSED = "lapsed"
"""The answer of an offer between persons that nobody can accept any more; why stands beside it."""
VOID = (REVOKED, CORRECTED, LAPSED)
"""What no longer shows anything."""
OWNER = "owner"
"""The party that is the unit answering for the youth."""
COORDINATOR = "coordinator"
"""The party that is the unit of whoever coordinates the plan; the one answering for the youth when there is no plan."""

IN_OT = "in-ot"
"""That the law, as it was last judged, says that the youth is in the target group."""
ASKED_IF = frozenset({IN_OT})


@dataclass(frozen=True, slots=True)
class KindField:
    """
    One thing a record says.

    :ivar type: choice, choices, text, day, confirm, unit or record.
    :ivar party: whose unit it is filled in with.
    :ivar known: what of the youth it is filled in with.
    :ivar of: the kind of record it refers to.
    :ivar needed_when: the answers of another field that make it needed.
    :ivar asked_if: it is asked, and must be answered, only of a youth of whom this is so; one of ``ASKED_IF``.
    """

    id: str
    label: str
    type: str
    options: Mapping[str, str] = field(default_factory=dict)
    required: bool = True
    help: str = ""
    unit_kinds: tuple[str, ...] = ()
    party: str = ""
    known: str = ""
    of: str = ""
    needed_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked_if: str = ""

    def is_needed(self, said: Mapping[str, Any]) -> bool:
        """Say whether it must be filled in, by what else is said."""
        return self.required or any(said.get(other) in answers for other, answers in self.needed_when.items())


@dataclass(frozen=True, slots=True)
class RecordKind:
    """
    One kind of record. The words stand in ``record_kinds.yaml``.

    :ivar answered: what an answer is called once it is given, where it is not called what one presses.
    :ivar past: it is no longer written; what was, is still read.
    :ivar hands: it is offered to a person, who is to be this of the youth: counsellor or coordinator.
    """

    id: str
    label: str
    fields: tuple[KindField, ...]
    gives: tuple[str, ...]
    lead: str = ""
    made_at: frozenset[str] = frozenset()
    party: str = ""
    unit_kinds: tuple[str, ...] = ()
    told_first: bool = False
    needs_release: bool = False
    may_be_anonymous: bool = False
    held: bool = False
    by_owner: bool = False
    opens: str = ""
    opens_days: int | None = None
    days: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    answered: Mapping[str, str] = field(default_factory=dict)
    gives_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gives_if: str = ""
    text_when: frozenset[str] = frozenset()
    starts: Mapping[str, Any] = field(default_factory=dict)
    tells_plan_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about_unit: bool = False
    past: bool = False
    hands: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether it goes to another unit, which answers it."""
        return bool(self.party)

    @property
    def finds_receiver(self) -> bool:
        """Whether the case says which unit it goes to; else whoever sends it chooses."""
        return self.party in (OWNER, COORDINATOR)

    def answer_given(self, answer: str) -> str:
        """Return what an answer is called once it is given; nothing when it is none."""
        return self.answered.get(answer, self.answers.get(answer, ""))

    def trigger_of(self, said: Mapping[str, Any]) -> str:
        """Return the trigger of the routines it is, by what it says; empty when it starts none."""
        if "trigger" in self.starts:
            return str(self.starts["trigger"])
        return str(self.starts.get("triggers", {}).get(said.get(self.starts.get("field", ""), ""), ""))

    def fields_for(self, so: Iterable[str] = ()) -> tuple[KindField, ...]:
        """Return what is asked about a youth of whom some of ``ASKED_IF`` is so."""
        return tuple(
            replace(each, required=True) if each.asked_if else each
            for each in self.fields
            if not each.asked_if or each.asked_if in so
        )

    def mistake_in(self, said: Mapping[str, Any], so: Iterable[str] = ()) -> str:
        """Return the id of the first field that is missing or says what it cannot; empty when all is right."""
        if unknown := set(said) - {each.id for each in self.fields}:
            return min(unknown)
        return next((each.id for each in self.fields_for(so) if not _is_right(each, said)), "")

    def shows(self, said: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the kinds of record it is by what it says; none while what it is about has not been held."""
        return () if self.gives_if and not said.get(self.gives_if) else self.gives


@cache
def record_kinds() -> Mapping[str, RecordKind]:
    """Return every kind of record about a youth by id, in the order of the file."""
    return MappingProxyType({each.id: each for each in _every_kind().values() if not each.about_unit})


@cache
def unit_record_kinds() -> Mapping[str, RecordKind]:
    """Return every kind of record about a unit by id, in the order of the file."""
    return MappingProxyType({each.id: each for each in _every_kind().values() if each.about_unit})


def unit_kind_giving(kind: str) -> RecordKind | None:
    """Return the kind of record about a unit that is a kind of record of the routines."""
    return next((each for each in unit_record_kinds().values() if kind in each.gives), None)


@cache
def _every_kind() -> Mapping[str, RecordKind]:
    text = resources.files("fotfeste.collaboration").joinpath("record_kinds.yaml").read_text(encoding="utf-8")
    return MappingProxyType({each["id"]: _kind(each) for each in read_yaml(text)})


def kinds_giving(kind: str) -> tuple[RecordKind, ...]:
    """Return the kinds that are a kind of record of the routines, or lead to one by being answered."""
    found = [each for each in record_kinds().values() if kind in each.gives]
    later = [each for each in record_kinds().values() if any(kind in gives for gives in each.gives_when.values())]
    return (*found, *(each for each in later if each not in found))


def _is_right(known: KindField, said: Mapping[str, Any]) -> bool:
    value = said.get(known.id)
    if value in (None, "", [], False):
        return not known.is_needed(said)
    match known.type:
        case "choice":
            return value in known.options
        case "choices":
            return isinstance(value, list) and set(value) <= set(known.options)
        case "day":
            return isinstance(value, str) and _is_day(value)
        case "unit" | "record":
            return isinstance(value, int)
        case "confirm":
            return value is True
        case _:
            return isinstance(value, str) and len(value) <= 500


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


# What stands in the file as it is kept.
_PLAIN = (
    *("lead", "told_first", "needs_release", "may_be_anonymous", "by_owner", "held", "opens", "opens_days", "days"),
    *("answers", "answered", "starts", "about_unit", "gives_if", "tells_plan_when", "past", "hands"),
)


def _kind(raw: Mapping[str, Any]) -> RecordKind:
    to = raw.get("to", {})
    return RecordKind(
        id=raw["id"],
        label=raw["label"],
        fields=tuple(_field(each) for each in raw["fields"]),
        gives=tuple(raw.get("gives", [raw["id"]])),
        made_at=frozenset(raw.get("made_at", ())),
        party=to.get("party", ""),
        unit_kinds=tuple(to.get("unit_kinds", ())),
        gives_when={answer: tuple(given) for answer, given in raw.get("gives_when", {}).items()},
        text_when=frozenset(raw.get("text_when", ())),
        **{name: raw[name] for name in _PLAIN if name in raw},
    )


def _field(raw: Mapping[str, Any]) -> KindField:
    needed = {other: tuple(answers) for other, answers in raw.get("needed_when", {}).items()}
    return KindField(**{**raw, "unit_kinds": tuple(raw.get("unit_kinds", ())), "needed_when": needed})
