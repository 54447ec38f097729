"""
The sharing rules: who may know what about a youth, on what ground, and what in the law says so.

One reviewed file of dated rules (``sharing_rules.yaml``) decides both what rides on the row (the responsible unit, the
county) and what a row of ``access_grant`` may open. Nothing else opens anything.
Source: forvaltningsloven §§ 13-13 b; opplæringslova §§ 9-4, 24-1, 25-1; opplæringsforskrifta § 20-2 (amb-37).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from fotfeste.access.roles import ROLES, Role
from fotfeste.access.topics import Ground, Scope, Topic, scope_of
from fotfeste.law import sources
from fotfeste.spec import implements
from fotfeste.spec.written import read_yaml

PERSONS = frozenset({"youth", "guardian"})
"""Receivers that are no role at a unit: a grant to them names the person."""


@dataclass(frozen=True, slots=True)
class SharingRule:
    """
    One line of who may know what.

    :ivar giver: whose confidentiality it is: the education authority's, or the compulsory school's.
    :ivar receivers: roles, or ``youth`` and ``guardian``.
    :ivar days: how long it lasts once the ground is there; None as long as the ground is.
    """

    id: str
    giver: str
    receivers: frozenset[str]
    ground: Ground
    topics: frozenset[Topic]
    purpose: str
    condition: str
    sources: tuple[sources.Source, ...]
    first_day: date
    last_day: date | None
    days: int | None

    def holds_on(self, day: date | None) -> bool:
        """Say whether the rule is in force on the day; None asks for the rules that stand without an end."""
        if day is None:
            return self.last_day is None
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@implements("amb-37")
@cache
def rules() -> tuple[SharingRule, ...]:
    """
    Return every rule there is or was, in the order of the file.

    :raises ValueError: the file names a role, ground, topic or source nobody knows.
    """
    raw = read_yaml(resources.files("fotfeste.access").joinpath("sharing_rules.yaml").read_text(encoding="utf-8"))
    made = tuple(_made(each) for each in raw)
    if len({rule.id for rule in made}) < len(made):
        raise ValueError("Two sharing rules have the same id.")
    return made


def rules_on(day: date | None) -> tuple[SharingRule, ...]:
    """Return the rules in force on the day."""
    return tuple(rule for rule in rules() if rule.holds_on(day))


@cache
def topics_of(role: Role, scope: Scope, *, on: date | None = None) -> frozenset[Topic]:
    """Return what a role may know on the day within a scope; within GRANTED, what a grant may open to it."""
    return frozenset(
        topic
        for rule in rules_on(on)
        if role.value in rule.receivers and scope_of(rule.ground) is scope
        for topic in rule.topics
    )


def openable(*, ground: Ground, unit_kind: str, on: date | None = None) -> frozenset[Topic]:
    """Return what a ground may open to a unit of a kind: what some role held there may know on it."""
    held = {role.value for role, definition in ROLES.items() if unit_kind in definition.held_at}
    return frozenset(
        topic for rule in rules_on(on) if rule.ground is ground and rule.receivers & held for topic in rule.topics
    )


def receivers_of(*, ground: Ground, topics: Iterable[Topic], unit_kind: str, on: date | None = None) -> list[Role]:
    """Return the roles at a unit of a kind that are let know one of the topics on the ground."""
    wanted = frozenset(topics)
    return [
        role
        for role, definition in ROLES.items()
        if unit_kind in definition.held_at and knows_by(role, ground, on=on) & wanted
    ]


@cache
def knows_by(role: Role, ground: Ground, *, on: date | None = None) -> frozenset[Topic]:
    """Return what a role may know on one ground."""
    return frozenset(
        topic
        for rule in rules_on(on)
        if role.value in rule.receivers and rule.ground is ground
        for topic in rule.topics
    )


def ways_in(*, roles: Iterable[Role], topic: Topic, on: date) -> tuple[SharingRule, ...]:
    """Return the rules that would open a topic to somebody with these roles: how to ask for what one is refused."""
    held = {role.value for role in roles}
    return tuple(rule for rule in rules_on(on) if topic in rule.topics and rule.receivers & held)


def days_of(ground: Ground, *, on: date) -> int | None:
    """Return how many days a ground lasts by the rules of the day; None as long as the ground itself does."""
    return next((rule.days for rule in rules_on(on) if rule.ground is ground and rule.days is not None), None)


def rule_rows() -> list[tuple[str, str, str, str, date, date | None]]:
    """Return the rules as (rule, role, ground, topic, first day, last day) rows, the form the database reads."""
    return sorted(
        (
            (rule.id, receiver, rule.ground.value, topic.value, rule.first_day, rule.last_day)
            for rule in rules()
            for receiver in rule.receivers - PERSONS
            for topic in rule.topics
        ),
        key=lambda row: row[:4],
    )


def _made(raw: dict) -> SharingRule:
    known = {role.value for role in Role} | PERSONS
    if unknown := set(raw["receivers"]) - known:
        raise ValueError(f"{raw['id']}: nobody is called {sorted(unknown)}.")
    return SharingRule(
        id=raw["id"],
        giver=raw["giver"],
        receivers=frozenset(raw["receivers"]),
        ground=Ground(raw["ground"]),
        topics=frozenset(Topic(topic) for topic in raw["topics"]),
        purpose=raw["purpose"],
        condition=raw["condition"],
        sources=tuple(sources.by_id(source) for source in raw["sources"]),
        first_day=raw["first_day"],
        last_day=raw.get("last_day"),
        days=raw.get("days"),
    )
