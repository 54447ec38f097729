"""
The routines as definitions one engine works by: steps, what each gives, who does it, and where it goes on.

The documents' part is ``data/routines.yaml``; how a tool knows that a step is done stands in
``data/routine_workings.yaml``. A county's changes are laid over both by ``changed``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from fotfeste.spec import catalogue
from fotfeste.spec.catalogue import Item
from fotfeste.spec.written import read_yaml

END = "end"


class Lane(StrEnum):
    """The colour of a step: who maps, asks for consent, calls in and coordinates. Source: Oslostandarden § 6."""

    SCHOOL = "school"
    DISTRICT = "district"
    NAV = "nav"
    APPRENTICESHIP = "apprenticeship"
    EDUCATION_ADMIN = "uda"
    ADULT_EDUCATION = "adult-education"
    SHARED = "shared"


class Consent(StrEnum):
    """What a step needs of the youth's release."""

    NONE = "none"
    OBTAIN = "obtain"
    REQUIRED = "required"
    OWN_PLAN = "own-plan"
    NOT_STATED = "not-stated"


class Part(StrEnum):
    """What of a step a county may say otherwise."""

    TEXT = "text"
    PARTY = "party"
    DAYS = "days"
    USE = "use"


class Use(StrEnum):
    """Whether a step is done always, when it is relevant, or not at all in the county."""

    ALWAYS = "always"
    WHEN_RELEVANT = "when-relevant"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Way:
    """
    A way on from a step: to another step, to a whole routine, or to the end.

    :ivar when: the condition in words, for whoever chooses; empty when nobody is asked.
    :ivar fact: what is known that decides it; empty when somebody must choose, or one always goes on this way.
    """

    to: str
    when: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What must be in place before one goes on from a step of the staircase."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RoutineStep:
    """
    One step.

    :ivar parties: who does it, as the documents name them; more than one when either may.
    :ivar gives: the kinds of record that show it is done.
    :ivar enough: whether one of them is enough.
    :ivar may_lack: those that need not be there.
    :ivar days: days from the step opens to its due day; a target, not a duty.
    :ivar for_lists: done once for a whole list, and nobody's task in one youth's routine.
    :ivar needs_release: whether a unit the youth has not let in must wait for a release before it does the step.
    """

    id: str
    label: str
    text: str
    source: str
    parties: tuple[str, ...]
    lane: Lane
    consent: Consent
    gives: tuple[str, ...]
    ways: tuple[Way, ...]
    use: Use = Use.ALWAYS
    enough: bool = False
    may_lack: frozenset[str] = frozenset()
    days: int = 14
    for_lists: bool = False
    needs_release: bool = True
    checkpoints: tuple[Checkpoint, ...] = ()

    @property
    def needed(self) -> frozenset[str]:
        """The records that must be there for the step to be done; one of them when that is enough."""
        return frozenset(self.gives) - self.may_lack

    def is_done_by(self, made: Iterable[str]) -> bool:
        """Say whether the kinds of record that have been made show that the step is done."""
        there = set(made)
        return bool(self.needed & there) if self.enough else self.needed <= there


@dataclass(frozen=True, slots=True)
class Routine:
    """
    A routine: what starts it, whom it is for, and its steps in order.

    :ivar is_iterative: after a step that is gone back to, one goes through those that follow it once more.
    """

    id: str
    label: str
    trigger: str
    source: str
    lead: str
    steps: tuple[RoutineStep, ...]
    about_unit: bool = False
    is_iterative: bool = False

    def step(self, step_id: str) -> RoutineStep:
        """
        Return a step by its id.

        :raises KeyError: the routine has no such step.
        """
        for each in self.steps:
            if each.id == step_id:
                return each
        raise KeyError(step_id)

    def goes_by_itself(self, step: RoutineStep, way: Way) -> bool:
        """
        Say whether one always goes on this way. Back, to the end and into a whole other routine nobody goes unasked.
        """
        ids = [each.id for each in self.steps]
        if way.when or way.fact or way.to == END or way.to in routines():
            return False
        return way.to not in ids or ids.index(way.to) > ids.index(step.id)


@dataclass(frozen=True, slots=True)
class Change:
    """What a county says otherwise of one part of a step."""

    step_id: str
    part: Part
    value: str


@cache
def routines() -> Mapping[str, Routine]:
    """Return the routines of the standard by id, in the order of the documents."""
    return MappingProxyType({each.id: _routine(each) for each in catalogue.items("routine")})


def routine_of(step_id: str) -> Routine:
    """
    Return the routine a step belongs to.

    :raises UnknownItem: there is no such step.
    """
    return routines()[catalogue.item(step_id).parent]


@cache
def starts_on(trigger: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the routines a trigger starts, each with the steps that are then open."""
    return tuple((each["routine"], tuple(each["at"])) for each in _workings()["starts"] if each["trigger"] == trigger)


def trigger_of_registration(reason: str) -> str:
    """
    Return the trigger that a registration with this reason is.

    :raises KeyError: the reason is none of the code list's.
    """
    return str(_workings()["registrations"][reason])


def changed(routine: Routine, changes: Iterable[Change]) -> Routine:
    """Return the routine as a county works it. Changes of other routines' steps are passed over."""
    of_step: dict[str, list[Change]] = {}
    for change in changes:
        of_step.setdefault(change.step_id, []).append(change)
    return replace(routine, steps=tuple(_changed(step, of_step.get(step.id, ())) for step in routine.steps))


def changed_part(step: RoutineStep, part: Part) -> str:
    """Return one part of a step, as a change would write it."""
    match part:
        case Part.TEXT:
            return step.text
        case Part.PARTY:
            return " ".join(step.parties)
        case Part.DAYS:
            return str(step.days)
        case Part.USE:
            return step.use.value


@dataclass(frozen=True, slots=True)
class ListDay:
    """
    A day of the year at which a step is done for a whole list.

    :ivar deadline: its id in the catalogue.
    :ivar goes_on: whether something follows when it is done.
    :ivar at: the kind of the units that each do their own; empty when the education administration does it.
    """

    step: str
    deadline: str
    label: str
    goes_on: bool
    at: str = ""


@cache
def list_days() -> tuple[ListDay, ...]:
    """Return the days of the year at which something is done for a whole list, in the order of the steps."""
    return tuple(
        ListDay(each["step"], found.id, found.label_nb, "then" in each, each.get("at", ""))
        for each in _workings()["lists"]
        for found in map(catalogue.item, catalogue.item(each["step"]).get("deadlines") or ())
    )


@cache
def list_steps() -> frozenset[str]:
    """Return the steps a youth comes to by standing on a list."""
    return frozenset(step for _routine, at in starts_on("listed") for step in at)


def yearly() -> tuple[str, str]:
    """Return the routine that is worked once a year, and the day of the annual wheel it is done by."""
    told = _workings()["yearly"]
    return told["routine"], told["deadline"]


def for_list(routine: Routine, first: str) -> Routine:
    """Return the part of a routine that is done once for a whole list, from a step on."""
    told = {each["step"]: each for each in _workings()["lists"]}
    ids, then = [first], told[first].get("then")
    while then:
        ids.append(then)
        then = told[then].get("then")
    steps = [_step_for_list(routine.step(each), told[each]) for each in ids]
    return replace(routine, steps=tuple(steps))


def _step_for_list(step: RoutineStep, told: Mapping[str, Any]) -> RoutineStep:
    return replace(
        step,
        parties=(told["party"],) if "party" in told else step.parties,
        gives=tuple(told["gives"]),
        may_lack=frozenset(),
        ways=(Way(told["then"]),) if "then" in told else (),
        days=_workings()["days"]["always"],
        use=Use.ALWAYS,
        consent=Consent.NONE,
        for_lists=True,
    )


def days_back(kind: str) -> int:
    """Return for how many days a record of the kind made before a step opened still shows that it is done."""
    return int(_workings()["counts_from_before"].get(kind, 0))


def lasts(kind: str) -> bool:
    """Say whether a record of the kind shows a step done also the next time one comes to it, while it holds."""
    return kind in _workings()["lasts"]


def _changed(step: RoutineStep, changes: Iterable[Change]) -> RoutineStep:
    for change in changes:
        match change.part:
            case Part.TEXT:
                step = replace(step, text=change.value)
            case Part.PARTY:
                step = replace(step, parties=(change.value,))
            case Part.DAYS:
                step = replace(step, days=int(change.value))
            case Part.USE:
                step = replace(step, use=Use(change.value))
    return step


def _routine(item: Item) -> Routine:
    return Routine(
        id=item.id,
        label=item.label_nb,
        trigger=item.get("trigger_nb", ""),
        source=item.source,
        lead=item.get("lead", ""),
        steps=tuple(_step(each) for each in map(catalogue.item, item.children) if each.kind == "routine-step"),
        about_unit=item.id in _workings()["about_unit"],
        is_iterative=item.get("type") == "framework",
    )


def _step(item: Item) -> RoutineStep:
    workings = _workings()
    party = item.get("party")
    where_case_is = ("owner",) if item.id in workings["where_the_case_is"] else ()
    return RoutineStep(
        id=item.id,
        label=item.label_nb,
        text=item.get("text_nb", ""),
        source=item.source,
        parties=(*(party if isinstance(party, tuple) else (party,)), *where_case_is),
        lane=Lane(item.get("lane")),
        consent=Consent(item.get("consent")),
        gives=tuple(item.get("gives", ())),
        ways=tuple(_way(item.id, each) for each in item.get("next", ())),
        use=Use.WHEN_RELEVANT if item.get("optional") else Use.ALWAYS,
        enough=item.id in workings["any_of"],
        may_lack=frozenset(workings["may_lack"].get(item.id, ())),
        days=workings["days"]["when-relevant" if item.get("optional") else "always"],
        for_lists=item.id in workings["for_lists"],
        needs_release=item.get("consent") != Consent.NONE.value and item.id not in workings["without_release"],
        checkpoints=tuple(
            Checkpoint(each.id, each.label_nb, each.get("text_nb", ""))
            for each in map(catalogue.item, item.children)
            if each.kind == "checkpoint"
        ),
    )


def _way(step_id: str, given: Any) -> Way:
    to, when = (given, "") if isinstance(given, str) else (given["to"], given["when"])
    facts = (each["fact"] for each in _workings()["decided_by"] if each["from"] == step_id and each["to"] == to)
    return Way(to, when, next(facts, ""))


@cache
def _workings() -> Mapping[str, Any]:
    text = resources.files("fotfeste.spec").joinpath("data", "routine_workings.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return MappingProxyType(loaded)
